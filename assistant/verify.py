"""The last check before an answer leaves: every quote stands word for word, every marker exists.

Knows the cleaned documents and the answer; knows nothing of how either was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.figures import squeeze
from assistant.records import Citation

_MARKER = re.compile(r"\[(\d+)\]")


def quote_stands(citation: Citation, squeezed_text: str) -> bool:
    """Whether a citation's quote stands in its document, white space aside."""
    quote = squeeze(citation.quote)
    return bool(quote) and quote in squeezed_text


def without_unproved(
    text: str, citations: tuple[Citation, ...], squeezed: Callable[[str], str]
) -> tuple[str, tuple[Citation, ...], int]:
    """The answer less every sentence or item whose citation's quote does not stand.

    `squeezed(doc_id)`: the cleaned document without white space. Returns the text, the citations
    kept (renumbered in order of appearance) and how many sentences were dropped.
    """
    bad = {c.marker for c in citations if not quote_stands(c, squeezed(c.doc_id))}
    bad |= {int(m) for m in _MARKER.findall(text)} - {c.marker for c in citations}
    if not bad:
        return text, citations, 0
    pieces = re.split(r"(?<=。)|(?=\n)", text)
    kept = [p for p in pieces if not bad & {int(m) for m in _MARKER.findall(p)}]
    text = "".join(kept).strip()
    order = list(dict.fromkeys(int(m) for m in _MARKER.findall(text)))
    new = {old: n for n, old in enumerate(order, 1)}
    text = _MARKER.sub(lambda m: f"[{new[int(m[1])]}]", text)
    by_marker = {c.marker: c for c in citations}
    return text, tuple(_renumbered(by_marker[o], new[o]) for o in order), len(pieces) - len(kept)


def _renumbered(citation: Citation, marker: int) -> Citation:
    return replace(citation, marker=marker)
