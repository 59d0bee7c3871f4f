"""Evidence as the passages a chat model is given. Knows table rows; knows no prompt."""

from __future__ import annotations

from assistant.claims.records import Source
from assistant.places import places
from assistant.records import Evidence
from assistant.tables import say_row


def source_of(evidence: Evidence) -> Source:
    """The passage under its rank among the evidence; a table's row is said in words.

    A row as printed is bare numbers; said in words each has its column's year and its unit.
    """
    passage = evidence.passage
    return Source(
        marker=evidence.marker,
        title=evidence.title,
        heading_path=passage.heading_path,
        lead=passage.lead,
        text=say_row(passage.row, ()) if passage.row else passage.text,
        places=places(evidence.title),
    )
