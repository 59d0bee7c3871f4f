"""From the parts of a question, each looked up by itself, to one draft of an answer.

Knows statements, hits and doubts; knows nothing of how they were found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facets import Facet
from assistant.followups import core
from assistant.refusal import LOW, Doubt
from assistant.statements import Statement
from assistant.terms import units
from index.records import Hit

# A part of which this share of the words is said elsewhere in the answer is not called unanswered.
_HEARD = 0.6


@dataclass(frozen=True, slots=True)
class Part:
    """What was found for one part of a question; no statements where it is refused."""

    facet: Facet
    statements: tuple[Statement, ...]
    hits: tuple[Hit, ...]
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Draft:
    """What the default mode has found: statements to say, passages behind them, how sure it is."""

    statements: tuple[Statement, ...]
    hits: tuple[Hit, ...]
    refused: bool
    confidence: str  # high | low | none
    nearest: tuple[Statement, ...] = ()  # of a refusal: what comes closest, at most one
    told: bool = False  # said of the documents' structure; no passage holds it


def drafted(parts: Sequence[Part], computed: Sequence[Statement] = ()) -> Draft:
    """One draft of all parts: a part that is refused is left out while another one stands.

    `computed`: what follows from the parts' figures, said last.
    """
    standing = [p for p in parts if p.statements and not p.doubt.refuses]
    hits = _dealt([p.hits for p in standing or parts])
    if not standing:
        nearest = next((p.statements[:1] for p in parts if p.statements and p.doubt.is_near), ())
        return Draft((), hits, True, "none", nearest)
    statements: list[Statement] = []
    labels = [p.facet.label for p in parts]
    told_apart = len(set(labels)) > 1 and all(labels)
    years_said = any(_leaves_year_out(p) for p in standing)
    for part in parts:
        if part in standing:
            fresh = [s for s in part.statements if not _is_said(s, statements)]
            labelled = told_apart and (years_said or not _is_year(part.facet.label))
            if labelled and fresh:
                statements.append(Statement(f"{part.facet.label}："))
            statements += fresh
        elif not (told_apart and part.facet.label) and (lacking := _unanswered(part, statements)):
            statements.append(Statement(lacking))
        elif told_apart and not any(part.facet.label in s.text for s in statements):
            statements.append(Statement(f"{part.facet.label}：现有文件没有给出这项内容。"))
    statements += computed
    low = all(p.doubt.value > LOW for p in standing)
    return Draft(tuple(statements), hits, False, "low" if low else "high")


def _is_said(statement: Statement, said: Sequence[Statement]) -> bool:
    """Whether the same words of the same passage were said, be it as an item or not."""
    if statement.passage is None:
        return statement in said
    return any(s.passage == statement.passage and s.text == statement.text for s in said)


def _unanswered(part: Part, said: Sequence[Statement]) -> str:
    """That a part has no answer, in its own words; '' where what is said speaks of it."""
    about = part.facet.item or part.facet.question.text.rstrip("？?。")
    asked = set(units(core(about) or about))
    heard = set(units("".join(s.text + s.quote for s in said)))
    if not asked or len(asked & heard) > _HEARD * len(asked):
        return ""
    return f"“{about}”：现有文件没有给出这项内容。"


def _is_year(label: str) -> bool:
    return label.endswith("年")


def _leaves_year_out(part: Part) -> bool:
    """Whether a figure is of the year asked for by its section alone: the answer has to say it."""
    label = part.facet.label
    return part.doubt.fact and _is_year(label) and label[:4] not in part.statements[0].text


def cited_first(statements: Sequence[Statement], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits with those the statements cite in front; then one of each section before seconds.

    A reader looks at the first few: five of one section would hide the other sections.
    """
    cited = {s.passage.passage_id for s in statements if s.passage}
    front = [h for h in hits if h.passage.passage_id in cited]
    rest = [h for h in hits if h.passage.passage_id not in cited]
    seen = {(h.passage.doc_id, h.passage.heading_path) for h in front}
    firsts: list[Hit] = []
    seconds: list[Hit] = []
    for hit in rest:
        place = (hit.passage.doc_id, hit.passage.heading_path)
        (seconds if place in seen else firsts).append(hit)
        seen.add(place)
    return (*front, *firsts, *seconds)


def _dealt(lists: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Several rankings dealt out in turn, each passage once."""
    merged: dict[str, Hit] = {}
    for rank in range(max((len(hits) for hits in lists), default=0)):
        for hits in lists:
            if rank < len(hits):
                merged.setdefault(hits[rank].passage.passage_id, hits[rank])
    return tuple(merged.values())
