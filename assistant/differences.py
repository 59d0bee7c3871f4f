"""Two figures for one thing: found among what a search brought, and said side by side, never merged.

A second figure counts where subject, unit and year are the same and the value is not; what it is of is
judged strictly, so that another subject's figure is never taken for a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.candidates import Candidate
from assistant.question import Question
from assistant.stated import Stated, stated
from assistant.statements import Statement, from_sentence
from assistant.tables import row_statement
from assistant.terms import Terms, units
from index.records import Passage

# A figure's subject must say this share of what is asked (own fixtures and dev facts).
_ASKED = 0.4
# Further figures said at most.
_MOST = 2


def differing(
    question: Question, terms: Terms, told: Sequence[Statement], candidates: Sequence[Candidate]
) -> list[tuple[Passage, Statement]]:
    """What other places state for the thing that the first statement gives a figure of."""
    if not told or told[0].passage is None:
        return []
    first = _candidate_of(told[0], candidates)
    asked = _asked(question, terms, first) if first else None
    if asked is None:
        return []
    found: list[tuple[Passage, Statement]] = []
    values = [asked]
    for candidate, other in _others(told, candidates):
        if not other.same_thing(asked) or any(other.agrees(v) for v in values):
            continue
        values.append(other)
        found.append((candidate.passage, piece_statement(question, candidate)))
    return found[:_MOST]


def _candidate_of(statement: Statement, candidates: Sequence[Candidate]) -> Candidate | None:
    return next(
        (
            c
            for c in candidates
            if c.passage == statement.passage and c.piece.text.strip() == statement.quote.strip()
        ),
        None,
    )


def _asked(question: Question, terms: Terms, candidate: Candidate) -> Stated | None:
    """The figure of a piece that the question asks for."""
    found = [
        s
        for s in stated(candidate.passage, candidate.piece.text, candidate.piece.years)
        if not question.years or s.years & question.years
    ]
    scored = [(terms.coverage(units(s.subject)), s) for s in found]
    worth, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if worth >= _ASKED else None


def _others(
    told: Sequence[Statement], candidates: Sequence[Candidate]
) -> Iterator[tuple[Candidate, Stated]]:
    cited = {(s.passage.passage_id, s.quote.strip()) for s in told if s.passage}
    for candidate in candidates:
        if (candidate.passage.passage_id, candidate.piece.text.strip()) not in cited:
            for other in stated(candidate.passage, candidate.piece.text, candidate.piece.years):
                yield candidate, other


def piece_statement(question: Question, candidate: Candidate) -> Statement:
    """A piece said whole: a row with the columns asked for, a sentence in its own words."""
    if candidate.passage.row is not None:
        return row_statement(question, candidate.passage)
    return from_sentence(candidate.passage, candidate.piece.text)


def side_by_side(
    first: Statement, others: Sequence[tuple[Passage, Statement]], titles: Mapping[str, str]
) -> list[Statement]:
    """What follows the first figure's statement: each other figure with the document that gives it."""
    own = first.passage.doc_id if first.passage else ""
    said = [Statement("另一处的数字与此不同，一并列出：")]
    for passage, statement in others:
        where = "同一文件" if passage.doc_id == own else f"《{titles[passage.doc_id]}》"
        place = passage.heading_path[-1] if passage.doc_id == own and passage.heading_path else ""
        said.append(
            Statement(f"{where}{place}：{statement.text}", statement.quote, passage, item=True)
        )
    return said
