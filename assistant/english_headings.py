"""Chapters, sections, tables and maps named or asked for in an English question.

Reads spelled() text (english_words.py); knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english_numbers import COUNT, NTH, count, numeral
from assistant.english_words import Item

_UNITS = {"chapter": "章", "section": "节", "part": "篇", "article": "条"}
_ASIDES = {
    "table": "表",
    "annex": "附件",
    "appendix": "附件",
    "figure": "图",
    "map": "附图",
    "box": "专栏",
}
_COUNTED = {**_UNITS, "table": "张表", "map": "幅图", "figure": "幅图", "box": "个专栏"}
_UNIT = "|".join((*_UNITS, *_ASIDES))
_NAMED = re.compile(rf"\b({_UNIT})s? (?:no\.? |number )?({COUNT})\b(?! (?:to|of) \d)")
_NAMED_NTH = re.compile(rf"\b({NTH}) ({_UNIT})\b")
_IN_CHAPTER = re.compile(r"(第\S+?[节条]) (?:of|in) (?:the )? ?(第\S+?[章篇])")
_HEADING = re.compile(r"(?:第[^第]+[章节篇条])+")

_HOW_MANY = re.compile(rf"^(?:and )?how many ({'|'.join(_COUNTED)})(?:s|es)\b")
_IN_WHICH = re.compile(
    rf"\b(?:in |under )?(?:which|what) ({'|'.join(_UNITS)})s?\b(?: of the \w+)?"
    r"|\bwhere in the (?:plan|document|outline)\b"
)
_DIVIDED = re.compile(
    r"\b(?:structure|contents|table of contents|divided)\b.*\b(?:plan|document|report)\b"
    r"|\bhow is the (?:plan|document) (?:structured|organized|divided)"
)
# What the document itself is called says nothing of its subject.
_DOCUMENT = frozenset(("规划", "文件", "文章", "内容", "纲要", "附图", *_UNITS.values()))


def marked(text: str) -> str:
    """The text with the headings it names written in Chinese: chapter 13, the second section."""
    text = _NAMED.sub(lambda m: _heading(m[1], count(m[2])), text)
    text = _NAMED_NTH.sub(lambda m: _heading(m[2], count(m[1])), text)
    return _IN_CHAPTER.sub(r"\2\1", re.sub(r"\s+", " ", text))


def structure_question(text: str, found: Sequence[Item]) -> str:
    """A question on a document's structure in Chinese; '' where it is none. `found`: its items."""
    named = "".join(i.text for i in found if _HEADING.fullmatch(i.text))
    others = [
        i
        for i in found
        if i.kind in ("", "place") and i.text not in _DOCUMENT and i.text not in named
    ]
    if counted := _HOW_MANY.match(text):
        return f"{named or '规划'}有几{_COUNTED[counted[1]]}？"
    if named:
        return "" if others else f"{named}讲什么？"
    if _DIVIDED.search(text):
        return "规划有哪些章？"
    if where := _IN_WHICH.search(text):
        thing = "".join(i.text for i in others)
        return f"{thing}在哪一{_UNITS.get(where[1], '章')}？" if thing else ""
    return ""


def _heading(unit: str, number: int) -> str:
    if unit in _UNITS:
        return f" 第{numeral(number)}{_UNITS[unit]} "
    return f" {_ASIDES[unit]}{number} "
