"""The whole before its part: residents' income before that of rural residents, where no part is named.

A part's figure has the whole's name with something before it (农业科技进步贡献率), a share has it within
(高新技术产业产值占工业总产值比重); whoever asks without that something asks of the whole.
Knows candidates; knows nothing of how an answer is worded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.eras import STATUS
from assistant.question import Question
from assistant.stated import canonical, stated
from assistant.terms import Terms, units

# A figure of the whole this far below the best piece still goes before the part's (dev several).
WHOLE_MARGIN = 2.0
_SHORTEST = 4  # characters of a name that two figures can share
_SPAN = re.compile("[一二三四五六七八九十]?年|累计")  # 五年新增就业 is no part of 新增就业
_ANY_YEAR = frozenset({0})


def whole_first(
    question: Question, terms: Terms, candidates: Sequence[Candidate]
) -> Sequence[Candidate]:
    """The candidates with the whole's figure in front where the best one is a part's, unasked."""
    if not candidates or not question.asks_any("figure"):
        return candidates
    best = candidates[0]
    part = max(_subjects(best), key=lambda s: terms.coverage(units(s)), default="")
    for candidate in candidates[1:]:
        if candidate.score < best.score - WHOLE_MARGIN:
            break
        if not _of_one_time(best, candidate):
            continue
        if any(
            _is_part(part, whole, _said(question, terms, whole)) for whole in _subjects(candidate)
        ):
            return [candidate, *(c for c in candidates if c is not candidate)]
    return candidates


def _of_one_time(best: Candidate, other: Candidate) -> bool:
    """Whether two pieces speak of a year in common; of what names none, whether both look back."""
    if best.piece.years and other.piece.years:
        return bool(best.piece.years & other.piece.years)
    first, second = (any(STATUS.search(h) for h in c.passage.heading_path) for c in (best, other))
    return first == second


def _said(question: Question, terms: Terms, whole: str) -> str:
    """The question with what its own words say officially (城里人: 城镇居民), the whole's name aside."""
    named = frozenset(units(whole))
    official = (t for a in terms.alternatives if not a.asked <= named for t in a.terms)
    return " ".join((canonical(question.text), *official))


def _is_part(part: str, whole: str, said: str) -> bool:
    """Whether a subject is another's with more around it, of which nothing is said."""
    if len(whole) < _SHORTEST or part == whole or whole not in part:
        return False
    own = [text for text in part.split(whole, 1) if text]
    if any(_SPAN.fullmatch(text) for text in own):
        return False
    pairs = {t[i : i + 2] for t in own for i in range(max(1, len(t) - 1))}
    return not any(pair in said and pair not in whole for pair in pairs)


def _subjects(candidate: Candidate) -> list[str]:
    years = candidate.piece.years
    found = stated(candidate.passage, candidate.piece.text, years if len(years) == 1 else _ANY_YEAR)
    return [s.subject for s in found]
