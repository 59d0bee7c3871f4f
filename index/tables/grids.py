"""A grid whose cells the format itself separates (html, docx, md, pdf) to a Table.

Finds the header rows, a title or unit above them and notes below, drops headers repeated over
pages. Takes a blank cell for the rest of a merged one only where its neighbours say so.
"""

from __future__ import annotations

from collections.abc import Sequence

from index.records import Table
from index.tables.rows import GridRow, build, note_start, row_text, unit_line
from index.tables.values import clean, numeric, squeeze

Rows = list[tuple[str, ...]]
MAX_HEADER_ROWS = 8  # a header of two levels, its names broken over lines, had 6 (a land-use plan)
# In so many columns names break over lines, and what is left of one on its next line is short
# (measured on the project list of that plan: 11 columns, 3 characters).
NARROW_COLUMNS = 6
BROKEN_NAME = 4


def from_grid(grid: Sequence[Sequence[str]], title: str = "", note: str = "") -> Table:
    """The table of rows of cell texts, a merged cell '' after its first place.

    Without a header (a page that goes on from the last) the columns' names are ''; `join` gives
    them their names. An empty grid gives a table without rows.
    """
    rows = _without_slivers(_rectangular(grid))
    title, unit, rows = _above(rows, title)
    note, rows = _below(rows, note)
    if not rows:
        return Table(title, (), (), note, unit)
    depth = header_depth(rows)
    names = column_names(rows[:depth], len(rows[0]))
    header = rows[:depth]
    body = [GridRow(row, row_text(row)) for row in rows[depth:] if not _repeats(row, header)]
    return build(title, names, body, note, unit)


def header_depth(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top are header: 0 where the first already holds figures."""
    if not rows or _holds_figures(rows[0]):
        return 0
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    depth = 1
    while depth < min(MAX_HEADER_ROWS, len(rows) - 1) and _is_subheader(rows, depth):
        depth += 1
    return depth


def column_names(header: Sequence[Sequence[str]], width: int) -> list[str]:
    """One name a column: 2025年 over 目标 is "2025年 目标"; a name broken over rows is closed up.

    '' after a name means that it spans the column to its right as well.
    """
    names = list(header[0]) if header else [""] * width
    for below in header[1:]:
        names = _lowered(names, below)
    return names


def _lowered(names: Sequence[str], below: Sequence[str]) -> list[str]:
    """The names with the next row of header under them."""
    lowered = list(names)
    for start, end in _spans(names):
        parts = sum(map(bool, below[start:end])) > 1
        for index in range(start, end):
            if below[index]:
                gap = " " if parts and names[start] else ""
                lowered[index] = f"{names[start]}{gap}{below[index]}"
    return lowered


def _spans(names: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of each name with the blank columns it stands over."""
    starts = [i for i, name in enumerate(names) if name or i == 0]
    return list(zip(starts, [*starts[1:], len(names)], strict=True))


def _rectangular(grid: Sequence[Sequence[str]]) -> Rows:
    width = max((len(row) for row in grid), default=0)
    rows = [tuple(clean(cell) for cell in row) + ("",) * (width - len(row)) for row in grid]
    return [row for row in rows if any(row)]


def _without_slivers(rows: Rows) -> Rows:
    """Closes up columns that a stray ruling split: never both filled, and not both named."""
    index = 0
    while rows and index + 1 < len(rows[0]):
        both = any(row[index] and row[index + 1] for row in rows)
        blank = not any(row[index + 1] for row in rows)
        unnamed = not rows[0][index] or not rows[0][index + 1]
        if blank or (unnamed and not both):
            rows = [(*row[:index], row[index] or row[index + 1], *row[index + 2 :]) for row in rows]
        else:
            index += 1
    return rows


def _above(rows: Rows, title: str) -> tuple[str, str, Rows]:
    """Takes a title and a unit set into the grid above its header."""
    unit = ""
    while len(rows) > 2 and sum(map(bool, rows[0])) == 1 and len(rows[0]) > 1:
        line = row_text(rows[0])
        found = unit_line(line)
        if not found and (title or _holds_figures(rows[0])):
            break
        unit = found or unit
        title = title if found else line
        rows = rows[1:]
    return title, unit, rows


def _below(rows: Rows, note: str) -> tuple[str, Rows]:
    """Takes the notes set into the grid under its last row."""
    while len(rows) > 1 and sum(map(bool, rows[-1])) == 1 and note_start(row_text(rows[-1])):
        note = " ".join(part for part in (row_text(rows[-1]), note) if part)
        rows = rows[:-1]
    return note, rows


def _repeats(row: Sequence[str], header: Rows) -> bool:
    return any(squeeze("".join(row)) == squeeze("".join(above)) for above in header)


def _holds_figures(row: Sequence[str]) -> bool:
    return any(numeric(cell) is not None for cell in row)


def _is_subheader(rows: Sequence[Sequence[str]], depth: int) -> bool:
    """Whether the row goes on with the header above it: it names parts of spanning names, or is
    the rest of names broken over rows (then it is emptier than the row that follows)."""
    row = rows[depth]
    filled = [i for i, cell in enumerate(row) if cell]
    mark = len(filled) == 1 and filled[0] > 0  # a footnote's mark alone in its row
    if _holds_figures(row) and not mark:
        return False
    spanned = {i for start, end in _spans(rows[0]) if end > start + 1 for i in range(start, end)}
    if rows[0][0] and spanned.issuperset(filled):
        return True
    following = sum(map(bool, rows[depth + 1]))
    sparse = len(filled) * 2 <= len(row) and following > len(filled) and not _holds_figures(row)
    short = len(row) >= NARROW_COLUMNS and all(len(row[i]) <= BROKEN_NAME for i in filled)
    return sparse and filled != [0] and (not row[0] or short)
