"""What was not said yet: for another part of the question, or in an earlier answer.

Knows candidates and parts; knows nothing of how they were found.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from assistant.candidates import Candidate
from assistant.facets import Facet
from assistant.figures import squeeze
from assistant.statements import Statement

# Whoever asks for more gets what lies no further than this below the best piece of all.
MORE_MARGIN = 1.1
# Marks at a sentence's end that are not shown.
_MARKS = 2
Said = Set[tuple[str, str]]  # passage_id and quote


def said_of(statements: Sequence[Statement]) -> Said:
    """What these statements have said whole: of a sentence cut short another part may ask the rest."""
    return {(s.passage.passage_id, s.quote) for s in statements if s.passage and _whole(s)}


def _whole(statement: Statement) -> bool:
    rest = len(squeeze(statement.quote)) - len(squeeze(statement.text))
    return statement.passage is None or statement.passage.row is not None or rest <= _MARKS


def unsaid(
    candidates: Sequence[Candidate], facet: Facet, said: Said, before: str
) -> list[Candidate]:
    """The candidates that say something new. `before`: an earlier answer, without white space."""
    fresh = [c for c in candidates if _key(c) not in said or _covers(c, facet)]
    return _besides(before, fresh) if before else fresh


def _key(candidate: Candidate) -> tuple[str, str]:
    return candidate.passage.passage_id, candidate.piece.text.strip()


def _besides(before: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """What was not said before and is still near to what was asked."""
    least = candidates[0].score - MORE_MARGIN if candidates else 0.0
    near = [c for c in candidates if c.score >= least]
    return [c for c in near if squeeze(c.piece.text).rstrip("。；") not in before]


def _covers(candidate: Candidate, facet: Facet) -> bool:
    """Whether a piece said before for another part names this one's own year, city or thing."""
    # A sentence that names two things gives a figure of each; what each does is said of one.
    item = facet.item if facet.question.asks_any("figure", "count", "time", "yesno") else ""
    named = (*facet.question.places, *filter(None, (item,)))
    if facet.question.years & candidate.piece.years:
        return True
    return any(name in candidate.piece.text for name in named)
