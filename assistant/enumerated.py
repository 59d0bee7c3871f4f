"""Items that a document numbers after a sentence that announces them: 有下列情形之一的：（一）…（二）….

Knows candidates and the passages of a section; knows no question kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.candidates import Candidate
from assistant.question import Question
from assistant.statements import Statement, from_sentence
from assistant.terms import Terms, units
from index.records import Passage

SectionOf = Callable[[Passage], Sequence[Passage]]

_STYLES = (
    r"[（(][一二三四五六七八九十]{1,3}[)）]", r"[（(]\d{1,2}[)）]", r"\d{1,2}[.．、](?!\d)", "[①-⑳]",
    "[一二三四五六七八九十]{1,3}是",
)  # fmt: skip
_ANNOUNCES = re.compile("[：:]$")
# An item of the list this far below the best piece still leads to it, where the sentence over the list
# says this share of the question.
_NEAR = 1.0
_OVER = 0.5
_ITEM = 60  # characters of an item that are said; of a longer one its first clause
_MOST = 15


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    passage: Passage


def enumerated(
    question: Question, terms: Terms, candidates: Sequence[Candidate], section: SectionOf
) -> list[Statement]:
    """The announcing sentence and its numbered items, in order; [] where the best piece has none."""
    if not question.asks_any("list"):
        return []
    for candidate in candidates[:3]:
        if candidate.passage.row is not None or candidate.score < candidates[0].score - _NEAR:
            break
        lines = [_Line(t, p) for p in section(candidate.passage) for t in p.text.split("\n")]
        for at, line in enumerate(lines):
            items = _items(lines[at + 1 :]) if _ANNOUNCES.search(line.text.strip()) else []
            if len(items) > 1 and _leads_here(candidate, terms, line, items):
                said = re.split("(?<=[。；])", line.text.strip())[-1]
                head = from_sentence(line.passage, said)
                return [head, *(_statement(i) for i in items[:_MOST])]
    return []


def _items(lines: Sequence[_Line]) -> list[_Line]:
    """The lines that bear numbers of the first one's style, those of a lower style left out."""
    if not lines:
        return []
    style = next((s for s in _STYLES if re.match(rf"\s*{s}", lines[0].text)), "")
    found: list[_Line] = []
    for line in lines if style else ():
        if re.match(rf"\s*{style}", line.text):
            found.append(line)
        elif not any(re.match(rf"\s*{s}", line.text) for s in _STYLES):
            break
    return found


def _leads_here(candidate: Candidate, terms: Terms, line: _Line, items: Sequence[_Line]) -> bool:
    piece = candidate.piece.text.strip()
    if piece in line.text:
        return True
    over = terms.coverage(candidate.piece.context | set(units(line.text)))
    return over >= _OVER and any(piece in item.text for item in items)


def _statement(item: _Line) -> Statement:
    text = item.text.strip()
    if len(text) > _ITEM:
        text = re.split("(?<=[，；。])", text)[0]
    return from_sentence(item.passage, text, item=True)
