"""Which cities and provinces a text names. Knows their names, no documents."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import rjieba

_FILE = Path(__file__).parent / "data" / "places.txt"

# What may follow a place's name within its word.
_IS_PLACE = re.compile("$|市(?:区|人|(?:人民)?政府.*)?$|省|自治区|人$")

# Provinces as they are called by one character: 川省.
_PROVINCES = dict(
    re.findall(
        "(.)(..)",
        "冀河北晋山西辽辽宁吉吉林苏江苏浙浙江皖安徽闽福建赣江西鲁山东豫河南鄂湖北湘湖南粤广东琼海南"
        "川四川蜀四川黔贵州滇云南陕陕西秦陕西甘甘肃陇甘肃青青海",
    )
)
_BY_ONE_CHARACTER = re.compile(f"(?<![江四])([{''.join(_PROVINCES)}])省")


@cache
def _pattern() -> re.Pattern[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    names = {name for line in lines if not line.startswith("#") for name in line.split()}
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def region_of(place: str) -> str:
    """The province-level region of a city (无锡 -> 江苏); the name itself where it is one."""
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        names = [n.removesuffix("市") for n in line.split()]
        if not line.startswith("#") and place in names:
            return names[0]
    return place


def places(text: str) -> tuple[str, ...]:
    """Names in order of appearance, each once, without 市/省 (无锡市 -> 无锡).

    A name counts where it is a word, or begins one that a region or its people name: 湖南 is not
    named in 太湖南岸, 四川 is in 四川省人民政府 and 四川人.
    """
    found = []
    for word in rjieba.cut(_BY_ONE_CHARACTER.sub(lambda m: f"{_PROVINCES[m[1]]}省", text)):
        match = _pattern().match(word)
        if match and _IS_PLACE.match(word, match.end()):
            found.append(match[0].removesuffix("市"))
    return tuple(dict.fromkeys(found))
