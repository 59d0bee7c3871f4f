from __future__ import annotations

from pathlib import Path

import pytest

from index.lexical import WordIndex, WordIndexBroken


@pytest.fixture
def words(tmp_path: Path) -> WordIndex:
    index = WordIndex(tmp_path / "words", create=True)
    with index.writing() as writer:
        writer.add("p1", "plan", ["养老", "服务", "养老"])
        writer.add("p2", "plan", ["托育", "服务"])
        writer.add("q1", "paper", ["养老", "产业", "建议", "规划:", '"AND('])
    return index


def test_best_first_and_only_what_matches(words: WordIndex) -> None:
    found = words.search({"养老": 1.0}, 10)
    assert list(found) == ["p1", "q1"]
    assert found["p1"] > found["q1"] > 0


def test_any_term_will_do_and_weights_count(words: WordIndex) -> None:
    assert set(words.search({"托育": 1.0, "产业": 1.0}, 10)) == {"p2", "q1"}
    light = words.search({"养老": 1.0, "托育": 0.1}, 10)
    heavy = words.search({"养老": 1.0, "托育": 5.0}, 10)
    assert next(iter(light)) == "p1"
    assert next(iter(heavy)) == "p2"


def test_filters_leave_the_scores_as_they_are(words: WordIndex) -> None:
    every = words.search({"养老": 1.0}, 10)
    assert words.search({"养老": 1.0}, 10, ["paper"]) == {"q1": pytest.approx(every["q1"])}
    own = words.scores({"养老": 1.0}, ["q1", "p2"])
    assert own == {"q1": pytest.approx(every["q1"])}
    assert words.search({"养老": 1.0}, 10, []) == {}
    assert words.search({"养老": 1.0}, 10, ["unknown"]) == {}


def test_terms_are_taken_literally(words: WordIndex) -> None:
    assert set(words.search({"规划:": 1.0}, 10)) == {"q1"}
    assert set(words.search({'"AND(': 1.0}, 10)) == {"q1"}


def test_nothing_asked_gives_nothing(words: WordIndex) -> None:
    assert words.search({}, 10) == {}
    assert words.search({"养老": 1.0}, 0) == {}
    assert words.scores({"养老": 1.0}, []) == {}


def test_adding_and_removing_later(words: WordIndex, tmp_path: Path) -> None:
    with words.writing() as writer:
        writer.remove("plan")
        writer.add("r1", "report", ["养老"])
    assert set(words.search({"养老": 1.0}, 10)) == {"q1", "r1"}
    assert WordIndex(tmp_path / "words").count() == 2


def test_a_failed_block_writes_nothing(words: WordIndex) -> None:
    with pytest.raises(KeyError), words.writing() as writer:
        writer.remove("plan")
        raise KeyError
    assert words.count() == 3


def test_what_is_no_index_is_said_to_be_broken(tmp_path: Path) -> None:
    with pytest.raises(WordIndexBroken):
        WordIndex(tmp_path / "nowhere")
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(WordIndexBroken):
        WordIndex(tmp_path)
