"""Fits the weights of assistant/features.py.

    python -m training.reader --docs DIR      prints the cross-validated figures and the weights

Never imported at run time. Candidates: a straight line over the features, by listwise softmax with an
L2 penalty, on the development cases and the questions on the held provinces' reports: the others
taught the question model, whose features would look better on them than they are. When to refuse
is fitted after it (training/refusals.py). Folds keep the parts of a question, and a province's questions, together.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import open_assistant
from assistant.features import FEATURES, WEIGHTS
from training import rankings, sources
from training.rankings import Example

Matrix = NDArray[np.float64]
FOLDS = 5
# Candidates looked at, the best by the weights in force: the rest teach nothing.
KEPT = 40
# A question on our own documents counts as much as three on the reports: those have no tables.
CASE_WEIGHT = 3.0
# Never to count against a piece, whatever goes together with them.
NEVER_NEGATIVE = ("label", "lead", "coverage")
PENALTY = 0.01


def main() -> None:
    """Prints the fit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=sources.DATA)
    given = parser.parse_args()
    cases = rankings.of_cases(open_assistant(given.docs))
    reports = (example for example, _ in rankings.of_reports(given.data))
    lists = [found for example in chain(cases, reports) if (found := _list(example)) is not None]
    _ranker(lists)


class _List:
    """One question's candidates: features, what a ranker should say, group and fold."""

    def __init__(self, example: Example, target: Matrix) -> None:
        features = np.stack([c.features for c in example.candidates]).astype(float)
        best = np.argsort(-(features @ WEIGHTS))[:KEPT]
        self.features, self.target = features[best], target[best]
        self.right, self.near = example.right[best] > 0, example.near[best]
        self.of_report = example.group.startswith("report")
        self.group = "reports" if self.of_report else example.group
        self.together = example.together


def _list(example: Example) -> _List | None:
    target = example.target
    found = _List(example, target) if target is not None else None
    return found if found is not None and found.target.any() else None


def _ranker(lists: Sequence[_List]) -> None:
    fold = rankings.folds([x.together for x in lists], FOLDS)
    held = np.zeros((len(lists), len(FEATURES)))
    for n in range(FOLDS):
        weights = _listwise([x for x, own in zip(lists, fold, strict=True) if own != n])
        held[fold == n] = weights
    shipped = np.tile(WEIGHTS.astype(float), (len(lists), 1))
    for name, group in (("everyday", {"everyday"}), ("reports", {"reports"}), ("other", None)):
        chosen = [i for i, x in enumerate(lists) if _in(x.group, group)]
        for kind, weights in (("shipped", shipped), ("held out", held)):
            right = np.mean([_first(lists[i], weights[i], "right") for i in chosen])
            near = np.mean([_first(lists[i], weights[i], "near") for i in chosen])
            print(f"{name:9s} {len(chosen):5d} {kind:9s} piece {right:.3f} paragraph {near:.3f}")
    for feature, weight in zip(FEATURES, _listwise(lists), strict=True):
        print(f'    "{feature}": {weight:.2f},')


def _in(group: str, wanted: set[str] | None) -> bool:
    return group in wanted if wanted else group not in {"everyday", "reports"}


def _first(found: _List, weights: Matrix, kind: str) -> bool:
    best = int(np.argmax(found.features @ weights))
    return bool((found.right if kind == "right" else found.near)[best])


def _listwise(lists: Sequence[_List], steps: int = 300, rate: float = 0.05) -> Matrix:
    """Weights by Adam on the cross entropy of the softmax over each list."""
    flat = np.concatenate([x.features for x in lists])
    mean, spread = flat.mean(axis=0), flat.std(axis=0) + 1e-6
    scaled = np.zeros((len(lists), KEPT, len(FEATURES)), dtype=np.float32)
    wanted = np.zeros((len(lists), KEPT), dtype=np.float32)
    absent = np.full((len(lists), KEPT), -1e9, dtype=np.float32)
    for n, x in enumerate(lists):
        size = len(x.features)
        scaled[n, :size] = (x.features - mean) / spread
        wanted[n, :size], absent[n, :size] = x.target / x.target.sum(), 0
    counts = np.array([1.0 if x.of_report else CASE_WEIGHT for x in lists])
    counts /= counts.sum()
    weights = np.full(len(FEATURES), 0.1)
    never = [FEATURES.index(name) for name in NEVER_NEGATIVE]
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        scores = scaled @ weights.astype(np.float32) + absent
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        off = (chances / chances.sum(axis=1, keepdims=True) - wanted) * counts[:, None]
        gradient = np.tensordot(off, scaled, axes=2) + 2 * PENALTY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        unbiased = np.sqrt(second / (1 - 0.999**step)) + 1e-8
        weights -= rate * (first / (1 - 0.9**step)) / unbiased
        weights[never] = np.maximum(weights[never], 0)
    return weights / spread


if __name__ == "__main__":
    main()
