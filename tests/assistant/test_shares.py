"""A share that no document states, worked out from two cited figures."""

from __future__ import annotations

import pytest

from assistant.question import analyse
from assistant.shares import share_asked
from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("高技能人才要占全市人才总量的多少？", ("高技能人才是多少", "全市人才总量是多少")),
        (
            "2020年财政收入占GDP的比重是多少？",
            ("2020年财政收入是多少", "2020年GDP是多少"),
        ),
        ("瞪羚企业在高新技术企业中的占比", ("瞪羚企业是多少", "高新技术企业是多少")),
        ("人才占比的目标", None),  # of what is not said
        ("GDP是多少？", None),
    ],
)
def test_what_is_a_share_of_what(text: str, asked: tuple[str, str] | None) -> None:
    found = share_asked(analyse(text))
    assert (found and (found.part_asked, found.whole_asked)) == asked


def test_a_share_is_worked_out_where_none_is_stated(ask_differing: Ask) -> None:
    answer = ask_differing("2020年集装箱吞吐量占港口货物吞吐量的比重是多少？")
    assert "÷" not in answer.text  # 标箱 and 吨 are not of one kind
    answer = ask_differing("2022年进出口总额占地区生产总值的比重是多少？")
    assert "文件没有直接写出这一占比，由[1]和[2]计算：790÷1710≈46.2%" in answer.text
    assert len(answer.citations) == 2


def test_a_share_that_is_stated_is_said_as_it_stands(ask_differing: Ask) -> None:
    text = ask_differing("2025年海洋生产总值占地区生产总值的比重是多少？").text
    assert "36" in text and "÷" not in text
