"""Plots as inline SVG: bars with their intervals, and histograms. Knows numbers and labels only.

Colours come from the page's style sheet by class, so that they follow its light and dark themes.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from eval.records import Mean

_WIDTH, _ROW, _LABEL, _VALUE = 640, 24, 190, 56  # pixels
_BINS, _TALL = 24, 150
_SHORT = 14  # characters of a label; the whole stands in its tooltip


def _svg(height: float, body: str, title: str) -> str:
    return (
        f'<svg class="plot" role="img" viewBox="0 0 {_WIDTH} {height:.0f}" '
        f'width="{_WIDTH}" height="{height:.0f}"><title>{escape(title)}</title>{body}</svg>'
    )


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _bar(row: int, label: str, mean: Mean) -> str:
    """One share with its interval as a whisker."""
    room, top = _WIDTH - _LABEL - _VALUE, row * _ROW
    x = [_LABEL + room * max(0.0, min(1.0, v)) for v in (mean.low, mean.mean, mean.high)]
    middle = top + _ROW / 2
    short = label if len(label) <= _SHORT else label[: _SHORT - 1] + "…"
    name = f"<g><title>{escape(label)}</title>{_text(0, middle + 5, short)}</g>"
    bar = f'<rect class="bar" x="{_LABEL}" y="{top + 4}" width="{x[1] - _LABEL:.1f}" height="16"/>'
    whisker = f'<path class="whisker" d="M{x[0]:.1f} {middle}H{x[2]:.1f}"/>'
    value = f"{mean.mean * 100:.0f}%（{mean.n}）"
    return name + bar + whisker + _text(_WIDTH, middle + 5, value, "end")


def bars(items: Sequence[tuple[str, Mean]], title: str) -> str:
    """Shares as bars, one a row; '' where there are none."""
    rows = "".join(_bar(i, label, mean) for i, (label, mean) in enumerate(items))
    return _svg(len(items) * _ROW + 4, rows, title) if items else ""


def histogram(values: Sequence[float], title: str, unit: str) -> str:
    """How often values occur; the last bin holds the highest 1 %. '' where there are none."""
    if not values:
        return ""
    end = max(float(np.percentile(values, 99)), 1e-9)
    counts, edges = np.histogram(np.minimum(values, end), bins=_BINS, range=(0.0, end))
    wide, most = _WIDTH / _BINS, max(int(counts.max()), 1)
    drawn = []
    for i, count in enumerate(counts):
        tall = (_TALL - 20) * int(count) / most
        tip = f"<title>{edges[i]:.0f}–{edges[i + 1]:.0f} {escape(unit)}：{count}</title>"
        place = f'x="{i * wide:.1f}" y="{_TALL - tall:.1f}" width="{wide - 1:.1f}"'
        drawn.append(f'<rect class="bar" {place} height="{tall:.1f}">{tip}</rect>')
    axis = _text(0, _TALL + 18, "0") + _text(_WIDTH, _TALL + 18, f"{end:.0f} {unit}", "end")
    return _svg(_TALL + 24, "".join(drawn) + axis, title)
