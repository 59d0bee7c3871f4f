"""Reads the number at the start of a line: 第三章, 一、, （二）, 1., 1.2.3, ①, 附图2, 一是.

Knows how Chinese official documents and papers write numbers, and how the styles usually nest
(RANKS). Does not know whether a numbered line is a heading: that takes its neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Outermost first. A style of a smaller rank never stands inside one of a larger rank.
# 第二条 may hold （一）, which may hold 1., as GB/T 33476 and the legislation rules order them;
# papers that count 1 / 1.1 / 1.1.1 hold (1) inside.
RANKS: dict[str, float] = {
    "编": 0, "分编": 1, "篇": 2, "部分": 3, "章": 4, "节": 5, "条": 6,
    "一、": 7, "（一）": 8, "1": 8.5, "1.1": 8.6, "1.1.1": 8.7, "1.1.1.1": 8.8,
    "1.": 9, "（1）": 10, "1）": 11, "①": 12, "一是": 12.5,
}  # fmt: skip
STRONG = frozenset({"编", "分编", "篇", "部分", "章", "节"})  # headings whatever follows them

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_CN = "〇○零一二三四五六七八九十百千两"
CACHED = 4096  # every stage asks about the same paragraphs again; a plan has about 1,000
HEAD = 30  # characters a number stands in; longer than any number is
_GAP = r"[\s　]*"

_CHAPTER = re.compile(
    rf"第{_GAP}([{_CN}]+|[0-9]{{1,3}}){_GAP}(分编|编|篇|部分|章|节|条)(之[{_CN}]+)?"
)
# What follows 第三条 where the words only refer to it.
_REFERENCE = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[款项条]|[、，；。）)》”]"
    r"|规定|所称|所列|所述|的|以及|及其|(?:至|及|和|或|或者|与)第|中(?:的|所|规定)|项|款)"
)
_COUNTED = re.compile(rf"([{_CN}]+){_GAP}[、．]{_GAP}")
_BRACKETED = re.compile(rf"[（(]{_GAP}([{_CN}]+){_GAP}[)）]")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.])([\s　]*)(?=\S)")
_POINTED = re.compile(r"(\d{1,3})[\s　]?[.、](?!\d)[\s　]*")
_BARE = re.compile(r"(\d{1,2})[\s　]+(?=[\u4e00-\u9fff“《])")
_PARENTHESED = re.compile(rf"[（(]{_GAP}(\d{{1,3}}){_GAP}[)）]")
_HALF_BRACKET = re.compile(r"(\d{1,2})[)）]")
_CIRCLED = re.compile(r"[①-⑳]")
_FIRSTLY = re.compile(r"([一二三四五六七八九十]{1,3})是")
_ATTACHED = re.compile(
    rf"(附件|附表|附图|附录|专栏|表|图){_GAP}(\d{{1,3}}(?:[-.—–]\d{{1,2}})?|[{_CN}]{{1,3}}|[A-Z](?![a-z]))?"
    rf"(?P<end>{_GAP}[:：]{_GAP}|[\s　]+|$|(?<=[0-9A-Z])(?=[\u4e00-\u9fff“《（]))"
)
# A quantity, not a numbered heading: 2022 年, 1.4 万亿元, 2.5D, 3 个.
_QUANTITY = re.compile(
    r"年(?!度)|月|日(?!常|照)|时(?!间|代|期)|分(?!析|布|类|工|项|区)|秒|个(?!人|体|案)|项(?!目)|家(?!庭)|亿|万"
    r"|元(?!素)|[%％‰]|倍|米|吨|公[顷里斤]|平方|立方|百分|亩|度|岁|人(?!口|才|民|员|力|居|文)|次(?!序)|座|条(?!件|例)"
    r"|套|台(?!账)|天(?!然)|[A-Za-z°℃~～∶:×\-—]"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the start of a line: its style, its parts, how it is printed, what follows it."""

    style: str
    numbers: tuple[int, ...]
    printed: str
    rest: str

    @property
    def number(self) -> int:
        return self.numbers[-1]

    @property
    def rank(self) -> float:
        return RANKS[self.style]


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件2：…, 附图1, 表2 …, 专栏3 …: kind, number as printed ('' where none), its title."""

    kind: str
    number: str
    printed: str
    title: str


def chinese_number(text: str) -> int:
    """一百一十, 一百十, 二十三, 二〇二一 or 12 as an int; raises ValueError on anything else."""
    text = text.translate(_FULL_WIDTH).replace(" ", "").replace("\u3000", "")
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        raise ValueError(f"not a Chinese number: {text!r}")
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]  # 一百十 is 110
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


@lru_cache(maxsize=CACHED)
def marker_of(text: str) -> Marker | None:
    """The number a line opens with, or None; leading white space is ignored."""
    text = text.strip()
    plain = _plain(text)
    return _chapter(text, plain) or _chinese(text, plain) or _arabic(text, plain)


def chapter_spans(text: str) -> list[int]:
    """Where 第X编/篇/章/节 stand inside one line, as start positions (run-together headings)."""
    return [
        m.start()
        for m in _CHAPTER.finditer(text)
        if m.group(2) != "条" and not _REFERENCE.match(text, m.end())
    ]


@lru_cache(maxsize=CACHED)
def attachment_of(text: str) -> Attachment | None:
    """The 附件, 附表, 附图, 附录, 专栏, 表 or 图 a line opens with, or None."""
    text = text.strip()
    found = _ATTACHED.match(_plain(text))
    if not found:
        return None
    kind, number, end = found.group(1), found.group(2) or "", found.end()
    if kind in ("表", "图", "专栏") and not number:
        return None
    return Attachment(kind, number, text[: found.start("end")].strip(), text[end:].strip())


def _plain(text: str) -> str:
    """The text with half-width digits at its head; of the same length, so that spans fit both."""
    return text[:HEAD].translate(_FULL_WIDTH) + text[HEAD:]


def _chapter(text: str, plain: str) -> Marker | None:
    found = _CHAPTER.match(plain)
    if not found or _REFERENCE.match(plain, found.end()):
        return None
    return _marker(found.group(2), (chinese_number(found.group(1)),), text, found.end())


def _chinese(text: str, plain: str) -> Marker | None:
    for style, pattern in (("一、", _COUNTED), ("（一）", _BRACKETED), ("一是", _FIRSTLY)):
        found = pattern.match(plain)
        if found:
            return _marker(style, (chinese_number(found.group(1)),), text, found.end())
    return None


def _arabic(text: str, plain: str) -> Marker | None:
    found = _DECIMAL.match(plain)
    if found:
        if _QUANTITY.match(plain, found.end()):
            return None
        numbers = tuple(int(part) for part in found.group(1).split("."))
        return _marker(".".join("1" * len(numbers)), numbers, text, found.end())
    for style, pattern in (("1.", _POINTED), ("1", _BARE), ("（1）", _PARENTHESED),
                           ("1）", _HALF_BRACKET)):  # fmt: skip
        found = pattern.match(plain)
        if found and not (style == "1" and _QUANTITY.match(plain, found.end())):
            return _marker(style, (int(found.group(1)),), text, found.end())
    found = _CIRCLED.match(plain)
    if found:
        return _marker("①", (ord(plain[0]) - ord("①") + 1,), text, found.end())
    return None


def _marker(style: str, numbers: tuple[int, ...], text: str, end: int) -> Marker:
    return Marker(style, numbers, text[:end].strip(), text[end:].strip())
