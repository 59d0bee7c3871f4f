"""What each column of a table is for: running number, category, label, value.

Judged by the column's name and by where its cells are blank; knows nothing of single values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.tables.values import is_integer, numeric, squeeze

_NUMBER_NAME = re.compile(r"序号|编号|序|项次|No\.?|NO\.?|№")
_CATEGORY_NAME = re.compile(r"分类|类别|类型|门类|大类|领域|板块|维度|方面|指标(?:分类|类别|类型)")
_LABEL_NAME = re.compile(r"(?:指标|项目|工程|事项|任务|企业|产品)?名称|(?:主要)?指标")
_LEVEL_NAME = re.compile(r"[一二三四]级\S{0,6}")
_PARTS_NAME = re.compile(
    r"(?:指标|其中)?[分子细]项(?:指标|目|名称)?|其中[：:]?|[分子]指标(?:名称)?"
)
_TOTAL = re.compile(r"[总合小共]计|总数|汇总|全部")


@dataclass(frozen=True, slots=True)
class Roles:
    """Column indices. `label_end` is past the label's last column: two where the label is split
    into a parent's and its own (人口城镇化率 | 常住人口城镇化率)."""

    number: int | None
    categories: tuple[int, ...]
    label: int
    label_end: int
    values: tuple[int, ...]


def roles_of(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Roles:
    """The roles of the columns `names`; '' after a name means that the name spans both columns.

    `rows` are the body's cells, all as long as `names`.
    """
    number = _number_column(names, rows)
    categories: list[int] = []
    first = 0
    last = len(names) - 1
    while first < last and (first == number or _is_category(first, names, rows, number)):
        if first != number:
            categories.append(first)
        first += 1
    label = _named_label(names, first)
    split = _spans(names, label) or _holds_parts(label, names, rows)
    end = label + 2 if split else label + 1
    taken = {number, *categories, *range(label, end)}
    values = tuple(i for i in range(len(names)) if i not in taken)
    return Roles(number, tuple(categories), label, end, values)


def _named_label(names: Sequence[str], first: int) -> int:
    """The column from `first` on whose name says that it names the row (项目名称), else `first`."""
    named = [i for i in range(first, len(names)) if _LABEL_NAME.fullmatch(squeeze(names[i]))]
    return named[0] if len(named) == 1 else first


def _holds_parts(label: int, names: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the column after the label's names parts of it (指标 | 分项): words alone, by its
    name, or by standing blank beside most labels and filled where the label is blank."""
    own = label + 1
    if own + 1 >= len(names) or not any(row[own] for row in rows):
        return False
    if any(is_integer(row[own]) or numeric(row[own]) is not None for row in rows):
        return False
    if _PARTS_NAME.fullmatch(squeeze(names[own])):
        return True
    beside = [bool(row[own]) for row in rows if row[label]]
    below = [bool(row[own]) for row in rows if not row[label] and sum(map(bool, row)) > 1]
    return bool(below) and all(below) and sum(beside) * 2 < len(beside)


def is_total(label: str) -> bool:
    """Whether a row sums up others, so that it is no part of the one above it."""
    return bool(_TOTAL.search(label))


def _number_column(names: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    for index, name in enumerate(names):
        if _NUMBER_NAME.fullmatch(squeeze(name)):
            return index
    for index in range(min(2, len(names) - 1)):
        cells = [row[index] for row in rows if row[index]]
        if len(cells) > 1 and cells == [str(i + 1) for i in range(len(cells))]:
            return index
    return None


def _is_category(
    index: int, names: Sequence[str], rows: Sequence[Sequence[str]], number: int | None
) -> bool:
    """Whether the column holds categories: a cell that stands for the rows below it as well."""
    if _spans(names, index) or index + 2 >= len(names):
        return False
    if not _is_words(index + 1, rows) and number != index + 1:
        return False
    name = squeeze(names[index])
    if not _CATEGORY_NAME.fullmatch(name) and _holds_parts(index, names, rows):
        return False
    if _LEVEL_NAME.fullmatch(name):
        return bool(_LEVEL_NAME.fullmatch(squeeze(names[index + 1])))
    if _CATEGORY_NAME.fullmatch(name):
        return True
    records = [row for row in rows if number is None or row[number]]
    return any(not row[index] and row[index + 1] for row in records)


def _spans(names: Sequence[str], index: int) -> bool:
    return bool(names[index]) and index + 1 < len(names) and not names[index + 1]


def _is_words(index: int, rows: Sequence[Sequence[str]]) -> bool:
    cells = [row[index] for row in rows if row[index]]
    words = sum(numeric(cell) is None and not is_integer(cell) for cell in cells)
    return bool(cells) and words * 2 > len(cells)
