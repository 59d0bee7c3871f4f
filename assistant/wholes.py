"""The whole before its part: residents' income before that of rural residents, where no part is named.

A part's figure has the whole's name with something before it (农业科技进步贡献率); whoever asks without
that something asks of the whole. Knows candidates; knows nothing of how an answer is worded.
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
    # 城里人 says 城镇居民 as well.
    said = " ".join((canonical(question.text), *(t for a in terms.alternatives for t in a.terms)))
    part = max(_subjects(best), key=lambda s: terms.coverage(units(s)), default="")
    for candidate in candidates[1:]:
        if candidate.score < best.score - WHOLE_MARGIN:
            break
        if not _of_one_time(best, candidate):
            continue
        if any(_is_part(part, whole, said) for whole in _subjects(candidate)):
            return [candidate, *(c for c in candidates if c is not candidate)]
    return candidates


def _of_one_time(best: Candidate, other: Candidate) -> bool:
    """Whether two pieces speak of a year in common; of what names none, whether both look back."""
    if best.piece.years and other.piece.years:
        return bool(best.piece.years & other.piece.years)
    first, second = (any(STATUS.search(h) for h in c.passage.heading_path) for c in (best, other))
    return first == second


def _is_part(part: str, whole: str, said: str) -> bool:
    """Whether a subject is another's with a name before it that is not said."""
    if len(whole) < _SHORTEST or part == whole or not part.endswith(whole):
        return False
    own = part.removesuffix(whole)
    if _SPAN.fullmatch(own):
        return False
    return not any(own[i : i + 2] in said for i in range(max(1, len(own) - 1)))


def _subjects(candidate: Candidate) -> list[str]:
    years = candidate.piece.years
    found = stated(candidate.passage, candidate.piece.text, years if len(years) == 1 else _ANY_YEAR)
    return [s.subject for s in found]
