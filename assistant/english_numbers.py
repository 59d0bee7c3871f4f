"""Numbers, amounts, shares per head and periods of an English question as Chinese writes them.

Reads spelled() text (english_words.py); knows no documents.
"""

from __future__ import annotations

import re

WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
)
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx"
_NUMBER = {w: n for row in (WORDS, ORDINALS, _ROMAN) for n, w in enumerate(row.split(), 1)}

COUNT = rf"(?:[1-9]\d?|{'|'.join(sorted(_NUMBER, key=len, reverse=True))})"
NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS.split())})"
_PLAN = re.compile(rf"\b({NTH}) (?:five year )?plan\b(?: period)?")
_LAST_PLAN = 16
_PLAN_END = re.compile(r"\b(?:(?:at|by|until) )?the end of (?:the )? ?(“.{1,3}五”)")
_FIVE_YEARS = re.compile(
    r"\b(from |between |during )?((?:19|20)\d\d) ?([-–—/]|to|and|until|through) ?((?:19|20)\d\d)\b"
)
_FIRST_PLAN_YEAR = 1981  # of the sixth plan; the later ones follow every five years
_SUM = re.compile(r"\"?\b\d+(?: ?\+ ?\d+)+\b\"?")
_PEOPLE = "people|residents|inhabitants|persons|citizens|population|head of population"
_PER = re.compile(
    r"\bper (100|1000|10000|100000|hundred|(?:one )?thousand|ten thousand|hundred thousand)"
    rf"(?: (old people|elderly people|elderly|seniors|{_PEOPLE}))?\b"
)
_SIZES = {
    "100": "百",
    "hundred": "百",
    "1000": "千",
    "thousand": "千",
    "one thousand": "千",
    "10000": "万",
    "ten thousand": "万",
    "100000": "十万",
    "hundred thousand": "十万",
}
_AMOUNT = re.compile(
    r"\b(\d+(?:\.\d+)?) (thousand|million|billion|trillion)\b(?: (yuan|rmb|us dollars|dollars|usd))?"
)
_THOUSANDS = {"thousand": 0.1, "million": 100, "billion": 100_000, "trillion": 100_000_000}  # 万
_MONEY = {"yuan": "元", "rmb": "元", "us dollars": "美元", "dollars": "美元", "usd": "美元"}
_ONE = re.compile(rf"\b(?:the )?({NTH}|last) (?:one|item|point)\b|\bthe ({NTH}|last)(?=[?.,!]*$)")
_SPANS = (
    (re.compile(r"\b(?:the )?(?:past|last|previous) (?:five|5) years\b"), "过去五年"),
    (re.compile(r"\b(?:the )?(?:next|coming|following) (?:five|5) years\b"), "今后五年"),
    (re.compile(r"\blast year\b"), "去年"),
    (re.compile(r"\bthis year\b"), "今年"),
    (re.compile(r"\bnext year\b"), "明年"),
)


def numbered(text: str) -> str:
    """The text with its plans, periods, amounts and shares per so many written in Chinese."""
    text = _PLAN.sub(lambda m: _plan(count(m[1])) or m[0], text)
    text = _FIVE_YEARS.sub(_years, text)
    text = _PLAN_END.sub(r" \1末 ", text)
    text = _SUM.sub(lambda m: f" “{re.sub('[^0-9+]', '', m[0])}” ", text)
    text = _PER.sub(_per, text)
    text = _AMOUNT.sub(_amount, text)
    text = _ONE.sub(lambda m: _one(m[1] or m[2]), text)
    for words, chinese in _SPANS:
        text = words.sub(f" {chinese} ", text)
    return text


def count(word: str) -> int:
    """What a number says: 13, 13th, thirteen, thirteenth, xiii."""
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _NUMBER[word]


def numeral(number: int) -> str:
    """1 to 99 in Chinese characters."""
    tens, ones = divmod(number, 10)
    digits = ("", *"一二三四五六七八九")
    return f"{digits[tens] if tens > 1 else ''}{'十' if tens else ''}{digits[ones]}"


def _plan(number: int) -> str:
    """A five-year plan by its number: “九五”, “十五”, “十四五”; '' where there is none yet."""
    return f" “{numeral(number)}五” " if 0 < number <= _LAST_PLAN else ""


def _one(word: str) -> str:
    """One of a list that was spoken of: the third one."""
    return " 最后一个 " if word == "last" else f" 第{numeral(count(word))}个 "


def _years(found: re.Match[str]) -> str:
    """A span of years, as a plan's period where it is one; two years joined by and stay apart."""
    first, last = int(found[2]), int(found[4])
    if found[3] == "and" and found[1] != "between ":
        return found[0]
    plans, rest = divmod(first - _FIRST_PLAN_YEAR, 5)
    if not rest and plans >= 0 and last == first + 4:
        return _plan(plans + 6)
    return f" {first}—{last}年 "


def _per(found: re.Match[str]) -> str:
    kind = found[2] or ""
    people = "人口" if kind else ""
    return f" 每{_SIZES[found[1]]}{'名老人' if kind.startswith(('old', 'elder', 'senior')) else people} "


def _amount(found: re.Match[str]) -> str:
    """100 million yuan: 1亿元."""
    tenthousands = float(found[1]) * _THOUSANDS[found[2]]
    unit = "亿" if tenthousands >= 10_000 else "万"
    number = tenthousands / (10_000 if unit == "亿" else 1)
    return f" {number:g}{unit}{_MONEY.get(found[3] or '', '')} "
