"""From statements to an answer's text and citations. Knows nothing of how statements were chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.figures import squeeze
from assistant.records import Citation
from index.records import Passage, SourceDoc

_END = re.compile(r"[。；，、！？：…,;:\s]+$")


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or list item of an answer and what carries it.

    `text` is what is shown, without marker or full stop; `quote` stands word for word in the document.
    A statement without a passage is our own connecting word and gets no marker.
    """

    text: str
    quote: str = ""
    passage: Passage | None = None
    item: bool = False  # shown as a list item on a line of its own


def from_sentence(passage: Passage, text: str, item: bool = False) -> Statement:
    """A statement that is the document's own words."""
    return Statement(_END.sub("", text.strip()), text.strip(), passage, item)


def assemble(
    statements: Sequence[Statement], document: Callable[[str], SourceDoc]
) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text with [n] at each statement's end, and the citations in order of appearance.

    The same quote of the same passage keeps its marker.
    """
    markers: dict[tuple[str, str], int] = {}
    citations: list[Citation] = []
    parts: list[str] = []
    for statement in statements:
        mark = ""
        if statement.passage is not None:
            key = (statement.passage.passage_id, squeeze(statement.quote))
            if key not in markers:
                markers[key] = len(markers) + 1
                citations.append(_citation(markers[key], statement, document))
            mark = f"[{markers[key]}]"
        parts.append(_shown(statement, mark, bool(parts)))
    return "".join(parts), tuple(citations)


def _shown(statement: Statement, mark: str, follows: bool) -> str:
    if statement.item:
        return ("\n" if follows else "") + f"- {statement.text}{mark}"
    if not mark:
        return ("\n" if follows and statement.text.endswith("：") else "") + statement.text
    return f"{statement.text}{mark}。"


def _citation(marker: int, statement: Statement, document: Callable[[str], SourceDoc]) -> Citation:
    passage = statement.passage
    assert passage is not None
    doc = document(passage.doc_id)
    return Citation(
        marker=marker,
        doc_id=passage.doc_id,
        title=doc.title,
        heading_path=passage.heading_path,
        lead=passage.lead,
        page=passage.page,
        quote=statement.quote,
        edition=doc.edition,
        passage_id=passage.passage_id,
    )
