"""Nearness of words by the shipped vectors."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.soft import WordVectors


def test_a_text_covers_itself(words: WordVectors) -> None:
    found = words.coverage(words.sought(["森林覆盖率"]), words.ids(["森林覆盖率"]))
    assert found.shape == (1, 1)
    assert found[0, 0] == pytest.approx(1.0, abs=1e-3)


def test_a_text_on_the_same_thing_covers_more_than_another(words: WordVectors) -> None:
    near, far = words.coverage(
        words.sought(["老人照护"]), words.ids(["发展养老服务", "建设高速公路"])
    )[0]
    assert 0.0 <= far < near <= 1.0


def test_an_empty_text_or_expression_covers_nothing(words: WordVectors) -> None:
    (ids,) = words.ids(["养老"])
    empty = np.empty(0, dtype=np.int32)
    found = words.coverage(words.sought(["养老", ""]), [empty, ids])
    assert found[0, 0] == found[1, 0] == found[1, 1] == 0.0
    assert found[0, 1] > 0.9
    assert words.coverage(words.sought(["", ""]), [ids]).tolist() == [[0.0], [0.0]]


def test_texts_beside_each_other_do_not_change_one_another(words: WordVectors) -> None:
    near, far = words.ids(["发展养老服务", "建设高速公路"])
    sought = words.sought(["老人照护"])
    alone = words.coverage(sought, [near])[0, 0]
    assert words.coverage(sought, [far, near])[0, 1] == pytest.approx(alone)


def test_a_whole_expression_is_sought_by_one_vector(words: WordVectors) -> None:
    texts = words.ids(["建设医院", "建设公路"])
    found = words.coverage(words.sought(["公路"], whole=["医院"]), texts)
    assert found.shape == (2, 2)
    assert found[0, 1] > found[0, 0]
    assert found[1, 0] > found[1, 1]


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
