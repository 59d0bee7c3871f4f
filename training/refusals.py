"""Fits when to refuse: the weights of assistant/data/refusal.json (see assistant/refusal.py).

    python -m training.refusals --docs DIR      prints held-out figures, writes the weights

To be refused: the development cases that say so, the near misses written on the provinces' reports,
questions on what no plan speaks of (off_topic.txt), and every answerable question asked once more
with what answers it taken away (those often have an answer elsewhere and count less). First the
topic, from the question's own vector; then all features, the topic of each by a fit without it.
Never imported at run time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant, open_assistant
from assistant.candidates import Candidate
from assistant.conflicts import conflict
from assistant.question import analyse
from assistant.reader import of_type
from assistant.refusal import features
from assistant.scope import scope
from assistant.single_fact import is_single_fact
from training import rankings, sources
from training.rankings import Example, folds

Matrix = NDArray[np.float64]
WRITTEN = Path(__file__).resolve().parent.parent / "assistant" / "data" / "refusal.json"
OFF_TOPIC = Path(__file__).resolve().parent / "off_topic.txt"
FOLDS = 10
# What one counts for, an answerable case being 1. Of the reports alone neither carries over to us.
REMOVED, REFUSED, OFF, OF_REPORTS = 0.1, 3.0, 0.7, 0.15
TOPIC_OFF, TOPIC_CASE = 3.0, 2.0  # likewise for the topic, a question on a report being 1
FOR_TOPIC = 6  # of the questions that the question model remembers one in so many
PENALTY, FARTHEST, LEAST_SPREAD = 10.0, 4.0, 0.01
_NOT_REFUSED = frozenset({"navigation"})


@dataclass(frozen=True)
class Row:
    """One question's doubts; `kind`: real | removed | off | remembered (tells of topics alone)."""

    features: dict[str, float]
    vector: NDArray[np.float32]
    refuse: bool
    kind: str
    fact: bool
    plain: bool  # refused by a plain conflict, without being weighed
    group: str
    together: str


def rows(example: Example) -> Iterator[Row]:
    """The question as asked and, where it has an answer, with that taken away."""
    if example.group in _NOT_REFUSED or not example.candidates:
        return
    yield _row(example, example.candidates, example.to_refuse, "real")
    if not example.to_refuse and example.near.any():
        found = zip(example.candidates, example.near | (example.right > 0), strict=True)
        gone = {_paragraph(c) for c, hit in found if hit}
        rest = [c for c in example.candidates if _paragraph(c) not in gone]
        if rest:
            yield _row(example, rest, True, "removed")


def off_topic(assistant: Assistant) -> Iterator[Row]:
    """What no plan speaks of, asked of these documents."""
    clerk = assistant.clerk
    for text in OFF_TOPIC.read_text(encoding="utf-8").splitlines():
        question = analyse(text)
        allowed = scope(question, clerk.scopes)
        found = clerk.finder.candidates(question, clerk.finder.search(question, allowed.allowed))
        nothing = np.zeros(len(found))
        example = Example(
            text, "off", True, question, allowed, found, nothing, nothing > 0, assistant
        )
        if found:
            yield _row(example, found, True, "off")


def _paragraph(candidate: Candidate) -> tuple[object, ...]:
    passage = candidate.passage
    return passage.doc_id, passage.heading_path, passage.lead or passage.passage_id


def _row(example: Example, candidates: Sequence[Candidate], refuse: bool, kind: str) -> Row:
    clerk, question = example.assistant.clerk, example.question
    best = of_type(question, candidates)[0]
    fact = is_single_fact(question)
    about = next(s for s in clerk.scopes if s.doc.doc_id == best.passage.doc_id)
    terms = clerk.finder.terms(question)
    plain = conflict(
        question, terms, best, candidates, example.scope, about.period, about.places, fact
    )
    read = clerk.finder.read(question)
    found = features(question, terms, clerk.words, best, fact, read)
    group = "reports" if example.group.startswith("report") else example.group
    return Row(found, read.vector, refuse, kind, fact, bool(plain), group, example.together)


def fit(all_rows: Sequence[Row]) -> dict[str, object]:
    """The weights as they are written; prints what the held-out folds give."""
    fold = folds([r.together for r in all_rows], FOLDS)
    held, topic = _topics(all_rows, fold)
    written: dict[str, object] = {"topic": [round(float(w), 4) for w in topic]}
    for name, fact in (("fact", True), ("other", False)):
        chosen = np.array([r.fact == fact for r in all_rows])
        mine = [r for r in all_rows if r.fact == fact]
        written[name] = _weigh(name, mine, held[chosen], fold[chosen])
    return written


def _topics(all_rows: Sequence[Row], fold: NDArray[np.int_]) -> tuple[Matrix, Matrix]:
    """Each row's topic by a fit without its fold, and the weights of the fit on all."""
    vectors = np.array([[*r.vector, 1.0] for r in all_rows])
    off = np.array([r.kind == "off" for r in all_rows])
    counts = np.array([_topic_count(r) for r in all_rows])
    scale = np.append(np.full(vectors.shape[1] - 1, 4.0), 1.0)
    held = np.zeros(len(all_rows))
    for n in range(FOLDS):
        kept = (fold != n) & (counts > 0)
        weights = _logistic(vectors[kept] * scale, off[kept], counts[kept], 1.0)
        held[fold == n] = vectors[fold == n] * scale @ weights
    kept = counts > 0
    return held, scale * _logistic(vectors[kept] * scale, off[kept], counts[kept], 1.0)


def _topic_count(row: Row) -> float:
    if row.kind == "off":
        return TOPIC_OFF
    if row.kind not in ("real", "remembered") or row.refuse:
        return 0.0
    return 1.0 if row.group == "reports" else TOPIC_CASE


def _weigh(
    name: str, chosen: Sequence[Row], topic: Matrix, fold: NDArray[np.int_]
) -> dict[str, object]:
    names = [*chosen[0].features, "topic"]
    x = np.array([list(r.features.values()) for r in chosen])
    x = np.c_[x, topic]
    refuse, plain = (np.array([getattr(r, kind) for r in chosen]) for kind in ("refuse", "plain"))
    report = np.array([r.group == "reports" for r in chosen])
    real = np.array([r.kind == "real" for r in chosen])
    own = real & ~report
    mean, spread = x[own].mean(axis=0), x[own].std(axis=0) + 1e-6
    off = (x - mean) / spread * (spread > LEAST_SPREAD)
    z = np.c_[np.clip(off, -FARTHEST, FARTHEST), np.ones(len(x))]
    kinds = {"real": 1.0, "removed": REMOVED, "off": OFF, "remembered": 0.0}
    counts = np.array([kinds[r.kind] for r in chosen]) * np.where(real & refuse, REFUSED, 1.0)
    counts *= ~plain * np.where(report, OF_REPORTS, 1.0)
    held = np.zeros(len(x))
    for n in range(FOLDS):
        kept = fold != n
        held[~kept] = z[~kept] @ _logistic(z[kept], refuse[kept], counts[kept], PENALTY)
    groups = np.array([r.group for r in chosen])
    _print(name, held, plain, refuse, real, report, groups)
    weights = _logistic(z, refuse, counts, PENALTY)
    each = zip(names, mean, spread, weights, strict=False)
    # What never varies among our cases (who is asked, where no single fact is) can't be weighed.
    table = {n: [round(float(v), 4) for v in (m, s, w)] for n, m, s, w in each if s > LEAST_SPREAD}
    return {"bias": round(float(weights[-1]), 4), "features": table}


def _print(
    name: str,
    held: Matrix,
    plain: NDArray[np.bool_],
    refuse: NDArray[np.bool_],
    real: NDArray[np.bool_],
    report: NDArray[np.bool_],
    groups: NDArray[np.str_],
) -> None:
    print(f"refusal, {name}")
    everyday = groups == "everyday"
    for limit in np.arange(-1.0, 4.1, 0.25):
        refused = (held > limit) | plain
        told = [
            f"{label} wrongly {refused[sort & ~refuse & real].mean():.3f}"
            f" rightly {refused[sort & refuse & real].mean():.3f}"
            for label, sort in (("cases", ~report), ("reports", report))
        ]
        wrong = refused[everyday & ~refuse & real].mean()
        off = refused[groups == "off"].mean()
        print(
            f"  limit {limit:5.2f}: {', '.join(told)}, everyday wrongly {wrong:.3f}, off {off:.3f}"
        )


def _logistic(z: Matrix, wanted: NDArray[np.bool_], counts: Matrix, penalty: float) -> Matrix:
    """Newton's method; the last column is the constant, which is not drawn to zero."""
    weights = np.zeros(z.shape[1])
    drawn = np.diag([*np.full(z.shape[1] - 1, penalty), 0.01])
    for _ in range(15):
        chance = 1 / (1 + np.exp(-np.clip(z @ weights, -30, 30)))
        gradient = z.T @ (counts * (chance - wanted)) + drawn @ weights
        curve = (z * (counts * np.maximum(chance * (1 - chance), 1e-4))[:, None]).T @ z
        weights -= np.linalg.solve(curve + drawn, gradient)
    return weights


def main() -> None:
    """Reads, fits, writes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--docs", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=sources.DATA)
    given = parser.parse_args()
    assistant = open_assistant(given.docs)
    cases = ((example, False) for example in rankings.of_cases(assistant))
    reports = rankings.of_reports(given.data, every=FOR_TOPIC)
    found = [
        replace(row, kind="remembered") if remembered else row
        for example, remembered in chain(cases, reports)
        for row in rows(example)
    ]
    weights = fit([*found, *off_topic(assistant)])
    WRITTEN.write_text(json.dumps(weights, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"written: {WRITTEN}")


if __name__ == "__main__":
    main()
