"""Differences, multiples and growth, where they are asked for."""

from __future__ import annotations

import pytest

from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("每千人口托位数2025年比2020年增加多少？", "由[1]计算：4.5−1.5=3.0个。"),
        ("每千人口托位数目标和现状差多少？", "由[1]计算：4.5−1.5=3.0个。"),
        ("近岸海域优良水质比例2020年到2025年提高多少？", "90−82=8个百分点"),
        ("2025年地区生产总值是2020年的几倍？", "2100÷1520≈1.38倍"),
        ("2025年和2020年的地区生产总值增幅是多少？", "（2100−1520）÷1520≈38.2%"),
        ("港口货物吞吐量2020年和2022年相差多少？", "由[1]和[2]计算：9400−8600=800万吨。"),
        ("港口货物吞吐量2022年比2019年增加了多少？", "9400−8100=1300万吨"),
    ],
)
def test_what_is_computed_is_shown_with_both_figures(
    ask_differing: Ask, text: str, worked: str
) -> None:
    assert worked in ask_differing(text).text


def test_two_currencies_are_not_set_off(ask_differing: Ask) -> None:
    text = ask_differing("2020年进出口总额规划和论文相差多少？").text
    assert "96亿美元" in text and "663亿元" in text
    assert "不能直接相减" in text and "计算：" not in text


@pytest.mark.parametrize(
    "text",
    [
        "每千人口托位数2020年和2025年各多少？",
        "单位地区生产总值能耗要降低多少？",  # the indicator itself is a change
        "近岸海域优良水质比例2025年要到百分之几？",
    ],
)
def test_nothing_is_computed_unasked(ask_differing: Ask, text: str) -> None:
    assert "计算" not in ask_differing(text).text
