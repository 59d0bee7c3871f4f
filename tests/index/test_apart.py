"""Expressions whose words stand apart in a question."""

from __future__ import annotations

import pytest

from index.apart import WIDEST, Apart

EATING = Apart.read("老人/爸妈…吃饭/做饭")


def test_an_expression_gives_the_choices_for_each_part() -> None:
    assert EATING.parts == (("老人", "爸妈"), ("吃饭", "做饭"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("老人家中午去哪吃饭", "老人 吃饭"),
        ("谁来做饭给爸妈", "做饭 爸妈"),
        ("老人吃饭", "老人 吃饭"),
        ("老人多了，老人吃饭难", "老人 吃饭"),
        ("年轻人在哪吃饭", ""),
        ("老人看病", ""),
        ("", ""),
    ],
)
def test_the_words_are_found_in_either_order(text: str, words: str) -> None:
    assert EATING.said(text) == words


def test_words_too_far_apart_say_something_else() -> None:
    assert EATING.said("老人" + "一" * WIDEST + "吃饭")
    assert not EATING.said("老人" + "一" * (WIDEST + 1) + "吃饭")


def test_one_word_is_not_both_parts() -> None:
    assert not Apart.read("水…水").said("水质")
    assert Apart.read("水…水").said("水里的水") == "水 水"


def test_three_parts_stand_near_in_all() -> None:
    three = Apart.read("厂…污水…罚")
    assert three.said("厂里偷排污水罚不罚") == "厂 污水 罚"
    assert not three.said("厂" + "一" * 5 + "污水" + "一" * 5 + "罚")
