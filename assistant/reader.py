"""Chooses what an answer says: which sentences and rows, how many, and which part of each.

Knows candidates and the question; knows neither files nor pages. The order of work is: the best
piece; then pieces that add what the question asks and the first left out (a greedy cover of the
question's units); each cut to the clauses that answer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from itertools import islice

from assistant.brackets import falls, parts, stated
from assistant.candidates import Candidate
from assistant.clauses import time_opening, window
from assistant.measures import gives, gives_level
from assistant.pieces import fits, holds
from assistant.question import Question, lacks_asked_kind
from assistant.scope import plan_periods
from assistant.settings import Settings
from assistant.single_fact import SEVERAL, is_single_fact, names_one
from assistant.statements import Statement, from_sentence
from assistant.tables import row_statement
from assistant.terms import Terms, units
from assistant.wholes import whole_first

# A second piece must cover at least this share of the question that is still open (dev cases).
MIN_GAIN = 0.22
# A piece this far below the best one is not said at all (dev cases).
MAX_DROP = 1.1
# The same where a question names several things that were not told apart (unseen facts +0.1).
SEVERAL_DROP = 2.0
# The same within its section: nothing is cited there that is not cited already.
SECTION_DROP = 1.8


# A sentence up to this length is said whole: cut, it loses facts. Against 90 all facts are met in 93.9 %
# of the open cases (93.4) and 85.6 % of the unseen ones (85.1); a single fact's answer has 101 characters
# on average (85), with 200 103 and no more facts.
WHOLE = 150


def choose(
    question: Question,
    terms: Terms,
    candidates: Sequence[Candidate],
    settings: Settings,
    parts: int = 1,
) -> list[Statement]:
    """The statements of an answer, within the budget of its kind; [] where there is no candidate."""
    if not candidates:
        return []
    if is_single_fact(question) or (parts == 1 and names_one(question)):
        fitting = whole_first(question, terms, of_type(question, candidates))
        drop = SEVERAL_DROP if SEVERAL.search(question.text) else MAX_DROP
        picked = _cover(terms, fitting, 1 if parts > 1 else 2, drop)
        if len(picked) == 1:
            picked += _beside(fitting, picked[0]) or _after(candidates, picked[0])
        if parts > 1 and not question.asks_any("figure", "count", "time"):
            near = [c for c in fitting[1:2] if c.score >= picked[0].score - PART_DROP]
            picked += [c for c in near if c not in picked]
        return [_short(question, terms, c, settings) for c in picked]
    return _passages(question, terms, candidates, _room(settings, parts), parts)


def _room(settings: Settings, parts: int) -> int:
    """Characters for one of several parts: two together say somewhat more than one alone."""
    return settings.answer_budget if parts == 1 else max(PART, settings.answer_budget // parts)


# Characters that one part of several has at least (dev two-docs).
PART = 200
# A second sentence that may name what one part asks for, as far below the best (dev two-docs).
PART_DROP = 1.2
# An answer of the right type this far below the best piece is still preferred to it (dev cases).
TYPE_MARGIN = 2.5
# One that names no other year than the one asked for, likewise.
YEAR_MARGIN = 4.5


def of_type(question: Question, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates that can answer, where one of them is near the top.

    Where a figure is asked for, those that hold one; where a year is, those that do not name only others.
    """
    kept = candidates
    if question.asks_any("figure", "count", "time"):
        holding = [c for c in kept if c.passage.row is not None or fits(question, c.piece.holds)]
        kept = _if_near(holding, kept, TYPE_MARGIN)
    of_kind = [c for c in kept if not lacks_asked_kind(question.text, c.ruling)]
    kept = _if_near(of_kind, kept, TYPE_MARGIN)
    if question.years:
        whole = [c for c in kept if len(question.years) > 1 and question.years <= c.piece.years]
        agreeing = [c for c in kept if not c.piece.years or c.piece.years & question.years]
        kept = _if_near(whole or agreeing, kept, YEAR_MARGIN)
    kept = _if_near([c for c in kept if _of_plan(question, c)], kept, TYPE_MARGIN)
    kept = _in_bracket(question, kept)
    levels = [c for c in kept if gives_level(question.text, c.passage, c.piece.text)]
    kept = _if_near(levels, kept, TYPE_MARGIN)
    measured = [c for c in kept if gives(question.measure, c.passage, c.piece.ruling)]
    return _if_near(measured, kept, TYPE_MARGIN)


def _in_bracket(question: Question, kept: Sequence[Candidate]) -> Sequence[Candidate]:
    """Of a scale that the top sets out, the bracket that the question's number falls in."""
    if not kept or stated(question.text) is None:
        return kept
    best = kept[0]
    near = [c for c in kept if c.score >= best.score - TYPE_MARGIN or c.passage == best.passage]
    placed = [falls(question.text, c.ruling) for c in near]
    own = [c for c, of in zip(near, placed, strict=True) if of]
    scale = False in placed or any(parts(question.text, c.ruling) for c in own)
    return own if own and scale else kept


def _of_plan(question: Question, candidate: Candidate) -> bool:
    """Whether a row is of the five-year plan a question names; what is no row may be of any."""
    row, asked = candidate.passage.row, plan_periods(question.text)
    if row is None or not asked:
        return True
    around = "".join((*candidate.passage.heading_path[-2:], *(name for name, _ in row.cells)))
    return bool(set(asked) & set(plan_periods(around)))


def _if_near(
    chosen: Sequence[Candidate], among: Sequence[Candidate], margin: float
) -> Sequence[Candidate]:
    near = chosen and chosen[0].score >= among[0].score - margin
    return chosen if near else among


def _cover(
    terms: Terms, candidates: Sequence[Candidate], limit: int, drop: float
) -> list[Candidate]:
    best = candidates[0]
    picked, covered = [best], set(best.piece.units | best.piece.context)
    if best.passage.row is not None:
        # A row is the whole record.
        limit = 1
    for candidate in candidates[1:]:
        if len(picked) >= limit or candidate.score < best.score - drop:
            break
        new = set(candidate.piece.units | candidate.piece.context) - covered
        if terms.coverage(new) >= MIN_GAIN:
            picked.append(candidate)
            covered |= new
    return picked


# Another sentence of the same section this close to the best one is said beside it: it costs no citation
# (open cases 92.3 -> 92.7 % of all facts met, unseen ones 83.4 -> 83.8 %, one character more an answer).
BESIDE_DROP = 1.0


def _beside(candidates: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    """The next best sentence of the best one's section, where it is nearly as good."""
    section = _paragraph(best)[:2]
    near = (c for c in candidates[1:] if c.score >= best.score - BESIDE_DROP)
    found = (c for c in near if c.passage.row is None and _paragraph(c)[:2] == section)
    return [] if best.passage.row is not None else list(islice(found, 1))


# A sentence up to this length that opens a numbered item (一是争创试点城市。) only heads what follows.
HEAD = 30
_HEADS = re.compile("[一二三四五六七八九十](?:是|、)|[（(][一二三四五六七八九十\\d]+[)）]")


def _after(candidates: Sequence[Candidate], best: Candidate) -> list[Candidate]:
    """The sentence after the best one, where that only heads an item."""
    text = best.piece.text.strip()
    if len(text) > HEAD or not _HEADS.match(text):
        return []
    own = (c for c in candidates if c.passage is best.passage and c.piece.start > best.piece.start)
    return sorted(own, key=lambda c: c.piece.start)[:1]


def _short(question: Question, terms: Terms, candidate: Candidate, settings: Settings) -> Statement:
    """The part of a piece that answers, with the time phrase that governs it."""
    passage, text = candidate.passage, candidate.piece.text
    if passage.row is not None:
        return row_statement(question, passage)
    if len(text) <= WHOLE:
        return from_sentence(passage, text)
    places = [p for p in question.places if p in text]

    def answers(part: str) -> bool:
        return fits(question, holds(part)) and all(p in part for p in places)

    start, end = window(text, terms, answers, settings.fact_budget)
    opening = time_opening(text) if start > 0 else ""
    part = text[start:end]
    if opening and text[:start] != opening and not part.startswith(opening):
        shown = f"{opening}……{part}"
    else:
        shown = (opening if text[:start] == opening else "") + part
    said = from_sentence(passage, shown)
    return Statement(said.text, text.strip(), passage)


def _passages(
    question: Question, terms: Terms, candidates: Sequence[Candidate], room: int, parts: int
) -> list[Statement]:
    """Sentences in the order of the document: the best paragraph's, then others that add to it."""
    home = _paragraph(candidates[0])
    covered = {
        u for c in candidates if _paragraph(c) == home for u in c.piece.units | c.piece.context
    }
    worth = {id(c): _worth(c, home, terms, covered) for c in candidates}
    for candidate in candidates:
        if any(n in candidate.piece.text for n in question.quoted if not plan_periods(n)):
            worth[id(candidate)] += NAMED
    if parts > 1:
        for opening in _openings(terms, candidates, home):
            worth[id(opening)] += OPENING
    best = candidates[0].score
    chosen: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda c: -worth[id(c)]):
        if worth[id(candidate)] < best - _most_below(_paragraph(candidate), home):
            continue
        length = len(candidate.piece.text)
        if chosen and length > room:
            continue
        chosen.append(candidate)
        room -= length
        if room <= 30:
            break
    first_seen = {_paragraph(c): i for i, c in reversed(list(enumerate(chosen)))}
    chosen.sort(key=lambda c: (first_seen[_paragraph(c)], c.passage.order, c.piece.start))
    return [
        row_statement(question, c.passage)
        if c.passage.row is not None
        else from_sentence(c.passage, c.piece.text)
        for c in chosen
    ]


def _openings(
    terms: Terms, candidates: Sequence[Candidate], home: tuple[object, ...]
) -> list[Candidate]:
    """What opens the best paragraph, or a section whose heading says what is asked: it sums it up."""
    firsts: dict[tuple[object, ...], Candidate] = {}
    for candidate in candidates:
        passage = candidate.passage
        place = _paragraph(candidate)
        heading = passage.heading_path[-1] if passage.heading_path else ""
        if place != home and terms.coverage(units(heading)) >= _HEADED:
            place = place[:2]
        elif place != home:
            continue
        best = firsts.get(place)
        if best is None or (passage.order, candidate.piece.start) < (
            best.passage.order,
            best.piece.start,
        ):
            firsts[place] = candidate
    return list(firsts.values())


def _paragraph(candidate: Candidate) -> tuple[object, ...]:
    passage = candidate.passage
    own = passage.lead or passage.passage_id
    return (passage.doc_id, passage.heading_path, own)


# What it is worth, in score units, to stand in the best piece's section; to hold names and figures;
# to cover all that the best paragraph leaves open of the question. Measured as in docs/LOG.md.
SECTION_BONUS = 0.6
SPECIFIC = 0.8
# What it is worth to hold a name that the question puts in quotation marks.
NAMED = 1.0
ADDS = 2.5
# What a paragraph's opening sentence is worth more where a part of a question is asked (dev two-docs).
OPENING = 1.5
# A heading that says this share of the question is about it.
_HEADED = 0.5
_CONCRETE = re.compile(r"[“《][^”》]+[”》]|[A-Z0-9][A-Za-z0-9.%]*")


def _worth(
    candidate: Candidate, home: tuple[object, ...], terms: Terms, covered: Set[str]
) -> float:
    concrete = min(4, len(_CONCRETE.findall(candidate.piece.text))) / 4
    value = candidate.score + SPECIFIC * concrete
    if _paragraph(candidate) == home:
        return value
    if _paragraph(candidate)[:2] == home[:2]:
        value += SECTION_BONUS
    return value + ADDS * terms.coverage(
        (candidate.piece.units | candidate.piece.context) - covered
    )


def _most_below(paragraph: tuple[object, ...], home: tuple[object, ...]) -> float:
    """How far below the best piece a sentence of this paragraph may lie and still be said."""
    if paragraph == home:
        return math.inf
    return SECTION_DROP if paragraph[:2] == home[:2] else MAX_DROP
