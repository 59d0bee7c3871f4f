"""Recall and mean reciprocal rank. Knows ranks and right places alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DEEPEST = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 1: questions with a right passage first, among five, among ten; MRR@10."""

    first: float
    five: float
    ten: float
    mrr: float

    def __str__(self) -> str:
        return " ".join(f"{100 * x:5.1f}" for x in (self.first, self.five, self.ten, self.mrr))


def reciprocal_ranks(
    scores: NDArray[np.floating], right: Sequence[frozenset[int]]
) -> NDArray[np.float64]:
    """1 over the rank of each question's first right passage, 0 beyond DEEPEST; ties by place."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :DEEPEST]
    found = np.zeros(len(right))
    for i, (row, places) in enumerate(zip(best, right, strict=True)):
        rank = next((r for r, place in enumerate(row.tolist(), 1) if place in places), 0)
        found[i] = 1 / rank if rank else 0
    return found


def figures(ranks: NDArray[np.float64]) -> Figures:
    """Of reciprocal ranks; a question without a right passage counts as 0."""
    return Figures(
        float((ranks == 1).mean()),
        float((ranks >= 1 / 5).mean()),
        float((ranks > 0).mean()),
        float(ranks.mean()),
    )


def difference(
    one: NDArray[np.float64], other: NDArray[np.float64], draws: int = 2_000
) -> tuple[float, float, float]:
    """Mean of other - one with the bounds of its 95 % bootstrap interval, paired."""
    gaps = other - one
    rng = np.random.default_rng(0)
    means = gaps[rng.integers(0, len(gaps), (draws, len(gaps)))].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(gaps.mean()), float(low), float(high)
