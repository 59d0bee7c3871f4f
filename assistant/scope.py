"""Which of the documents a question is about: by city, by kind of document, by title.

Knows the catalog and each document's text as given; knows no scores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.figures import chinese_number, normalise_figures
from assistant.places import places, region_of
from assistant.question import Question
from index.records import Passage, SourceDoc

# What people call a kind of document -> what catalogs and titles call it.
_KINDS = (
    (
        re.compile("报纸|专版|报道|报上|新闻|建言|日报|晚报|版面"),
        re.compile("报(?!告)|新闻|专版"),
    ),
    (
        re.compile("论文|文章|学者|课题组|这篇|那篇|期刊|研究报告"),
        re.compile("论文|文章|研究|期刊"),
    ),
    (re.compile("纲要|规划|计划书"), re.compile("规划|纲要|计划")),
)
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[—\-–~至到]+\s*((?:19|20)\d\d)\s*年")
_FIVE_YEAR = re.compile(
    # 十五点, 十五个 are fifteen; 十五规划 is the tenth plan.
    '[“"]?(十[一二三四五六七八九]|十(?=五(?![个点条项座家种位岁天年月日号两三四六七八九十])))五[”"]?'
    "|第([一二三四五六七八九十]+)个五年"
)
_OF_A_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
_ONE_YEAR = re.compile(r"((?:19|20)\d\d)\s*年度")
# A document of the whole country is about no city that its opening happens to name.
_OF_THE_NATION = re.compile("中华人民共和国|国务院|国家|全国|我国|中国")
_OF_ITS_OWN = re.compile("[我本全][市省县](?![场政级])")
# A city or county that no list holds, as titles and issuers begin with it.
_OWN_CITY = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:市|县|区|州|盟|旗)")


def period_of_plan(number: int) -> tuple[int, int]:
    """The years of China's n-th five-year plan; from the tenth (2001-2005) on they follow on."""
    start = 2001 + 5 * (number - 10)
    return start, start + 4


def plan_periods(text: str) -> tuple[tuple[int, int], ...]:
    """The periods of the five-year plans a text names (十四五 -> (2021, 2025)), in order."""
    found = []
    for match in _FIVE_YEAR.finditer(text):
        number = chinese_number(match[1] or match[2])
        if number and number >= 10:
            found.append(period_of_plan(number))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class DocumentScope:
    """What a document is about as a whole."""

    doc: SourceDoc
    places: tuple[str, ...]
    period: tuple[int, int] | None  # the years a plan covers
    nationwide: bool = False  # of the whole country by its title or issuer


def describe(doc: SourceDoc, opening: str) -> DocumentScope:
    """Reads place and period off a document's title, issuer and opening text."""
    named = places(f"{doc.title} {doc.issuer}")
    if not named and (own := _OWN_CITY.match(doc.title) or _OWN_CITY.match(doc.issuer)):
        named = (own[1],)
    nationwide = not named and bool(_OF_THE_NATION.search(doc.title + doc.issuer))
    # A city that wants to become a 国家创新型城市 speaks of 全市.
    nationwide = nationwide and not _OF_ITS_OWN.search(opening)
    if not named and not nationwide:
        counted = re.findall("|".join(map(re.escape, places(opening))) or r"(?!)", opening)
        named = (max(counted, key=counted.count),) if counted else ()
    is_plan = _KINDS[2][1].search(doc.kind or doc.title)
    period = _period(doc.title, opening) if is_plan else _reported(doc)
    return DocumentScope(doc, named, period, nationwide)


def _reported(doc: SourceDoc) -> tuple[int, int] | None:
    """The year whose work a government's report sets out (2026年…工作报告); it looks back on the last."""
    year = _OF_A_YEAR.search(normalise_figures(doc.title))
    return (int(year[1]), int(year[1])) if year and doc.title.endswith("工作报告") else None


def _period(title: str, opening: str) -> tuple[int, int] | None:
    """The years a plan covers: those of its title; else those that its opening names first.

    An opening may name the years of the plans that this one rests on, too.
    """
    title = normalise_figures(title)
    if years := _PERIOD.search(title):
        return int(years[1]), int(years[2])
    if periods := plan_periods(title):
        return periods[0]
    if year := _ONE_YEAR.search(title):
        return int(year[1]), int(year[1])
    years = _PERIOD.search(opening)
    return (int(years[1]), int(years[2])) if years else None


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents a question allows, those it names, and cities none of them is about.

    `others`: those left out because they are about another city; they may speak of the one asked for.
    """

    allowed: tuple[str, ...]
    named: tuple[str, ...]
    foreign: tuple[str, ...]
    others: tuple[str, ...] = ()


def scope(
    question: Question, documents: Sequence[DocumentScope], within: Sequence[str] | None = None
) -> Scope:
    """Narrows the documents to those of the kinds, titles and cities that a question names.

    A replaced document is left out unless the question names it or its years, or the user chose it.
    """
    chosen = None if within is None else set(within)
    docs = [d for d in documents if chosen is None or d.doc.doc_id in chosen]
    if chosen is None:
        ids = {d.doc.doc_id for d in docs}
        docs = [d for d in docs if not _is_behind(d, ids) or _is_called(question, d, docs)]
    is_named = _naming(question.text)
    named = {d.doc.doc_id: None for d in docs if is_named(d)}
    covered = {p for d in docs for p in d.places}
    regions = {region_of(p) for p in covered}
    # A province's document is about its cities too, a city's is about no other city of its province.
    known = covered | regions
    foreign = tuple(p for p in question.places if p not in known and region_of(p) not in covered)
    allowed = [d for d in docs if not named or d.doc.doc_id in named]
    allowed = _of_plan(question.text, allowed)
    asked = {p for p in question.places if p in covered}
    others: list[DocumentScope] = []
    if any(not asked.isdisjoint(d.places) for d in allowed):
        others = [d for d in allowed if d.places and asked.isdisjoint(d.places)]
        allowed = [d for d in allowed if not d.places or not asked.isdisjoint(d.places)]
    return Scope(_ids(allowed), tuple(named), foreign, _ids(others))


def _of_plan(text: str, documents: list[DocumentScope]) -> list[DocumentScope]:
    """The documents without the other plans, where a text names the period of one plan among them."""
    asked = plan_periods(text)
    plans = [d for d in documents if d.period and d.period[1] - d.period[0] == 4]
    if len(asked) != 1 or not any(d.period == asked[0] for d in plans):
        return documents
    return [d for d in documents if d not in plans or d.period == asked[0]]


def _ids(documents: Sequence[DocumentScope]) -> tuple[str, ...]:
    return tuple(d.doc.doc_id for d in documents)


def speaks_of_place(
    question: Question, documents: Sequence[DocumentScope]
) -> Callable[[Passage, str], bool]:
    """Whether a piece of a passage may be of the place that a question names.

    What holds for the whole country answers nothing about a place that has documents of its own,
    save where it names the place.
    """
    asked = set(question.places)
    of_its_own = any(asked & set(d.places) for d in documents)
    nation = {d.doc.doc_id for d in documents if d.nationwide} if of_its_own else set()

    def may(passage: Passage, text: str) -> bool:
        around = text + "".join(passage.heading_path)
        return passage.doc_id not in nation or any(place in around for place in asked)

    return may


def _is_behind(document: DocumentScope, among: Container[str]) -> bool:
    """Whether another of these documents holds in its stead."""
    newer = document.doc.replaced_by
    return newer != document.doc.doc_id and newer in among


def _is_called(question: Question, document: DocumentScope, among: Sequence[DocumentScope]) -> bool:
    """Whether a question names a replaced document: its title, its plan, or years that are its own."""
    if f"《{document.doc.title}》" in question.text or f"“{document.doc.title}”" in question.text:
        return True
    if document.period is None:
        return False
    if document.period in plan_periods(question.text):
        return True
    newer = next(d for d in among if d.doc.doc_id == document.doc.replaced_by)
    own = set(range(document.period[0], document.period[1] + 1))
    if newer.period:
        own -= set(range(newer.period[0], newer.period[1] + 1))
    return bool(own & question.years)


def is_of_kind(document: DocumentScope, noun: str) -> bool:
    """Whether a document is what the noun calls it (报纸, 论文, 纲要)."""
    return not _asked(noun).isdisjoint(_kinds(document.doc.kind or document.doc.title))


@lru_cache(maxsize=256)
def _asked(noun: str) -> frozenset[int]:
    return frozenset(n for n, (asked, _) in enumerate(_KINDS) if asked.search(noun))


@lru_cache(maxsize=10_000)
def _kinds(name: str) -> frozenset[int]:
    """What a document is by its kind, or else its title; every question asks it of every document."""
    return frozenset(n for n, (_, is_kind) in enumerate(_KINDS) if is_kind.search(name))


def _naming(text: str) -> Callable[[DocumentScope], bool]:
    """What tells of a document whether the text names it."""
    for n, (asked, _) in enumerate(_KINDS[:2]):
        if asked.search(text):
            return lambda d: n in _kinds(d.doc.kind or d.doc.title)
    if "《" not in text and "“" not in text:
        return lambda _: False
    return lambda d: f"《{d.doc.title}》" in text or f"“{d.doc.title}”" in text
