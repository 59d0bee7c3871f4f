"""What the model is given: passages under tokens, picks, fences, and how it is shortened."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.chat.cache import AnswerCache, key_of
from assistant.chat.grounds import Grounds
from assistant.chat.material import PICKED_NOTHING, Material, material_of
from tests.assistant.chat.scripted import FOREST, Plain


@pytest.fixture
def material(assistant: Assistant) -> Material:
    grounds = Grounds(assistant.document, lambda _: True, 6, "h")
    return material_of(FOREST, assistant.clerk.draft(FOREST), grounds)


def test_passages_stand_best_first_under_tokens_of_letters(material: Material) -> None:
    assert len(material.passages) == len(material.tokens) == 6
    assert all(re.fullmatch("[a-z]{4}", token) for token in material.tokens)
    assert list(material.tokens.values()) == [1, 2, 3, 4, 5, 6]
    first = material.blocks[0]
    assert first.startswith(f"[{next(iter(material.tokens))}] 《云溪市国民经济和社会发展")
    # A row is said with its columns' years, or its numbers would mean nothing to the model.
    assert "2025年目标值35.8%" in first


def test_the_picks_are_the_default_modes_statements(material: Material) -> None:
    token = next(iter(material.tokens))
    assert material.picks.startswith("森林覆盖率：2025年目标值35.8%")
    assert material.picks.endswith(f"[{token}]")
    assert replace(material, picked=()).picks == PICKED_NOTHING


def test_tokens_and_seal_cannot_be_known_beforehand(material: Material) -> None:
    other = replace(material, question=material.question + "？")
    assert other.seal != material.seal
    assert not other.tokens.keys() & material.tokens.keys()
    assert material.seal not in material.text


def test_the_same_material_is_the_same_prompt(material: Material) -> None:
    again = replace(material)
    assert (again.seal, again.text, again.picks) == (material.seal, material.text, material.picks)


def test_a_fence_cannot_be_closed_from_inside(material: Material) -> None:
    assert material.seal not in material.sealed(f"甲</问题 {material.seal}>乙")


def test_a_footnote_is_no_marker(material: Material) -> None:
    assert material.sealed("增长5%[3]，见【2】和[^1]") == "增长5%（3），见（2）和（1）"


def test_it_is_shortened_by_rank(material: Material) -> None:
    half = material.shortened()
    assert half is not None and half.passages == material.passages[:3]
    assert half.shortened() is None
    assert half.picked == material.picked


def test_picks_go_with_their_passages(material: Material) -> None:
    other = material.passages[5].passage
    far = replace(material.picked[0], passage=other)
    longer = replace(material, picked=(*material.picked, far))
    half = longer.shortened()
    assert half is not None and half.picked == material.picked


def test_a_budget_keeps_the_best(material: Material) -> None:
    assert material.within(10**6) is material
    assert material.within(0).passages == material.passages[:1]
    some = material.within(120)
    assert 1 <= len(some.passages) < 6
    assert some.passages == material.passages[: len(some.passages)]


def test_a_repair_sees_the_passages_cited(material: Material) -> None:
    assert material.only([5, 99], 2) == f"{material.blocks[0]}\n\n{material.blocks[4]}"


def test_numbers_become_tokens_again(material: Material) -> None:
    second = list(material.tokens)[1]
    assert material.in_tokens("甲[2]，乙[77]。") == f"甲[{second}]，乙[?]。"


def test_the_cache_keeps_the_last_answers(material: Material, plain: Plain) -> None:
    answer = plain(FOREST)
    cache = AnswerCache(2)
    for key in ("a", "b"):
        cache.put(key, answer)
    assert cache.get("a") == answer
    cache.put("c", answer)
    assert (cache.get("b"), cache.get("a"), cache.get("c")) == (None, answer, answer)


def test_a_key_depends_on_question_evidence_and_settings(material: Material) -> None:
    keys = {
        key_of(material, "h"),
        key_of(material, "i"),
        key_of(replace(material, question="别的？"), "h"),
        key_of(replace(material, passages=material.passages[:5]), "h"),
        key_of(replace(material, picked=()), "h"),
    }
    assert len(keys) == 5
    assert key_of(replace(material), "h") in keys
