"""Boards as .csv and .xlsx: the cells as printed, with where they stand.

Knows boards and the two formats. A cell never becomes a formula, whatever a document prints.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from fastapi import APIRouter, Response
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from pages.indicators.boards import Board, Indicator, boards
from pages.routes import attachment
from pages.units import Shelf

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d+)?")
_SHEET_NAME = re.compile(r"[\\/*?:\[\]]")
_WIDTHS = (10, 14, 24, 44, 12)
_GONE = "没有这张表，可能是文件更新过。请回到“指标”页重新选择。"


def heads(board: Board) -> list[str]:
    """The names of the columns."""
    return [
        "序号", "类别", "上级指标", "指标", "单位", *(c.name for c in board.columns), "属性",
        "文件", "版本", "表",
    ]  # fmt: skip


def cells(board: Board, one: Indicator) -> list[str]:
    """A row under `heads`, every cell as printed."""
    values = [point.text if point else "" for point in one.points]
    document = board.document
    return [
        one.number, one.group, one.parent, one.label, one.unit, *values, one.nature,
        document.title, document.edition, board.title,
    ]  # fmt: skip


def as_csv(board: Board) -> bytes:
    """UTF-8 with a mark, so that Excel reads it; a cell that could be a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (heads(board), *(cells(board, one) for one in board.indicators)):
        writer.writerow([_tamed(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _tamed(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def as_xlsx(chosen: Sequence[Board]) -> bytes:
    """A sheet a board; plain figures are numbers, everything else is text."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    for board in chosen:
        sheet = book.create_sheet(_name(board.title, names))
        sheet.freeze_panes = "A2"
        for n, width in enumerate(_WIDTHS):
            sheet.column_dimensions["ABCDE"[n]].width = width
        rows = (heads(board), *(cells(board, one) for one in board.indicators))
        for n, row in enumerate(rows):
            sheet.append([_cell(sheet, text, n == 0) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, text: str, head: bool) -> WriteOnlyCell:
    plain = bool(_NUMBER.fullmatch(text)) and not head
    cell = WriteOnlyCell(sheet, value=float(text) if plain else text)
    if not plain:
        cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head:
        cell.font = Font(bold=True)
    return cell


def _name(title: str, names: set[str]) -> str:
    """A sheet's name, 31 characters at most and each once."""
    plain = _SHEET_NAME.sub("", title)[:28] or "指标"
    name, n = plain, 1
    while name in names:
        n += 1
        name = f"{plain}{n}"
    names.add(name)
    return name


def router(library: Shelf) -> APIRouter:
    """GET /export/indicators.csv?table=KEY and .xlsx; the latter without a key holds every board."""
    routes = APIRouter()

    @routes.get("/export/indicators.csv")
    def one(table: str = "") -> Response:
        board = next((b for b in boards(library) if b.key == table), None)
        if board is None:
            return _gone()
        return attachment(as_csv(board), f"{board.title}.csv", "text/csv; charset=utf-8")

    @routes.get("/export/indicators.xlsx")
    def book(table: str = "") -> Response:
        chosen = [b for b in boards(library) if table in ("", b.key)]
        if not chosen:
            return _gone()
        name = chosen[0].title if table else "全部指标表"
        return attachment(as_xlsx(chosen), f"{name}.xlsx", XLSX)

    return routes


def _gone() -> Response:
    return Response(_GONE, status_code=404, media_type="text/plain; charset=utf-8")
