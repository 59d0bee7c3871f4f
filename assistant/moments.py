"""The times a question sets side by side: years, five-year plans, 现状 and 目标.

Knows the period of each plan among the documents; knows neither passages nor scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.eras import PLAN_END
from assistant.figures import YEAR, chinese_number
from assistant.scope import DocumentScope, period_of_plan, plan_periods

_YEAR_POINT = re.compile(rf"[到至在]?{YEAR.pattern}年?[底末初]?")
_PLAN_POINT = re.compile(
    r"[“\"]?(十[一二三四五六七八九]?)五[”\"]?(?:规划)?(?:期末|末期|末|时期|期间)?(?:定的)?"
)
_RELATIVE = re.compile(
    "(?P<last>上一?个五年)|(?P<this>这一?个?五年|本个?五年)|(?P<next>下一?个五年)"
)
# The end of the plan's period, as people say it; not that of a plan called by its number.
_AT_THE_END = re.compile(
    '(?<![五”"])(?:规划期末|规划末期|规划期结束时?)|五年(?:之|以)?后(?!的?[几两三])'
)
_NOW = re.compile("现状|现在|目前|当前|如今|基数|起点|原来|过去")
_TARGET = re.compile("目标|将来|未来|今后|要达|要到|规划期末")
_FROM_TO = re.compile("从(?:多少|几).{0,12}到(?:多少|几)")
_THIS_YEAR = re.compile("今年|本年度?(?!末)|新的一年|年内")
# What a report says was done, it says of the year before: 改造了多少个.
_DONE = re.compile("(?<![为除])了(?:多少|几)")
_SPAN = re.compile("五年|十[一二三四五六]五|以来|累计")
_LAST_YEAR = re.compile("去年|上一?年度?(?![底末])|过去一年")
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time named at text[start:end] (of no length where the text only implies it)."""

    start: int
    end: int
    years: frozenset[int]
    label: str


def moments(text: str, documents: Sequence[DocumentScope]) -> list[Moment]:
    """The times a question names, in order, each once; 现状 and 目标 count where no two are named."""
    found = _years(text)
    plans = [m for m in _plans(text) if not any(y.years & m.years for y in found)]
    found = _once(sorted([*found, *plans], key=lambda m: m.start))
    period = next((d.period for d in documents if d.period), None)
    if period is None:
        return found
    base, end = period[0] - 1, period[1]
    now, target = _NOW.search(text), _TARGET.search(text)
    if not found and ((now and target) or _FROM_TO.search(text)):
        return [_implied(text, base), _implied(text, end)]
    latest = max((max(m.years) for m in found), default=0)
    if len(found) == 1 and now and latest > base:
        return [_implied(text, base), *found]
    if len(found) > 1 and target and latest <= base:
        return [*found, _implied(text, end)]
    return found


def _implied(text: str, year: int) -> Moment:
    return Moment(len(text), len(text), frozenset({year}), f"{year}年")


def _years(text: str) -> list[Moment]:
    return [
        Moment(m.start(), m.end(), frozenset({int(m[1])}), f"{m[1]}年")
        for m in _YEAR_POINT.finditer(text)
    ]


def _plans(text: str) -> list[Moment]:
    found = []
    for match in _PLAN_POINT.finditer(text):
        number = chinese_number(match[1])
        if number and number >= 10:
            _, end = period_of_plan(number)
            label = f"“{match[1]}五”"
            found.append(Moment(match.start(), match.end(), frozenset({end}), label))
    return found


def _once(found: Sequence[Moment]) -> list[Moment]:
    return list({m.years: m for m in reversed(found)}.values())[::-1]


def with_plan_names(text: str, documents: Sequence[DocumentScope]) -> str:
    """上个五年 as “十三五”, 规划期末 as its last year, where the documents hold one plan alone."""
    starts = _starts(documents)
    if len(starts) != 1:
        return text
    start = starts.pop()
    text = _AT_THE_END.sub(f"{start + 4}年", text)
    number = 10 + (start - 2001) // 5

    def named(match: re.Match[str]) -> str:
        own = number - 1 if match["last"] else number + 1 if match["next"] else number
        return f"“十{_NUMERALS[own - 10]}五”" if 10 < own < 20 else match[0]

    return _RELATIVE.sub(named, text)


def year_told(text: str, documents: Sequence[DocumentScope]) -> frozenset[int]:
    """今年 or 去年 as the year it is in the documents, where each of them is of that one year."""
    years = {d.period for d in documents if d.period}
    own = years.pop() if len(years) == 1 else None
    this = _THIS_YEAR.search(text)
    last = _LAST_YEAR.search(text) or (not this and not _SPAN.search(text) and _DONE.search(text))
    if own is None or own[0] != own[1] or bool(this) == bool(last):
        return frozenset()
    return frozenset({own[0] if this else own[0] - 1})


def _starts(documents: Sequence[DocumentScope]) -> set[int]:
    """When the documents' five-year plans begin; what covers a single year is none."""
    periods = [d.period for d in documents if d.period]
    return {start for start, end in periods if end - start == 4}


def earlier_plan(text: str, documents: Sequence[DocumentScope]) -> frozenset[int]:
    """The years of a plan before the documents' own that a question names alone; none otherwise."""
    starts = _starts(documents)
    periods = plan_periods(text)
    if len(starts) != 1 or len(periods) != 1 or periods[0][1] >= min(starts):
        return frozenset()
    first, last = periods[0]
    return frozenset({last} if PLAN_END.search(text) else range(first, last + 1))
