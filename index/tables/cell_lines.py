"""Lines that hold one table cell each to a Table, or None where no grid can be trusted.

Two layouts: a tab opens each cell (and rows may be parted by blank lines), or nothing but the
running number tells where a row begins. Rows shorter or longer than the header are placed only
where their numbers and blanks leave one reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.records import Table
from index.tables.columns import Roles, roles_of
from index.tables.flat import numbered_rows, tabbed_rows
from index.tables.rows import GridRow, build, note_start, row_text, unit_line
from index.tables.values import clean, closed_up, is_integer, numeric, squeeze

# Above this share of rows whose cells cannot be placed, the grid itself is in doubt (the real
# tables seen have none; a misread grid has nearly all).
MAX_UNSURE = 0.2
_STRAY = re.compile(r"[^\w]*|[—－–-]\s*\d+\s*[—－–-]|[（(]?续\s*表?\s*\d*[）)]?|续表.{0,60}")


def from_cell_lines(lines: Sequence[str], title: str = "", note: str = "") -> Table | None:
    """The table laid out in `lines`, tabs and blank lines as printed; None where it is no grid.

    Lines before the first cell may state the title and the unit, lines after the last the note.
    """
    scan = _scan(lines)
    if scan is None:
        return None
    title = title or " ".join(scan.above)
    note = note or closed_up(scan.below)
    rows = scan.rows if scan.tabbed else numbered_rows([c for row in scan.rows for c in row])
    if rows is not None and scan.tabbed and not _rows_are_parted(rows):
        rows = tabbed_rows([cell for row in rows for cell in row])
    if not rows or len(rows) < 2:
        return None
    return _table(rows, title, note, scan.unit)


@dataclass(slots=True)
class _Scan:
    """What the lines hold: rows of cells in order, and the text around them."""

    tabbed: bool
    rows: list[list[str]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    unit: str = ""


def _scan(lines: Sequence[str]) -> _Scan | None:
    """Reads the lines into cells; None where text stands among them that is no part of a table."""
    scan = _Scan(tabbed=any(line.startswith("\t") for line in lines))
    after_blank = True
    for line in lines:
        if scan.tabbed and line.startswith("\t"):
            if after_blank:
                scan.rows.append([])
            scan.rows[-1].extend(clean(cell) for cell in line[1:].rstrip("\r\n").split("\t"))
            after_blank = False
        elif not line.strip():
            after_blank = scan.tabbed or after_blank
        elif not _take_text(scan, clean(line), after_blank):
            return None
    return scan


def _take_text(scan: _Scan, text: str, after_blank: bool) -> bool:
    """Puts a line without a tab where it belongs; False where it belongs to no table."""
    started = bool(scan.rows)
    if scan.below or note_start(text):
        scan.below.append(text)
    elif unit_line(text) and (after_blank or not started):
        scan.unit = unit_line(text)
    elif not scan.tabbed:
        scan.rows.append([text])
    elif not started:
        scan.above.append(text)
    elif not after_blank:
        scan.rows[-1][-1] = closed_up([scan.rows[-1][-1], text])
    else:
        return bool(_STRAY.fullmatch(text))
    return True


def _rows_are_parted(rows: Sequence[Sequence[str]]) -> bool:
    """Whether blank lines part the rows: most have one length, near the header's."""
    if len(rows) < 3:
        return False
    length, count = Counter(len(row) for row in rows[1:]).most_common(1)[0]
    near_header = any(abs(length - len(row)) <= 1 for row in rows[:2])
    return length > 1 and count * 2 >= len(rows) - 1 and near_header


def _table(rows: Sequence[Sequence[str]], title: str, note: str, unit: str) -> Table | None:
    header, body = _header(rows)
    if header is None or len(header) < 2 or not body:
        return None
    width = len(header)
    level = [row for row in body if len(row) == width]
    roles = roles_of(header, level or [[""] * width])
    split = any(len(row) == width + 1 for row in body)
    if split:
        end = roles.label + 1
        header = [*header[:end], "", *header[end:]]
    placed = [_place(row, roles, width, split, level) for row in body]
    if sum(not row.sure for row in placed) > MAX_UNSURE * len(placed):
        return None
    return build(title, header, placed, note, unit)


def _header(rows: Sequence[Sequence[str]]) -> tuple[list[str] | None, list[Sequence[str]]]:
    """The columns' names, and the rows below without repeats of them; None where two rows of
    header do not show which name stands over which."""
    first, second = rows[0], rows[1]
    if any(is_integer(cell) or numeric(cell) is not None for cell in first):
        return None, []
    header: list[str] | None = list(first)
    skip = [squeeze("".join(first))]
    if _is_second_header(first, second):
        header = _two_levels(first, second)
        skip.append(squeeze("".join(second)))
    return header, [row for row in rows if squeeze("".join(row)) not in ("", *skip)]


def _is_second_header(first: Sequence[str], second: Sequence[str]) -> bool:
    filled = [cell for cell in second if cell]
    figures = any(is_integer(cell) or numeric(cell) is not None for cell in filled)
    return len(second) > len(first) and not second[0] and bool(filled) and not figures


def _two_levels(first: Sequence[str], second: Sequence[str]) -> list[str] | None:
    """Names of two levels, where the lower ones share out evenly among the upper ones."""
    blanks = next(i for i, cell in enumerate(second) if cell)
    trailing = next(i for i, cell in enumerate(reversed(second)) if cell)
    upper = first[blanks : len(first) - trailing]
    lower = second[blanks : len(second) - trailing]
    if not upper or "" in lower or len(lower) % len(upper):
        return None
    share = len(lower) // len(upper)
    names = [f"{upper[i // share]} {name}" for i, name in enumerate(lower)]
    return [*first[:blanks], *names, *first[len(first) - trailing :]]


def _place(
    row: Sequence[str], roles: Roles, width: int, split: bool, level: Sequence[Sequence[str]]
) -> GridRow:
    """The row with each cell in its column; unsure where that cannot be told."""
    text = row_text(row)
    end = roles.label + 1
    gap = [""] if split else []
    if len(row) == width + 1 and split:
        return GridRow(tuple(row), text)
    if len(row) == width:
        return GridRow((*row[:end], *gap, *row[end:]), text)
    if sum(map(bool, row)) == 1 and row[0] and not is_integer(row[0]):
        return GridRow((row[0], *[""] * (width - 1), *gap), text)
    left, values = _short(row, roles, width, level) if len(row) < width else ((), ())
    if not left:
        blank = [""] * (width + len(gap) - min(end, len(row)))
        return GridRow((*row[:end], *blank), text, sure=False)
    own_place = [*left[:end], *gap] if left[roles.label] or not split else [*left[:end], left[-1]]
    return GridRow((*own_place, *values), text)


def _short(
    row: Sequence[str], roles: Roles, width: int, level: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A row with fewer cells than columns: blank cells left out on its left, or one value that
    spans columns. Returns its cells up to the label and its values, () () where neither fits."""
    end = roles.label + 1
    count = width - end
    left, values = row[: len(row) - count], row[len(row) - count :]
    if count and left and left[-1] and numeric(left[-1]) is None:
        if len(left) == 1 and roles.number != 0:
            return (*[""] * roles.label, left[0]), tuple(values)
        if len(left) == 2 and is_integer(left[0]) and roles.number is not None:
            cells = [""] * end
            cells[roles.number], cells[roles.label] = left
            return tuple(cells), tuple(values)
    left, values = row[:end], row[end:]
    numbered = roles.number is None or (len(left) == end and is_integer(left[roles.number]))
    if not numbered or not left[-1] or not values:
        return (), ()
    last = {other[-1] for other in level}
    if len(values) == 1:
        return tuple(left), (values[0],) * count
    if len(values) == 2 and values[-1] in last and numeric(values[0]) is None:
        return tuple(left), (values[0],) * (count - 1) + (values[1],)
    return (), ()
