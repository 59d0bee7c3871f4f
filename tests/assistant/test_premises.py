"""Figures and kinds that a question takes for granted."""

from __future__ import annotations

import pytest

from assistant.premises import unclaimed
from assistant.question import analyse
from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("2025年托位数要达到3.1个吗？", "3.1"),
        ("2020年就有6500家企业了？", "6500"),
        ("是1710亿元吧", "1710"),
        ("2025年托位数是多少个？", None),
        ("有3个园区和4个港口吗？", None),  # two figures
    ],
)
def test_the_figure_a_question_states(text: str, claim: str | None) -> None:
    question, found = unclaimed(analyse(text))
    assert (found.value if found else None) == claim
    assert claim is None or (claim not in question.text and "figure" in question.asks)


def test_a_wrong_figure_is_put_right(ask_differing: Ask) -> None:
    text = ask_differing("2025年每千人口托位数要达到3.1个吗？").text
    assert text.startswith("不是3.1个。") and "2025年目标4.5个" in text


def test_where_the_claimed_figure_stands_is_shown(ask_differing: Ask) -> None:
    text = ask_differing("2020年港口货物吞吐量是9400万吨吧？").text
    assert text.startswith("不是9400万吨。")
    assert text.index("8600万吨") < text.index("9400万吨出现在另一处：2022年")


def test_a_right_figure_is_not_denied(ask_differing: Ask) -> None:
    text = ask_differing("2020年港口货物吞吐量有8600万吨吗？").text
    assert "8600万吨" in text and "不是" not in text


def test_a_figure_that_one_of_two_documents_gives_is_not_denied(ask_differing: Ask) -> None:
    text = ask_differing("2020年地区生产总值是1498亿元吗？").text
    assert "不是" not in text and "1520" in text and "1498" in text


def test_another_kind_of_indicator_is_put_right(ask_differing: Ask) -> None:
    text = ask_differing("每千人口托位数的约束性目标是多少？").text
    assert text.startswith("该指标是预期性指标，不是约束性指标：")


@pytest.mark.parametrize("more", ["我记得是1710亿元", "不对吧，应该是1710亿元", "不是1710亿元吗？"])
def test_who_insists_gets_the_sourced_figure_and_where_the_other_stands(
    ask_differing: Ask, more: str
) -> None:
    answer = ask_differing(more, "2020年地区生产总值是多少？")
    assert "1520亿元" in answer.text
    assert "1710亿元出现在另一处：2022年" in answer.text
