"""Takes a question that asks several things apart: two years, two cities, two documents, two sentences.

Each part is looked up by itself, so that one side of a comparison cannot crowd out the other. Knows
what each document is about as a whole; knows neither passages nor scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.question import Question, analyse
from assistant.scope import DocumentScope, Scope, kinds_named, scope, without_kinds
from assistant.standalone import core, has_subject
from index.records import Passage

_NOW = re.compile("现状|现在|目前|当前|如今|基数|起点|上个五年|“?十三五”?|已经|原来|过去")
_TARGET = re.compile("目标|要求|将来|未来|计划|这个五年|今后|要达|要到|“?十四五”?|规划期末")
_FROM_TO = re.compile("从(?:多少|几).{0,12}到(?:多少|几)")
_SEGMENT = re.compile(r"[？?；;。！!，,：:]+")
_ASKED = re.compile(
    r"多少|几[个家座类条项张号成人名亿万年]|几$|是几|什么|啥|哪|谁|怎么|如何|怎样|目标$|目标值$|规模$|呢$|吗$|多高|多大|多长"
)
_TIME_OR_DOCUMENT = re.compile(
    r"(?:19|20)\d\d|十[二三四五六]五|上个|这个五年|规划|纲要|论文|文章|报纸|专版|建言|表\d|表格|正文"
)
_TABLE = re.compile(r"表\s*(\d+|[一二三四五六七八九十]+)")


@dataclass(frozen=True, slots=True)
class Facet:
    """One part of a question, to be looked up by itself in `doc_ids`."""

    question: Question
    doc_ids: tuple[str, ...]
    kind: str = ""  # text, table, or the number of a table (表1): only passages of that kind
    of: int = 1  # how many parts the whole question has
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
    inside = [d for d in documents if d.doc.doc_id in whole.allowed]
    found = (
        _by_segment(question, documents, within)
        or _by_kind(question, documents)
        or _by_place(question, inside)
        or _by_table(question, whole)
        or _by_year(question, inside, whole)
        or _by_conjunct(question, whole)
        or [Facet(question, whole.allowed)]
    )
    return [replace(f, question=_of_this_plan(f.question, inside), of=len(found)) for f in found]


def fits_kind(passage: Passage, kind: str) -> bool:
    """Whether a passage is of the kind a part asks for."""
    if not kind:
        return True
    if kind in {"text", "table"}:
        return (passage.kind == "table") == (kind == "table")
    return passage.kind == "table" and passage.heading_path[-1].replace(" ", "").startswith(kind)


def _of_this_plan(question: Question, documents: Sequence[DocumentScope]) -> Question:
    """A target asked for without a year is the plan's own, for its last year."""
    ends = {d.period[1] for d in documents if d.period}
    open_year = not question.years and _TARGET.search(question.text)
    if open_year and len(ends) == 1 and not _NOW.search(question.text):
        return replace(question, years=frozenset(ends))
    return question


def _by_segment(
    question: Question, documents: Sequence[DocumentScope], within: Sequence[str] | None
) -> list[Facet]:
    """One part for each stretch that asks something of a subject, a time or a document of its own.

    What stands before the first asking stretch (集成电路：…) is what all of them are about.
    """
    texts = [t for t in _SEGMENT.split(question.text) if t.strip()]
    asking = [i for i, t in enumerate(texts) if _asks(t)]
    if len(asking) < 2:
        return []
    shared = "".join(texts[: asking[0]])
    first = texts[asking[0]]
    parts = [f"{shared}，{first}" if shared else first]
    for i in asking[1:]:
        own = has_subject(texts[i]) or _TIME_OR_DOCUMENT.search(texts[i])
        if not own:
            return []
        lead = shared or ("" if has_subject(texts[i]) else core(first))
        parts.append(f"{lead}，{texts[i]}" if lead else texts[i])
    found = []
    for text in parts:
        part = analyse(text)
        found.append(Facet(part, scope(part, documents, within).allowed))
    return found


def _asks(text: str) -> bool:
    """Whether a stretch asks something by itself."""
    return bool(_ASKED.search(text))


# 老人和小孩的照护分别怎么说: two things, each asked about by itself.
_CONJUNCTS = re.compile(
    r"(?P<a>[^，。？?和与跟、的]{2,12})(?:和|与|跟|、)(?P<b>[^，。？?和与跟、的]{2,12})(?P<tail>的[^，。？?]{1,14})?"
)
_SEVERALLY = re.compile("分别|各自?|对比|比较|相比|区别|不同|差异|关系")


def _by_conjunct(question: Question, whole: Scope) -> list[Facet]:
    found = _CONJUNCTS.search(question.text)
    if not found or not _SEVERALLY.search(question.text):
        return []
    if not all(has_subject(found[name]) for name in ("a", "b")):
        return []
    rest = question.text[: found.start()] + "{}" + question.text[found.end() :]
    texts = [rest.format(found[name] + (found["tail"] or "")) for name in ("a", "b")]
    return [Facet(analyse(t), whole.allowed) for t in texts]


def _by_kind(question: Question, documents: Sequence[DocumentScope]) -> list[Facet]:
    groups = kinds_named(question.text, documents)
    bare = analyse(without_kinds(question.text))
    return [Facet(bare, ids) for ids in groups] if len(groups) > 1 else []


def _by_table(question: Question, whole: Scope) -> list[Facet]:
    """表1和表2, 正文和表格: each looked up in its own kind of passage."""
    kinds = [f"表{n}" for n in dict.fromkeys(_TABLE.findall(question.text))]
    if "正文" in question.text and re.search(r"表", question.text):
        kinds = ["text", *(kinds or ["table"])]
    return [Facet(question, whole.allowed, kind=k) for k in kinds] if len(kinds) > 1 else []


def _by_place(question: Question, documents: Sequence[DocumentScope]) -> list[Facet]:
    """One part a city, each asked of its own documents without the other cities' names.

    A city without documents keeps its part, so that its answer can say so.
    """
    found = []
    for place in question.places:
        text = question.text
        for other in question.places:
            if other != place:
                text = re.sub(f"[和与跟、及同比]?{other}市?[和与跟、及同比]?", "", text)
        ids = tuple(d.doc.doc_id for d in documents if place in d.places)
        found.append(Facet(analyse(text), ids, label=place))
    several = len(found) > 1 and any(f.doc_ids for f in found)
    return found if several else []


def _by_year(question: Question, documents: Sequence[DocumentScope], whole: Scope) -> list[Facet]:
    """2020年与2025年, 现状和目标: the base year and the last year of the plan asked about."""
    years = sorted(question.years)
    periods = [d.period for d in documents if d.period]
    if len(years) < 2 and periods:
        start, end = periods[0]
        text = question.text
        if (_NOW.search(text) and _TARGET.search(text)) or _FROM_TO.search(text):
            years = [start - 1, end]
    if len(years) < 2:
        return []
    return [
        Facet(replace(question, years=frozenset({y})), whole.allowed, label=f"{y}年")
        for y in years[:4]
    ]
