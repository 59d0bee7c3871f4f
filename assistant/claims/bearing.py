"""Whether a sentence's figures stand in the passages: value, unit, bound, year, place and name.

Compares readings; knows nothing of how they were made, nor of the question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.claims.axes import DONE, same_direction
from assistant.claims.own_figures import computed, counts_itself
from assistant.claims.phrases import novel, pairs
from assistant.claims.reading import Figure, Reading
from assistant.claims.records import Kind, Problem

# In the order in which a figure is compared: the candidate that gets farthest says what is wrong.
_STEPS: tuple[Kind, ...] = ("figure", "unit", "inequality", "year", "place", "polarity", "subject")
# Units that a sentence may leave out, since the name says what is counted.
Pairs = frozenset[str]
_UNSAID = frozenset({"", "个"})


@dataclass(frozen=True, slots=True)
class Passage:
    """A cited passage read. `about`: its title, headings and lead; `places`: what the
    document is about; `names`: the places it names.
    """

    reading: Reading
    about: str
    places: tuple[str, ...]
    names: frozenset[str]


def figure_problems(claim: Reading, passages: Sequence[Passage]) -> Iterator[Problem]:
    """A problem for each figure that no cited passage bears out."""
    faults = [(figure, _fault(figure, claim, passages)) for figure in claim.figures]
    borne = [figure for figure, kind in faults if not kind]
    counted = [f.clause for p in passages for f in p.reading.figures]
    for figure, kind in faults:
        if kind and not (
            counts_itself(figure, claim.text, counted) or computed(figure, claim.text, borne)
        ):
            yield Problem(kind, _said(figure, kind))


def _said(figure: Figure, kind: Kind) -> str:
    return figure.clause if kind in {"year", "place", "polarity", "subject"} else figure.amount.said


def _fault(figure: Figure, claim: Reading, passages: Sequence[Passage]) -> Kind | None:
    """The first thing wrong with a figure, at the candidate that comes nearest; None: it stands."""
    farthest = 0
    for passage in passages:
        for held in passage.reading.figures:
            step = _reached(figure, held, claim, passage)
            if step == len(_STEPS):
                return None
            farthest = max(farthest, step)
    return _STEPS[farthest]


def _reached(figure: Figure, held: Figure, claim: Reading, passage: Passage) -> int:
    """How many of the steps a passage's figure passes."""
    if not _same_value(figure, held):
        written = figure.amount.said.rstrip("%") and _digits(figure) == _digits(held)
        return 1 if written and figure.amount.dimension != held.amount.dimension else 0
    tests = (
        _same_unit(figure, held),
        figure.amount.bound == held.amount.bound != "both",
        _same_years(figure, held, passage),
        _same_places(figure, held, passage),
        same_direction(figure.clause, held.clause) and _same_state(figure, held),
        _same_subject(figure, held, claim, passage),
    )
    return next((n for n, passed in enumerate(tests, 1) if not passed), len(_STEPS))


def _digits(figure: Figure) -> str:
    return "".join(c for c in figure.amount.said if c.isdigit() or c == ".")


def _same_value(figure: Figure, held: Figure) -> bool:
    return figure.amount.same_value(held.amount)


def _same_unit(figure: Figure, held: Figure) -> bool:
    one, other = figure.amount.dimension, held.amount.dimension
    return one == other or (not one and other in _UNSAID)


def _same_years(figure: Figure, held: Figure, passage: Passage) -> bool:
    """Whether the years agree; a period is another time than its last year where both have figures."""
    if figure.naming or not figure.years or not held.years or figure.years == held.years:
        return True
    return bool(figure.years & held.years) and not any(
        other.years == figure.years and other.label == held.label and not _same_value(other, held)
        for other in passage.reading.figures
    )


def _same_state(figure: Figure, held: Figure) -> bool:
    """Whether a target is not said to be reached."""
    target = held.aimed or "目标" in held.clause
    return not (target and DONE.search(figure.clause) and not DONE.search(held.clause))


def _same_places(figure: Figure, held: Figure, passage: Passage) -> bool:
    """Whether the sentence's place is the passage's: named there, or what the document is about."""
    if not figure.places:
        return True
    if held.places:
        return any(_within(a, b) or b in figure.clause for a in figure.places for b in held.places)
    whole = "".join(passage.places) + passage.about
    return any(name in whole or name in passage.reading.text for name in figure.places)


def _within(one: str, other: str) -> bool:
    return one in other or other in one


def _same_subject(figure: Figure, held: Figure, claim: Reading, passage: Passage) -> bool:
    """Whether both figures are of the same thing.

    The words of the sentence's label stand around the passage's figure, and no other figure of the
    passage has the name that this one lacks.
    """
    around = f"{held.sentence}\n{held.label}\n{passage.about}"
    if novel(figure.label, around):
        return False
    if not figure.own:
        return True
    mine, its = pairs(figure.label), pairs(held.wide)
    said = mine | pairs(figure.clause)
    return not any(
        _rivals(mine, its, pairs(rival.label), said)
        or (rival.own and _named_instead(mine, its, pairs(rival.label)) and not _has(claim, rival))
        for rival in passage.reading.figures
        if not rival.naming and not _same_value(rival, held)
    )


def _rivals(mine: Pairs, its: Pairs, other: Pairs, said: Pairs) -> bool:
    """Whether the sentence's label is more like another figure's than like this one's."""
    theirs, ours = mine & (other - its), mine & (its - other)
    lacking = its - other - said
    return len(theirs) > len(ours) and bool(lacking or (len(theirs) > 1 and not ours))


def _named_instead(mine: Pairs, its: Pairs, other: Pairs) -> bool:
    """Whether the sentence's label holds the whole of another figure's, which this one's lacks."""
    return len(other) > 1 and other <= mine and not other <= its


def _has(claim: Reading, figure: Figure) -> bool:
    return any(_same_value(one, figure) for one in claim.figures)
