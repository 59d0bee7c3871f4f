"""Everyday expressions whose words stand apart: 老人…吃饭 is said in 老人家中午去哪吃饭, in either order.

An entry gives each part's choices, 老人/爸妈…吃饭/做饭. Knows no documents and no questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Self

GAP, OR = "…", "/"
# Characters that may stand between the parts, all gaps together; with 4 or 12 fewer sections are cited
# (unseen recall 91.8, 91.6 with either).
WIDEST = 8

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Apart:
    """The choices for each part of an expression, in any order."""

    parts: tuple[tuple[str, ...], ...]

    @classmethod
    def read(cls, expression: str) -> Self:
        return cls(tuple(tuple(part.split(OR)) for part in expression.split(GAP)))

    def said(self, text: str) -> str:
        """The words of a text that say it, by a space apart; '' where none do or too far apart."""
        if not all(any(word in text for word in part) for part in self.parts):
            return ""
        places = [[s for word in part for s in _spans(word, text)] for part in self.parts]
        ways = (sorted(way) for way in product(*places))
        near = [(gap, way) for way in ways if (gap := _between(way)) is not None]
        if not near:
            return ""
        return " ".join(text[start:end] for start, end in min(near)[1])


def _spans(word: str, text: str) -> Iterator[Span]:
    at = text.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + 1)


def _between(way: list[Span]) -> int | None:
    """Characters between the parts; None where they overlap or there are too many."""
    gaps = [after[0] - before[1] for before, after in pairwise(way)]
    return sum(gaps) if min(gaps) >= 0 and sum(gaps) <= WIDEST else None
