"""Items that a document numbers after a sentence that announces them: 有下列情形之一的：（一）…（二）….

Knows candidates and the passages of a section; knows no question kinds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.announced import INLINE, STYLES, style_of
from assistant.candidates import Candidate
from assistant.question import Question
from assistant.statements import Statement, from_sentence
from assistant.terms import Terms, units
from index.records import Passage

SectionOf = Callable[[Passage], Sequence[Passage]]

_ANNOUNCES = re.compile("[：:]$")
# What is asked for is a set, though no 哪些 says so: 要带什么材料, 分几种, 钱从哪里来.
_SETS = re.compile(
    "(?:什么|啥|怎样的)样?的?(?:条件|情况|情形|材料|资料|证件|证明|手续|东西|行为|费用|权益|待遇|权利|义务)"
    "|[有分]?几[种类项档](?!目)|(?:从|都|是)哪里?来"
    "|(?:[能要带]|可以|用来?|拿来?|需要?)[^，。？?]{0,3}(?:什么|啥)(?=[？?。]|$)"
)
# Candidates looked at, and how far below the best piece one may lie that leads to a list, where the
# sentence over the list says this share of the question.
_CANDIDATES = 12
_NEAR = 2.0
_OVER = 0.5
# The announcing sentence itself may say less of it, where it is as good as the best.
_AT_BEST = 1.0
# What all of the question in the announcing sentence counts for, in score units.
_SAYS = 2.0
_ITEM = 60  # characters of an item that are said; of a longer one its first clause
_MOST = 15


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    passage: Passage


def asks_items(question: Question) -> bool:
    """Whether a question asks for several things that a document may number."""
    return question.asks_any("list") or bool(_SETS.search(question.text))


def enumerated(
    question: Question, terms: Terms, candidates: Sequence[Candidate], section: SectionOf
) -> list[Statement]:
    """The announcing sentence and its numbered items, in order; [] where the best pieces have none."""
    if not asks_items(question):
        return []
    best: list[Statement] = []
    most = float("-inf")
    for candidate in candidates[:_CANDIDATES]:
        below = candidates[0].score - candidate.score
        if candidate.passage.row is not None or below > _NEAR:
            continue
        for line, items in _lists(section(candidate.passage)):
            over = terms.coverage(candidate.piece.context | set(units(line.text)))
            if _SAYS * over - below > most and _leads_here(candidate, line, items, over, below):
                most = _SAYS * over - below
                best = [from_sentence(line.passage, line.text), *map(_statement, items[:_MOST])]
    return best


def _lists(passages: Sequence[Passage]) -> Iterator[tuple[_Line, list[_Line]]]:
    """The lists of a section: who announces each, and its items."""
    lines = [
        _Line(part, p) for p in passages for t in p.text.split("\n") for part in _parted(t.strip())
    ]
    for at, line in enumerate(lines):
        items = _items(lines[at + 1 :]) if _ANNOUNCES.search(line.text) else []
        if len(items) > 1:
            yield line, items


def _parted(line: str) -> list[str]:
    """A line, its announcing sentence apart from the first item and from the sentences before it."""
    inline = INLINE.search(line)
    head, rest = (line[: inline.end()], [line[inline.end() :]]) if inline else (line, [])
    return [*re.split("(?<=。)", head), *rest] if _ANNOUNCES.search(head) else [line]


def _items(lines: Sequence[_Line]) -> list[_Line]:
    """The lines that bear numbers of the first one's style, those of a lower style left out."""
    if not lines:
        return []
    style = style_of(lines[0].text)
    found: list[_Line] = []
    for line in lines if style else ():
        if re.match(rf"\s*{style}", line.text):
            found.append(line)
        elif not any(re.match(rf"\s*{s}", line.text) for s in STYLES):
            break
    return found


def _leads_here(
    candidate: Candidate, line: _Line, items: Sequence[_Line], over: float, below: float
) -> bool:
    piece = candidate.piece.text.strip()
    if piece in line.text:
        return over >= _OVER or below <= _AT_BEST
    return over >= _OVER and any(piece in item.text or item.text in piece for item in items)


def _statement(item: _Line) -> Statement:
    text = item.text.strip()
    if len(text) > _ITEM:
        text = re.split("(?<=[，；。])", text)[0]
    return from_sentence(item.passage, text, item=True)
