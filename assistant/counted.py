"""A sentence that names as many things as a question asks for: 划分为甲、乙和丙三类.

Knows candidates and the question; knows neither sections nor headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.figures import chinese_number
from assistant.lists import NEAR, counted
from assistant.question import Question
from assistant.statements import Statement, from_sentence

_ITEM = "[^，。；：、,;:]{2,16}?"
# 甲、乙和丙三类 or 三类，即甲、乙和丙.
_NUMBER = "([两二三四五六七八九十]|[2-9])(?:个|大|种|类|项|条|方面|部分|档)"
_ASKED = re.compile(f"(?:哪|有|分为?|包括){_NUMBER}")
_BEFORE = re.compile(f"({_ITEM}(?:、{_ITEM})*(?:和|及|以及|与|、){_ITEM})”?等?{_NUMBER}")
_AFTER = re.compile(
    f"{_NUMBER}[^，。；：、]{{0,6}}(?:[：，]|分别)(?:即|分别|包括|为|是)*({_ITEM}(?:、{_ITEM})*(?:和|及|以及|与|、)[^，。；：、,;:]{{2,16}})"
)
# Where the name of what is counted ends.
_NAME_ENDS = re.compile("[是有为的包在都指里讲分各啊呀吗呢”]|哪|什么|具体|叫")
_JOINT = re.compile("、|以及|和|及|与")
_MOST = 160


def named_in_one(question: Question, candidates: Sequence[Candidate]) -> list[Statement]:
    """The best sentence that counts and names what is asked for; [] where none is near the top."""
    asked = _ASKED.search(question.text)
    called = counted(question)
    number = _value(asked[1]) if asked else called[0] if called else 0
    if not number:
        return []
    name = _name(called[1]) if called else ""
    if len(name) < 2 and f"“{name}”" not in question.text:
        name = ""  # 三种权 may be any three
    for candidate in candidates:
        text = candidate.piece.text
        if candidate.score < candidates[0].score - NEAR:
            break
        if candidate.passage.row is not None:
            continue
        named = asked and len(text) <= _MOST and _names(number, text)
        if asked and candidate is candidates[0]:
            named = named or _runs(number, text)
        if named or _bears(number, name, text):
            return [from_sentence(candidate.passage, text)]
    return []


def _runs(number: int, text: str) -> bool:
    """Whether a clause names just so many things side by side before 等: 甲、乙、丙、丁等产业."""
    runs = re.findall("[^，。；：]+(?=等)", text)
    return number > 3 and any(len(_JOINT.split(run)) == number for run in runs)


def _name(counted: str) -> str:
    """What is counted: 名城 of 名城啊, 目标 of 目标具体指什么."""
    return _NAME_ENDS.split(counted)[0]


def _bears(number: int, name: str, text: str) -> bool:
    """Whether as many things side by side bear the counted name: 创新名城、宜居名城、文旅名城, or the
    name with its number stands after as many: 甲、乙和丙的三大目标."""
    if not name:
        return False
    ends = re.findall(f"[^，。；：、]{{2,}}?{name}(?=[、，。；和与及”]|$)", text)
    if len(ends) == number and len(ends) > 2:
        return True
    before = re.search(f'([^，。；：]*)的?[“"]?{_numeral(number)}[个大种类项条]?{name}', text)
    if not before or _JOINT.fullmatch(before[1][-1:]):
        return False
    return len(_JOINT.findall(before[1])) >= number - 1


def _names(number: int, text: str) -> bool:
    found = [(m[2], m[1]) for m in _BEFORE.finditer(text)]
    found += [(m[1], m[2]) for m in _AFTER.finditer(text)]
    return any(_value(n) == number == len(_JOINT.split(run)) for n, run in found)


def _value(number: str) -> int:
    return int(number) if number.isdigit() else chinese_number(number) or 0


def _numeral(number: int) -> str:
    return f"(?:{number}|{'零一二三四五六七八九'[number]})" if number < 10 else str(number)
