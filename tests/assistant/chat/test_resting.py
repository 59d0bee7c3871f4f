"""A model that has stopped answering is left alone, and tried again by one question at a time."""

from __future__ import annotations

from assistant.chat.resting import IN_A_ROW, SECONDS, Rest


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def silenced(clock: Clock) -> Rest:
    rest = Rest(clock)
    for _ in range(IN_A_ROW):
        assert rest.may_ask()
        rest.was_silent()
    return rest


def test_silence_in_a_row_gives_it_a_rest() -> None:
    rest = silenced(Clock())
    assert not rest.may_ask()


def test_a_word_in_between_counts_anew() -> None:
    rest = Rest(Clock())
    for _ in range(3):
        for _ in range(IN_A_ROW - 1):
            rest.was_silent()
        rest.answered()
    assert rest.may_ask()


def test_after_the_rest_one_question_tries() -> None:
    clock = Clock()
    rest = silenced(clock)
    clock.now += SECONDS
    assert [rest.may_ask() for _ in range(3)] == [True, False, False]
    rest.was_silent()
    clock.now += SECONDS - 1
    assert not rest.may_ask()
    clock.now += 1
    assert rest.may_ask()
    rest.answered()
    assert all(rest.may_ask() for _ in range(3))
