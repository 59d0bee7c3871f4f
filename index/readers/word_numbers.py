"""The automatic numbers of Word lists as text: 第一章, （二）, 1.2, ①.

Knows numbering definitions and counts as Word does; a bullet is no number and gives ''.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from index.readers.word_text import W

_DIGITS = "〇一二三四五六七八九"
_PLACE = re.compile(r"%([1-9])")
# A space follows a number unless a mark like these already sets it off.
_SET_OFF = "、，．.）)】〕：:"
_CHINESE = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting",
        "taiwaneseCounting", "taiwaneseCountingThousand", "chineseLegalSimplified",
    }
)  # fmt: skip
_RUNS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
}
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # w:numFmt
    pattern: str  # w:lvlText: 第%1章
    start: int
    legal: bool  # w:isLgl: every number in the pattern is written 1, 2, 3
    suffix: str  # tab, space or nothing


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through the document's lists; call next() once a paragraph, in order."""

    def __init__(self, document: Document) -> None:
        self._lists: dict[str, _List] = {}
        self._restarts: dict[str, dict[int, int]] = {}  # numId -> level -> start, once
        for relation in document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING and not relation.is_external:
                self._define(parse_xml(relation.target_part.blob))

    def _define(self, root: etree._Element) -> None:
        shared = {
            abstract.get(W + "abstractNumId", ""): _List(_levels(abstract))
            for abstract in root.iter(W + "abstractNum")
        }
        for number in root.iter(W + "num"):
            list_id = number.get(W + "numId", "")
            definition = shared.get(_value(number, "abstractNumId"))
            if definition is None:
                continue
            self._lists[list_id] = definition
            for override in number.findall(W + "lvlOverride"):
                start = _value(override, "startOverride")
                if start.isdecimal():
                    level = int(override.get(W + "ilvl", "0"))
                    self._restarts.setdefault(list_id, {})[level] = int(start)

    def next(self, paragraph: etree._Element, place: tuple[str, int] | None) -> str:
        """The paragraph's number as printed, with what follows it; '' where it has none."""
        if place is None or place[0] not in self._lists or not _has_text(paragraph):
            return ""
        list_id, depth = place
        numbered = self._lists[list_id]
        if depth not in numbered.levels:
            return ""
        restart = self._restarts.get(list_id, {}).pop(depth, None)
        before = numbered.levels[depth].start - 1
        start = restart - 1 if restart is not None else numbered.counts.get(depth, before)
        numbered.counts[depth] = start + 1
        for deeper in [level for level in numbered.counts if level > depth]:
            del numbered.counts[deeper]
        return _printed(numbered, depth)


def _levels(abstract: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in abstract.findall(W + "lvl"):
        start = _value(level, "start")
        levels[int(level.get(W + "ilvl", "0"))] = _Level(
            form=_value(level, "numFmt") or "decimal",
            pattern=_value(level, "lvlText"),
            start=int(start) if start.isdecimal() else 1,
            legal=level.find(W + "isLgl") is not None,
            suffix=_value(level, "suff") or "tab",
        )
    return levels


def _printed(numbered: _List, depth: int) -> str:
    own = numbered.levels[depth]
    if own.form in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        level = int(match.group(1)) - 1
        other = numbered.levels.get(level, own)
        form = "decimal" if own.legal else other.form
        return in_form(numbered.counts.get(level, other.start), form)

    text = _PLACE.sub(number, own.pattern)
    spaced = own.suffix != "nothing" and text and text[-1] not in _SET_OFF
    return text + " " if spaced else text


def in_form(number: int, form: str) -> str:
    """The number in a Word number form; plain figures where the form is not known."""
    if form in _CHINESE:
        return chinese(number)
    if form in _RUNS and 0 < number <= len(_RUNS[form]):
        return _RUNS[form][number - 1]
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form == "decimalFullWidth":
        return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    return f"{number:02d}" if form == "decimalZero" else str(number)


def chinese(number: int) -> str:
    """1 to 9999 as counted in headings: 十二, 二十, 一百零五."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = digit == 0
    return text[1:] if 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _has_text(paragraph: etree._Element) -> bool:
    return any((node.text or "").strip() for node in paragraph.iter(W + "t"))


def _value(element: etree._Element, child: str) -> str:
    found = element.find(W + child)
    return "" if found is None else found.get(W + "val", "")
