"""Numbers, years and units as Chinese official texts write them. Knows no documents.

Sources: GB/T 15835 (the use of numerals) for the written forms; the rest is plain arithmetic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_FULL: dict[int, str] = {n: chr(n - 0xFEE0) for n in range(0xFF10, 0xFF1A)}
_FULL |= {ord("％"): "%", ord("．"): ".", ord("＋"): "+", ord("－"): "-"}

_YEAR_WORDS = re.compile("([一二三四五六七八九零〇]{4})(?=年)")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_PERCENT_WORDS = re.compile(
    "百分之([零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?)"
)
_COUNT_WORDS = re.compile("[零〇一二两三四五六七八九十百千]+")
# Four digits that count something (2013家, 2019亿元) are no year.
YEAR = re.compile(
    r"(?<![\d.])((?:19|20)\d\d)(?![\d.]*\d)(?!\s*(?:[万亿家件张户辆座所种%元吨亩米]|个(?!人)|项(?!目)|条(?!件)|人(?![均口才])"
    r"|公里|公顷|平方|立方))"
)

# Measure words that may follow a number; the longest alternative wins.
UNITS = (
    "亿美元|万美元|亿元|万元|美元|亿度|亿人次|万人次|人次|万人|亿|万亿|万亩|万公顷|公顷|平方公里|平方千米|"
    "平方米|万平方米|立方米|万立方米|公里|千米|米|万吨标煤|万吨|吨|亩|个百分点|百分点|%|‰|倍|"
    "小时|分钟|天|个月|月|周岁|岁|年|家|个|项|条|件|张|名|位|人|户|辆|座|处|所|次|种|类|批次|批|"
    "分|元|套|片|台|支|项目|市|区|县|镇|村|章|节|篇|批次/千人|字|期|号线|号|度|级|层|轮|场|届|门|对|国|成"
)
_QUANTITY = re.compile(
    rf"(?<![A-Za-z\d.])(\d+(?:\.\d+)?)(?:\s*[—\-–~～至到]\s*(\d+(?:\.\d+)?))?\s*({UNITS})?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text: `value` and `unit` ('' where none), at text[start:end]."""

    value: str
    unit: str
    start: int
    end: int


def chinese_number(word: str) -> int | None:
    """十五 -> 15, 一百二十 -> 120, 二〇三五 -> 2035; None where it is no number."""
    if not word or any(c not in _DIGITS and c not in _TENS for c in word):
        return None
    if not any(c in _TENS for c in word):
        return int("".join(str(_DIGITS[c]) for c in word))
    total, digit = 0, 0
    for c in word:
        if c in _DIGITS:
            digit = _DIGITS[c]
        else:
            total += (digit or 1) * _TENS[c]
            digit = 0
    return total + digit


def _percent(match: re.Match[str]) -> str:
    whole, _, part = match[1].partition("点")
    number = chinese_number(whole)
    decimals = "".join(str(_DIGITS[c]) for c in part)
    return f"{number}.{decimals}%" if decimals else f"{number}%"


def normalise_figures(text: str) -> str:
    """The same text with one way to write figures: half-width digits and %, 2035年, 4%, no 千分位."""
    text = text.translate(_FULL)
    # Most texts hold none of these, and looking for a character takes a tenth of a pattern's time.
    if "," in text or "，" in text:
        text = _THOUSANDS.sub("", text)
    if "年" in text:
        text = _YEAR_WORDS.sub(lambda m: str(chinese_number(m[1])), text)
    return _PERCENT_WORDS.sub(_percent, text) if "百分之" in text else text


def years(text: str) -> frozenset[int]:
    """The calendar years a text names, in either way of writing."""
    return frozenset(int(y) for y in YEAR.findall(normalise_figures(text)))


def quantities(text: str) -> Iterator[Quantity]:
    """Numbers with their units, years left out; positions refer to the text as given."""
    for m in _QUANTITY.finditer(text):
        unit = m[3] or ""
        if unit == "年" and len(m[1]) == 4 and m[1].isdigit():
            continue
        yield Quantity(m[1], unit, m.start(), m.end())
        if m[2]:
            yield Quantity(m[2], unit, m.start(2), m.end())


def fold(text: str) -> str:
    """Text for word-for-word comparison: NFKC, lower case, white space dropped."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def squeeze(text: str) -> str:
    """Text without white space: what 'word for word, white space aside' compares."""
    return "".join(text.split())
