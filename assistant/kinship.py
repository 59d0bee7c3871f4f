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
        "单位/个人",
        "企业/个人",
        "企业/居民",
        "城镇/农村",
        "城市/农村",
        "城镇/乡村",
        "市区/郊区",
        "收入/支出",
        "中央/地方",
    ]
]


# Nouns that name a kind of thing each: a port for an airport, a college for a university.
_LIKE_ENDS = [
    re.compile(f"(?:{ends})$")
    for ends in [
        "机场|港口?|码头|车站|铁路|高铁|高速(?:公路)?|公路|地铁|轨道|航道|运河|号线|[A-Z]\\d线?",
        "大学|学院|学校|小学|中学|初中|高中|幼儿园|高校|中职|高职|党校",
        "小区|社区|城中村|街道|[村镇乡县区]",
        "医院|卫生院|诊所|门诊部?|卫生室",
        "老人|老年人|儿童|孩子|学生|大学生|职工|员工|居民|农民|军人|人员|妇女|青年|残疾人|家庭",
        "机构|床位|托位|助餐点|食堂",
    ]
]
_LIKE_KIND = 0.36  # alone enough for a counterpart


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
    if like_kind(new, old):
        return _LIKE_KIND
    if new[0] != old[0] and new[-1] != old[-1]:
        return 0.0
    return {0: _SAME_KIND, 1: _SAME_MAKE}.get(abs(len(new) - len(old)), 0.0)


def like_kind(new: str, old: str) -> bool:
    """Whether two nouns name things of one kind by their ends: 机场 and 港口."""
    return any(ends.search(new) and ends.search(old) for ends in _LIKE_ENDS)


def is_name(text: str) -> bool:
    """Whether a text is one proper name, of a place, a person or a body."""
    tokens = rjieba.tag(text) if text else []
    return len(tokens) == 1 and tokens[0][1] in ("ns", "nr", "nrt", "nrfg", "nz", "nt")
