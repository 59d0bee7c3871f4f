"""From statements to an answer's text and citations. Knows nothing of how statements were chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.figures import squeeze
from assistant.records import Answer, Citation
from index.records import Passage, SourceDoc

_PIECES = re.compile(r"[^。\n]*[。\n]?")
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
    basis: tuple[Statement, ...] = ()  # what it is computed from: their markers fill its {}


def from_sentence(passage: Passage, text: str, item: bool = False) -> Statement:
    """A statement that is the document's own words."""
    return Statement(_END.sub("", text.strip()), text.strip(), passage, item)


class Citing:
    """Numbers sources in order of appearance; the same quote of the same passage keeps its marker."""

    def __init__(self, document: Callable[[str], SourceDoc]) -> None:
        self.citations: list[Citation] = []
        self._document = document
        self._markers: dict[tuple[str, str], int] = {}

    def marker(self, passage: Passage, quote: str) -> int:
        """The n of [n] for a quote."""
        return self.again(citation_of(passage, quote, self._document))

    def again(self, citation: Citation) -> int:
        """The n of [n] for a source cited before, here or in another answer."""
        key = (citation.passage_id, squeeze(citation.quote))
        if key not in self._markers:
            self._markers[key] = len(self._markers) + 1
            self.citations.append(replace(citation, marker=self._markers[key]))
        return self._markers[key]


def assemble(
    statements: Sequence[Statement], document: Callable[[str], SourceDoc]
) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text with [n] at each statement's end, and the citations in order of appearance."""
    citing = Citing(document)
    parts: list[str] = []
    after_item = False
    for statement in statements:
        mark = ""
        if statement.basis:
            statement = replace(statement, text=f"{_worked(statement, citing)}。")
        if statement.passage is not None:
            mark = f"[{citing.marker(statement.passage, statement.quote)}]"
        shown = _shown(statement, mark, bool(parts))
        parts.append(f"\n{shown}" if after_item and not shown.startswith("\n") else shown)
        after_item = statement.item
    return "".join(parts), tuple(citing.citations)


def pieces(text: str) -> list[str]:
    """A finished text as it is streamed: sentence by sentence, line by line."""
    return [piece for piece in _PIECES.findall(text) if piece]


def said(answer: Answer) -> Iterator[str | Answer]:
    """A finished answer as a stream: its pieces, then itself."""
    yield from pieces(answer.text)
    yield answer


def _worked(statement: Statement, citing: Citing) -> str:
    """A computed statement with the markers of what it is computed from."""
    marks = (citing.marker(s.passage, s.quote) for s in statement.basis if s.passage)
    *first, last = (f"[{m}]" for m in dict.fromkeys(marks))
    return statement.text.format(f"{'、'.join(first)}和{last}" if first else last)


def _shown(statement: Statement, mark: str, follows: bool) -> str:
    if statement.item:
        return ("\n" if follows else "") + f"- {statement.text}{mark}"
    if not mark:
        return ("\n" if follows and statement.text.endswith("：") else "") + statement.text
    return f"{statement.text}{mark}。"


def citation_of(passage: Passage, quote: str, document: Callable[[str], SourceDoc]) -> Citation:
    """A quote's citation, not numbered yet."""
    doc = document(passage.doc_id)
    return Citation(
        marker=0,
        doc_id=passage.doc_id,
        title=doc.title,
        heading_path=passage.heading_path,
        lead=passage.lead,
        page=passage.page,
        quote=quote,
        edition=doc.edition,
        passage_id=passage.passage_id,
    )
