"""Which bracket of a scale a number falls in."""

from __future__ import annotations

import math

import pytest

from assistant.brackets import brackets, falls, parts, stated
from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("36－45周岁 1分", [(36, 45)]),
        ("46周岁及以上", [(46, math.inf)]),
        ("未满十八周岁的", [(0, 18)]),
        ("35周岁（含35周岁）以下的职工", [(0, 35)]),
        ("35周岁以上至45周岁（含45周岁）的职工", [(35, 45)]),
        ("16周岁以上未满18周岁的", [(16, 18)]),
        ("男性超过60周岁或者女性超过55周岁", [(60, math.inf), (55, math.inf)]),
        ("每增长1岁减3分", []),
        ("职工", []),
    ],
)
def test_the_brackets_of_a_text(text: str, found: list[tuple[float, float]]) -> None:
    assert list(brackets(text, "岁")) == found


def test_a_rate_and_a_calendar_year_set_no_bracket() -> None:
    assert brackets("每累计满1年积2分", "年") == ()
    assert brackets("到2025年底以前", "年") == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我40岁能积几分", (40, "岁")),
        ("十二岁的孩子改名", (12, "岁")),
        ("打工第7年了", (7, "年")),
        ("2025年目标是多少", None),
        ("38岁，社保交了3年", None),
        ("多少岁", None),
    ],
)
def test_the_number_that_a_question_states(text: str, found: tuple[float, str] | None) -> None:
    assert stated(text) == found


def test_whether_the_number_falls_in_a_bracket() -> None:
    assert falls("我40岁", "36－45周岁") is True
    assert falls("我40岁", "46周岁及以上") is False
    assert falls("我40岁", "没有年龄要求") is None
    assert falls("年龄要求", "46周岁及以上") is None


def test_a_scale_within_a_text() -> None:
    scale = "1－4年的积4分；5年及以上的积6分"
    assert parts("第7年", scale)
    assert not parts("第7年", "5年及以上的积6分")
    assert not parts("几年", scale)


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        ("我今年40岁，年龄能积几分", "3分", "8分"),
        ("55岁的人年龄积几分", "0分", "3分"),
        ("40岁的人个人账户划入多少", "1.6%", "2.4%"),
        ("打工第6年了，社保没断，就业居住每年积几分", "7分", "2分"),
    ],
)
def test_the_bracket_of_the_asked_number_answers(
    ask_regulations: Ask, text: str, said: str, unsaid: str
) -> None:
    answer = ask_regulations(text)
    assert said in answer.text and unsaid not in answer.text
