"""Fits the weights of assistant/candidates.py and assistant/refusal.py on the dev cases.

    python -m training.reader --docs DIR      prints the cross-validated figures and the weights

Never imported at run time. Candidates: the pieces of a case that hold one of its facts inside a gold
section are right; weights by listwise softmax with an L2 penalty. Refusal: every answerable case is
also asked with its own sections taken out; logistic regression.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant, Turn, open_assistant
from assistant.candidates import FEATURES, WEIGHTS, Candidate
from assistant.facets import facets
from assistant.language import read
from assistant.question import analyse
from assistant.reader import is_single_fact, of_type
from assistant.refusal import conflict
from assistant.refusal import features as doubts
from assistant.scope import scope
from assistant.standalone import standalone_question
from eval.cases import load
from eval.places import same_place
from eval.records import Case
from eval.text import fold, stands_in

Matrix = NDArray[np.float64]
FOLDS = 5
# Cases asked with their sections taken out often have an answer elsewhere: they count less.
REMOVED_WEIGHT, REFUSED_WEIGHT = 0.3, 3.0


@dataclass(frozen=True)
class Ranking:
    """The candidates of one part of a case: features, and how right each is."""

    features: Matrix
    right: NDArray[np.float64]


def main() -> None:
    """Prints both fits."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--docs", type=Path, required=True)
    given = parser.parse_args()
    assistant = open_assistant(given.docs)
    cases = [c for c in load() if c.split == "dev"]
    _ranker(assistant, cases)
    _refusal(assistant, cases)


def _ranker(assistant: Assistant, cases: Sequence[Case]) -> None:
    rankings = [r for case in cases for r in _rankings(assistant, case)]
    order = np.random.default_rng(0).permutation(len(rankings))
    tops = []
    for fold_ids in np.array_split(order, FOLDS):
        held = set(fold_ids.tolist())
        weights = _listwise([rankings[i] for i in order if i not in held])
        tops += [_top(rankings[i], weights) for i in fold_ids]
    shipped = np.mean([_top(r, WEIGHTS.astype(float)) for r in rankings])
    print(
        f"rankings {len(rankings)}; right piece first: shipped {shipped:.3f}, "
        f"cross-validated {np.mean(tops):.3f}"
    )
    fitted = _listwise(rankings)
    for name, weight in zip(FEATURES, fitted, strict=True):
        print(f"  {name:18s} {weight:7.3f}")


def _rankings(assistant: Assistant, case: Case) -> list[Ranking]:
    if case.expect not in {"answer", "correct"} or not case.must:
        return []
    clerk = assistant.clerk
    turns = [Turn(*t) for t in case.history]
    text = standalone_question(read(case.question).text, turns, clerk.words.similar)
    question = analyse(text)
    found = []
    for part in facets(question, scope(question, clerk.scopes), clerk.scopes):
        hits = clerk._search(part.question, part.doc_ids)
        candidates = clerk._candidates(part.question, hits)
        right = np.array([_right(c, case) for c in candidates])
        if right.any():
            features = np.stack([c.features for c in candidates]).astype(float)
            found.append(Ranking(features, right / right.sum()))
    return found


def _right(candidate: Candidate, case: Case) -> float:
    passage = candidate.passage
    places = (*case.gold, *case.also_ok)
    if not any(same_place(g, passage.doc_id, passage.heading_path) for g in places):
        return 0.0
    row = passage.row
    text = fold(candidate.piece.text if row is None else f"{row.text}{row.label}")
    return sum(any(stands_in(a, text) for a in fact) for fact in case.must) / len(case.must)


def _top(ranking: Ranking, weights: Matrix) -> bool:
    return bool(ranking.right[int(np.argmax(ranking.features @ weights))] > 0)


def _listwise(rankings: Sequence[Ranking], steps: int = 300, rate: float = 0.05) -> Matrix:
    spread = np.concatenate([r.features for r in rankings]).std(axis=0) + 1e-6
    weights = np.full(len(FEATURES), 0.1)
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        gradient = 0.02 * weights
        for ranking in rankings:
            scaled = ranking.features / spread
            scores = scaled @ weights
            chances = np.exp(scores - scores.max())
            gradient += scaled.T @ (chances / chances.sum() - ranking.right) / len(rankings)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        unbiased = np.sqrt(second / (1 - 0.999**step)) + 1e-8
        weights -= rate * (first / (1 - 0.9**step)) / unbiased
    return weights / spread


def _refusal(assistant: Assistant, cases: Sequence[Case]) -> None:
    rows: list[tuple[dict[str, float], bool, bool]] = []
    for case in cases:
        if case.history or case.group == "navigation":
            continue
        refuse = case.expect == "refuse"
        if found := _doubts(assistant, case, without_gold=False):
            rows.append((found, refuse, True))
        if not refuse and (found := _doubts(assistant, case, without_gold=True)):
            rows.append((found, True, False))
    for fact in (True, False):
        chosen = [r for r in rows if bool(r[0]["fact"]) == fact]
        _print_refusal("fact" if fact else "other", chosen)


def _print_refusal(name: str, rows: Sequence[tuple[dict[str, float], bool, bool]]) -> None:
    names = [n for n in rows[0][0] if n not in {"fact", "conflict"}]
    x = np.array([[r[0][n] for n in names] for r in rows])
    y = np.array([r[1] for r in rows], dtype=float)
    real = np.array([r[2] for r in rows])
    plain = np.array([r[0]["conflict"] > 0 for r in rows])
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    z = np.c_[(x - mean) / spread, np.ones(len(x))]
    counts = np.where(y == 0, 1.0, np.where(real, REFUSED_WEIGHT, REMOVED_WEIGHT))
    counts = np.where(plain, 0.0, counts)  # a plain conflict refuses without being weighed
    order, held_out = np.random.default_rng(0).permutation(len(y)), np.zeros(len(y))
    for fold_ids in np.array_split(order, 2 * FOLDS):
        kept = np.setdiff1d(order, fold_ids)
        held_out[fold_ids] = z[fold_ids] @ _logistic(z[kept], y[kept], counts[kept])
    print(
        f"refusal, {name}: {int(y[real].sum())} to refuse, {int((y == 0).sum())} to answer; "
        f"plain conflicts {int(plain[(y == 1) & real].sum())} and {int(plain[y == 0].sum())}"
    )
    for limit in np.arange(-0.5, 3.6, 0.5):
        refused = (held_out > limit) | plain
        wrong, right = refused[y == 0].mean(), refused[(y == 1) & real].mean()
        print(f"  limit {limit:4.1f}: refused wrongly {wrong:.3f}, rightly {right:.3f}")
    weights = _logistic(z, y, counts)
    for n, m, s, w in zip(names, mean, spread, weights, strict=False):
        print(f'    "{n}": ({m:.3f}, {s:.3f}, {w:.3f}),')
    print(f"    bias {weights[-1]:.3f}")


def _doubts(assistant: Assistant, case: Case, without_gold: bool) -> dict[str, float] | None:
    clerk = assistant.clerk
    question = analyse(read(case.question).text)
    allowed = scope(question, clerk.scopes)
    part = facets(question, allowed, clerk.scopes)[0]
    hits = clerk._search(part.question, part.doc_ids)
    if without_gold:
        places = (*case.gold, *case.also_ok)
        hits = [
            h
            for h in hits
            if not any(same_place(g, h.passage.doc_id, h.passage.heading_path) for g in places)
        ]
    candidates = of_type(part.question, clerk._candidates(part.question, hits))
    if not candidates:
        return None
    terms, fact = clerk._terms(part.question), is_single_fact(part.question)
    about = next(s for s in clerk.scopes if s.doc.doc_id == candidates[0].passage.doc_id)
    plain = conflict(part.question, candidates[0], allowed, about.period, about.places, fact)
    found = doubts(part.question, terms, clerk.words, candidates[0])
    return found | {"fact": float(fact), "conflict": float(bool(plain))}


def _logistic(z: Matrix, y: Matrix, counts: Matrix, penalty: float = 1.0) -> Matrix:
    weights = np.zeros(z.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-z @ weights))
        gradient = z.T @ (counts * (chance - y)) + penalty * weights
        curve = (z * (counts * chance * (1 - chance))[:, None]).T @ z
        weights -= np.linalg.solve(curve + penalty * np.eye(len(weights)), gradient)
    return weights


if __name__ == "__main__":
    main()
