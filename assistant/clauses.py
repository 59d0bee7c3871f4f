"""The part of a long sentence that answers. Knows neither documents nor where a sentence stands.

Official prose strings a dozen facts in one sentence; a reader wants the clause that answers, with the
time phrase that governs it. A window is always a contiguous piece, so it stands word for word.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.terms import Terms, units

# Not where the next bracket or quote closes: then the mark stands inside the pair.
_BREAK = re.compile(r"[，；,;](?![^（(“《）)”》]*+[）)”》])")
_TIME_OPENING = re.compile(
    r"^(?:[“”十一二三四五六—\-（）()\d]*(?:到|至|截至|自|在)?(?:20\d\d|二〇..|“?十[二三四五六]五”?)[^，；。]{0,12}|目前|近年来|今后五年|未来五年)$"
)
# Characters that one more clause costs against what it covers; dev cases, docs/LOG.md.
_LENGTH_COST = 0.2 / 100


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Spans of a sentence's clauses, commas and semicolons inside brackets and quotes aside."""
    cuts = [0, *(m.end() for m in _BREAK.finditer(sentence)), len(sentence)]
    return [(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if sentence[a:b].strip()]


def window(
    sentence: str, terms: Terms, wanted: Callable[[str], bool], budget: int
) -> tuple[int, int]:
    """The span of the shortest run of clauses that covers the question and holds what is wanted.

    `wanted` says whether a text holds an answer of the right type. Spans longer than `budget`
    characters are considered only where a single clause is that long.
    """
    spans = clauses(sentence)
    best, best_score = (0, len(sentence)), float("-inf")
    for i, (start, _) in enumerate(spans):
        for j in range(i, len(spans)):
            end = spans[j][1]
            if end - start > budget and j > i:
                break
            text = sentence[start:end]
            score = terms.coverage(units(text)) + (0.5 if wanted(text) else 0.0)
            score -= _LENGTH_COST * (end - start)
            if score > best_score:
                best, best_score = (start, end), score
    return best


def time_opening(sentence: str) -> str:
    """The time phrase that opens a sentence (到2025年，), '' where none does."""
    spans = clauses(sentence)
    if len(spans) > 1:
        first = sentence[slice(*spans[0])]
        if _TIME_OPENING.match(first.strip("，；,; ")):
            return first
    return ""
