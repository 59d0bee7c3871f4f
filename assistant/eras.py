"""The years a sentence speaks of, named or not. Knows a plan's period; knows no questions.

Plans say "到“十三五”期末" for 2020, measure against a year they do not speak of (较2020年提高), and
tell in their first chapter what was reached before they begin without naming the year at all.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.figures import YEAR, chinese_number, normalise_figures
from assistant.scope import period_of_plan

# Headings under which a plan tells what was reached before its period.
STATUS = re.compile(
    "基础(?!设施|高级|研究|教育|学科|性|工程|能力)|现状|回顾|成就|成效|完成情况|十三五"
)
_MEASURED_AGAINST = re.compile(
    rf"(?:较|比|在|以|与|同){YEAR.pattern}(?:年)?(?:[底末]|水平)?(?:相比|基础上|为基)?"
)
_AGAINST = re.compile("较|比|相比|基础上|为基")
# A document's title names its plan's years, not those that a sentence speaks of.
_TITLE = re.compile("(?:规划|纲要|计划|方案|报告|意见|办法|通知|建议)(?:（[^）]*）)?$")
PLAN_END = re.compile(r"[“\"]?(十[一二三四五六七八九]?)五[”\"]?(?:规划)?(?:期末|末期|末)")


def years_spoken_of(text: str) -> frozenset[int]:
    """The years a text names, ends of five-year plans included, years measured against left out.

    Where it names no other year, the one measured against counts.
    """
    plain = normalise_figures(text)
    own = _named(_MEASURED_AGAINST.sub(lambda m: "" if _AGAINST.search(m[0]) else m[0], plain))
    return own or _named(plain)


def _named(text: str) -> frozenset[int]:
    numbers = (chinese_number(n) for n in PLAN_END.findall(text))
    ends = {period_of_plan(n)[1] for n in numbers if n and n >= 10}
    return frozenset({int(y) for y in YEAR.findall(text)} | ends)


@lru_cache(maxsize=4096)
def implied(
    heading_path: tuple[str, ...], period: tuple[int, int] | None, row: bool = False
) -> frozenset[int]:
    """The year a text means that names none: its heading's, else the one before its plan begins,
    where it looks back. A table's `row` looks back by its columns alone."""
    for heading in reversed(heading_path):
        named = frozenset() if _TITLE.search(heading) else _named(normalise_figures(heading))
        if named:
            return named
    if period and not row and any(STATUS.search(h) for h in heading_path):
        return frozenset({period[0] - 1})
    return frozenset()
