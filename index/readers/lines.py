"""Tells printed lines from whole paragraphs by how wide a document's lines are.

Printed lines end where the column ends, so most of the text stands in lines of nearly one width;
paragraphs are of every width. Knows nothing of what the lines say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

# Lines this near below a width count as filling it (a line breaks before a word or a bracket).
NEAR = 0.12
# The share of the text in lines of one width. Measured: printed lines (the four articles
# among the originals) 0.75 to 0.86, a paragraph a line (the plan and six others) 0.11 to 0.22.
MIN_SHARE = 0.4
# Narrower lines are headings and cells, which say nothing of the column (full-width characters
# count 2): the narrowest newspaper column seen holds 36.
MIN_WIDTH = 24
# With fewer wide lines there is nothing to measure.
MIN_LINES = 8


def are_hard(lines: Iterable[str]) -> bool:
    """True where the lines are printed lines, False where each is a whole paragraph."""
    widths = sorted(width for width in map(display_width, lines) if width >= MIN_WIDTH)
    if len(widths) < MIN_LINES:
        return False
    return _densest_share(widths) >= MIN_SHARE


def display_width(line: str) -> int:
    """The columns a line takes: 2 for a full-width character, 1 for another."""
    return sum(map(_columns, line.strip()))


@cache
def _columns(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def _densest_share(widths: list[int]) -> float:
    """The largest share of the text, by width, that stands in lines of nearly one width."""
    best = window = start = 0
    for width in widths:
        window += width
        while widths[start] < width * (1 - NEAR):
            window -= widths[start]
            start += 1
        best = max(best, window)
    return best / sum(widths)
