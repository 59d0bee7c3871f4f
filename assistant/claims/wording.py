"""One way to write what can be written in many: widths, numerals, shares, unit signs, some names.

Knows the language, no documents. Passages and sentences go through the same function, so that
二〇三五年, ２０３５年 and 2035年, 百分之四 and 4％, 三成 and 30%, 1,200 and 1200 are the same text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assistant.figures import chinese_number, normalise_figures

_D = "[一二两三四五六七八九]"
# A numeral below 10,000 as it is rightly formed: 十四五 is none.
_NUMERAL = (
    rf"(?=[一二两三四五六七八九十])(?:{_D}千)?(?:零?{_D}百)?(?:零?{_D}?十)?(?:零?{_D})?"
    r"(?:点[零〇一二三四五六七八九]+)?"
)
# Measure words before which a numeral is a number, not part of a name (四沿, 两廊一环, 三产融合).
_MEASURES = (
    "万亿|千亿|百亿|亿|千万|百万|十万|万|余|多|几|美元|元|平方|立方|公里|千米|公顷|亩|米|吨|千瓦|"
    "个|家|座|所|处|条|项|件|种|类|支|台|套|辆|艘|架|块|幢|栋|批|大(?!街|道|学|桥|众|型)|场|次|届|期|轮|层|级|篇|部|本|份|"
    "张|间|门|对|只|枚|宗|例|起|款|组|名|位|人(?!民|大|口|工|均|才)|户|岁|周岁|年|月|日|天|小时|分钟|倍|成|号|章|节|编|"
    "字|番|季度|产业|届|度|分|周|条|足|极|核|翼|心|带(?!动|来|领|头)"
)
_COUNTED = re.compile(rf"(?<![一二三四五六七八九十百千万亿零〇\d]){_NUMERAL}(?={_MEASURES})")
_ORDINAL = re.compile(rf"(?<=第){_NUMERAL}(?![一二三四五六七八九十百千])")
_RANGE = re.compile(rf"{_NUMERAL}(?=[至到—~－-]{_NUMERAL}(?:{_MEASURES}))")
_TENTHS = re.compile(
    r"(?<![完建组合形达生构])(\d+)成(?![立为功果员长本品交])(半|[一二三四五六七八九])?"
)
_FRACTION = re.compile(rf"({_NUMERAL}|\d+)分之({_NUMERAL}|\d+)")
_HALF = re.compile(r"(?:一半|半数)(?!以?[天夜])")
_OVER_HALF = re.compile(r"(?<![通经超胜难太])过半")
_VAGUE_HUNDREDS = re.compile(
    r"(?<![\d一二三四五六七八九十两])(超过|突破|上|近|逾|约|超)?([十百千万])(余|多)?(?=[余多]?[个家座所处条项件种名位人户对])"
)
# Half-width signs for full-width ones; one dash for ranges; Ⅲ as III.
_WIDE = str.maketrans("％．＋－～~–―＞＜／＝﹪", "%.+-————><" + "/=%")
_WIDE |= {
    n: n - 0xFEE0 for n in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_SIGNS = (
    (re.compile(r"平方千米|平方km|km2|km²|k㎡|㎢", re.I), "平方公里"),
    (re.compile(r"㎡|m2(?![.\d])|m²|平米"), "平方米"),
    (re.compile(r"m³|m3(?![.\d])|㎥|立方(?!米|体)"), "立方米"),
    (re.compile(r"千米|(?<=\d)km(?![a-z])", re.I), "公里"),
    (re.compile(r"(?<=\d)kg(?![a-z])|千克", re.I), "公斤"),
    (re.compile(r"千瓦小时|kWh|(?<=\d)度电", re.I), "千瓦时"),
    (re.compile(r"吨标准煤"), "吨标煤"),
    (re.compile(r"标准箱|TEU", re.I), "标箱"),
    (re.compile(r"μg/m立方米|微克每立方米|μg/立方米|ug/立方米", re.I), "微克/立方米"),
    (re.compile(r"(?<=\d)个点(?!位)|个百分点|(?<=\d)百分点"), "个百分点"),
    (re.compile(r"美金"), "美元"),
    (re.compile(r"大于等于|大于或等于|≥|≧"), "不低于"),
    (re.compile(r"小于等于|小于或等于|≤|≦"), "不超过"),
    (re.compile(r"国内生产总值|GDP|地区生产总值|生产总值", re.I), "地区生产总值"),
    (
        re.compile(r"研究与试验发展|研究与开发|R&D|研发(?:投入|经费投入|经费支出|经费)", re.I),
        "研发经费",
    ),
    (re.compile(r"公共财政预算收入|一般公共预算收入"), "一般公共预算收入"),
)
_ROMAN = re.compile("[\u2160-\u216b]")  # Ⅲ
_HALF_STOPS = re.compile(r"(?<![\dA-Za-z])[,;:!?()]|[,;:!?()](?![\dA-Za-z])")
_FULL_STOPS = dict(zip(",;:!?()", "，；：！？（）", strict=True))
_PER_HOUR = re.compile(r"每小时(\d+(?:\.\d+)?)公里")
_SPACE = re.compile(r"\s+")
_DASH = re.compile(r"—{2,}|--+")


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """The text in its one form, white space left out."""
    text = _ROMAN.sub(_compatible, _SPACE.sub("", text.translate(_WIDE)))
    text = _DASH.sub("—", normalise_figures(text))
    text = _HALF_STOPS.sub(lambda m: _FULL_STOPS[m[0]], text)
    for sign, word in _SIGNS:
        text = sign.sub(word, text)
    text = _PER_HOUR.sub(r"\1公里/小时", text)
    text = _FRACTION.sub(_as_fraction, text)
    text = _VAGUE_HUNDREDS.sub(_as_vague, text)
    text = _HALF.sub("50%", _OVER_HALF.sub("超过50%", text))
    for pattern in (_RANGE, _COUNTED, _ORDINAL):
        text = pattern.sub(_as_digits, text)
    return _TENTHS.sub(_as_percent, text)


def _compatible(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _number(word: str) -> str:
    whole, _, part = word.partition("点")
    number = chinese_number(whole)
    decimals = "".join(str(chinese_number(c)) for c in part)
    return f"{number}.{decimals}" if decimals else str(number)


def _as_digits(match: re.Match[str]) -> str:
    # 一个, 一批, 一条 are articles more often than numbers; the ordinals and years are not.
    if match[0] == "一" and match.string[match.start() - 1 : match.start()] != "第":
        follows = match.string[match.end() : match.end() + 1]
        return "1" if follows in "亿万千百成倍番年季产级期号" and follows else "一"
    return _number(match[0])


def _as_fraction(match: re.Match[str]) -> str:
    parts = [p if p.isdigit() else _number(p) for p in (match[2], match[1])]
    return f"{parts[0]}/{parts[1]}"


def _as_vague(match: re.Match[str]) -> str:
    number = str({"十": 10, "百": 100, "千": 1000, "万": 10000}[match[2]])
    if not match[1] and not match[3]:
        return match[0]
    before = {"上": "超过", "逾": "超过"}.get(match[1] or "", match[1] or "")
    return before + number + (match[3] or "")


def _as_percent(match: re.Match[str]) -> str:
    tenths = match[2] or ""
    more = 5 if tenths == "半" else chinese_number(tenths) or 0
    return f"{int(match[1]) * 10 + more}%"


def folded(text: str) -> str:
    """Lower case, compatibility forms resolved: what names are compared in."""
    return unicodedata.normalize("NFKC", plain(text)).lower()
