"""A table row in words: what is indexed for search, since a row alone names neither its table,
its columns nor its unit.

Knows one row; never shown as a quote, for it is not printed so.
"""

from __future__ import annotations

from index.records import Table, TableRow


def describe(row: TableRow, table: Table | None = None) -> str:
    """One line: table title, group, parent, label, unit, and every column with its value.

    Without `table` the title is left out (a passage's heading path already ends in it).
    """
    title = table.title if table is not None else ""
    named = [title, row.group, row.parent, row.label]
    head = " ".join(dict.fromkeys(part for part in named if part))
    facts = [f"单位：{row.unit}"] if row.unit and f"{row.unit}）" not in row.label else []
    facts += [f"{name}：{value}" if name else value for name, value in row.cells if value]
    return "；".join([head, *facts] if head else facts)
