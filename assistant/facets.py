"""Takes a question that asks several things apart: two years, two cities, two documents, two sentences.

Each part is looked up by itself, so that one side of a comparison cannot crowd out the other. Knows
what each document is about as a whole; knows neither passages nor scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conjuncts import EACH, apart_as_level, as_level, compares, conjuncts, how_much
from assistant.followups import names_itself
from assistant.mentions import Mention, mentions, plans_by_number
from assistant.moments import Moment, moments, with_plan_names
from assistant.placed import asked_about, asked_of, side_by_side
from assistant.plan_years import of_this_plan
from assistant.question import Question, analyse
from assistant.scope import DocumentScope, Scope, scope
from assistant.segments import ASKED, segments
from assistant.standalone import has_subject
from index.records import Passage

_TABLE = re.compile(r"表\s*(\d+|[一二三四五六七八九十]+)")
# What goes with a document's name: 在…里.
_BEFORE = re.compile("[在对从]$")
# 都说到对外开放，分别…: what both speak of is no more than where the figures asked for stand.
_BOTH_SPEAK = re.compile("^都?(?:说|讲|提|谈|写)[到了过]+(?P<of>[^，,]*)[，,](?=.)")
_EACH = re.compile("^(?:分别|各自?)的?")
_ALSO = re.compile("^[又也还](?=[怎如提说写讲有])")
_AFTER = re.compile("^[里中上]面?")
# A document named behind the question, in brackets: 要建几个？（国家应急规划）
_BEHIND = re.compile(r"^(?P<asked>.{4,})[（(](?P<named>[^（）()]{2,30})[）)][？?。]?$")
_MOST = 6  # parts looked up at most: each costs a search


@dataclass(frozen=True, slots=True)
class Facet:
    """One part of a question, to be looked up by itself in `doc_ids`."""

    question: Question
    doc_ids: tuple[str, ...]
    kind: str = ""  # text, table, or the number of a table (表1): only passages of that kind
    of: int = 1  # how many parts the whole question has
    item: str = ""  # which of the things named side by side it asks about
    said: str = ""  # the sentence that is known to answer all of it; '' for any
    label: str = ""  # said before its answer where the parts are told apart by it (无锡, 南京)


def facets(
    question: Question,
    whole: Scope,
    documents: Sequence[DocumentScope],
    within: Sequence[str] | None = None,
) -> list[Facet]:
    """The parts of a question in order; a single part where it asks one thing.

    `whole`: the documents the question is about as a whole; `within`: those the user chose.
    """
    inside = _among(documents, whole.allowed)
    text = _named_first(with_plan_names(question.text, inside), documents)
    question = _reread(question, text)
    chosen = documents if within is None else _among(documents, within)
    found: list[Facet] = []
    for segment in segments(question.text):
        part = question if segment == question.text else analyse(segment)
        # A stretch that names no city is of the city that the question names.
        here = replace(part, places=part.places or question.places)
        allowed = whole if part is question else scope(here, documents, within)
        found += _parted(part, allowed, chosen)
    found = found[:_MOST]
    return [replace(f, question=_timed(f, documents), of=len(found)) for f in found]


def _named_first(text: str, documents: Sequence[DocumentScope]) -> str:
    """A question with the document that stands behind it in brackets put before it."""
    found = _BEHIND.match(text)
    named = mentions(found["named"], documents) if found else []
    return f"{found['named']}里，{found['asked']}" if found and len(named) == 1 else text


def _timed(facet: Facet, documents: Sequence[DocumentScope]) -> Question:
    return of_this_plan(facet.question, _among(documents, facet.doc_ids))


def _among(documents: Sequence[DocumentScope], doc_ids: Sequence[str]) -> list[DocumentScope]:
    chosen = set(doc_ids)
    return [d for d in documents if d.doc.doc_id in chosen]


def _reread(question: Question, text: str) -> Question:
    return question if text == question.text else analyse(text)


def _parted(question: Question, allowed: Scope, documents: Sequence[DocumentScope]) -> list[Facet]:
    """The parts of one stretch of a question."""
    inside = _among(documents, allowed.allowed)
    named = mentions(question.text, documents)
    if len({m.doc_ids for m in named}) < 2:
        named = plans_by_number(question.text, documents) or named
    return (
        _by_mention(question, named, allowed)
        or _by_place(question, inside, allowed)
        or _by_table(question, allowed)
        or (_by_conjunct(question, documents, allowed) if compares(question.text) else [])
        or _by_moment(question, inside, named, allowed)
        or _in_document(_by_conjunct(question, documents, allowed), documents)
        or [_narrowed(question, allowed, named)]
    )


def _narrowed(question: Question, allowed: Scope, named: Sequence[Mention]) -> Facet:
    """The question in the documents that its one mention leaves, without the mention itself."""
    meant = {i for m in named for i in m.doc_ids}
    ids = tuple(i for i in allowed.allowed if i in meant)
    if not ids:
        return Facet(question, allowed.allowed)
    text = question.text
    for mention in reversed(named):
        text = _BEFORE.sub("", text[: mention.start]) + _AFTER.sub("", text[mention.end :])
    label = named[0].name if len({m.doc_ids for m in named}) == 1 else ""
    return Facet(analyse(text) if has_subject(text) else question, ids, label=label)


def _in_document(found: Sequence[Facet], documents: Sequence[DocumentScope]) -> list[Facet]:
    """The parts, each in the document that its own words name: 规划里，甲和乙各是多少."""
    narrowed = []
    for facet in found:
        named = mentions(facet.question.text, documents)
        inside = _narrowed(facet.question, Scope(facet.doc_ids, (), ()), named)
        asked = replace(inside.question, years=facet.question.years)
        narrowed.append(replace(facet, question=asked, doc_ids=inside.doc_ids))
    return narrowed


def fits_kind(passage: Passage, kind: str) -> bool:
    """Whether a passage is of the kind a part asks for."""
    if not kind:
        return True
    if kind in {"text", "table"}:
        return (passage.kind == "table") == (kind == "table")
    return passage.kind == "table" and passage.heading_path[-1].replace(" ", "").startswith(kind)


def _by_mention(question: Question, named: Sequence[Mention], allowed: Scope) -> list[Facet]:
    """One part for each document named, asked what stands after its name, or what stands after all.

    A single one that another thing is set beside (不良贷款率与规划里…的说法) makes two parts.
    """
    text = question.text
    if len({m.doc_ids for m in named}) < 2:
        return _beside(text, named[0], allowed) if len(named) == 1 else []
    lead = _BEFORE.sub("", text[: named[0].start])
    ends = [m.start for m in named[1:]] + [len(text)]
    tails = [
        _AFTER.sub("", text[m.end : end]).rstrip("和与跟及、，,")
        for m, end in zip(named, ends, strict=True)
    ]
    tails = [_ALSO.sub("", _asked_of_both(t)) for t in tails]
    if compares(text):
        tails = [_how_much(t) for t in tails]
    shared = next((t for t in reversed(tails) if _says(t)), "")
    found: dict[tuple[str, ...], Facet] = {}
    for mention, tail in zip(named, tails, strict=True):
        own = analyse(f"{lead}{EACH.sub('', tail if _says(tail) else shared)}")
        found.setdefault(mention.doc_ids, Facet(own, mention.doc_ids, label=mention.name))
    return list(found.values())


def _how_much(tail: str) -> str:
    """What one of two documents is asked of a size that both give: GDP增速是多少 of GDP增速，哪个高."""
    level = apart_as_level(how_much(tail)).rstrip("？?，,")
    level = re.sub("[，,]是多少", "是多少", level)
    return level if "多少" in level or not names_itself(level) else f"{level}是多少"


def _asked_of_both(tail: str) -> str:
    """都提到人才，建议是什么 as what is asked: what both speak of stays where it is asked about."""
    spoken = _BOTH_SPEAK.match(tail)
    if not spoken:
        return tail
    rest = _EACH.sub("", tail[spoken.end() :])
    return rest if names_itself(rest) else f"{spoken['of']}，{rest}"


def _beside(text: str, mention: Mention, allowed: Scope) -> list[Facet]:
    lead, tail = text[: mention.start], text[mention.end :]
    other = re.match(r"(.{3,})[和与跟]$", lead)
    if not other or not names_itself(other[1]) or not names_itself(tail):
        return []
    return [
        Facet(analyse(other[1]), allowed.allowed),
        Facet(analyse(tail), mention.doc_ids, label=mention.name),
    ]


def _says(tail: str) -> bool:
    """Whether what follows a document's name asks something by itself."""
    return bool(ASKED.search(tail)) or has_subject(tail)


def _by_table(question: Question, allowed: Scope) -> list[Facet]:
    """表1和表2, 正文和表格: each looked up in its own kind of passage."""
    kinds = [f"表{n}" for n in dict.fromkeys(_TABLE.findall(question.text))]
    text = question.text
    if "正文" in text and re.search(r"表", text):
        kinds = ["text", *(kinds or ["table"])]
        text = re.sub("(?:正文|表格?)[里中和与跟、]*", "", text)
    asked = _reread(question, text)
    return [Facet(asked, allowed.allowed, kind=k) for k in kinds] if len(kinds) > 1 else []


def _by_place(
    question: Question, documents: Sequence[DocumentScope], allowed: Scope
) -> list[Facet]:
    """One part a city, each asked of its own documents without the other cities' names.

    A city without documents of its own has a part only beside others: another's may speak of it.
    """
    found = []
    of = asked_about(question.text, question.places)
    known = [p for p in of if any(p in d.places for d in documents)]
    if len(known) == 1 and len(of) > 1 and not side_by_side(question.text, known[0]):
        return [Facet(analyse(asked_of(question.text, known[0], of)), allowed.allowed)]
    for place in of:
        text = asked_of(question.text, place, of)
        ids = tuple(d.doc.doc_id for d in documents if place in d.places)
        found.append(Facet(analyse(text), ids or allowed.allowed, label=place))
    several = len(found) > 1 and len(found) > len(allowed.foreign)
    return found if several else []


def _by_moment(
    question: Question,
    documents: Sequence[DocumentScope],
    named: Sequence[Mention],
    allowed: Scope,
) -> list[Facet]:
    """2020年与2025年, 现状和目标, 上个五年和这个五年: one part for each, asked without the others."""
    found = moments(question.text, documents)
    outside = [m for m in found if not any(n.start <= m.start < n.end for n in named)]
    return [
        Facet(
            replace(analyse(as_level(_only(question.text, moment, outside))), years=moment.years),
            allowed.allowed,
            label=moment.label,
        )
        for moment in outside
        if len(outside) > 1
    ]


def _only(text: str, kept: Moment, all_of_them: Sequence[Moment]) -> str:
    """The text without the words for the other moments."""
    for moment in sorted(all_of_them, key=lambda m: -m.start):
        if moment != kept and moment.end > moment.start:
            before = re.sub("[和与跟、到至]$", "", text[: moment.start])
            text = before + text[moment.end :].lstrip("的和与跟、")
    return text


def _by_conjunct(
    question: Question, documents: Sequence[DocumentScope], allowed: Scope
) -> list[Facet]:
    """老人和小孩的照护分别怎么说: each thing is asked about by itself."""
    found = []
    named = conjuncts(question.text)
    # A place named before all of them is of all of them, one within a name (南京都市圈) of that alone.
    shared = not any(p in item for item, _ in named for p in question.places)
    for item, text in named:
        part = analyse(text)
        ids = allowed.allowed if shared else scope(part, documents).allowed
        found.append(Facet(part, ids, item=item))
    return found
