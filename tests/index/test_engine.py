"""Both engines, one contract: what one finds and how it scores it, the other does too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.bm25 import Statistics, Tally, kept_length
from index.embedded import EmbeddedEngine
from index.engine import Engine, EngineBroken, Entry, Portions, Vectors
from index.errors import IndexUnusable
from index.generations import Generation
from index.settings import Settings
from tests.index.both_engines import BOTH, needs_milvus

ODD = 'pa"per\\ 研究'  # a catalog may name a document so
ENTRIES = [
    Entry("p1", "plan", ["养老", "服务", "养老"]),
    Entry("p2", "plan", ["托育", "服务"]),
    Entry("q1", ODD, ["养老", "产业", "建议", "规划:", '"AND('] * 20),
    Entry("q2", ODD, []),
]
ROWS = np.array([[1, 0], [0.6, 0.8], [0, 1], [0, 0]], dtype=np.float32)
EAST = np.array([1, 0], dtype=np.float32)


def portions(entries: list[Entry], rows: Vectors) -> Portions:
    def walk() -> Iterator[tuple[list[Entry], Vectors]]:
        for at in range(len(entries)):
            yield entries[at : at + 1], rows[at : at + 1]

    return walk


def made(kind: str, folder: Path) -> Engine:
    """An empty engine in `folder`, which is named by the test alone."""
    home = folder / "home"
    (home / "000001").mkdir(parents=True)
    (home / "ID").write_text("0123456789ab\n", "ascii")
    generation = Generation(home / "000001")
    if kind == "embedded":
        return EmbeddedEngine.create(generation, "", len(ENTRIES))
    from index.milvus import MilvusEngine

    settings = Settings(milvus_url=str(folder / "lite.db"))
    return MilvusEngine.create(generation, settings, len(ENTRIES), 2)


def filled(kind: str, folder: Path) -> Engine:
    engine = made(kind, folder)
    engine.add(portions(ENTRIES, ROWS), lambda _: None)
    return engine


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    return filled(request.param, tmp_path)


def test_words_best_first_and_only_what_matches(engine: Engine) -> None:
    found = engine.by_words({"养老": 1.0}, 10)
    assert set(found) == {"p1", "q1"}
    assert list(found.values()) == sorted(found.values(), reverse=True)
    assert min(found.values()) > 0
    assert engine.by_words({"没有": 1.0}, 10) == {}
    assert engine.by_words({}, 10) == engine.by_words({"养老": 1.0}, 0) == {}


def test_weights_count(engine: Engine) -> None:
    light = engine.by_words({"服务": 1.0, "托育": 0.1}, 10)
    heavy = engine.by_words({"服务": 1.0, "托育": 5.0}, 10)
    assert heavy["p2"] > light["p2"]
    assert heavy["p1"] == pytest.approx(light["p1"])
    twice = engine.by_words({"服务": 2.0}, 10)
    assert twice["p1"] == pytest.approx(2 * light["p1"])


def test_terms_are_taken_literally(engine: Engine) -> None:
    assert set(engine.by_words({"规划:": 1.0}, 10)) == {"q1"}
    assert set(engine.by_words({'"AND(': 1.0}, 10)) == {"q1"}


def test_filters_leave_the_scores_as_they_are(engine: Engine) -> None:
    every = engine.by_words({"养老": 1.0}, 10)
    assert engine.by_words({"养老": 1.0}, 10, [ODD]) == {"q1": pytest.approx(every["q1"])}
    assert engine.by_words({"养老": 1.0}, 10, ["plan", ODD]) == pytest.approx(every)
    assert engine.by_words({"养老": 1.0}, 10, []) == {}
    assert engine.by_words({"养老": 1.0}, 10, ["unknown"]) == {}
    assert engine.word_scores({"养老": 1.0}, ["q1", "p2"]) == {"q1": pytest.approx(every["q1"])}
    assert engine.word_scores({"养老": 1.0}, []) == {}


def test_cosines_best_first_under_a_filter_and_past_the_end(engine: Engine) -> None:
    found = engine.by_vector(EAST, 2)
    assert found == {"p1": pytest.approx(1, abs=1e-6), "p2": pytest.approx(0.6, abs=1e-6)}
    assert list(found) == ["p1", "p2"]
    assert set(engine.by_vector(EAST, 50, [ODD])) == {"q1", "q2"}
    assert engine.by_vector(EAST, 50, []) == engine.by_vector(EAST, 0) == {}
    assert engine.by_vector(np.zeros(2, dtype=np.float32), 3) == {}


def test_counts_and_frequencies(engine: Engine) -> None:
    assert engine.count() == 4
    assert [engine.frequency(t) for t in ("养老", "托育", "没有")] == [2, 1, 0]


def test_adding_and_removing_later(engine: Engine) -> None:
    engine.remove("plan")
    assert engine.count() == 2
    engine.add(portions([Entry("r1", "report", ["养老"])], ROWS[:1]), lambda _: None)
    assert engine.count() == 3
    assert set(engine.by_words({"养老": 1.0}, 10)) == {"q1", "r1"}
    assert set(engine.by_vector(EAST, 50)) == {"q1", "q2", "r1"}


@pytest.mark.parametrize("kind", BOTH)
def test_each_passage_is_told_once(kind: str, tmp_path: Path) -> None:
    told: list[int] = []
    made(kind, tmp_path).add(portions(ENTRIES, ROWS), told.append)
    assert told == [1, 1, 1, 1]


@needs_milvus
def test_both_give_the_same_scores(tmp_path: Path) -> None:
    numbers = np.random.default_rng(7)
    words = [f"词{n}" for n in range(40)]
    lengths = numbers.integers(1, 300, 60)
    entries = [
        Entry(f"p{n}", f"d{n % 3}", [words[int(40 * x**2)] for x in numbers.random(length)])
        for n, length in enumerate(lengths)
    ]
    rows = numbers.normal(size=(60, 2)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    first, second = (made(kind, tmp_path / kind) for kind in ("embedded", "milvus"))
    for engine in (first, second):
        engine.add(portions(entries, rows), lambda _: None)
    for at in range(0, 40, 5):
        asked = {word: 0.5 + n for n, word in enumerate(words[at : at + 5])}
        for doc_ids in (None, ["d1"]):
            assert second.by_words(asked, 60, doc_ids) == pytest.approx(
                first.by_words(asked, 60, doc_ids), rel=1e-5
            )
            assert second.by_vector(rows[at], 60, doc_ids) == pytest.approx(
                first.by_vector(rows[at], 60, doc_ids), abs=1e-5
            )
    assert [first.frequency(w) for w in words] == [second.frequency(w) for w in words]


@needs_milvus
def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    from index.milvus import connected

    with pytest.raises(IndexUnusable, match="MILVUS_URL") as told:
        connected(Settings(milvus_url="http://name:word@127.0.0.1:9", milvus_token="a:b"))
    assert "word" not in str(told.value) and "a:b" not in str(told.value)


def test_lengths_are_kept_as_one_byte_keeps_them() -> None:
    assert [kept_length(n) for n in (0, 23, 24, 40, 41, 55, 56, 59, 168)] == [
        0, 23, 24, 40, 40, 54, 56, 56, 168,
    ]  # fmt: skip


@pytest.fixture
def statistics() -> Callable[..., Statistics]:
    def counted(*passages: list[str]) -> Statistics:
        tally = Tally(Statistics.none())
        for terms in passages:
            tally.add(terms)
        return tally.finish()

    return counted


def test_statistics_are_the_same_counted_at_once_or_in_parts(
    statistics: Callable[..., Statistics], tmp_path: Path
) -> None:
    at_once = statistics(["甲", "乙", "甲"], ["乙"], [])
    statistics(["甲", "乙", "甲"]).write(tmp_path / "terms.npy")
    later = Tally(Statistics.read(tmp_path / "terms.npy"))
    later.add(["乙"])
    later.add([])
    in_parts = later.finish()
    assert (at_once.passages, at_once.length) == (in_parts.passages, in_parts.length) == (3, 4)
    assert [at_once.frequency(t) for t in "甲乙丙"] == [1, 2, 0]
    assert [in_parts.frequency(t) for t in "甲乙丙"] == [1, 2, 0]


def test_torn_statistics_are_broken(statistics: Callable[..., Statistics], tmp_path: Path) -> None:
    path = tmp_path / "terms.npy"
    statistics(["甲"], ["乙"]).write(path)
    for torn in (path.read_bytes()[:-9], b"", b"no numbers"):
        path.write_bytes(torn)
        with pytest.raises(EngineBroken):
            Statistics.read(path)
    path.unlink()
    with pytest.raises(EngineBroken):
        Statistics.read(path)
