"""Years, dates and parts of a year in a sentence against the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.claims.amounts import amounts
from assistant.claims.bearing import Passage
from assistant.claims.moments import Moment, moments, parts_of_year
from assistant.claims.phrases import likeness, numbered, pairs
from assistant.claims.reading import Clause, Reading
from assistant.claims.records import Problem

# A clause says the same as a passage's when so much of it is there; another clause with the
# sentence's own year counts where it is nearly as close. Chosen on python -m eval.lies.
_SAME = 0.6
_NEARLY = 0.2
# 年底 is often added to a bare year; these parts change what is said.
_STRICT_PARTS = frozenset({"上半年", "下半年", "年初"})


def time_problems(claim: Reading, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Years, dates and parts of a year that the passages lack, or have for something else."""
    held = [m for p in passages for m in moments(f"{p.reading.text}\n{p.about}")]
    named = frozenset(y for m in held if not m.plan for y in m.years)
    planned = frozenset(m.years for m in held if m.plan)
    for moment in moments(claim.text):
        ends = {min(moment.years), max(moment.years)} if moment.years else set()
        known = ends <= named or (len(moment.years) > 1 and moment.years in planned)
        if not known or not _dated(moment, held):
            yield Problem("year", moment.said)
    text = "\n".join(p.reading.text for p in passages)
    for part in parts_of_year(claim.text) - parts_of_year(text):
        if part in _STRICT_PARTS or re.search("季度", part):
            yield Problem("year", part)
    for clause in claim.clauses:
        if _other_year(clause, passages):
            yield Problem("year", clause.text)
        elif _other_place(clause, passages):
            yield Problem("place", clause.text)


def _dated(moment: Moment, held: Sequence[Moment]) -> bool:
    """Whether a moment's month and day stand in the passages, with its year where both name one."""
    return not moment.month or any(
        other.month == moment.month
        and moment.day in (0, other.day)
        and (not moment.years or not other.years or moment.years == other.years)
        for other in held
    )


def _other_year(clause: Clause, passages: Sequence[Passage]) -> bool:
    """Whether the passages say this of other years only."""
    if not clause.own_years or amounts(clause.text):
        return False  # a figure's year is compared with the figure
    scores = _scored(clause, passages)
    best = max((s for s, _ in scores), default=0.0)
    close = [c for s, c in scores if s >= max(_SAME, best - _NEARLY)]
    return bool(close) and all(c.years and not c.years & clause.years for c in close)


def _other_place(clause: Clause, passages: Sequence[Passage]) -> bool:
    """Whether the passages say this of other places only."""
    if not clause.own_places or amounts(clause.text):
        return False
    scores = _scored(clause, passages)
    best = max((s for s, _ in scores), default=0.0)
    close = [c for s, c in scores if s >= max(_SAME, best - _NEARLY)]
    return bool(close) and all(
        c.own_places and not any(a in b or b in a for a in clause.places for b in c.places)
        for c in close
    )


def _scored(clause: Clause, passages: Sequence[Passage]) -> list[tuple[float, Clause]]:
    """The passages' clauses with the share, 0 to 1, of the sentence's clause they hold."""
    own = pairs(_placeless(clause))
    if len(own) < 2:
        return []
    return [
        (likeness(own, c.text, numbered(clause.text)), c)
        for p in passages
        for c in p.reading.clauses
    ]


def _placeless(clause: Clause) -> str:
    text = clause.text
    for name in clause.places:
        text = text.replace(name, "#")
    return text
