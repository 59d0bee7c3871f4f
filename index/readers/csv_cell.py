"""Reads a CSV file: the one long cell that holds a document's text, or the table it is.

Knows CSV; the text in the cell is plain text to it.
"""

from __future__ import annotations

import csv
import io

from index.errors import DocumentError
from index.readers import txt
from index.readers.grids import trimmed
from index.readers.kinds import MAX_TEXT_BYTES
from index.records import Block, RawDocument

# A cell this long is a document's text, not a value: the longest table cell seen has 237.
LONG_TEXT = 1000
_TITLE_COLUMNS = ("title", "标题", "题目", "名称")


def read(text: str, name: str) -> RawDocument:
    """The document in the file; raises DocumentError where it holds several documents."""
    rows = _rows(text, name)
    places = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if _is_text(cell)]
    if not places:
        return RawDocument(blocks=(Block(text="", grid=trimmed(rows)),))
    if len(places) > 1:
        raise DocumentError(
            name, f"表中有{len(places)}篇长文，无法按一份文件读取。请每篇单独存成一个文件。"
        )
    row, column = places[0]
    raw = txt.read(rows[row][column])
    return RawDocument(blocks=raw.blocks, title=_title(rows, row), hard_lines=raw.hard_lines)


def _rows(text: str, name: str) -> list[list[str]]:
    csv.field_size_limit(MAX_TEXT_BYTES)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=False))
    except csv.Error:
        raise DocumentError(
            name, "CSV格式有误，读不出来。请用表格软件打开检查后，另存为CSV（UTF-8）。"
        ) from None
    return [row for row in rows if any(cell.strip() for cell in row)]


def _is_text(cell: str) -> bool:
    return len(cell) >= LONG_TEXT


def _title(rows: list[list[str]], row: int) -> str:
    if row == 0:
        return ""
    for header, cell in zip(rows[0], rows[row], strict=False):
        if header.strip().lower() in _TITLE_COLUMNS:
            return cell.strip()
    return ""
