"""What an answer left out of several things asked about together."""

from __future__ import annotations

from assistant.completing import left_out
from assistant.statements import Statement

QUESTION = "托位数和养老床位现在多少"


def test_the_thing_that_is_not_spoken_of_is_left_out() -> None:
    assert left_out(QUESTION, [Statement("托位数1.7个")]) == [("养老床位", "养老床位现在多少")]


def test_what_two_things_share_tells_neither() -> None:
    said = [Statement("每千人口托位数4.5个")]
    assert left_out("每千人口医师数和每千人口托位数2025年要到多少", said) == [
        ("每千人口医师数", "每千人口医师数2025年要到多少")
    ]


def test_nothing_is_left_out_of_an_answer_on_both_or_on_neither() -> None:
    assert left_out(QUESTION, [Statement("托位数1.7个，养老床位45张")]) == []
    assert left_out(QUESTION, [Statement("森林覆盖率27%")]) == []
    assert left_out("托位数现在多少", [Statement("森林覆盖率27%")]) == []
