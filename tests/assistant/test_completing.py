"""What an answer left out of several things asked about together."""

from __future__ import annotations

from assistant.completing import left_out
from assistant.statements import Statement

QUESTION = "托位数和养老床位现在多少"


def test_the_thing_that_is_not_spoken_of_is_left_out() -> None:
    assert left_out(QUESTION, [Statement("托位数1.7个")]) == [("养老床位", "养老床位现在多少")]


def test_nothing_is_left_out_of_an_answer_on_both_or_on_neither() -> None:
    assert left_out(QUESTION, [Statement("托位数1.7个，养老床位45张")]) == []
    assert left_out(QUESTION, [Statement("森林覆盖率27%")]) == []
    assert left_out("托位数现在多少", [Statement("森林覆盖率27%")]) == []
