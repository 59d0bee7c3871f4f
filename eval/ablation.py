"""What each part of the default mode is worth: the figures without it, one part at a time.

    python -m eval.ablation [--docs DIR] [--cases FILE…] [--only GROUP] [--split dev|unseen]

A part is taken out by putting in its place what does nothing; no weight is fitted anew without it.
Prints a table; writes nothing. Knows the assistant's parts by name, so a part that is renamed makes
it fail rather than measure nothing.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from unittest.mock import patch

import numpy as np
from tqdm import tqdm

from assistant import clerk, features, reader, tabled
from assistant.facets import Facet
from assistant.finder import Finder
from assistant.refusal import Doubt
from eval.answers import Assistant
from eval.asking import replies
from eval.console import shown, table
from eval.figures import BY_KEY, OVERALL, summarise
from eval.flow import chosen, grade_all
from eval.options import Options, parse
from eval.records import Case, Mean
from index import library
from index.errors import UserError

_SHOWN = ("all_facts", "citation_recall", "citation_precision", "refusal", "length")
Patch = AbstractContextManager[Any]


@dataclass(frozen=True, slots=True)
class Without:
    """A part, and how it is taken out of an assistant."""

    label: str
    patches: Callable[[Assistant], Sequence[Patch]]


def _lighter(*names: str) -> Sequence[Patch]:
    """Features of the sentence picker that weigh nothing."""
    weights = features.WEIGHTS.copy()
    for name in names:
        weights[features.FEATURES.index(name)] = 0
    return [patch("assistant.candidates.WEIGHTS", weights)]


def _by_static_words(finder: Finder) -> Callable[[str], Any]:
    """Reads a question by its static words, as if no model had read it and nothing were remembered."""

    in_full = finder._read

    def read(text: str) -> Any:
        vector, words = finder._vector(text), finder.words.sought([text])
        nothing = np.zeros_like(vector)
        return replace(
            in_full(text),
            vector=vector,
            words=words.rows,
            weights=words.shares[0],
            remembered=nothing,
        )

    return read


def _whole(question: Any, allowed: Any, *_: object) -> list[Facet]:
    return [Facet(question, allowed.allowed)]


def _nothing(*_: object, **__: object) -> list[Any]:
    return []


def _unlisted(*finders: str) -> Sequence[Patch]:
    """Finders of lists that find none."""
    return [patch.object(clerk, finder, _nothing) for finder in finders]


PARTS = (
    Without("（全部都在）", lambda a: []),
    Without(
        "问句模型和记得的问答（按词向量读）",
        lambda a: [patch.object(a.clerk.finder, "_read", _by_static_words(a.clerk.finder))],
    ),
    Without("记得的问答", lambda a: _lighter("remembered")),
    Without(
        "俗语词典（同义词表）",
        lambda a: [patch.object(a.clerk.finder, "_matches", _nothing), *_lighter("soft_official")],
    ),
    Without(
        "逐词近似",
        lambda a: _lighter("soft", "soft_context", "soft_words", "soft_official", "soft_lead"),
    ),
    Without(
        "检索中的向量",
        lambda a: [
            patch.object(library.fusion, "fuse", partial(library.fusion.fuse, dense_weight=0.0))
        ],
    ),
    Without("结构题", lambda a: [patch.object(a.clerk.navigator, "answer", _nothing)]),
    Without("分部分回答", lambda a: [patch.object(clerk, "facets", _whole)]),
    Without("按组、按属性取表行", lambda a: [patch.object(tabled, "chosen_rows", _nothing)]),
    Without(
        "整个列举",
        lambda a: _unlisted("labelled", "listing", "headed", "named_in_one", "enumerated"),
    ),
    Without("其中：标注和并列的", lambda a: _unlisted("labelled", "listing")),
    Without("其中：标题和段首的", lambda a: _unlisted("headed")),
    Without("其中：一句里点了数的", lambda a: _unlisted("named_in_one")),
    Without("其中：逐项编号的", lambda a: _unlisted("enumerated")),
    Without(
        "按所问类型取句",
        lambda a: [
            patch.object(reader, "of_type", lambda _, found: found),
            patch.object(clerk, "of_type", lambda _, found: found),
        ],
    ),
    Without("只取答到的分句", lambda a: [patch.object(reader, "WHOLE", 10_000)]),
    Without(
        "错误前提",
        lambda a: [
            patch.object(clerk, "unclaimed", lambda question: (question, None)),
            patch.object(clerk, "put_right", lambda *_: ([], [])),
        ],
    ),
    Without("不一致的数字", lambda a: [patch.object(clerk, "differing", _nothing)]),
    Without("计算", lambda a: [patch.object(clerk, "computed", _nothing)]),
    Without("拒答", lambda a: [patch.object(clerk, "doubt", lambda *_: Doubt(-math.inf))]),
)


def measured(cases: Sequence[Case], options: Options, without: Without) -> Mapping[str, Mean]:
    """The figures over all cases with one part out."""
    # What is remembered of earlier questions would be remembered with the part in.
    assistant = options.opening().open()
    with ExitStack() as stack:
        for taken in without.patches(assistant):
            stack.enter_context(taken)
        got = [found for _, found in replies(assistant, options.opening(), cases)]
    return summarise(grade_all(cases, got, assistant.library))[OVERALL]


def rows(means: Sequence[tuple[str, Mapping[str, Mean]]]) -> list[list[str]]:
    """A row for each part taken out, its difference to the first row's facts at the end."""
    whole = means[0][1]["all_facts"].mean
    head = ["去掉", *(BY_KEY[key].label for key in _SHOWN), "要点全中的差"]
    found = [head]
    for label, own in means:
        cells = [shown(key, own[key].mean) if key in own else "—" for key in _SHOWN]
        found.append([label, *cells, f"{100 * (own['all_facts'].mean - whole):+.1f}"])
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    options = parse(arguments)
    try:
        cases = chosen(options)
        options.opening().open()  # what can't be opened is said before anything is measured
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    found = [
        (part.label, measured(cases, options, part))
        for part in tqdm(PARTS, desc="去掉一部分再答", unit="部分", file=sys.stderr)
    ]
    print(table(rows(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
