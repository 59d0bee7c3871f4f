"""Joins the parts of a table that goes on over pages.

Compares columns and titles; knows nothing of pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.records import Table, TableRow
from index.tables.values import squeeze

_CONTINUED = re.compile(r"[（(]?续表?[）)]?\d*")


def join(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables in order, each continuation joined to the table before it.

    A continuation has the same columns, or as many without names, and no title of its own (or
    the same one, or 续表). Its first rows take over category and parent where theirs are blank.
    """
    joined: list[Table] = []
    for table in tables:
        if joined and _goes_on(joined[-1], table):
            joined[-1] = _joined(joined[-1], table)
        else:
            joined.append(table)
    return tuple(joined)


def _goes_on(table: Table, following: Table) -> bool:
    if not table.rows or not following.rows:
        return False
    own = squeeze(following.title)
    titled = own and own != squeeze(table.title) and not _CONTINUED.match(own)
    if titled and squeeze(_CONTINUED.sub("", own)) != squeeze(table.title):
        return False
    if any(following.columns):
        return [*map(squeeze, table.columns)] == [*map(squeeze, following.columns)]
    return len(table.rows[-1].cells) == len(following.rows[0].cells)


def _joined(table: Table, following: Table) -> Table:
    fewest = min(len(row.cells) for part in (table, following) for row in part.rows)
    rows = [_relabelled(row, len(row.cells) - fewest) for row in table.rows]
    for row in following.rows:
        rows.append(_continued(_relabelled(row, len(row.cells) - fewest), rows[-1], table))
    note = "\n".join(part for part in (table.note, following.note) if part)
    return replace(table, rows=tuple(rows), note=note, unit=table.unit or following.unit)


def _relabelled(row: TableRow, extra: int) -> TableRow:
    """A row whose page took categories for the label: its label stands in the `extra`th value."""
    if extra < 1 or not row.cells[extra - 1][1]:
        return row
    names = [row.label, *(value for _, value in row.cells[: extra - 1])]
    parent = " ".join(name for name in names if name) or row.parent
    return replace(row, parent=parent, label=row.cells[extra - 1][1], cells=row.cells[extra:])


def _continued(row: TableRow, above: TableRow, table: Table) -> TableRow:
    """The row with the names its page did not repeat."""
    names = [name for name, _ in above.cells]
    cells = row.cells
    if len(names) == len(cells) and not any(name for name, _ in cells):
        cells = tuple(zip(names, (value for _, value in cells), strict=True))
    if row.group or not above.group:
        return replace(row, cells=cells)
    inner = len(table.columns) - len(set(names)) - 1 - bool(row.number) > 1  # two categories
    parent = row.parent or (above.parent if inner or not row.number else "")
    return replace(row, cells=cells, group=above.group, parent=parent)
