"""Two runs compared case by case: what broke, what was mended, what changed without effect.

Knows results; no file, no page and no threshold (the gate judges).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from eval.cases import fingerprint
from eval.figures import FIGURES, bootstrap_means
from eval.records import Got, Json, Result

Kind = Literal["broke", "mended", "changed", "same"]
NAMES: dict[Kind, str] = {
    "broke": "变坏",
    "mended": "变好",
    "changed": "有变化，对错不变",
    "same": "没有变化",
}
CHANGES: tuple[Kind, ...] = ("broke", "mended", "changed")


@dataclass(frozen=True, slots=True)
class Pair:
    """A case in both runs, unchanged itself."""

    before: Result
    now: Result
    kind: Kind


@dataclass(frozen=True, slots=True)
class Shift:
    """A figure over the cases that have it in both runs: now - before, with its 95 % interval."""

    key: str
    n: int
    before: float
    now: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Diff:
    """`added`, `gone`: cases of one run alone; `altered`: cases that ask something else now."""

    name: str  # of the earlier run
    pairs: Sequence[Pair]
    shifts: Sequence[Shift]
    added: int
    gone: int
    altered: int

    def of(self, kind: Kind) -> list[Pair]:
        return [pair for pair in self.pairs if pair.kind == kind]


def _said(got: Got) -> tuple[object, ...]:
    """All of an answer that a reader sees."""
    places = [(c.marker, c.doc_id, c.heading_path, c.quote) for c in got.citations]
    return got.text, got.refused, places, got.error


def kind_of(before: Result, now: Result) -> Kind:
    """right against anything else; unscored cases can change without effect only."""
    if (before.status == "right") != (now.status == "right"):
        return "mended" if now.status == "right" else "broke"
    return "same" if _said(before.got) == _said(now.got) else "changed"


def shift(key: str, pairs: Sequence[tuple[float, float]]) -> Shift:
    """The paired difference of a figure over at least one case."""
    differences = [now - before for before, now in pairs]
    low, high = np.percentile(bootstrap_means(differences), [2.5, 97.5])
    before, now = (float(np.mean(values)) for values in zip(*pairs, strict=True))
    return Shift(key, len(pairs), before, now, float(low), float(high))


def _shifts(pairs: Sequence[Pair]) -> list[Shift]:
    found = []
    for figure in FIGURES:
        scores = [(p.before.scores.get(figure.key), p.now.scores.get(figure.key)) for p in pairs]
        both = [(old, new) for old, new in scores if old is not None and new is not None]
        if both:
            found.append(shift(figure.key, both))
    return found


def compare(name: str, before: Sequence[Result], now: Sequence[Result]) -> Diff:
    """The runs paired by case id."""
    old = {r.case.id: r for r in before}
    shared = [(old[r.case.id], r) for r in now if r.case.id in old]
    alike = [(b, n) for b, n in shared if fingerprint(b.case) == fingerprint(n.case)]
    pairs = [Pair(b, n, kind_of(b, n)) for b, n in alike]
    added = sum(r.case.id not in old for r in now)
    gone = len(old) - len(shared)
    return Diff(name, pairs, _shifts(pairs), added, gone, len(shared) - len(pairs))


def counted(diff: Diff) -> dict[str, int]:
    """How many cases of each kind, unseen ones included."""
    numbers = {name: len(diff.of(kind)) for kind, name in NAMES.items()}
    return numbers | {"新增": diff.added, "不见": diff.gone, "题目改过": diff.altered}


def as_data(diff: Diff, reveal: bool = False) -> Json:
    """The comparison for programs; unseen cases are counted and not named."""
    return {
        "against": diff.name,
        "counts": {kind: len(diff.of(kind)) for kind in NAMES}
        | {"added": diff.added, "gone": diff.gone, "altered": diff.altered},
        "figures": {
            s.key: {"n": s.n, "before": s.before, "now": s.now, "low": s.low, "high": s.high}
            for s in diff.shifts
        },
        "cases": [
            {
                "id": p.now.case.id,
                "group": p.now.case.group,
                "question": p.now.case.question,
                "kind": p.kind,
                "before": p.before.got.error or p.before.got.text,
                "now": p.now.got.error or p.now.got.text,
                "miss": p.now.miss,
            }
            for p in diff.pairs
            if p.kind != "same" and (reveal or p.now.case.split == "dev")
        ],
    }
