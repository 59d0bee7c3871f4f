"""Fits when to refuse: logistic regression over the doubt's features (assistant/refusal.py).

To be refused: the development cases that say so, the near misses written on the provinces' reports,
and every answerable question asked once more with what answers it taken away (those often have an
answer elsewhere and count less).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Candidate
from assistant.conflicts import conflict
from assistant.reader import is_single_fact, of_type
from assistant.refusal import features
from training.rankings import Example, folds

Matrix = NDArray[np.float64]
FOLDS = 10
REMOVED, REFUSED = 0.1, 3.0  # what one counts for, an answerable one being 1
# A question on the reports against one of our cases: alone neither carries over to the other.
OF_REPORTS = 0.1
_NOT_REFUSED = frozenset({"navigation", "follow-up"})


@dataclass(frozen=True)
class Row:
    """One question's doubts; `real`: asked as written, nothing taken away."""

    features: dict[str, float]
    refuse: bool
    real: bool
    fact: bool
    plain: bool  # refused by a plain conflict, without being weighed
    group: str
    together: str


def rows(example: Example) -> list[Row]:
    """The question as asked and, where it has an answer, with that taken away."""
    if example.group in _NOT_REFUSED or not example.candidates:
        return []
    found = [_row(example, example.candidates, example.to_refuse, real=True)]
    if not example.to_refuse and example.near.any():
        gone = {
            (c.passage.doc_id, c.passage.heading_path, c.passage.lead or c.passage.passage_id)
            for c, hit in zip(example.candidates, example.near | (example.right > 0), strict=True)
            if hit
        }
        rest = [
            c
            for c in example.candidates
            if (c.passage.doc_id, c.passage.heading_path, c.passage.lead or c.passage.passage_id)
            not in gone
        ]
        if rest:
            found.append(_row(example, rest, refuse=True, real=False))
    return found


def _row(example: Example, candidates: Sequence[Candidate], refuse: bool, real: bool) -> Row:
    clerk, question = example.assistant.clerk, example.question
    best = of_type(question, candidates)[0]
    fact = is_single_fact(question)
    about = next(s for s in clerk.scopes if s.doc.doc_id == best.passage.doc_id)
    terms = clerk._terms(question)
    plain = conflict(
        question, terms, best, candidates, example.scope, about.period, about.places, fact
    )
    found = features(question, terms, clerk.words, best)
    group = "reports" if example.group.startswith("report") else example.group
    return Row(found, refuse, real, fact, bool(plain), group, example.together)


def print_fit(all_rows: Sequence[Row]) -> None:
    """The held-out figures and the weights, for questions that ask one fact and for the others."""
    for name, fact in (("fact", True), ("other", False)):
        _print(name, [r for r in all_rows if r.fact == fact])


def _print(name: str, chosen: Sequence[Row]) -> None:
    names = list(chosen[0].features)
    report = np.array([r.group == "reports" for r in chosen])
    x = np.array([[r.features[n] for n in names] for r in chosen])
    refuse = np.array([r.refuse for r in chosen])
    real, plain = (np.array([getattr(r, kind) for r in chosen]) for kind in ("real", "plain"))
    mean, spread = x[~report].mean(axis=0), x[~report].std(axis=0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    counts = np.where(refuse, np.where(real, REFUSED, REMOVED), 1.0) * ~plain
    counts *= np.where(report, OF_REPORTS, 1.0)
    fold = folds([r.together for r in chosen], FOLDS)
    held = np.zeros(len(x))
    for n in range(FOLDS):
        kept = fold != n
        held[~kept] = z[~kept] @ _logistic(z[kept], refuse[kept], counts[kept])
    print(f"refusal, {name}")
    everyday = np.array([r.group == "everyday" for r in chosen])
    for limit in np.arange(-0.5, 3.1, 0.25):
        refused = (held > limit) | plain
        told = [
            f"{label} wrongly {refused[sort & ~refuse & real].mean():.3f}"
            f" rightly {refused[sort & refuse & real].mean():.3f}"
            for label, sort in (("cases", ~report), ("reports", report))
        ]
        wrong = refused[everyday & ~refuse & real].mean()
        print(f"  limit {limit:5.2f}: {', '.join(told)}, everyday wrongly {wrong:.3f}")
    weights = _logistic(z, refuse, counts)
    for feature, m, s, w in zip(names, mean, spread, weights, strict=False):
        print(f'    "{feature}": ({m:.3f}, {s:.3f}, {w:.3f}),')
    print(f"    bias {weights[-1]:.3f}")


def _logistic(z: Matrix, wanted: NDArray[np.bool_], counts: Matrix, penalty: float = 1.0) -> Matrix:
    weights = np.zeros(z.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-z @ weights))
        gradient = z.T @ (counts * (chance - wanted)) + penalty * weights
        curve = (z * (counts * chance * (1 - chance))[:, None]).T @ z
        weights -= np.linalg.solve(curve + penalty * np.eye(len(weights)), gradient)
    return weights
