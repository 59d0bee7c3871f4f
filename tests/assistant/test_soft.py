"""Nearness of words by the shipped vectors."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.soft import WordVectors


def test_a_text_covers_itself(words: WordVectors) -> None:
    (ids,) = words.ids(["森林覆盖率"])
    assert words.match("森林覆盖率", [ids]).coverage(ids) == pytest.approx(1.0, abs=1e-3)


def test_a_text_on_the_same_thing_covers_more_than_another(words: WordVectors) -> None:
    near, far = words.ids(["发展养老服务", "建设高速公路"])
    match = words.match("老人照护", [near, far])
    assert 0.0 <= match.coverage(far) < match.coverage(near) <= 1.0


def test_an_empty_text_or_question_covers_nothing(words: WordVectors) -> None:
    (ids,) = words.ids(["养老"])
    empty = np.empty(0, dtype=np.int32)
    assert words.match("养老", [ids]).coverage(empty) == 0.0
    assert words.match("", [ids]).coverage(ids) == 0.0


def test_words_beside_each_other_do_not_change_one_another(words: WordVectors) -> None:
    near, far = words.ids(["发展养老服务", "建设高速公路"])
    alone = words.match("老人照护", [near]).coverage(near)
    assert words.match("老人照护", [near, far]).coverage(near) == pytest.approx(alone)


def test_the_ids_of_a_text_stand_once(words: WordVectors) -> None:
    (ids,) = words.ids(["养老养老养老"])
    assert len(ids) == len(set(ids.tolist())) > 0


def test_the_nearest_word_of_a_text(words: WordVectors) -> None:
    (ids,) = words.ids(["森林覆盖率"])
    same, other = words.nearest(["森林", "酱油"], ids)
    assert 0.0 <= other < same <= 1.0 + 1e-6
    assert words.nearest(["森林"], np.empty(0, dtype=np.int32)) == [0.0]
    assert words.nearest([], ids) == []


def test_similar_words(words: WordVectors) -> None:
    other, same, near = words.similar("医院", ["公路", "医院", "卫生院"])
    assert other < near < same == pytest.approx(1.0, abs=1e-3)
