from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import candidates, fuse, z_scores

SCORE = st.floats(-100, 100).map(lambda x: round(x, 6))
SCORES = st.dictionaries(st.sampled_from("abcdefgh"), SCORE)


def test_candidates_are_the_union_lexical_first() -> None:
    assert candidates({"b": 2.0, "a": 1.0}, {"c": 0.5, "a": 0.4}) == ["b", "a", "c"]


def test_weight_decides_between_the_two() -> None:
    lexical, dense = {"a": 10.0, "b": 1.0}, {"a": 0.1, "b": 0.9}
    assert fuse("ab", lexical, dense, dense_weight=0.5)[0][0] == "a"
    assert fuse("ab", lexical, dense, dense_weight=2.0)[0][0] == "b"


def test_a_missing_score_counts_as_zero() -> None:
    assert fuse("ab", {"a": 3.0}, {}) == fuse("ab", {"a": 3.0, "b": 0.0}, {"a": 0.0, "b": 0.0})


def test_ties_are_broken_by_id() -> None:
    assert [i for i, _ in fuse("cab", {}, {})] == ["a", "b", "c"]


def test_nothing_gives_nothing() -> None:
    assert fuse([], {}, {}) == []


@given(st.lists(SCORE, min_size=2))
def test_z_scores_have_mean_zero_and_spread_one_or_none(values: list[float]) -> None:
    scores = z_scores(values)
    assert scores.mean() == pytest.approx(0, abs=1e-5)
    spread = float(scores.std())
    assert spread == pytest.approx(1, abs=1e-5) or not scores.any()


@given(SCORES, SCORES)
def test_every_candidate_comes_once_best_first(
    lexical: dict[str, float], dense: dict[str, float]
) -> None:
    fused = fuse(candidates(lexical, dense), lexical, dense)
    assert {i for i, _ in fused} == lexical.keys() | dense.keys()
    assert len(fused) == len(lexical.keys() | dense.keys())
    assert [s for _, s in fused] == sorted((s for _, s in fused), reverse=True)


@given(SCORES, SCORES, st.floats(0.5, 20), st.floats(-50, 50))
def test_only_relations_matter(
    lexical: dict[str, float], dense: dict[str, float], scale: float, shift: float
) -> None:
    ids = candidates(lexical, dense)
    moved = {i: scale * lexical.get(i, 0.0) + shift for i in ids}
    before = dict(fuse(ids, lexical, dense))
    after = dict(fuse(ids, moved, dense))
    spread = np.std([lexical.get(i, 0.0) for i in ids]) if ids else 0
    if spread > 1e-3:
        assert all(after[i] == pytest.approx(before[i], abs=1e-6) for i in ids)
