"""A table of records as an HTML table, the quoted row marked. Pure; every text is escaped.

Knows index.records.Table; knows no documents and no questions.
"""

from __future__ import annotations

from html import escape

from index.records import Table, TableRow
from pages.units import paragraph_key

_SHORT = 4  # characters of a cell that stays on one line
_OWN_COLUMNS = ("序号", "类别")  # shown as the running number and as group rows


def table_html(table: Table, quote: str = "", linked: bool = False) -> str:
    """The whole table; the rows whose printed text holds `quote` (or is held by it) are marked.

    `linked`: each row carries its paragraph's key as its id, so that a link can lead to it.
    """
    values = _value_columns(table)
    numbered = any(row.number for row in table.rows)
    heads = [*(["序号"] if numbered else []), _label_head(table, values), *values]
    rows, group = [], ""
    for row in table.rows:
        if row.group and row.group != group:
            rows.append(_group_html(row.group, len(heads)))
        group = row.group
        own = f' id="{paragraph_key(row.text)}" tabindex="-1"' if linked else ""
        rows.append(_row_html(row, values, numbered, _holds(row.text, quote), own))
    return _frame(table, "".join(f'<th scope="col">{escape(h)}</th>' for h in heads), rows)


def _frame(table: Table, heads: str, rows: list[str]) -> str:
    caption = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    unit = f'<p class="fine">单位：{escape(table.unit)}</p>' if table.unit else ""
    note = f'<p class="fine">{escape(table.note)}</p>' if table.note else ""
    return (
        f'{unit}<div class="table-wrap" tabindex="0"><table>{caption}'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>{note}"
    )


def _value_columns(table: Table) -> list[str]:
    return list(dict.fromkeys(name for row in table.rows for name, _ in row.cells))


def _label_head(table: Table, values: list[str]) -> str:
    labels = [name for name in table.columns if name not in values and name not in _OWN_COLUMNS]
    return labels[-1] if labels else "项目"


def _group_html(group: str, columns: int) -> str:
    cell = f'<th colspan="{columns}" scope="rowgroup">{escape(group)}</th>'
    return f'<tr class="group">{cell}</tr>'


def _row_html(row: TableRow, values: list[str], numbered: bool, marked: bool, own: str) -> str:
    cells = dict(row.cells)
    number = f"<td>{escape(row.number)}</td>" if numbered else ""
    parent = f'<span class="parent">{escape(row.parent)}</span>' if row.parent else ""
    figures = "".join(_cell(cells.get(name, "")) for name in values)
    label = f'<th scope="row">{parent}{escape(row.label)}</th>'
    chosen = ' class="marked"' if marked else ""
    return f"<tr{own}{chosen}>{number}{label}{figures}</tr>"


def _cell(value: str) -> str:
    """A short cell stays on one line; digits are never broken in any."""
    kind = ' class="short"' if len(value) <= _SHORT else ""
    return f"<td{kind}>{escape(value)}</td>"


def _holds(text: str, quote: str) -> bool:
    printed, wanted = ("".join(words.split()) for words in (text, quote))
    return bool(wanted) and bool(printed) and (wanted in printed or printed in wanted)
