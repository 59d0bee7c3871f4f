"""Finds the ruled tables of a PDF page and takes their characters cell by cell.

Knows pdfplumber's tables; a frame around prose is left to the page's lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page
from pdfplumber.table import Table

from index.readers.grids import Grid, is_layout, joined, trimmed
from index.readers.pdf_lines import Char, lines, without_lone_marks

# Fewer ruled edges make no table of two columns.
MIN_EDGES = 4
# A page with more is a map or a drawing, on which the search takes minutes; the densest page of
# tables seen has 2,048.
MAX_EDGES = 6000
# A filled rectangle narrower than this (points) is a ruled line.
RULE_WIDTH = 3.0

Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table with the characters that are in it (by their order) and its place among the text."""

    grid: Grid
    inside: frozenset[int]

    @property
    def order(self) -> int:
        return min(self.inside)


def tables(page: Page, chars: Sequence[Char]) -> list[PageTable]:
    """The page's tables of data, none within another."""
    taken: set[int] = set()
    result: list[PageTable] = []
    for table in _ruled(page):
        inside = [char for char in chars if char.order not in taken and _is_in(char, table.bbox)]
        built = _built(table, inside)
        if built is not None:
            taken |= built.inside
            result.append(built)
    return result


def _ruled(page: Page) -> list[Table]:
    """pdfplumber's tables, the largest first; by colour alone only where no line is drawn."""
    for ruled in (page.filter(_is_not_background), page):
        if MIN_EDGES <= len(ruled.edges) <= MAX_EDGES:
            found = ruled.find_tables()
            if found:
                return sorted(found, key=lambda table: _area(table.bbox), reverse=True)
    return []


def _is_not_background(thing: dict[str, Any]) -> bool:
    """A coloured field behind a cell's words has edges of its own, which are no cell's."""
    return (
        thing["object_type"] != "rect"
        or bool(thing["stroke"])
        or min(thing["width"], thing["height"]) < RULE_WIDTH
    )


def _built(table: Table, inside: Sequence[Char]) -> PageTable | None:
    rows: list[list[str]] = []
    placed: set[int] = set()
    rest = list(inside)
    for row in table.rows:
        cells: list[str] = []
        for box in row.cells:
            mine = [char for char in rest if box is not None and _is_in(char, box)]
            placed |= {char.order for char in mine}
            cells.append(joined([line.text() for line in without_lone_marks(lines(mine))]))
        rest = [char for char in rest if char.order not in placed]
        rows.append(cells)
    grid = trimmed(rows)
    if not grid or is_layout(grid):
        return None
    return PageTable(grid, frozenset(placed))


def _is_in(char: Char, box: Box) -> bool:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
