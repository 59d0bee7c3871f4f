"""The years a sentence speaks of."""

from __future__ import annotations

import pytest

from assistant.eras import implied, years_spoken_of


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("到2025年，森林覆盖率达到35.8%。", {2025}),
        ("到“十三五”期末达到862亿元。", {2020}),
        ("“十三五”时期成效明显。", set()),
        ("到2025年，工业增加值率较2020年提高2.1个百分点。", {2025}),
        ("在2020年基础上，2035年翻一番。", {2035}),
        ("较2020年提高2.1个百分点。", {2020}),  # no other year is named
        ("在2020年建成12座，2021年建成14座。", {2020, 2021}),
        ("高新技术企业2013家。", set()),
        ("二〇三五年基本实现现代化。", {2035}),
    ],
)
def test_years_spoken_of(text: str, years: set[int]) -> None:
    assert years_spoken_of(text) == years


def test_a_plan_that_looks_back_means_the_year_before_it_begins() -> None:
    assert implied(("第一篇 总体要求", "第一章 发展基础"), (2021, 2025)) == {2020}
    assert implied(("第二章 发展战略",), (2021, 2025)) == frozenset()
    assert implied(("第一章 发展基础",), None) == frozenset()


def test_a_heading_that_names_a_year_means_it_for_the_text_below() -> None:
    assert implied(("一、2025年工作回顾", "（一）稳增长"), None) == {2025}
    assert implied(("附表", "附表1：2016年度用地指标分解表"), (2016, 2020), row=True) == {2016}
    assert implied(("云溪市2035年远景目标纲要", "第一章 任务"), (2021, 2025)) == frozenset()
    assert implied(("第一章 发展基础",), (2021, 2025), row=True) == frozenset()
