"""The years of a question that names none, by the plan that is asked."""

from __future__ import annotations

import pytest

from assistant.plan_years import of_this_plan
from assistant.question import analyse
from assistant.scope import describe
from index.records import SourceDoc


@pytest.mark.parametrize(
    ("number", "text", "years"),
    [
        ("四", "森林覆盖率目标是多少", {2025}),
        ("四", "森林覆盖率现在是多少", set(range(2020, 2025))),
        ("四", "“十四五”森林覆盖率多少", {2025}),
        ("四", "“十三五”森林覆盖率多少", set(range(2016, 2021))),
        ("四", "森林覆盖率“十三五”和“十四五”各多少", set()),
        ("二", "“十二五”森林覆盖率多少", {2015}),
        ("二", "森林覆盖率“十一五”和“十二五”各多少", set()),
        ("二", "“十三五”森林覆盖率多少", set()),  # a plan to come is neither
        ("二", "“十四五”森林覆盖率多少", set()),
    ],
)
def test_how_things_are_and_what_they_are_to_be(number: str, text: str, years: set[int]) -> None:
    title = f"云溪市第十{number}个五年规划纲要"
    plan = describe(SourceDoc("plan", title, "", "规划纲要", "", "原文", "0", "p.md"), "")
    assert of_this_plan(analyse(text), [plan]).years == years
