"""A sentence that names as many things as a question asks for: 划分为甲、乙和丙三类.

Knows candidates and the question; knows neither sections nor headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.figures import chinese_number
from assistant.lists import NEAR
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
_JOINT = re.compile("、|以及|和|及|与")
_MOST = 160


def named_in_one(question: Question, candidates: Sequence[Candidate]) -> list[Statement]:
    """The best sentence that counts and names what is asked for; [] where none is near the top."""
    asked = _ASKED.search(question.text)
    if not asked:
        return []
    number = _value(asked[1])
    for candidate in candidates:
        text = candidate.piece.text
        if candidate.score < candidates[0].score - NEAR:
            break
        if candidate.passage.row is None and len(text) <= _MOST and _names(number, text):
            return [from_sentence(candidate.passage, text)]
    return []


def _names(number: int, text: str) -> bool:
    found = [(m[2], m[1]) for m in _BEFORE.finditer(text)]
    found += [(m[1], m[2]) for m in _AFTER.finditer(text)]
    return any(_value(n) == number == len(_JOINT.split(run)) for n, run in found)


def _value(number: str) -> int:
    return int(number) if number.isdigit() else chinese_number(number) or 0
