"""Mistyped words: what is put right, and what is left as it was."""

from __future__ import annotations

from itertools import pairwise

import pytest

from assistant.spelling import Slip, put_right

_TEXT = (
    "养老机构床位 集成电路产业 旅客吞吐量 城镇化率 轨道交通里程 研发投入强度 市场 无锡市区 数字城市"
)
_JOINED = {a + b for a, b in pairwise(_TEXT)}


def _frequency(term: str) -> int:
    return int(term in _JOINED)


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("机构床卫有多少", "床卫", "床位"),
        ("集成电陆怎么发展", "集成电陆", "集成电路"),
        ("旅客吞土量是多少", "吞土量", "吞吐量"),
        ("轨道交同里程", "轨道交同", "轨道交通"),
        ("城镇华率是多少", "城镇华率", "城镇化率"),
    ],
)
def test_a_word_of_the_same_sound_that_the_documents_have(
    question: str, typed: str, meant: str
) -> None:
    text, slips = put_right(question, _frequency)
    assert slips == (Slip(typed, meant),)
    assert text == question.replace(typed, meant)


@pytest.mark.parametrize(
    "question",
    [
        "养老机构床位有多少",  # nothing is mistyped
        "无锡市长是谁",  # 市长 is a word, though 市场 sounds alike and stands in the documents
        "无锡有没有油田",  # a word that the documents don't have
        "想找个车位",  # words of one character, often said
        "数智城在哪",  # a name the dictionary doesn't have, and no word of its sound
        "PM2.5、5G和2025年",
        "",
    ],
)
def test_what_is_no_slip_stays(question: str) -> None:
    assert put_right(question, _frequency) == (question, ())


def test_the_documents_must_have_the_word() -> None:
    assert put_right("集成电陆怎么发展", lambda term: 0) == ("集成电陆怎么发展", ())


def test_two_neighbours_the_other_way_round() -> None:
    assert put_right("旅客吐吞量", _frequency)[0] == "旅客吞吐量"
