"""Words of one make."""

from __future__ import annotations

import pytest

from assistant.kinship import is_name, kinship


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("两快", "两高"),
        ("南京", "无锡"),
        ("死亡", "出生"),
        ("沿河", "沿江"),
        ("国有企业", "民营企业"),
    ],
)
def test_words_of_one_make_are_near(new: str, old: str) -> None:
    assert kinship(new, old) >= 0.3


def test_words_of_another_make_are_not() -> None:
    assert kinship("茶园", "轮渡") == 0.0
    assert kinship("两快", "道路") == 0.0


def test_a_proper_name() -> None:
    assert is_name("南京") and not is_name("茶园")
