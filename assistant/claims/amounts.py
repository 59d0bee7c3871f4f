"""The figures of a text with unit, bound and place in it. Knows how figures are written, no documents.

Works on `wording.plain` text. Values are exact: 1.2亿元 and 12000万元 are the same amount, 约1亿元
and 1亿元 are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from assistant.claims.moments import moments
from assistant.claims.units import MAGNITUDES, UNITS

Bound = Literal["is", "up", "down", "about", "both"]  # both: 不超过95%以上, which says nothing

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_MAGNITUDE = "|".join(sorted(MAGNITUDES, key=len, reverse=True))
_MORE = "余|多|来|几"
_NUMBER = r"\d+(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?<![A-Za-z\d.])(?P<n>{_NUMBER})(?P<m1>{_MORE})?(?P<mag>{_MAGNITUDE})?(?P<m2>{_MORE})?(?P<unit>{_UNIT})?"
    rf"(?:(?P<sep>[—\-至到])(?P<n2>{_NUMBER})(?P<mag2>{_MAGNITUDE})?(?P<unit2>{_UNIT})?)?"
)
# Figures that are names or proportions: Ⅲ类, 312国道, PM2.5, G60, 2.5D, 5G, 1.8:54.2:44.0, 16+4.
_CODE = re.compile(
    r"(?<![A-Za-z\d.])(?:[IVX]{1,4}(?=类|级|型|期)|\d+[国省县乡]道|[A-Za-z][A-Za-z&./+]*-?\d[A-Za-z\d.\-]*"
    r"|\d+(?:\.\d+)?[A-Za-z][A-Za-z\d]*|\d+(?:\.\d+)?(?:[:+/]\d+(?:\.\d+)?)+)"
)
_UP = "超过|超|突破|逾|高于|大于|多于|不低于|不少于|不小于|至少|最低|不下|>|起码|下限"
_DOWN = (
    "低于|少于|小于|不超过|不高于|不多于|不大于|至多|最多|不足|不到|未达|未到|未超过|<|最高|上限"
)
_ABOUT = "大约|约为|约|近|接近|将近|大概|大致|左右"
_LINK = "(?:可以|可)?(?:获得|奖励|补贴|补助|给予|达|支持|到|至|了|在|为|人民币|全国|全省|每年|每千人|每人)?"
# 至多建成1个, 接近云溪的2倍: a few words may stand between these and the number.
_APART = (
    "(?P<down2>至多|最多)[\u4e00-\u9fff]{0,4}|(?P<up2>至少|最少)[\u4e00-\u9fff]{0,4}"
    "|(?P<about2>接近)[\u4e00-\u9fff]{0,6}的"
)
_BEFORE = re.compile(
    rf"(?:(?:(?P<down>{_DOWN})|(?P<up>{_UP})|(?P<about>{_ABOUT})){_LINK}|{_APART})$"
)
_NUMBERED_BEFORE = re.compile("(?:表|图|专栏|附件)$")
_RANKED = frozenset({"", "位", "名", "个"})
_AFTER = re.compile(
    r"^(?:/[\u4e00-\u9fffA-Za-z]{1,3})?(?:[（(][^（）()]{1,8}[）)])?(?:(?P<up>及?以上|之上|开外|出头|起(?!步|来|草|点))"
    r"|(?P<down>及?以下|之下|及?以内|之内|内(?=[，。；、）]|$))|(?P<about>左右|上下))"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: `low` = `high` but for a range, in the dimension's own unit ('' without a unit).

    `start` and `end` are places in the plain text; `said` is how it is written there.
    """

    low: Decimal
    high: Decimal
    dimension: str
    bound: Bound
    start: int
    end: int
    said: str

    def same_value(self, other: Amount) -> bool:
        """Whether both are the same number or range, units resolved."""
        return (self.low, self.high) == (other.low, other.high)


@lru_cache(maxsize=4096)
def amounts(text: str) -> tuple[Amount, ...]:
    """The figures of a plain text in order; years, dates and codes (PM2.5, G60) left out."""
    taken = [m.span() for m in _CODE.finditer(text)]
    taken += [(m.start, m.end) for m in moments(text)]
    found = [
        match
        for match in _AMOUNT.finditer(text)
        if not any(a < match.end("n") and match.start() < b for a, b in taken)
        and (match["unit"] or not _NUMBERED_BEFORE.search(text[: match.start()]))
    ]
    return tuple(a for n, m in enumerate(found) for a in _amount(text, m, found[n + 1 :]))


def codes(text: str) -> tuple[str, ...]:
    """Figures that are names or ratios: PM2.5, 5G, G60, 16+4, 0.9:48.3:50.8."""
    return tuple(dict.fromkeys(m[0].rstrip(".-").lower() for m in _CODE.finditer(text)))


def _amount(text: str, match: re.Match[str], following: list[re.Match[str]]) -> Iterator[Amount]:
    """One amount; two where 从…到… names the ends of a change and no range."""
    magnitude, unit = match["mag"] or "", match["unit"] or ""
    if not unit and match["n2"]:
        magnitude, unit = magnitude or match["mag2"] or "", match["unit2"] or ""
    elif not unit and not magnitude:
        magnitude, unit = _unit_ahead(text, match, following)
    low = _value(match["n"], magnitude, unit)
    high = _value(match["n2"], match["mag2"] or "", unit) if match["n2"] else low
    bound = _bound(text, match)
    dimension = UNITS[unit][0] if unit else ""
    if text[match.start() - 1 : match.start()] == "第" and unit in _RANKED:
        dimension = "第"
    changes = match["sep"] in ("到", "至") and re.search(
        "[从由][^，。；]{0,12}$", text[: match.start()]
    )
    if not match["n2"] or (high > low and not changes):
        yield Amount(low, high, dimension, bound, match.start(), match.end(), match[0])
        return
    yield Amount(low, low, dimension, "is", match.start(), match.end("n"), match["n"])
    yield Amount(
        high,
        high,
        dimension,
        bound,
        match.start("n2"),
        match.end(),
        match[0][match.end("sep") - match.start() :],
    )


def _unit_ahead(text: str, match: re.Match[str], following: list[re.Match[str]]) -> tuple[str, str]:
    """The magnitude and unit that a list shares: 20、30和40万家."""
    at = match.end()
    for ahead in following:
        if not re.fullmatch("[、和及与]|以及", text[at : ahead.start()]):
            break
        if unit := ahead["unit"] or ahead["unit2"]:
            return ahead["mag"] or "", unit
        at = ahead.end()
    return "", ""


def _value(number: str, magnitude: str, unit: str) -> Decimal:
    size = UNITS[unit][1] if unit else Decimal(1)
    return (Decimal(number) * MAGNITUDES.get(magnitude, 1) * size).normalize()


def _bound(text: str, match: re.Match[str]) -> Bound:
    before = _BEFORE.search(text[max(0, match.start() - 10) : match.start()])
    after = _AFTER.search(text[match.end() : match.end() + 12])
    found = [str(m.lastgroup).rstrip("2") for m in (before, after) if m]
    if match["m1"] or match["m2"]:
        found.append("up")
    if {"up", "down"} <= set(found):
        return "both"
    for bound in ("up", "down", "about"):
        if bound in found:
            return bound
    return "is"
