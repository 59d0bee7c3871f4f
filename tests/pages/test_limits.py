"""Limits: a visitor's own, and of all together."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from pages import limits as module
from pages.limits import Allowance, Busy, Limits


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_visitor_who_asks_too_fast_is_told_when_to_come_back() -> None:
    clock = Clock()
    limits = Limits(Allowance(per_minute=6, burst=2), clock)
    for _ in range(2):
        with limits.turn("a"):
            pass
    with pytest.raises(Busy, match="请10秒后再问") as caught, limits.turn("a"):
        pass
    assert caught.value.seconds == 10
    with limits.turn("b"):
        pass
    clock.now += 10
    with limits.turn("a"):
        pass


def test_a_visitor_has_few_questions_at_once() -> None:
    limits = Limits(Allowance(at_once=2))
    with ExitStack() as stack:
        stack.enter_context(limits.turn("a"))
        stack.enter_context(limits.turn("a"))
        with pytest.raises(Busy, match="还有2个问题"), limits.turn("a"):
            pass
    with limits.turn("a"):
        pass


def test_all_together_have_a_limit() -> None:
    limits = Limits(Allowance(at_once_in_all=2))
    with ExitStack() as stack:
        stack.enter_context(limits.turn("a"))
        stack.enter_context(limits.turn("b"))
        with pytest.raises(Busy, match="排队提问的人太多"), limits.turn("c"):
            pass
    with limits.turn("c"):
        pass


def test_a_question_that_fails_gives_its_place_back() -> None:
    limits = Limits(Allowance(at_once=1))
    with pytest.raises(ZeroDivisionError), limits.turn("a"):
        _ = 1 / 0
    with limits.turn("a"):
        pass


def test_a_clock_that_is_set_back_takes_nothing_away() -> None:
    clock = Clock()
    limits = Limits(Allowance(per_minute=6, burst=2), clock)
    clock.now = 100.0
    with limits.turn("a"):
        pass
    clock.now = 50.0
    with limits.turn("a"):
        pass


def test_only_so_many_visitors_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 3)
    limits = Limits(Allowance(burst=1))
    with limits.turn("running"):
        for n in range(10):
            with limits.turn(str(n)):
                pass
        assert len(limits._visitors) <= 4
        with pytest.raises(Busy), limits.turn("running"):
            pass
