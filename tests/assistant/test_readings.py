"""Other ways to understand a follow-up, over invented towns."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafts import Draft
from assistant.readings import asked_anew, may_answer, other_places, other_readings, speaks_of
from assistant.records import Turn
from assistant.statements import Statement

TURNS = [Turn("user", "石桥镇有多少人口"), Turn("assistant", "2万人[1]。")]


def unlike(word: str, others: Sequence[str]) -> list[float]:
    return [0.0] * len(others)


def test_the_last_subject_goes_before_the_question_or_it_stands_alone() -> None:
    found = other_readings("茶馆怎么办", "石桥镇的茶馆怎么办", TURNS, unlike)
    assert found == ["石桥镇的人口，茶馆怎么办", "茶馆怎么办"]


def test_a_thing_that_is_named_may_take_other_places() -> None:
    turns = [Turn("user", "零售总额增速多少"), Turn("assistant", "4%[1]。")]
    assert "投资增速多少" in other_places("那投资呢", "零售总额增速的投资是多少", turns, unlike)
    assert other_places("投资怎么办", "投资怎么办", turns, unlike) == []
    assert other_places("2020年呢", "零售总额2020年增速多少", turns, unlike) == []
    assert other_places("那投资呢", "那投资呢", [], unlike) == []


def test_a_long_question_or_one_after_nothing_is_read_one_way() -> None:
    assert other_readings("茶馆" * 20, "茶馆" * 20, TURNS, unlike) == []
    assert other_readings("茶馆怎么办", "茶馆怎么办", [], unlike) == []


def test_a_draft_has_to_speak_of_what_is_asked() -> None:
    draft = Draft((Statement("新建三家茶馆"),), (), False, "high")
    assert speaks_of(draft, "茶馆怎么办")
    assert not speaks_of(draft, "书场怎么办")
    assert not speaks_of(draft, "怎么办")


def test_a_draft_may_answer_in_other_words() -> None:
    draft = Draft((Statement("书场由镇里和茶农共同管护"),), (), False, "high")
    assert may_answer(draft, "它们怎么分工")
    assert may_answer(draft, "谁来打扫")
    # another time, a reason, money, a figure of what is not named
    for question in ("2030年怎么管", "为什么这样管", "要花多少钱", "游客有多少"):
        assert not may_answer(draft, question)


def test_an_item_of_a_list_is_read_one_way() -> None:
    assert other_readings("第三个呢", "茶馆的具体内容是什么", TURNS, unlike) == []


def test_another_reading_keeps_the_place_of_the_last_question() -> None:
    turns = [Turn("user", "青海改造多少个老旧小区"), Turn("assistant", "3个[1]。")]
    found = other_readings("业主要掏钱吗", "业主要掏钱吗", turns, unlike)
    assert "青海改造的老旧小区，业主要掏钱吗" in found


def test_what_asks_for_more_is_no_part_of_what_is_looked_for() -> None:
    assert asked_anew("除了上面说的，养蚕还有哪些措施？") == "养蚕还有哪些措施？"
    assert asked_anew("养蚕有哪些措施") == "养蚕有哪些措施"
