"""python -m training.evaluate [FOLDER ...]: how well a model finds the right passage.

For each held-out set: BM25, the model alone, both fused as the product fuses them; R@1, R@5, R@10
and MRR@10 in per cent. --against FOLDER adds the paired difference of MRR with its 95 % interval,
--speed loading time, time a question and passages a second.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embeddings import SHIPPED, StaticEmbeddings
from index.fusion import CANDIDATES, DENSE_WEIGHT, candidates, fuse
from training import bm25, metrics
from training.heldout import RetrievalSet, all_sets, fields
from training.sources import DATA

SPEED_RUNS = 7
Scores = NDArray[np.float32]
Ranks = dict[str, NDArray[np.float64]]
CHOSEN_ON = ("cmrc", "stard", "reports", "headings")  # the sets a model is chosen by


def fused(lexical: Scores, dense: Scores, weight: float = DENSE_WEIGHT) -> Scores:
    """The product's fusion: the best of each, z-scores added; -inf where in neither."""
    found = np.full(lexical.shape, -np.inf, dtype=np.float32)
    for row, words, vectors in zip(found, lexical, dense, strict=True):
        both = [
            {str(i): float(scores[i]) for i in np.argsort(-scores, kind="stable")[:CANDIDATES]}
            for scores in (words, vectors)
        ]
        ids = candidates(*both)
        places = np.array([int(i) for i in ids])
        exact = [dict(zip(ids, s[places].tolist(), strict=True)) for s in (words, vectors)]
        for name, score in fuse(ids, exact[0], exact[1], weight):
            row[int(name)] = score
    return found


def cosines(model: StaticEmbeddings, asked: RetrievalSet) -> Scores:
    given = model.matrix(list(asked.passages))
    return model.matrix(list(asked.questions)) @ given.T


def measure(
    folder: Path, sets: Sequence[RetrievalSet], lexical: dict[str, Scores], weight: float
) -> Ranks:
    """Reciprocal ranks by 'set alone' and 'set fused'; prints a line each and the means."""
    model, found = StaticEmbeddings(folder), {}
    for asked in sets:
        dense = cosines(model, asked)
        for way, scores in (("alone", dense), ("fused", fused(lexical[asked.name], dense, weight))):
            ranks = metrics.reciprocal_ranks(scores, asked.right)
            found[f"{asked.name} {way}"] = ranks
            print(f"{asked.name:9} {way:6} {metrics.figures(ranks)}", flush=True)
    for way in ("alone", "fused"):
        chosen = [found[f"{s.name} {way}"].mean() for s in sets if s.name in CHOSEN_ON]
        print(f"mean MRR@10 {way} over {', '.join(CHOSEN_ON)}: {100 * np.mean(chosen):.2f}")
    return found


def print_differences(one: Ranks, other: Ranks) -> None:
    for name, ranks in other.items():
        mean, low, high = (100 * x for x in metrics.difference(one[name], ranks))
        print(f"{name:16} {mean:+5.1f} [{low:+.1f}, {high:+.1f}]")


def print_speed(folder: Path, sets: Sequence[RetrievalSet]) -> None:
    """The best of several runs each, for other work on the machine only adds."""
    loading = [_seconds(partial(StaticEmbeddings, folder)) for _ in range(SPEED_RUNS)]
    print(f"loading {min(loading):.3f} s")
    model = StaticEmbeddings(folder)
    for asked in sets:
        if asked.name in ("cmrc", "plan"):
            passages, questions = list(asked.passages), asked.questions[:200]
            whole = [_seconds(partial(model.matrix, passages)) for _ in range(SPEED_RUNS)]
            single = [_seconds(partial(model.embed_query, q)) for q in questions]
            length, rate = statistics.mean(map(len, passages)), len(passages) / min(whole)
            print(
                f"{asked.name}: a question {1000 * statistics.median(single):.3f} ms, "
                f"{rate:,.0f} passages of {length:.0f} characters a second"
            )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.evaluate")
    options.add_argument("folders", nargs="*", type=Path, default=[SHIPPED])
    options.add_argument("--data", type=Path, default=DATA)
    options.add_argument("--against", type=Path, help="a model to compare with")
    options.add_argument("--weight", type=float, default=DENSE_WEIGHT, help="of the vectors")
    options.add_argument("--half", action="store_true", help="the set fields as well")
    options.add_argument("--speed", action="store_true", help="speed alone")
    given = options.parse_args()
    sets = all_sets(given.data) + ([fields()] if given.half else [])
    if given.speed:
        print_speed(given.folders[0], sets)
        return
    lexical = {s.name: bm25.scores(s.questions, s.passages) for s in sets}
    for s in sets:
        ranks = metrics.reciprocal_ranks(lexical[s.name], s.right)
        print(f"{s.name:9} BM25   {metrics.figures(ranks)}  {len(s.questions):5} questions", end="")
        print(f" over {len(s.passages)} passages")
    base = None
    if given.against:
        print(f"\n{given.against}")
        base = measure(given.against, sets, lexical, given.weight)
    for folder in given.folders:
        print(f"\n{folder}")
        found = measure(folder, sets, lexical, given.weight)
        if base is not None:
            print_differences(base, found)


if __name__ == "__main__":
    main()
