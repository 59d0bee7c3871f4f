"""What the asker holds against the last answer, over invented figures."""

from __future__ import annotations

import pytest

from assistant.records import Turn
from assistant.soft import WordVectors
from assistant.standalone import standalone_question


@pytest.mark.parametrize(
    ("asked", "then", "expected"),
    [
        ("2025年茶园面积多少", "我问的是2020年", "2020年茶园面积多少"),
        ("2025年茶叶产值是多少", "不是这个，我要的是果品产值", "2025年果品产值是多少"),
        ("茶园面积多少", "我说的是南京", "南京茶园面积多少"),
        ("城镇居民收入多少", "不是城镇，是农村", "农村居民收入多少"),
        ("无锡有哪些不足", "我说的是论文里面的", "论文里无锡有哪些不足"),
        ("茶园面积多少", "不对，我问的是茶馆什么时候建成", "茶馆什么时候建成"),
    ],
)
def test_what_was_meant_is_asked(words: WordVectors, asked: str, then: str, expected: str) -> None:
    turns = [Turn("user", asked), Turn("assistant", "已作答[1]。")]
    assert standalone_question(then, turns, words.similar) == expected


@pytest.mark.parametrize(
    "doubt",
    ["不会吧，才两年就翻番？你再核对一下", "你确定吗", "再查查", "真的吗？", "不对吧，再仔细看看"],
)
def test_a_doubt_asks_the_same_again(words: WordVectors, doubt: str) -> None:
    turns = [Turn("user", "茶园面积多少"), Turn("assistant", "2万亩[1]。")]
    assert standalone_question(doubt, turns, words.similar) == "茶园面积多少"


@pytest.mark.parametrize("courtesy", ["谢谢", "好的", "知道了"])
def test_a_courtesy_asks_for_nothing(words: WordVectors, courtesy: str) -> None:
    turns = [Turn("user", "茶园面积多少"), Turn("assistant", "2万亩[1]。")]
    assert standalone_question(courtesy, turns, words.similar) == courtesy


@pytest.mark.parametrize(
    ("asked", "then", "expected"),
    [
        ("城镇居民收入2020年多少", "2019年", "城镇居民收入2019年多少"),
        ("城镇居民收入2020年多少", "农村", "农村居民收入2020年多少"),
        ("茶园面积多少", "石桥镇的养老服务", "石桥镇的养老服务"),
        ("锡太高速是建成还是开工", "过江通道呢", "过江通道是建成还是开工"),
    ],
)
def test_a_bare_noun(words: WordVectors, asked: str, then: str, expected: str) -> None:
    turns = [Turn("user", asked), Turn("assistant", "已作答[1]。")]
    assert standalone_question(then, turns, words.similar) == expected
