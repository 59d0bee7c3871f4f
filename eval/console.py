"""Figures as a table for a terminal and for Markdown. Knows means, no cases."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from eval.diff import Diff
from eval.figures import BY_KEY, DOCUMENT, FIGURES, OVERALL
from eval.records import Mean, Summary

_GROUP_COLUMNS = (
    "right", "all_facts", "facts_5", "recall_1", "recall_5", "citation_recall",
    "citation_precision", "grounded", "quotes", "refusal", "length",
)  # fmt: skip
SPLIT_NAMES = {"dev": "公开题", "unseen": "保留题"}


def width(text: str) -> int:
    """Columns a terminal gives the text: two for a full-width sign."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as aligned text, the first column at the left, the others at the right."""
    wide = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (w - width(cell)) if i == 0 else " " * (w - width(cell)) + cell
            for i, (cell, w) in enumerate(zip(row, wide, strict=True))
        ).rstrip()
        for row in rows
    )


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table; a bar in a cell is escaped."""
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|---" + "|---:" * (len(rows[0]) - 1) + "|", *lines[1:]])


def shown(key: str, value: float) -> str:
    """A value as people read it: a share in per cent, characters whole, seconds to the ms."""
    if BY_KEY[key].share:
        return f"{value * 100:.1f}%"
    return f"{value:.3f}" if key == "seconds" else f"{value:.0f}"


def scope_name(scope: str, titles: Mapping[str, str] = MappingProxyType({})) -> str:
    """A scope as people read it. `titles`: doc_id -> title."""
    if scope.startswith(DOCUMENT):
        doc = scope.removeprefix(DOCUMENT)
        return f"《{titles[doc]}》" if titles.get(doc) else doc
    return SPLIT_NAMES.get(scope, scope)


def overall_rows(summary: Summary, scope: str = OVERALL) -> list[list[str]]:
    """Figure, mean, interval and number of cases, one figure a row."""
    means = summary[scope]
    rows = [["指标", "均值", "95%区间", "题数"]]
    for figure in FIGURES:
        if mean := means.get(figure.key):
            value, low, high = (shown(figure.key, v) for v in (mean.mean, mean.low, mean.high))
            rows.append([figure.label, value, f"{low} – {high}", str(mean.n)])
    return rows


def beside_rows(summary: Summary, other: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """Figure, this run's mean, the other run's, and the difference: two editions side by side."""
    rows = [["指标", "本次", "对照", "差"]]
    for figure in FIGURES:
        mean, before = summary[OVERALL].get(figure.key), other.get(figure.key)
        if mean and before:
            values = (mean.mean, float(before["mean"]))
            shown_both = [shown(figure.key, v) for v in values]
            rows.append([figure.label, *shown_both, signed(figure.key, values[0] - values[1])])
    return rows


def signed(key: str, value: float) -> str:
    """A difference with its sign."""
    return ("+" if value >= 0 else "−") + shown(key, abs(value))


def diff_rows(diff: Diff) -> list[list[str]]:
    """Figure, before, now, the paired difference and its interval, over the cases in both runs."""
    rows = [["指标", "以前", "现在", "差", "95%区间", "题数"]]
    for s in diff.shifts:
        both = [shown(s.key, s.before), shown(s.key, s.now), signed(s.key, s.now - s.before)]
        interval = f"{signed(s.key, s.low)} – {signed(s.key, s.high)}"
        rows.append([BY_KEY[s.key].label, *both, interval, str(s.n)])
    return rows


def _cell(key: str, mean: Mean | None) -> str:
    return shown(key, mean.mean) if mean else "—"


def scope_rows(
    summary: Summary, titles: Mapping[str, str] = MappingProxyType({})
) -> list[list[str]]:
    """A row for each scope with the figures of most interest."""
    keys = [k for k in _GROUP_COLUMNS if k in summary[OVERALL]]
    rows = [["范围", "题数", *(BY_KEY[k].label for k in keys)]]
    for scope, means in summary.items():
        number = max((m.n for m in means.values()), default=0)
        rows.append(
            [scope_name(scope, titles), str(number), *(_cell(k, means.get(k)) for k in keys)]
        )
    return rows
