"""Which bracket of a scale a number falls in: 40岁 in 36－45周岁, 7年 in 5年及以上, 十二岁 in 10周岁以上.

Knows words and numbers; knows neither documents nor scores.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from assistant.figures import chinese_number

Bracket = tuple[float, float]  # its least and its greatest number

_NUMBER = r"(\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)"
# What scales are made in, and how people say it; a calendar year is none.
_UNITS = {"岁": "周?岁", "年": "年(?![度底末初月代级])", "月": "个月", "天": "(?:天|日(?!常))"}
_TO = r"\s*[—\-–－~～至到]+\s*"
_FROM = "及?以上"
_UP = "及?以[下内]"
# Whether an end belongs to its bracket (35周岁（含35周岁）以下) is no matter here, and a rate is none (每满1年).
_NOT_END = re.compile("[（(]不?含[^（）()]*[）)]|每(?:累计)?满")


def stated(question: str) -> tuple[float, str] | None:
    """The one number in such a unit that a question states (我40岁 -> 40, 岁); None for none or several."""
    found = [
        (_value(m[1]), unit)
        for unit, pattern in _UNITS.items()
        for m in re.finditer(rf"(?<![\d.一二三四五六七八九十])第?{_NUMBER}{pattern}", question)
        if not (unit == "年" and len(m[1]) == 4)
    ]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def brackets(text: str, unit: str) -> tuple[Bracket, ...]:
    """The brackets in a unit that a text sets, those of two ends first."""
    of, found = _UNITS[unit], list[Bracket]()
    text = _NOT_END.sub("", text)
    for pattern in (
        rf"{_NUMBER}(?:{of})?{_TO}{_NUMBER}{of}",
        rf"{_NUMBER}{of}{_FROM}[^，。；]{{0,3}}?(?:不满|未满|不足|至){_NUMBER}{of}(?:{_UP})?",
    ):
        found += [(_value(m[1]), _value(m[2])) for m in re.finditer(pattern, text)]
        text = re.sub(pattern, "", text)
    for pattern in (rf"{_NUMBER}{of}{_FROM}", rf"(?<![不未])(?:年?满|超过|不低于){_NUMBER}{of}"):
        found += [(_value(m[1]), math.inf) for m in re.finditer(pattern, text)]
    for pattern in (rf"{_NUMBER}{of}{_UP}", rf"(?:不满|未满|不足|不超过){_NUMBER}{of}"):
        found += [(0, _value(m[1])) for m in re.finditer(pattern, text)]
    return tuple(found)


def falls(question: str, text: str) -> bool | None:
    """Whether the number that a question states falls in a bracket of a text; None where none is set."""
    asked = stated(question)
    own = brackets(text, asked[1]) if asked else ()
    if asked is None or not own:
        return None
    return any(least <= asked[0] <= most for least, most in own)


def parts(question: str, text: str) -> bool:
    """Whether a text sets several brackets, and the number that a question states falls in but some."""
    asked = stated(question)
    own = brackets(text, asked[1]) if asked else ()
    return asked is not None and len({a <= asked[0] <= b for a, b in own}) > 1


def _value(number: str) -> float:
    return float(number) if number[0].isdigit() else float(chinese_number(number) or 0)
