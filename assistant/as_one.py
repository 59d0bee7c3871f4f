"""A question of several parts that one record or one sentence answers as a whole.

Knows the parts and what is found for the whole question; knows nothing of how an answer is worded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.conjuncts import gives_each
from assistant.facets import Facet
from assistant.finder import Finder
from assistant.question import Question
from assistant.scope import DocumentScope, Scope
from assistant.tables import years_of

# A row this far below the best piece still answers a question on two of its years (dev tables).
ROW_MARGIN = 2.0
# One sentence that names all the places compared, this far below the best, answers for all of them.
PLACES_MARGIN = 1.0


def as_one(
    question: Question,
    allowed: Scope,
    parts: Sequence[Facet],
    finder: Finder,
    scopes: Sequence[DocumentScope],
) -> Facet | None:
    """The question as one part where a record or sentence answers all of them; None where none does."""
    if len(parts) < 2:
        return None
    if all(p.label.endswith("年") for p in parts):
        return _one_row(question, allowed, finder, scopes)
    if all(p.label in question.places for p in parts):
        return _of_all_places(question, allowed, finder)
    items = [p.item for p in parts if p.item]
    return _one_sentence(question, allowed, items, finder) if len(items) == len(parts) else None


def _near(question: Question, allowed: Scope, finder: Finder, margin: float) -> Iterator[Candidate]:
    """What is found for the whole question, this far below the best at most."""
    candidates = finder.candidates(question, finder.search(question, allowed.allowed))
    return (c for c in candidates if c.score >= candidates[0].score - margin)


def _one_row(
    question: Question, allowed: Scope, finder: Finder, scopes: Sequence[DocumentScope]
) -> Facet | None:
    """Where a single record holds every year asked about."""
    if len(set(question.places)) > 1:
        return None
    years = _years(question, scopes)
    for candidate in _near(question, allowed, finder, ROW_MARGIN):
        row = candidate.passage.row
        if row is not None and years <= years_of(row):
            return Facet(replace(question, years=years), allowed.allowed)
    return None


def _years(question: Question, scopes: Sequence[DocumentScope]) -> frozenset[int]:
    """The years a comparison is about: those named, else the plan's base and last year."""
    periods = [s.period for s in scopes if s.period]
    return question.years or frozenset(y for p in periods[:1] for y in (p[0] - 1, p[1]))


def _of_all_places(question: Question, allowed: Scope, finder: Finder) -> Facet | None:
    """Where a sentence itself sets the places compared side by side."""
    if not question.asks_any("compare"):
        return None
    for candidate in _near(question, allowed, finder, PLACES_MARGIN):
        if all(place in candidate.piece.text for place in question.places):
            return Facet(question, allowed.allowed, said=candidate.piece.text)
    return None


def _one_sentence(
    question: Question, allowed: Scope, items: Sequence[str], finder: Finder
) -> Facet | None:
    """Where a single sentence gives a figure for each thing named."""
    if not question.asks_any("figure") or question.asks_any("compare"):
        return None
    for candidate in _near(question, allowed, finder, ROW_MARGIN):
        if candidate.passage.row is None and gives_each(items, candidate.piece.text):
            return Facet(question, allowed.allowed, said=candidate.piece.text)
    return None
