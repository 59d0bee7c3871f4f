"""A question on several cities as one on a single one of them: 甲市和乙市各有多少, 甲市比乙市高多少.

Rules over a question's own words; knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conjuncts import EACH, apart_as_level, as_level, compares, how_much

# What a place is compared within is no place asked about: 在江苏处于什么地位.
_STANDS_IN = "在{place}(?:全?[省市])?[^，。？]{{0,3}}(?:处于|排|居|位|占|名列|属于|算)"


def asked_about(text: str, named: Sequence[str]) -> tuple[str, ...]:
    """Of the cities a question names those that it asks about."""
    # 两市各自和丙市怎么对接: what stands after 各自 is what each is asked about.
    each = re.search("各自|分别", text)
    subjects = [p for p in named if each and p in text[: each.start()]]
    of = subjects if len(subjects) > 1 else named
    return tuple(p for p in of if not re.search(_STANDS_IN.format(place=p), text))


def asked_of(text: str, place: str, of: Sequence[str]) -> str:
    """What is asked of one of the cities, without the names of the others."""
    text = _set_apart(how_much(text), place, of)
    for other in of:
        if other != place:
            text = _clauses_of(text, place, other)
            text = re.sub(
                f"(?:以及|[和与跟、及同比])?{other}市?(?:以及|[和与跟、及同比])?", "", text
            )
    return EACH.sub("", re.sub("(?:相比|对比|比较)(?=[，,]|$)", "", text))


# What sets cities side by side, or asks what is between them.
_TOGETHER = re.compile(
    "各|分别|相互|互相|之间|彼此|协同|合作|联动|对接|相比|对比|比较|差距|不同|区别"
)


def side_by_side(text: str, place: str) -> bool:
    """Whether what is asked of a city is asked of another beside it: not of where somebody comes from."""
    joint = "(?:以及|[和与跟同及、比])"
    joined = re.search(f"{joint}{place}|{place}市?{joint}", text)
    return bool(joined or _TOGETHER.search(text)) or compares(text)


def _set_apart(text: str, place: str, of: Sequence[str]) -> str:
    """The question for a difference (甲市的茶园和乙市比差多少) as one for how much it is in one place."""
    if len(of) != 2 or not compares(text):
        return text
    first, other = of
    level = as_level(apart_as_level(re.sub(f"(?:[和与跟]|相?比){other}市?(?:相?比)?", "", text)))
    return level if place == first else level.replace(first, other, 1)


def _clauses_of(text: str, place: str, other: str) -> str:
    """The text without the clauses that name the other place alone."""
    clauses = re.split("(?<=[，,；;])(?=以及|还有|和|与|跟)", text)
    kept = [c for c in clauses if place in c or other not in c]
    return "".join(kept).rstrip("，,；;") if any(place in c for c in kept) else text
