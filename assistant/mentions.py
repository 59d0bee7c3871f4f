"""Where a question names a document: 纲要, 产业强市论文, 南京那篇文章, “十五五”建言, 王某某的论文.

Knows the catalog as `scope` describes it; knows neither passages nor scores.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.places import places
from assistant.scope import DocumentScope, is_of_kind, plan_periods

# What people call a document. 规划 is as often a verb or half a word: it counts where it stands as a noun.
_NOUNS = re.compile(
    r"报纸专版|报纸|专版|日报|晚报|报道|报上|建言献策|建言|研究报告|论文|文章|期刊|"
    r"(?:规划)?纲要|(?<!空间)(?<!城市)(?<!专项)(?<!详细)(?<!总体)规划"
    r"(?=[里中的和与及跟、，：:？?要怎说讲提写定想依给第最对准打一共会又]|各(?![类项种级])|分别|都(?=[怎说讲提写])|有(?=[几多哪没])|上[写说]|$)(?!的?[期馆局])"
    r"|(?<=五)[”\"]?计划(?:纲要)?|年计划"
)
# What a document is called only where something before it tells which: 有什么办法 names none.
_TITLED = re.compile(
    "那一?[篇份](?=[的里中，,？?]|$|[说讲提写谈给认怎有])|管理办法|实施办法|办法|实施细则|细则|规定|条例|规则|规范|意见|方案|通知|(?:政府)?工作报告|报告|法典|计划"
)
_POINTING = re.compile(r"(?:[那这]一?[篇份个本]|关于|写|谈|讲|的)$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年?$")
_PLAN = re.compile('[“"]?(十[一二三四五六七八九]?五)[”"]?$')
# A document that is asked for is not named: 出自哪个规划.
_ASKED_FOR = re.compile("(?:哪一?[个份篇部项]|什么|几[个份篇部项])$")
_QUOTES = re.compile(r"[“”\"《》·\s]")
_COUNTRY = ("国家", "全国", "我国")
_APART = 4  # characters of a title left out between two that a short name takes
_LONGEST = 14  # characters of a title that stand before the noun


@dataclass(frozen=True, slots=True)
class Mention:
    """A document named at text[start:end]: `doc_ids` are those it can mean, `name` is how it is called."""

    start: int
    end: int
    doc_ids: tuple[str, ...]
    name: str


def mentions(text: str, documents: Sequence[DocumentScope]) -> list[Mention]:
    """The documents a text names by their kind, in order; a kind that no document is of names none."""
    found: list[Mention] = []
    nouns = {m.end(): m for m in (*_TITLED.finditer(text), *_NOUNS.finditer(text))}
    for end, noun in sorted(nouns.items()):
        if _ASKED_FOR.search(text[: noun.start()]):
            continue
        by_kind = noun.re is _NOUNS
        docs = [d for d in documents if _called(d, noun[0], by_kind)]
        floor = found[-1].end if found else 0
        start, docs = _modified(text, floor, noun.start(), docs)
        if docs and (by_kind or _tells(text[start : noun.start()])):
            name = re.sub("^[那这]一?[篇份个本]", "", text[start:end])
            found.append(Mention(start, end, tuple(d.doc.doc_id for d in docs), name))
    return found


# A plan called by its number alone: 云南十五定的, 全国“十二五”的目标.
_BY_NUMBER = re.compile(
    r"[“\"]?十[一二三四五六七八九]?五[”\"]?(?![个项条年岁天月分家种座])(?:时期|期间)?(?:规划|计划|纲要)?所?[定提写说]?的?"
)


def plans_by_number(text: str, documents: Sequence[DocumentScope]) -> list[Mention]:
    """The plans a text calls by their numbers, where it calls two or more that are documents."""
    found: list[Mention] = []
    for number in _BY_NUMBER.finditer(text):
        periods = set(plan_periods(number[0]))
        docs = [d for d in documents if periods & set(plan_periods(d.doc.title))]
        floor = found[-1].end if found else 0
        start, docs = _modified(text, floor, number.start(), docs)
        if docs:
            name = text[start : number.end()].rstrip("的定提写说所")
            found.append(Mention(start, number.end(), tuple(d.doc.doc_id for d in docs), name))
    return found if len({m.doc_ids for m in found}) > 1 else []


def _called(document: DocumentScope, noun: str, by_kind: bool) -> bool:
    """Whether a document is of the kind a noun names, or bears the noun in its title."""
    if noun.startswith("那"):
        return is_of_kind(document, "文章")
    if by_kind and "计划" not in noun:
        return is_of_kind(document, noun)
    return noun.strip('“”"')[-2:] in document.doc.title


def _tells(before: str) -> bool:
    """Whether more than a pointing word stands before a noun that many documents bear."""
    return len(_POINTING.sub("", before)) > 1


def _modified(
    text: str, floor: int, start: int, docs: list[DocumentScope]
) -> tuple[int, list[DocumentScope]]:
    """Where the mention begins with all that tells which document is meant, and those it leaves."""
    while docs and start > floor:
        before = text[floor:start]
        if pointing := _POINTING.search(before):
            start -= len(pointing[0])
            continue
        length, kept = next(_telling(before, docs), (0, docs))
        if not length:
            break
        start, docs = start - length, kept
    # A 的 or 写 that nothing telling stands before belongs to the question.
    lead = re.match("(?:的|关于|写|谈|讲)+", text[start:])
    return start + (len(lead[0]) if lead else 0), docs


def _telling(before: str, docs: list[DocumentScope]) -> Iterator[tuple[int, list[DocumentScope]]]:
    """What stands right before the noun and tells documents apart: its length, the documents it leaves."""
    if plan := _PLAN.search(before):
        periods = set(plan_periods(plan[1]))
        yield len(plan[0]), [d for d in docs if periods & set(plan_periods(d.doc.title))]
    if year := _YEAR.search(before):
        yield from _if_any(len(year[0]), [d for d in docs if d.doc.published.startswith(year[1])])
    for length in range(min(_LONGEST, len(before)), 1, -1):
        words = _QUOTES.sub("", before[-length:])
        if len(words) < 2:
            break
        of_place = [d for d in docs if _is_of(d, words.removesuffix("市"))]
        titled = [d for d in docs if stands_in(words, f"{d.doc.title} {d.doc.issuer}")]
        if of_place or (titled and words not in places(words)):
            yield length, of_place or titled
            return


def _is_of(document: DocumentScope, place: str) -> bool:
    return document.nationwide if place in _COUNTRY else place in document.places


def stands_in(words: str, name: str) -> bool:
    """Whether a name holds these words, or their characters in order not far apart (医保: 医疗保险)."""
    name = _unquoted(name)
    if words in name:
        return True
    ends = words[0] in name and words[-1] in name  # most names are told apart by these alone
    return ends and bool(_spread(words).search(name))


@lru_cache(maxsize=10_000)
def _unquoted(name: str) -> str:
    return _QUOTES.sub("", name)


@lru_cache(maxsize=256)
def _spread(words: str) -> re.Pattern[str]:
    return re.compile(f"[^ ]{{0,{_APART}}}?".join(map(re.escape, words)))


def _if_any(length: int, docs: list[DocumentScope]) -> Iterator[tuple[int, list[DocumentScope]]]:
    if docs:
        yield length, docs
