from __future__ import annotations

import gc
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexUnusable
from index.vectors import ADDED_AT_ONCE, VectorIndex, VectorIndexBroken, embedded, served

ROWS = np.array([[1, 0], [0.6, 0.8], [0, 1], [0, 0]], dtype=np.float32)
IDS, DOC_IDS = ["p1", "p2", "q1", "q2"], ["plan", "plan", "paper", "paper"]
EAST = np.array([1, 0], dtype=np.float32)


@pytest.fixture
def vectors(tmp_path: Path) -> VectorIndex:
    index = VectorIndex(embedded(tmp_path), "passages", expected=len(IDS))
    index.add(IDS, DOC_IDS, ROWS)
    return index


def test_cosines_best_first(vectors: VectorIndex) -> None:
    found = vectors.search(EAST, 2)
    assert found == {"p1": pytest.approx(1, abs=1e-6), "p2": pytest.approx(0.6, abs=1e-6)}
    assert list(found) == ["p1", "p2"]


def test_the_filter_and_a_limit_past_the_end(vectors: VectorIndex) -> None:
    assert set(vectors.search(EAST, 50, ["paper"])) == {"q1", "q2"}
    assert vectors.search(EAST, 50, []) == {}


def test_a_zero_query_is_like_nothing(vectors: VectorIndex) -> None:
    assert vectors.search(np.zeros(2, dtype=np.float32), 3) == {}


def test_adding_twice_changes_nothing_and_removing_takes_a_document_out(
    vectors: VectorIndex,
) -> None:
    vectors.add(IDS, DOC_IDS, ROWS)
    assert vectors.count() == 4
    vectors.remove("plan")
    assert set(vectors.search(EAST, 50)) == {"q1", "q2"}


def test_more_than_one_batch(tmp_path: Path) -> None:
    many = ADDED_AT_ONCE + 3
    index = VectorIndex(embedded(tmp_path), "passages", expected=many)
    rows = np.stack([np.cos(np.arange(many)), np.sin(np.arange(many))], axis=1)
    index.add([f"p{i}" for i in range(many)], ["plan"] * many, rows.astype(np.float32))
    assert index.count() == many


def test_what_nobody_has_any_more_is_closed_by_the_next_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = embedded(tmp_path / "one")
    closed: list[object] = []
    monkeypatch.setattr(type(client), "close", lambda own: closed.append(own))
    index = VectorIndex(client, "passages", expected=1)
    VectorIndex(embedded(tmp_path / "other"), "passages", expected=1)
    assert client not in closed
    assert index.count() == 0
    del index
    gc.collect()
    VectorIndex(embedded(tmp_path / "third"), "passages", expected=1)
    assert client in closed


def test_a_missing_collection_is_broken_and_making_it_again_empties_it(
    vectors: VectorIndex, tmp_path: Path
) -> None:
    with pytest.raises(VectorIndexBroken):
        VectorIndex(embedded(tmp_path), "another")
    assert VectorIndex(embedded(tmp_path), "passages", expected=0).count() == 0


def test_a_folder_that_could_not_be_opened_can_be_later(tmp_path: Path) -> None:
    (tmp_path / "vectors").write_text("in the way")
    with pytest.raises(VectorIndexBroken):
        embedded(tmp_path / "vectors")
    (tmp_path / "vectors").unlink()
    assert VectorIndex(embedded(tmp_path / "vectors"), "passages", expected=0).count() == 0


def test_a_server_that_does_not_answer_is_named() -> None:
    with pytest.raises(IndexUnusable, match="CHROMA_URL"):
        served("http://127.0.0.1:9", 1.0)


def test_a_small_graph_is_walked_whole(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    near = np.repeat(chance.normal(size=(9, 64)), 100, axis=0)  # groups hard to come from and to
    rows = (near + 0.05 * chance.normal(size=near.shape)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index = VectorIndex(embedded(tmp_path), "passages", len(rows))
    index.add([f"{n}" for n in range(len(rows))], ["d"] * len(rows), rows)
    for row in rows[::20]:
        nearest = np.argsort(-(rows @ row))[:150]
        assert set(index.search(row, 150)) == {f"{n}" for n in nearest}
    index.close()
