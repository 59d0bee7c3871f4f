"""Whether a text gives a figure in the measure a question asks for (几座, 多少亿元). Knows no documents."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.figures import quantities
from index.records import Passage

_RATES = frozenset(("", "%", "个百分点", "百分点", "年", "月", "倍", "‰"))

# Measures of which one can't be taken for another; 家 and 个 often are.
_STRICT = re.compile(
    "亿?美元|[亿万]?元|公里|平方公里|平方米|公顷|亩|吨|岁|度|%|个百分点|万人|万?人次|批次"
)


def gives(measure: str, passage: Passage, text: str) -> bool:
    """Whether a piece of a passage gives a figure in this measure; True where it is none that is strict."""
    if not _STRICT.fullmatch(measure):
        return True
    if passage.row is not None and passage.row.unit:
        return passage.row.unit.split("/")[0] == measure  # 万元/人 is 万元, 人/亿元 is none
    return has_measure(measure, text)


_THINGS = "座 个 处 所 家 项 条 件 种 类 大 号线 批次 辆 艘 块 套 片 对"
_PEOPLE = "人次 万人 人 名 位 户 各民族家庭"
# Measures that may stand for one another in an answer: money, lengths, areas, people, things counted …
_FAMILIES = tuple(
    tuple(words.split())
    for words in (
        "亿美元 亿元 万元 美元 元 亿 万亿 万",
        "公里 千米 米",
        "平方公里 平方千米 平方米 公顷 亩 万亩",
        "吨 吨标煤",
        _PEOPLE,
        "岁",
        "% 个百分点 成",
        "张",
        _THINGS,
        "小时 钟头 分钟 天 日 个工作日 工作日 周 个月 月 年",
    )
)


# Amounts that are not asked for: 十几万, 这几个村, 我们几个, 多落几个, 报不了多少, 走几步.
_VAGUE = re.compile(
    "(?<=[十百千])几|几(?=[十百千](?![？?。]|$))|[这那前后头近好]几|(?<=[来去过])的?几(?=年)|[多再][来落找办加开给建]?几"
    "|(?:没有?|不[了上到剩着])(?:多少|几)|[走跑]几(?=[步里])|(?<=[我咱你他]们)几|(?<=[我咱]家)几"
)


def asked_amounts(question: str) -> str:
    """A question without the amounts that it only speaks of: what is left of 几 and 多少 asks."""
    return _VAGUE.sub("若干", question)


_MEASURES = sorted((unit for family in _FAMILIES for unit in family), key=len, reverse=True)
_ASKED = re.compile(
    rf"(?:多少|(?<![哪好这那近前])几)个?({'|'.join(_MEASURES)})(?![子点])(?<!大(?=[学的]))"
)
# A figure of any kind, in either way of writing; the letters of G42 and 5G are none.
_FIGURE = re.compile(
    r"(?<![A-Za-z\d.])(?!(?:19|20)\d\d年)\d[\d.,]*(?![\d.]*[A-Za-z\d])"
    r"|[一二两三四五六七八九十百千万亿][几余多]?(?:[个家大项条座处所件种类次成倍度岁万亿人名位批届连元]|周岁|工作日|日[内前起]|翻|倍增)"
    r"|翻[一两]?番|倍增|过半|一半|全覆盖|清零|[Ⅰ-Ⅻ]"
)


def lacks_figure(text: str) -> bool:
    """Whether a text holds no figure at all, years left out."""
    return _FIGURE.search(text) is None


# How much of a thing there is, asked without a word of growth or share, and in a few words without 多少.
_AMOUNT = "(?:GDP|生产总值|总值|总额|总量|产值|收入|增加值|产量)"
_LEVEL = re.compile(
    rf"{_AMOUNT}(?:[到至在]?20\d\d年[底末]?)?(?:将|要|预计|具体|到底|大概|大约|一共|总共|到时候?)*(?:是|为|有|达到?)*多少(?!个百分点|%|百分)"
    rf"|^[^多几哪什怎如]*{_AMOUNT}[？?]?$"
)
_PRODUCT = re.compile("GDP|生产总值")
_IS_PRODUCT = re.compile("GDP|生产总值|经济总量")
_OF_CHANGE = re.compile("[增涨降升]|[速幅率比占差]|倍|变化|年均")
_OF_RATE = re.compile("(?:率|增幅|增速|比[重例]|倍差)(?:（|$)")


def gives_level(question: str, passage: Passage, text: str) -> bool:
    """Whether a piece gives an amount where one is asked for, and no mere rate of growth or share."""
    if not _LEVEL.search(question) or _OF_CHANGE.search(question):
        return True
    if _PRODUCT.search(question) and not _IS_PRODUCT.search(text):
        return False
    if passage.row is not None:
        return passage.row.unit != "%" and not _OF_RATE.search(passage.row.label)
    return any(q.unit not in _RATES for q in quantities(text))


def counts(question: str) -> bool:
    """Whether the measure asked for is one that things are counted by: 几张, 几个, but not 多少公里."""
    asked = _ASKED.search(asked_amounts(question))
    return asked is not None and asked[1] in ("张", *_THINGS.split())


def lacks(question: str, passage: Passage, text: str) -> bool:
    """Whether a figure in a measure is asked for and a piece has none in any that could stand for it."""
    asked = _ASKED.search(asked_amounts(question))
    family = next((f for f in _FAMILIES if asked and asked[1] in f), ())
    if asked and asked[1] == "个":
        family = (*family, *_PEOPLE.split())  # 几个院士: 5人
    if passage.row is not None:
        cells = " ".join(value for _, value in passage.row.cells)
        said = f"{passage.row.unit} {passage.row.label} {cells}"
        return bool(family) and not any(unit in said for unit in family)
    return bool(family) and not any(has_measure(unit, text) for unit in family)


def has_measure(measure: str, text: str) -> bool:
    """Whether the measure follows a figure in a text, or stands in a bracket as a label's unit."""
    return _pattern(measure).search(text.replace("％", "%")) is not None


@lru_cache(maxsize=256)
def _pattern(measure: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\dⅠ-Ⅻ一二两三四五六七八九十百千万亿多余]\s*(?:多|余|个)?{re.escape(measure)}"
        rf"|（[^（）]*{re.escape(measure)}"
    )
