"""Grid rows with known columns to TableRows: fills down categories and parents, pairs values.

Knows roles and cells; not where a grid came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.records import Table, TableRow
from index.tables.columns import Roles, is_total, roles_of
from index.tables.values import numeric, squeeze, unit_of

_NOTE = re.compile(r"(?:附?注|备注|说明|资料来源|数据来源)\d*[：:]")
_UNIT_LINE = re.compile(r"[（(]?(?:计量)?单位[：:]\s*([^）)]+)[）)]?")
_UNIT_IN_TITLE = re.compile(r"[（(](?:计量)?单位\s*[：:]\s*([^（）()]+)[）)]\s*$")
_TIME_NAME = re.compile(r"(?:19|20)\d\d|目标|现状|预计|预期值|实际|完成|基期|规划值")
_SPREAD = re.compile(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff]$)")  # 指　标, 合 计
_ENUMERATED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、．.）)]|第[一二三四五六七八九十]+[类部]"
)
_PART = re.compile(r"其中[：:]?")
# Cells this long are prose (required papers, duties), which a merged cell shares with the rows
# below it; a blank figure is never filled from above.
PROSE_CELL = 15


@dataclass(frozen=True, slots=True)
class GridRow:
    """A body row. `sure` is False where its cells could not be told apart by column: then `cells`
    holds only those up to the label, and the rest is known by `text` alone."""

    cells: tuple[str, ...]
    text: str
    sure: bool = True


def note_start(text: str) -> bool:
    """Whether a line opens the note under a table (注：…)."""
    return bool(_NOTE.match(text.strip()))


def unit_line(text: str) -> str:
    """The unit that a line above a table states (单位：亿元), '' where it states none."""
    found = _UNIT_LINE.fullmatch(text.strip())
    return found.group(1).strip() if found else ""


def _unit_in(title: str) -> str:
    """The unit that a table's title states at its end (土地利用指标（单位：公顷）), '' where none."""
    found = _UNIT_IN_TITLE.search(title)
    return found[1].strip() if found else ""


def row_text(cells: Sequence[str]) -> str:
    """The cells as printed, one space between them."""
    return " ".join(cell for cell in cells if cell)


def build(
    title: str, names: Sequence[str], body: Sequence[GridRow], note: str, unit: str = ""
) -> Table:
    """The table of `body` under the column `names` ('' continues the name to its left)."""
    sure = [row.cells for row in body if row.sure]
    roles = roles_of(names, sure)
    full = _full_names(names)
    prose = _prose_columns(roles, sure)
    unit = unit or _unit_in(title)
    reader = _RowReader(roles, full, unit, prose)
    rows = tuple(record for row in body for record in reader.read(row))
    columns = tuple(
        name for i, name in enumerate(full) if i == 0 or name != full[i - 1] or not name
    )
    return Table(" ".join(title.split()), columns, (*rows, *reader.rest()), note, unit)


def _full_names(names: Sequence[str]) -> list[str]:
    full: list[str] = []
    for name in names:
        full.append(_SPREAD.sub("", name) or (full[-1] if full else ""))
    return full


def _prose_columns(roles: Roles, rows: Sequence[Sequence[str]]) -> frozenset[int]:
    prose = set()
    for index in roles.values:
        cells = [row[index] for row in rows if row[index]]
        if cells and all(len(cell) >= PROSE_CELL for cell in cells):
            prose.add(index)
    return frozenset(prose)


class _RowReader:
    """Reads rows top down and remembers what a blank cell stands for."""

    def __init__(
        self, roles: Roles, names: Sequence[str], unit: str, prose: frozenset[int]
    ) -> None:
        self._roles = roles
        self._names = names
        self._table_unit = unit
        self._prose = prose
        self._categories = [""] * len(roles.categories)
        self._heading = ""  # a row of its own that heads the rows below (一、经济发展)
        self._heading_text = ""  # the same, not yet part of a row's text
        self._parent = ""
        self._above: dict[int, str] = {}

    def read(self, row: GridRow) -> Iterator[TableRow]:
        if self._is_heading(row):
            yield from self.rest()
            self._heading = self._heading_text = row.text
            self._parent = ""
            self._categories = [""] * len(self._categories)
            return
        text = f"{self._heading_text} {row.text}".strip()
        self._heading_text = ""
        number = self._number(row.cells)
        group, inner = self._fill_categories(row.cells)
        parent, label = self._label(row.cells, number)
        values = self._values(row) if row.sure else ()
        unit = self._unit(label, parent or inner, values)
        yield TableRow(number, group, parent or inner, label, unit, values, text)

    def rest(self) -> tuple[TableRow, ...]:
        """The heading row still waiting for rows, as a row of its own: nothing printed is lost."""
        text, self._heading_text = self._heading_text, ""
        return (TableRow("", "", "", text, "", (), text),) if text else ()

    def _is_heading(self, row: GridRow) -> bool:
        """A cell alone in its row heads the rows below if it is numbered in words (一、), or if
        the table's rows have numbers and it has none; else its values are only missing."""
        filled = [i for i, cell in enumerate(row.cells) if cell]
        roles = self._roles
        if len(filled) != 1 or not roles.values or not row.sure:
            return False
        if filled[0] not in (0, roles.number, roles.label) or row.text[0].isdigit():
            return False
        return roles.number is not None or bool(_ENUMERATED.match(row.text))

    def _number(self, cells: Sequence[str]) -> str:
        return cells[self._roles.number] if self._roles.number is not None else ""

    def _fill_categories(self, cells: Sequence[str]) -> tuple[str, str]:
        """The category and the categories below it, blank ones filled from above."""
        for place, index in enumerate(self._roles.categories):
            if cells[index]:
                self._categories[place] = cells[index]
                self._categories[place + 1 :] = [""] * (len(self._categories) - place - 1)
                self._parent = ""
        filled = ([self._heading] if self._heading else []) + self._categories
        return (filled[0] if filled else ""), " ".join(name for name in filled[1:] if name)

    def _label(self, cells: Sequence[str], number: str) -> tuple[str, str]:
        """Parent and label; a row without a number belongs to the numbered row above it."""
        first, *second = cells[self._roles.label : self._roles.label_end]
        own = second[0] if second else ""
        if first and own:
            self._parent = first
            return first, own
        label = first or own
        is_part = bool(own) or self._is_part(label, number)
        if is_part and not number:
            return self._parent, label
        self._parent = label
        return "", label

    def _is_part(self, label: str, number: str) -> bool:
        if _PART.match(label):
            return True
        return self._roles.number is not None and not number and not is_total(label)

    def _values(self, row: GridRow) -> tuple[tuple[str, str], ...]:
        cells = list(row.cells)
        for index in self._roles.values:
            if index in self._prose:
                self._above[index] = cells[index] or self._above.get(index, "")
                cells[index] = self._above[index]
            elif not cells[index] and self._goes_on(index, cells):
                cells[index] = cells[index - 1]
        return tuple((self._names[i], cells[i]) for i in self._roles.values)

    def _goes_on(self, index: int, cells: Sequence[str]) -> bool:
        """Whether a blank is the rest of a merged cell: words over columns of one kind, as
        完成省下达目标 over two years. A figure never spreads."""
        left = index - 1
        return (
            left in self._roles.values
            and bool(cells[left])
            and numeric(cells[left]) is None
            and len(cells[left]) > len("待核定")
            and all(_TIME_NAME.search(self._names[i]) for i in (left, index))
        )

    def _unit(self, label: str, parent: str, values: Sequence[tuple[str, str]]) -> str:
        own = next((v for name, v in values if squeeze(name) in ("单位", "计量单位")), "")
        shared = {unit_of(name) for name, _ in values}
        common = shared.pop() if len(shared) == 1 else ""
        return own or unit_of(label) or unit_of(parent) or common or self._table_unit
