"""Times that a question sets side by side."""

from __future__ import annotations

import pytest

from assistant.moments import earlier_plan, moments, with_plan_names, year_told
from assistant.scope import describe
from index.records import SourceDoc

PLAN = describe(
    SourceDoc("plan", "云溪市第十四个五年规划纲要", "", "规划纲要", "", "原文", "0", "p.md"), ""
)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("森林覆盖率是多少", []),
        ("森林覆盖率2020年和2025年各多少", ["2020年", "2025年"]),
        ("“十三五”末和2022年的产业结构", ["“十三五”", "2022年"]),
        ("“十三五”目标和“十四五”目标", ["“十三五”", "“十四五”"]),
        ("“十四五”期间2025年的目标", ["2025年"]),  # the year tells the plan's time closer
        ("森林覆盖率现状和目标", ["2020年", "2025年"]),
        ("森林覆盖率现状和2025年目标", ["2020年", "2025年"]),
        ("从多少提高到多少", ["2020年", "2025年"]),
        ("2018年的、2019年的和目标", ["2018年", "2019年", "2025年"]),
    ],
)
def test_moments(text: str, labels: list[str]) -> None:
    assert [m.label for m in moments(text, [PLAN])] == labels


def test_present_and_target_say_nothing_without_a_plan() -> None:
    assert moments("森林覆盖率现状和目标", []) == []


def test_the_last_and_this_five_years_by_the_plans_own_number() -> None:
    assert with_plan_names("上个五年和这个五年", [PLAN]) == "“十三五”和“十四五”"
    assert with_plan_names("上个五年和这个五年", []) == "上个五年和这个五年"


def test_a_plan_before_the_documents_own() -> None:
    assert earlier_plan("“十三五”累计多少", [PLAN]) == frozenset(range(2016, 2021))
    assert earlier_plan("“十三五”期末有多少家", [PLAN]) == frozenset({2020})
    assert earlier_plan("“十四五”累计多少", [PLAN]) == frozenset()
    assert earlier_plan("累计多少", [PLAN]) == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("规划期末技术中心几家", "2025年技术中心几家"),
        ("五年之后要多少家", "2025年要多少家"),
        ("“十三五”规划期末几家", "“十三五”规划期末几家"),
    ],
)
def test_the_end_of_the_period_is_the_plans_last_year(text: str, said: str) -> None:
    report = describe(SourceDoc("r", "2026年某省政府工作报告", "", "", "", "原文", "0", "r.md"), "")
    assert with_plan_names(text, [PLAN, report]) == said
    assert with_plan_names(text, [report]) == text


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("今年新建多少", {2026}),
        ("去年新建了多少", {2025}),
        ("今年比去年多多少", set()),
        ("新建多少", set()),
        ("改造了多少个", {2025}),
        ("五年改造了多少个", set()),
        ("今年改造了多少个", {2026}),
    ],
)
def test_this_year_is_the_one_whose_work_a_report_sets_out(text: str, year: set[int]) -> None:
    report = SourceDoc("r", "2026年云溪市政府工作报告", "", "工作报告", "", "原文", "0", "r.md")
    assert year_told(text, [describe(report, "")]) == year
    assert year_told(text, [PLAN]) == frozenset()
