"""What eval/bench.py times in a process of its own: one build, or the answers on one index.

Run as `python -m eval.timing build|answer DOCS`, or `users DOCS N…`; prints one JSON object. Nothing here judges.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from eval import answers
from eval.cases import CaseError, load, select
from eval.records import Case
from index.library import Library

_CROWD_CASES = 300  # asked by each crowd together
_WARM_UP = 20  # questions before the clock counts: the first ones fill the library's caches


def build_seconds(docs: Path) -> float:
    """Seconds of one build of the folder, imports aside."""
    from index.build import build  # its imports are no part of the build

    start = time.perf_counter()
    build(docs)
    return time.perf_counter() - start


def answer_seconds(docs: Path) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each answer to the seen cases, after a warm-up, processor seconds of each, and those
    of one search for each.

    Processor seconds hardly depend on what else the machine does. A case that raises is left out.
    """
    from assistant import open_assistant

    assistant = open_assistant(docs)
    cases = select(load(), split="dev")
    for case in cases[:_WARM_UP]:
        answers.ask(assistant, case)
    seconds: list[float] = []
    processor: list[float] = []
    for case in cases:
        begin = time.process_time()
        reply = answers.ask(assistant, case)
        if reply.seconds is not None:
            seconds.append(reply.seconds)
            processor.append(time.process_time() - begin)
    if not seconds:
        raise CaseError("没有一题得到答案，无法计时。")
    return seconds, processor, [_search_seconds(assistant.library, c.question) for c in cases]


def _search_seconds(library: Library, question: str) -> float:
    begin = time.process_time()
    library.search(question)
    return time.process_time() - begin


def crowd_seconds(docs: Path, crowds: Sequence[int]) -> dict[int, list[float]]:
    """For each number of users the seconds of every answer while all of them ask without a pause."""
    from assistant import open_assistant

    assistant = open_assistant(docs)
    cases = select(load(), split="dev")[:_CROWD_CASES]

    def one(case: Case) -> float:
        start = time.perf_counter()
        answers.ask(assistant, case)
        return time.perf_counter() - start

    for case in cases[:_WARM_UP]:
        one(case)
    found = {}
    for users in crowds:
        with ThreadPoolExecutor(users) as pool:
            found[users] = list(pool.map(one, cases))
    return found


def main(arguments: list[str]) -> int:
    """The measurements, as JSON on stdout."""
    task, docs = arguments[0], Path(arguments[1])
    if task == "build":
        print(json.dumps({"seconds": build_seconds(docs)}))
        return 0
    if task == "users":
        crowds = crowd_seconds(docs, [int(n) for n in arguments[2:]])
        print(json.dumps({n: float(np.percentile(s, 95)) for n, s in crowds.items()}))
        return 0
    seconds, processor, searches = answer_seconds(docs)
    p50, p95 = np.percentile(seconds, [50, 95])
    found = {"n": len(seconds), "p50": p50, "p95": p95, "cpu95": np.percentile(processor, 95)}
    found["search95"] = np.percentile(searches, 95)
    print(json.dumps({name: float(value) for name, value in found.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
