"""Many questions in an .xlsx, the same file back with answers. Knows openpyxl; knows no assistant.

Only cells are kept: openpyxl loses pictures and charts of the file that came in.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from assistant.records import Answer
from index.errors import UserError
from pages.citing import LABEL, cited_words, label
from pages.export.label import FIELD, implicit

MOST = 200  # questions a file; some 5 seconds without a chat model
LARGEST = 1_000_000  # bytes of a file; pages.guard lets in little more
_UNPACKED = 8_000_000  # bytes of all its parts; openpyxl takes some fifty times that in memory
_ROWS, _COLUMNS_READ = 20_000, 500  # a cell in the last corner would have millions walked through
_TOO_WIDE = "这个表格的行或列太多，可能在很远的地方还有内容。请只留下写问题的那一列再试。"
_HEADS_WITHIN = 10  # rows in which a heading is looked for
_HEADS = ("问题", "提问", "问句", "题目", "question")
_COLUMNS = ("回答", "出处", "把握", "说明")
_WIDTHS = (60, 50, 10, 30)  # of these columns, in characters
CONFIDENCE = {"high": "高", "low": "低，最接近的内容", "none": "文件中没有"}
_CELL = 32_000  # characters a cell can hold, and some


class BatchError(UserError):
    """The file can't be answered; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Questions:
    """An open workbook with the questions in it: (row, text), in order."""

    book: Workbook
    sheet: Any
    head: int  # the heading's row, 0 where there is none
    first: int  # the first column of the answers
    asked: tuple[tuple[int, str], ...]


def open_questions(content: bytes) -> Questions:
    """The questions of a file's first sheet that has any; raises BatchError."""
    book = _opened(content)
    for sheet in book.worksheets:
        if sheet.max_row > _ROWS or sheet.max_column > _COLUMNS_READ:
            raise BatchError(_TOO_WIDE)
        head, column = _place(sheet)
        asked = tuple(_asked(sheet, head, column)) if column else ()
        if len(asked) > MOST:
            raise BatchError(f"文件里有{len(asked)}个问题，一次最多{MOST}个。请分成几个文件。")
        if asked:
            return Questions(book, sheet, head, sheet.max_column + 1, asked)
    raise BatchError("文件里没有找到问题。请把问题写在一列里，第一行写“问题”，一行一个。")


def _opened(content: bytes) -> Workbook:
    wrong = BatchError("这个文件打不开：它不是 .xlsx 表格，或者设有密码。请另存为 .xlsx 再试。")
    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _UNPACKED:
                raise BatchError("这个表格太大了。请只留下写问题的那一列再试。")
        book: Workbook = load_workbook(BytesIO(content), keep_links=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError) as error:
        raise wrong from error
    except (AttributeError, IndexError, SyntaxError, OSError, zlib.error) as error:
        raise wrong from error
    return book


def _place(sheet: Any) -> tuple[int, int]:
    """The heading's row (0: none) and the column of the questions (0: none), from 1."""
    for cell in _cells(sheet, _HEADS_WITHIN):
        words = str(cell.value).strip().lower()
        if any(words.startswith(head) for head in _HEADS) and len(words) <= 12:
            return cell.row, cell.column
    columns = [cell.column for cell in _cells(sheet, _HEADS_WITHIN) if isinstance(cell.value, str)]
    return 0, max(columns, key=columns.count, default=0)


def _cells(sheet: Any, rows: int) -> Iterator[Any]:
    for row in sheet.iter_rows(max_row=min(rows, sheet.max_row)):
        yield from (cell for cell in row if cell.value is not None)


def _asked(sheet: Any, head: int, column: int) -> Iterator[tuple[int, str]]:
    for (cell,) in sheet.iter_rows(min_row=head + 1, min_col=column, max_col=column):
        words = str(cell.value).strip() if cell.value is not None else ""
        if words:
            yield cell.row, words


def write_heads(questions: Questions) -> None:
    """Names the columns of the answers, where there is a heading; the first carries the label."""
    for offset, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        column = questions.first + offset
        if questions.head:
            words = name if offset else f"{name}（{LABEL}）"
            cell = questions.sheet.cell(questions.head, column, words)
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        questions.sheet.column_dimensions[get_column_letter(column)].width = width


def write_answer(questions: Questions, row: int, answer: Answer) -> None:
    """An answer beside its question."""
    words = cited_words(answer)
    cited = "\n".join(
        f"[{c.marker}] {words[c.marker]}：“{' '.join(c.quote.split())}”（{c.edition}）"
        for c in answer.citations
    )
    said = [label(answer.model_label, answer.model_filing)] if answer.model_label else []
    sure = CONFIDENCE["none" if answer.refused else answer.confidence]
    values = (answer.text, cited, sure, "\n".join((*answer.notes, *said)))
    _write(questions, row, values)


def write_failure(questions: Questions, row: int, why: str) -> None:
    """Why a question was not answered, beside it."""
    _write(questions, row, ("", "", "没有回答", why))


def _write(questions: Questions, row: int, values: tuple[str, ...]) -> None:
    for offset, value in enumerate(values):
        cell = questions.sheet.cell(row, questions.first + offset)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_CELL]
        cell.data_type = "s"  # a text that begins with = is no formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def saved(questions: Questions, producer: str) -> bytes:
    """The file with its labels, explicit and implicit."""
    if not questions.head:  # no heading could carry it
        questions.sheet.cell(questions.sheet.max_row + 2, questions.first, LABEL)
    content = "\n".join(question for _, question in questions.asked)
    properties = questions.book.properties
    properties.creator, properties.description = producer, LABEL
    properties.keywords = "人工智能生成"
    custom = questions.book.custom_doc_props
    if FIELD not in custom.names:
        custom.append(StringProperty(name=FIELD, value=implicit(producer, content)))
    written = BytesIO()
    questions.book.save(written)
    return written.getvalue()


def sample() -> bytes:
    """An empty form to fill in."""
    book = Workbook()
    sheet = book.active
    sheet.title, sheet["A1"] = "问题", "问题"
    sheet["A1"].font = Font(bold=True)
    sheet.column_dimensions["A"].width = 60
    written = BytesIO()
    book.save(written)
    return written.getvalue()
