"""Follow-ups that ask for the last answer again, or for one thing it named; invented towns."""

from __future__ import annotations

import pytest

from assistant.retold import one_told, told_again

PREVIOUS = "石桥镇要修几条步道"


@pytest.mark.parametrize(
    "text",
    ["说得再详细一些", "简单点说", "能不能说清楚一点", "再具体点", "原话怎么说的", "展开讲讲"],
)
def test_what_is_to_be_told_again_is_the_last_question(text: str) -> None:
    assert told_again(text, PREVIOUS) == PREVIOUS


def test_what_is_to_be_listed_is_asked_by_name() -> None:
    assert told_again("列一下", PREVIOUS) == "石桥镇要修哪几条步道"
    assert told_again("名单都列出来", PREVIOUS) == "石桥镇要修哪几条步道"


@pytest.mark.parametrize("text", ["说说茶馆怎么办", "具体是哪一条", "详细地址", "列出茶馆的名字"])
def test_what_asks_for_another_thing_is_none_of_it(text: str) -> None:
    assert told_again(text, PREVIOUS) == ""


def test_one_thing_of_the_last_answer() -> None:
    lists = [("石桥镇有哪些园区", "茶园、花卉园和研学园。")]
    assert one_told("说说花卉园那个", "", lists) == "花卉园的具体内容是什么？"
    assert one_told("说说书场那个", "", lists) == ""
    listed = lists[0][0]
    assert one_told("研学园呢", listed, lists) == "研学园的具体内容是什么？"
    assert one_told("研学园呢", "茶园有多大", lists) == ""
