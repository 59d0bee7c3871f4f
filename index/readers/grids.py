"""Tells a table of data from a table that only lays out text.

Knows rows of cell texts; not the format they come from.
"""

from __future__ import annotations

from collections.abc import Sequence

Grid = tuple[tuple[str, ...], ...]

# A cell this long that also holds most of the table's text is prose set in a frame. The longest
# cell of 72 real data tables has 237 characters and 29 % of its table.
LONG_CELL = 300
LAYOUT_SHARE = 0.5
# A row of so many short names, none missing, heads columns of data, however long a cell below is.
HEAD_COLUMNS = 3
HEAD_CELL = 12


def trimmed(rows: Sequence[Sequence[str]]) -> Grid:
    """The grid without rows and columns that are empty throughout, all rows equally long."""
    width = max((len(row) for row in rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    columns = [i for i in range(width) if any(row[i].strip() for row in padded)]
    return tuple(
        tuple(row[i] for i in columns) for row in padded if any(cell.strip() for cell in row)
    )


def is_layout(grid: Grid) -> bool:
    """True for a frame around text: one row, one column, or one cell of prose that holds most."""
    if len(grid) < 2 or len(grid[0]) < 2:
        return True
    if len(grid[0]) >= HEAD_COLUMNS and all(0 < len(cell) <= HEAD_CELL for cell in grid[0]):
        return False
    cells = [cell for row in grid for cell in row]
    longest = max(map(len, cells))
    return longest >= LONG_CELL and longest >= LAYOUT_SHARE * sum(map(len, cells))


def joined(lines: Sequence[str]) -> str:
    """The lines of one cell as one text; a space stays between two Latin words or numbers."""
    text = ""
    for line in filter(None, (line.strip() for line in lines)):
        apart = text[-1:].isascii() and line[0].isascii()
        open_ended = text[-1:] in "-/([" or line[0] in ")],.;:%"
        text += line if not apart or open_ended else f" {line}"
    return text
