"""Which of several named things is more."""

from __future__ import annotations

from tests.assistant.answer_checks import Ask


def test_the_order_is_shown_with_what_it_stands_on(ask_differing: Ask) -> None:
    text = ask_differing("海洋生产总值占比和近岸海域优良水质比例，2025年哪个更高？").text
    assert "由[1]和[2]比较：近岸海域优良水质比例90%＞海洋生产总值占比36%" in text


def test_by_how_much_each_changes(ask_differing: Ask) -> None:
    question = "海洋生产总值占比和近岸海域优良水质比例，2025年比2020年哪个提高得更多？"
    text = ask_differing(question).text
    assert "（90−82=8个百分点）＞海洋生产总值占比（36−31.2=4.8个百分点）" in text


def test_unlike_units_are_not_compared(ask_differing: Ask) -> None:
    text = ask_differing("每千人口医师数和每千人口托位数，2025年哪个更多？").text
    assert "4.2人" in text and "4.5个" in text
    assert "单位不同，不能比较大小" in text and "＞" not in text


def test_nothing_is_put_in_order_unasked(ask_differing: Ask) -> None:
    text = ask_differing("海洋生产总值占比和近岸海域优良水质比例，2025年各是多少？").text
    assert "比较：" not in text
