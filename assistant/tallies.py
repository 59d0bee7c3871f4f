"""Whether a text names as many as it says: 物联网、……等16个集群. Knows one sentence, no documents.

Only lists that look complete are counted: 生物医药等3个产业 names one for example.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures import chinese_number
from assistant.question import Question
from assistant.statements import Statement

_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_TOTAL = re.compile(
    r"(?:^|[：:，。；\s]|(?:包括|包含|分别是|建设|打造|推进|实施|形成|构建|培育))"
    r"(?P<items>[^：:，。；\n]{2,12}(?:、[^：:，。；、\n]{2,30})+)等"
    r"(?P<number>\d{1,2}|[二两三四五六七八九十]{1,3})(?P<measure>个|条|家|所|项|座|类|大|种|张|处|批|支)"
)
_LAST_JOINT = re.compile("和|以及|及|与")
# A list that names at least this share of what it says looks complete.
_COMPLETE = 0.75


@dataclass(frozen=True, slots=True)
class Tally:
    """A list that says one number and names another."""

    said: int
    named: int
    measure: str

    def spoken(self) -> str:
        """原文写16个，列出15个。"""
        return f"原文写{self.said}{self.measure}，列出{self.named}{self.measure}。"


def mismatch(text: str) -> Tally | None:
    """The first list of a text that names another number than it says; None where all agree."""
    for found in _TOTAL.finditer(_BRACKETS.sub("", text)):
        said = (
            int(found["number"]) if found["number"].isdigit() else chinese_number(found["number"])
        )
        named = named_in(found["items"])
        measure = "个" if found["measure"] == "大" else found["measure"]
        if said and said not in named and max(named) >= max(3, _COMPLETE * said):
            return Tally(said, min(named), measure)
    return None


def named_in(items: str) -> frozenset[int]:
    """How many things a run of names can hold: the last 和 joins two, unless names have 和 within."""
    names = items.split("、")
    joined = sum(bool(_LAST_JOINT.search(n)) for n in names[:-1])
    last = bool(_LAST_JOINT.search(names[-1])) and not joined
    return frozenset({len(names), len(names) + 1}) if last else frozenset({len(names)})


def miscounted(question: Question, told: Sequence[Statement]) -> list[Statement]:
    """What is said where a list that was asked for names another number than it says itself."""
    if not question.asks_any("list", "count", "definition", "name"):
        return []
    found = (mismatch(s.quote) for s in told if s.passage is not None)
    return [Statement(tally.spoken()) for tally in found if tally]
