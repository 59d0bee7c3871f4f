"""Tables of the index -> boards: indicators with their values by year, targets, unit and 属性.

Knows tables and their columns' words; knows no document's names and no HTML. A table counts as one
of indicators where its columns say years, states or targets and most of their cells are figures.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.scope import plan_periods
from index.records import Section, SourceDoc, Table, TableRow
from index.tables.values import numeric, squeeze
from pages.source import section_link
from pages.units import Shelf, section_key

Kind = Literal["state", "target", "nature", "text"]
FEWEST_ROWS = 2
_FIGURES = 0.5  # of a column's cells; 0.3 where its name says a year or a target
_FEW_FIGURES = 0.3
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TARGET = re.compile(r"目标|规划值|规划指标|计划|任务")
_STATE = re.compile(r"完成|实际|预计|实现|现状|基期|现值|当前")
_RATE = re.compile(r"年均|累计|增速|增长|增幅|降幅|变化")
_NATURE = re.compile(r"(?:约束|预期|引导|指导|控制)性?(?:指标)?")
_SUM = re.compile(r"^[\[［〔【（(]")
_YEARLY = re.compile(r"年均|每年|增长|增加|提高|提升|上升|下降|降低|减少")
_MOST = re.compile(r"[<＜≤≦]|以内|以下|不超过|不高于|不大于|小于|低于")
_LEAST = re.compile(r"[>＞≥≧]|以上|不低于|不少于|不小于|大于|高于|超过")
# An indicator that is to fall, unless its name already says by how much (下降率, 减少).
_FALLING = re.compile(r"失业|死亡|排放|能耗|消耗|能源强度|负债|发生率|发案|伤亡|返贫|浓度|投诉")
_FALLEN = re.compile(r"下降|降低|减少|削减|降幅")


@dataclass(frozen=True, slots=True)
class Column:
    """A value column. `year`: the last its name says, of a five-year plan its end; None without."""

    name: str
    kind: Kind
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A cell: as printed, its number where it states one, and where it stands."""

    text: str
    value: float | None
    form: str  # only cells of one form can be compared: a five-year sum and a yearly rate can't
    link: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row. `points` are aligned with the board's columns, None where the row has no such cell."""

    number: str
    group: str
    parent: str
    label: str
    unit: str
    nature: str
    points: tuple[Point | None, ...]
    link: str

    @property
    def name(self) -> str:
        """The label with its parent."""
        return f"{self.parent}：{self.label}" if self.parent else self.label

    @property
    def falling(self) -> bool:
        """Whether less is better, by what the cells and the name say."""
        said = "".join(point.text for point in self.points if point)
        if _MOST.search(said) or _LEAST.search(said):
            return bool(_MOST.search(said))
        return bool(_FALLING.search(self.name)) and not _FALLEN.search(self.name)


@dataclass(frozen=True, slots=True)
class Board:
    """One table of indicators, or what several tables of a document say of the same ones."""

    key: str
    document: SourceDoc
    title: str
    columns: tuple[Column, ...]
    indicators: tuple[Indicator, ...]
    note: str = ""
    link: str = ""  # of the table; '' where it is several

    def at(self, *kinds: Kind) -> list[int]:
        """The places of the columns of these kinds, in order."""
        return [n for n, column in enumerate(self.columns) if column.kind in kinds]

    @property
    def latest(self) -> int | None:
        """The place of the last state, by year where the names say one."""
        states = self.at("state")
        return max(states, key=lambda n: (self.columns[n].year or 0, n)) if states else None

    @property
    def target(self) -> int | None:
        """The place of the nearest target after the last state, else of the last one."""
        targets = self.at("target")
        last = (self.columns[self.latest].year or 0) if self.latest is not None else 0
        ahead = [n for n in targets if (self.columns[n].year or 0) > last]
        if ahead:
            return min(ahead, key=lambda n: self.columns[n].year or 0)
        return max(targets, key=lambda n: self.columns[n].year or 0, default=None)

    @property
    def due(self) -> bool:
        """Whether the last state is of the target's own time, so that it can be held against it."""
        if self.latest is None or self.target is None:
            return False
        state, target = self.columns[self.latest], self.columns[self.target]
        return target.year is None or (state.year is not None and state.year >= target.year)

    def pair(self, indicator: Indicator) -> tuple[float, float] | None:
        """The last state and the target as numbers; None where they can't be compared."""
        if self.latest is None or self.target is None:
            return None
        state, target = indicator.points[self.latest], indicator.points[self.target]
        if state is None or target is None or state.form != target.form:
            return None
        if state.value is None or target.value is None or target.value <= 0 or state.value < 0:
            return None
        return state.value, target.value

    def reached(self, indicator: Indicator) -> bool | None:
        """Whether the state stands at the target; None where they can't be compared."""
        pair = self.pair(indicator)
        if pair is None:
            return None
        return pair[0] <= pair[1] if indicator.falling else pair[0] >= pair[1]

    @property
    def groups(self) -> list[str]:
        """The groups in printed order, '' where a row has none."""
        return list(dict.fromkeys(indicator.group for indicator in self.indicators))


def boards(shelf: Shelf) -> list[Board]:
    """Every board of every document, a document's joined one after its own tables."""
    found: list[Board] = []
    for document in shelf.documents():
        own = [
            board
            for section in shelf.sections(document.doc_id)
            if section.table is not None and (board := _board(document, section, section.table))
        ]
        found += own
        joined = _joined(document, own)
        if joined is not None:
            found.append(joined)
    return found


def _board(document: SourceDoc, section: Section, table: Table) -> Board | None:
    rows = [row for row in table.rows if row.cells and row.label]
    columns = _columns(table, rows, document.published)
    told = any(column.kind in ("state", "target") for column in columns)
    if not told or len(rows) < FEWEST_ROWS:
        return None
    nature = next((c.name for c in columns if c.kind == "nature"), "")
    indicators = tuple(_indicator(section, row, columns, nature) for row in rows)
    title = table.title or (section.heading_path[-1] if section.heading_path else "指标表")
    link = section_link(section)
    shown = tuple(c for c in columns if c.kind != "nature")
    return Board(section_key(section), document, title, shown, indicators, table.note, link)


def _columns(table: Table, rows: Sequence[TableRow], published: str) -> list[Column]:
    names = list(dict.fromkeys(name for row in rows for name, _ in row.cells))
    cells = {name: [v for row in rows for n, v in row.cells if n == name and v] for name in names}
    kinds = {
        name: _kind(name, cells[name])
        for name in names
        if squeeze(name) not in ("单位", "计量单位")
    }
    columns = [Column(name, kind, _year(name)) for name, kind in kinds.items()]
    return _with_target(columns, published)


def _kind(name: str, cells: Sequence[str]) -> Kind:
    if cells and sum(bool(_NATURE.fullmatch(squeeze(c))) for c in cells) >= len(cells) / 2:
        return "nature"
    share = sum(numeric(cell) is not None for cell in cells) / max(len(cells), 1)
    target, state = bool(_TARGET.search(name)), bool(_STATE.search(name))
    named = target or state or bool(_YEAR.search(name))
    if not named or share < _FEW_FIGURES or (_RATE.search(name) and not (target or state)):
        return "text"
    if not (target or state) and share < _FIGURES:
        return "text"
    return "target" if target and not state else "state"


def _year(name: str) -> int | None:
    years = [int(year) for year in _YEAR.findall(name)]
    return max(years or [end for _, end in plan_periods(name)], default=None)


def _with_target(columns: list[Column], published: str) -> list[Column]:
    """Where no name says a target, the years after the document's own are its targets.

    So is the last year of several beside a 属性, in a document that says no date.
    """
    if any(column.kind == "target" for column in columns):
        return columns
    years = sorted(c.year for c in columns if c.kind == "state" and c.year)
    own = _year(published)
    if own is None and any(c.kind == "nature" for c in columns) and len(set(years)) > 1:
        own = years[-1] - 1
    if own is None:
        return columns
    return [
        replace(c, kind="target")
        if c.kind == "state" and c.year and c.year > own and not _STATE.search(c.name)
        else c
        for c in columns
    ]


def _indicator(
    section: Section, row: TableRow, columns: Sequence[Column], nature: str
) -> Indicator:
    cells = dict(row.cells)
    link = section_link(section, row.text)
    points = tuple(
        _point(cells.get(column.name, ""), row.unit, link)
        for column in columns
        if column.kind != "nature"
    )
    said = squeeze(cells.get(nature, ""))
    return Indicator(row.number, row.group, row.parent, row.label, row.unit, said, points, link)


def _point(text: str, unit: str, link: str) -> Point | None:
    return Point(text, numeric(text), form_of(text, unit), link) if text.strip() else None


def form_of(text: str, unit: str) -> str:
    """What kind of figure a cell states: 累计 (in brackets), 年均 (a rate), '' (a level)."""
    told = squeeze(text)
    if _SUM.match(told) or "累计" in told:
        return "累计"
    percent = any(sign in told for sign in "%％") and "%" not in unit.replace("％", "%")
    return "年均" if percent or _YEARLY.search(told) else ""


def _joined(document: SourceDoc, own: Sequence[Board]) -> Board | None:
    """What several tables say of the same indicators, side by side; None where they share none."""
    seen: dict[tuple[str, str], dict[int, Indicator]] = {}
    for n, board in enumerate(own):
        for indicator in board.indicators:
            seen.setdefault(_same(indicator), {}).setdefault(n, indicator)
    shared = [by_board for by_board in seen.values() if len(by_board) > 1]
    if len(shared) < FEWEST_ROWS:
        return None
    used = sorted({n for by_board in shared for n in by_board})
    columns = tuple(c for n in used for c in own[n].columns if c.kind != "text")
    indicators = tuple(_side_by_side(by_board, used, own) for by_board in shared)
    key = hashlib.sha256("".join(own[n].key for n in used).encode()).hexdigest()[:12]
    return Board(key, document, "几张表都有的指标，合在一起看", columns, indicators)


def _same(indicator: Indicator) -> tuple[str, str]:
    return squeeze(indicator.name), indicator.unit


def _side_by_side(
    by_board: Mapping[int, Indicator], used: Sequence[int], own: Sequence[Board]
) -> Indicator:
    points: list[Point | None] = []
    for n in used:
        places = own[n].at("state", "target")
        points += [by_board[n].points[at] if n in by_board else None for at in places]
    last = by_board[max(by_board)]
    return replace(last, number="", points=tuple(points))
