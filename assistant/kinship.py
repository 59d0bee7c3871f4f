"""How near two words are by their make: 沿江 and 沿河, two places, a pair of opposites.

Knows words; knows neither conversation nor documents.
"""

from __future__ import annotations

import re

import rjieba

# What a shared first or last character adds (沿江 and 沿河, 省级 and 市级): compounds of one make.
_SAME_MAKE = 0.3
# A proper name for a proper name, a number word for a number word (两高 and 两快).
_SAME_KIND = 0.5
_BOTH_NAMES = 0.4
NUMBERED = re.compile("[一二两三四五六七八九十]+[^\\W\\d个家项条种类大年月岁次倍成]")
# One of a pair stands for the other, however unlike their uses are.
_OPPOSITES = [
    set(pair.split("/"))
    for pair in [
        "男/女",
        "出生/死亡",
        "进口/出口",
        "迁入/迁出",
        "流入/流出",
        "公办/民办",
        "职工/居民",
        "国内/国际",
    ]
]


def kinship(new: str, old: str) -> float:
    """What the make of two words adds to the nearness of their meanings."""
    if NUMBERED.fullmatch(new):
        return _SAME_KIND if NUMBERED.fullmatch(old) else 0.0
    if is_name(new) and is_name(old):
        return _SAME_KIND if rjieba.tag(new)[0][1] == rjieba.tag(old)[0][1] else _BOTH_NAMES
    if {new, old} in _OPPOSITES:
        return _SAME_KIND
    if len(new) > 2 and new[-2:] == old[-2:]:
        return _SAME_MAKE
    if new[0] != old[0] and new[-1] != old[-1]:
        return 0.0
    return {0: _SAME_KIND, 1: _SAME_MAKE}.get(abs(len(new) - len(old)), 0.0)


def is_name(text: str) -> bool:
    """Whether a text is one proper name, of a place, a person or a body."""
    tokens = rjieba.tag(text)
    return len(tokens) == 1 and tokens[0][1] in ("ns", "nr", "nrt", "nrfg", "nz", "nt")
