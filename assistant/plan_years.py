"""The years that a question means which names none: a target is its plan's, how things are is before it.

Knows the period of each plan among the documents; knows neither passages nor scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.moments import earlier_plan, year_told
from assistant.question import Question
from assistant.scope import DocumentScope, plan_periods

_NOW = re.compile("现状|现在|目前|当前|如今|基数|起点|上个五年|已经|原来|过去")
_TARGET = re.compile(
    "目标|要求|将来|未来|计划(?=[要到达新建培引打在]|$)|这个五年|今后|要达|要到|规划期末"
)
_QUOTED = re.compile("“[^”]*”(?!时期|期间)(?<!五”)")


def of_this_plan(question: Question, documents: Sequence[DocumentScope]) -> Question:
    """A target asked for without a year is the plan's own, for its last year."""
    ends = {d.period[1] for d in documents if d.period}
    if question.years or len(ends) != 1 or question.asks_any("time"):
        return question
    if earlier := earlier_plan(question.text, documents):
        return replace(question, years=earlier)
    if told := year_told(question.text, documents):
        return replace(question, years=told)
    if not question.asks_any("figure", "count", "compare"):
        return question  # a plan's name or measure is of no single year: 新加坡的GTP是什么计划
    said = _QUOTED.sub("", question.text)  # “太湖人才计划” plans nothing
    own = next(d.period for d in documents if d.period)
    plans = plan_periods(said)
    # The plan before is how things are, the documents' own is what they are to be.
    now = _NOW.search(said) or any(last < own[0] for _, last in plans)
    target = _TARGET.search(said) or any(last == own[1] for _, last in plans)
    if target and not now:
        return replace(question, years=frozenset(ends))
    if now and not target:
        # What a plan has for its last year is not how things are.
        return replace(question, years=frozenset(range(own[0] - 1, own[1])))
    return question
