"""Questions answered from table records: which row, which columns, how a row is said.

Knows records, not how they were parsed. A row's quote is the row as printed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.figures import YEAR, fold
from assistant.question import Question
from assistant.statements import Statement
from assistant.terms import Terms, units
from index.records import Passage, Section, Table, TableRow

_TARGET = re.compile("目标|规划|计划|要到|要达|达到|指标值|要求|任务|将来|未来|以后")
_NOW = re.compile("现在|目前|现状|如今|当前|基数|起点|原来|已经|实际|完成|实现|做到|预计|底子")
_PROPERTY = re.compile("属性|约束|预期性|硬性|硬指标|硬任务|必须|强制|性质|软指标|刚性")
_TARGET_COLUMN = re.compile("目标")
_PROPERTY_COLUMN = re.compile("属性|性质|类型")
# 约束性, 预期性, 指导性; a kind of facility (城市公园) is no property of an indicator.
_PROPERTY_VALUE = re.compile("性(?:指标)?$")
# A column that a row leaves blank is worth a word only where it stands for a time.
_TIMED_COLUMN = re.compile(r"(?:19|20)\d\d|目标|现状|预期值|实际")
# More cells than these are not said beside the ones asked for.
_MOST_ASIDE = 4
# A cell of more characters is prose: it tells how a figure is reached, beside the figure.
_PROSE = 60
# A figure told in a sentence (每满1年积2分，最高不超过10分) is no value that goes with a name.
_SENTENCE = re.compile(r"[\u4e00-\u9fff].{12,}")
_DASHES = " \u3000—–-－/"
_PLAN = re.compile("十[一二三四五六七八九]?五")
_BRACKET = re.compile(r"[（(]([^（）()]*)[）)]\s*$")
_CUMULATIVE = re.compile(r"^\[.*\]$")


def row_label(row: TableRow) -> str:
    """The row's name without its unit, its parent's before it: 主要污染物排放减少—化学需氧量."""
    named = (name.rstrip("。；") for name in (row.parent, row.label) if name)
    names = [_without_unit(name, row.unit) for name in named]
    return "—".join(names)


def _without_unit(name: str, unit: str) -> str:
    found = _BRACKET.search(name)
    return name[: found.start()] if found and found[1] == unit else name


def columns_asked(question: Question, row: TableRow) -> tuple[str, ...]:
    """The columns a question names by year, by 目标/现状, by 属性 or by their own name; else ()."""
    names = [name for name, _ in row.cells]
    chosen = [n for n in names if question.years & {int(y) for y in YEAR.findall(n)}]
    plans = set(_PLAN.findall(question.text))
    chosen += [n for n in names if plans & set(_PLAN.findall(n))]
    if _TARGET.search(question.text) and not chosen:
        chosen += [n for n in names if _TARGET_COLUMN.search(n)]
    if _NOW.search(question.text):
        chosen += [n for n in names if not _TARGET_COLUMN.search(n) and YEAR.search(n)]
    if _PROPERTY.search(question.text):
        chosen += [n for n in names if _PROPERTY_COLUMN.search(n)]
    return tuple(n for n in names if n in chosen) or _named_columns(question, names)


def _named_columns(question: Question, names: Sequence[str]) -> tuple[str, ...]:
    """The columns whose name, or its last part, stands in the question: the longest names first."""
    asked = fold(question.text)
    named = {n: found for n in names if (found := _named(n, asked))}
    return tuple(
        n for n in named if not any(named[n] != o and named[n] in o for o in named.values())
    )


def _named(column: str, asked: str) -> str:
    name = _BRACKET.sub("", column).strip()
    parts = (fold(name), fold(name.split()[-1]) if name else "")
    return next((p for p in parts if len(p) > 1 and p in asked), "")


def say_row(row: TableRow, asked: Sequence[str], brief: bool = False) -> str:
    """The cells asked for first, the rest after them in brackets; `brief`: without those of prose.

    每千人口…托位数：2025年目标值4.5个（2020年预计值/实际值1.7个，属预期性指标）.
    """
    first = [_say_cell(name, value, row.unit) for name, value in row.cells if name in asked]
    rest = [
        _say_cell(name, value, row.unit)
        for name, value in (_short(row) if brief else row.cells)
        if name not in asked and (not _is_blank(value) or _TIMED_COLUMN.search(name))
    ]
    if first and len(rest) > _MOST_ASIDE:
        rest = []
    if not first:
        return f"{row_label(row)}：{'，'.join(rest)}"
    aside = f"（{'，'.join(rest)}）" if rest else ""
    return f"{row_label(row)}：{'，'.join(first)}{aside}"


def _short(row: TableRow) -> Sequence[tuple[str, str]]:
    """A row's cells without those of prose, where others say anything."""
    short = [(n, v) for n, v in row.cells if len(v) <= _PROSE]
    return short if any(not _is_blank(v) for _, v in short) else row.cells


def _say_cell(column: str, value: str, unit: str) -> str:
    if _PROPERTY_COLUMN.search(column) and _PROPERTY_VALUE.search(value):
        return f"属{value}指标" if not value.endswith("指标") else f"属{value}"
    name = re.sub(r"\s+", "", column)
    value = "" if _is_blank(value) else value.rstrip("。；")
    if not re.search(r"\d", value) or _SENTENCE.match(value):
        return f"{name}：{value}" if value else f"{name}未列数值"
    shown = value.strip("[]")
    if unit and shown[-1].isdigit():
        shown = f"{shown}{unit}" if plain_unit(unit) else f"{shown}（{unit}）"
    return name + shown + ("，为五年累计数" if _CUMULATIVE.match(value) else "")


def _is_blank(value: str) -> bool:
    return not value.strip(_DASHES)


def plain_unit(unit: str) -> bool:
    """Units that follow a number directly (个, %, 张); compound ones are put in brackets."""
    return "/" not in unit and "之" not in unit


def with_units(passage: Passage, text: str) -> str:
    """What a piece of a passage says; of a row with its units, which its own text may leave out."""
    return say_row(passage.row, ()) if passage.row is not None else text


def label_match(row: TableRow, terms: Terms) -> float:
    """How well a row's label is what the question asks, 0 to 1."""
    return terms.match(units(row_label(row)))


def row_statement(question: Question, passage: Passage, item: bool = False) -> Statement:
    """One row said in one sentence, cited by the row as printed."""
    row = passage.row
    assert row is not None
    brief = question.asks_any("figure", "count") and not question.asks_any("list")
    said = say_row(row, columns_asked(question, row), brief)
    return Statement(said, row.text, passage, item)


def row_whole(passage: Passage) -> Statement:
    """One row said with all its cells, cited as printed."""
    assert passage.row is not None
    return Statement(say_row(passage.row, ()), passage.row.text, passage)


# A row whose label is this much what is asked is meant itself, not the group it stands in (dev tables).
_OWN_LABEL = 0.6
_TABLE_NUMBER = re.compile(r"表\s*(\d+|[一二三四五六七八九十]+)")
_MOST_ROWS = 24


def chosen_rows(question: Question, section: Section, table: Table, terms: Terms) -> list[TableRow]:
    """Rows a question picks by group (环境美) or by a value several rows share (约束性); else []."""
    asked = fold(question.text)
    numbered = _TABLE_NUMBER.search(question.text)
    if numbered and not section.heading_path[-1].replace(" ", "").startswith(numbered[0]):
        return []
    groups = {group for row in table.rows if (group := row.group)}
    groups = {group for group in groups if fold(group) in asked}
    value = _shared_value(asked, table)
    if not value and not groups and not (numbered and question.asks_any("list")):
        return []
    # Last, for it takes the longest.
    if max((label_match(row, terms) for row in table.rows), default=0.0) >= _OWN_LABEL:
        return []
    return [
        row
        for row in table.rows
        if (not value or value in (v for _, v in row.cells)) and (not groups or row.group in groups)
    ]


def years_of(row: TableRow) -> frozenset[int]:
    """The years that a row's columns name."""
    return frozenset(int(y) for name, _ in row.cells for y in YEAR.findall(name))


def latest_year(table: Table) -> int:
    """The last year that a table's columns name; 0 where they name none."""
    return max((int(y) for name in table.columns for y in YEAR.findall(name)), default=0)


def _shared_value(asked: str, table: Table) -> str:
    counts = Counter(value for row in table.rows for _, value in row.cells)
    shared = [
        v for v, n in counts.items() if n > 1 and len(v) > 1 and not any(c.isdigit() for c in v)
    ]
    return max((v for v in shared if fold(v) in asked), key=len, default="")


def say_rows(
    question: Question, section: Section, rows: Sequence[TableRow], passages: Sequence[Passage]
) -> list[Statement]:
    """How many rows there are, then each by its label with the columns asked for."""
    found = [Statement(f"{section.heading_path[-1]}中符合的指标共{len(rows)}项：")]
    for row, passage in list(zip(rows, passages, strict=True))[:_MOST_ROWS]:
        asked = columns_asked(question, row)
        cells = [_say_cell(n, v, row.unit) for n, v in row.cells if n in asked]
        said = f"{row_label(row)}（{'，'.join(cells)}）" if cells else row_label(row)
        found.append(Statement(said, row.text, passage, True))
    if len(rows) > _MOST_ROWS:
        found.append(Statement(f"其余{len(rows) - _MOST_ROWS}项见原表。"))
    return found
