"""The points and stretches of time a text names. Knows the calendar and the five-year plans.

Works on `wording.plain` text. A five-year plan is its years: the tenth ran from 2001 to 2005, and
each is followed by the next (State Council, 1953 on; before the sixth the years are irregular).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MOMENT = re.compile(
    r"(?<![\d.])(?P<from>(?:19|20)\d\d)年?(?:[—\-至到])(?P<to>(?:19|20)?\d\d)年(?!代)"
    r"|(?<![\d.])(?P<year>(?:19|20)\d\d)年(?!代)(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?(?:度(?!假))?"
    r"|(?<![\d.])(?P<year2>(?:19|20)\d\d)[.\-/](?P<month2>\d{1,2})[.\-/](?P<day2>\d{1,2})(?!\d)"
    r"|(?<![\d.])(?P<month3>\d{1,2})月(?:份)?(?:(?P<day3>\d{1,2})[日号])?"
    r"|(?<![\d.A-Za-z])(?P<bare>(?:19|20)\d\d)(?![\d.]|[A-Za-z%])(?=[、，和及与（）()：:]|目标|预|实际|规划|$)"
    r"|[“\"「]?(?P<plan>十[一二三四五六七八九]?|[六七八九])五[”\"」]?(?=期|时|规|计|末|以|初|前|后|发|经|建|的|，|。|、|和|与|中|开|全|目|主|”|收|重|$)"
    r"|第(?P<nth>\d{1,2})个5年(?=规划|计划|期)"
    r"|(?P<decade>\d0)年代"
)
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
# Parts of a year that a figure may hold for; the same part is written in several ways.
_PART = re.compile("上半年|下半年|前?[一二三四1-4]季度|年初|年底|年末|末|中期|初期|后期")
_PART_NAMES = {"年末": "年底", "末": "年底"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, some years, or a day. `years` is empty where only a month or a decade is named."""

    years: frozenset[int]
    month: int  # 0 where none is named
    day: int
    plan: bool  # a five-year plan's whole period
    start: int
    end: int
    said: str


@lru_cache(maxsize=4096)
def moments(text: str) -> tuple[Moment, ...]:
    """The times a plain text names, in order."""
    return tuple(_moment(m) for m in _MOMENT.finditer(text))


def parts_of_year(text: str) -> frozenset[str]:
    """上半年, 一季度, 年底 and the like, the same part under one name."""
    found = (_PART_NAMES.get(p, p) for p in _PART.findall(text))
    return frozenset(found)


def _moment(match: re.Match[str]) -> Moment:
    group = match.groupdict()
    years: frozenset[int] = frozenset()
    if group["from"]:
        first, last = int(group["from"]), group["to"]
        end = int(last) if len(last) == 4 else int(group["from"][: 4 - len(last)] + last)
        years = frozenset(range(first, end + 1))
    elif group["plan"]:
        years = _plan_years(_ordinal(group["plan"]))
    elif group["nth"]:
        years = _plan_years(int(group["nth"]))
    elif year := group["year"] or group["year2"] or group["bare"]:
        years = frozenset({int(year)})
    month = group["month"] or group["month2"] or group["month3"] or "0"
    day = group["day"] or group["day2"] or group["day3"] or "0"
    return Moment(
        years,
        int(month),
        int(day),
        bool(group["plan"] or group["nth"]),
        match.start(),
        match.end(),
        match[0],
    )


def _ordinal(numeral: str) -> int:
    return _NUMERALS.get(numeral, 0) or 10 + _NUMERALS.get(numeral[1:], 0)


def _plan_years(number: int) -> frozenset[int]:
    first = 2001 + 5 * (number - 10)
    return frozenset(range(first, first + 5))
