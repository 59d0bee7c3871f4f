"""Cases as an .xlsx sheet and back, for people who don't edit JSON.

    python -m eval.sheet export FILE.xlsx [--cases FILE…]
    python -m eval.sheet import FILE.xlsx --out DIR

A row is a case. In a cell a list stands one item a line; the ways to say one fact are joined by
` | `; a place is `文件编号 > 标题 > 标题 # 段首语`; a turn is `问：…` or `答：…`. Import writes the
.jsonl files named in the column 文件 only when every row is sound, and else says row by row what is
not. Knows the form of cases, not their truth: run eval.lint afterwards.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from eval.cases import CaseError, as_json, as_line, duplicate_ids, load, parse, select
from eval.records import EXPECTS, GOLD_MODES, SPLITS, Case, Json
from index.errors import UserError

TITLE = "测试题"
_OR, _IN, _LEAD = " | ", " > ", " # "
_TURNS = {"问": "user", "答": "assistant"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the case's field, and how a cell is written and read."""

    heading: str
    field: str
    width: int
    write: Callable[[object], str]
    read: Callable[[str], object]
    choices: Sequence[str] = ()


def _groups(value: object) -> str:
    return "\n".join(_OR.join(group) for group in value)  # type: ignore[attr-defined]


def _read_groups(cell: str) -> list[list[str]]:
    return [[one.strip() for one in line.split(_OR.strip())] for line in _lines(cell)]


def _places(value: object) -> str:
    items: list[Json] = value  # type: ignore[assignment]
    return "\n".join(
        _IN.join([g["doc"], *g["path"]]) + (f"{_LEAD}{g['lead']}" if g["lead"] else "")
        for g in items
    )


def _read_places(cell: str) -> list[Json]:
    found = []
    for line in _lines(cell):
        path, _, lead = line.partition(_LEAD)
        doc, *rest = [part.strip() for part in path.split(_IN.strip())]
        found.append({"doc": doc, "path": rest, "lead": lead.strip()})
    return found


def _turns(value: object) -> str:
    names = {role: name for name, role in _TURNS.items()}
    turns: list[Json] = value  # type: ignore[assignment]
    return "\n".join(f"{names[t['role']]}：{_escaped(t['content'])}" for t in turns)


def _read_turns(cell: str) -> list[Json]:
    found = []
    for line in filter(str.strip, cell.split("\n")):  # a turn's own blanks stay
        name, colon, content = line.partition("：")
        if not colon or name not in _TURNS:
            raise ValueError(f"“前文”的每一行应以“问：”或“答：”开头，现在是“{line}”")
        found.append({"role": _TURNS[name], "content": _unescaped(content)})
    return found


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unescaped(text: str) -> str:
    return text.replace("\\\\", "\0").replace("\\n", "\n").replace("\0", "\\")


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.split("\n") if line.strip()]


def _object(cell: str) -> object:
    try:
        return json.loads(cell) if cell.strip() else {}
    except json.JSONDecodeError as error:
        raise ValueError("“来源”不是 JSON；请不要改动这一列") from error


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if value else ""


def _plain(value: object) -> str:
    return str(value)


def _same(cell: str) -> str:
    return cell


COLUMNS = (
    Column("编号", "id", 18, _plain, str.strip),
    Column("分组", "group", 12, _plain, str.strip),
    Column("公开或保留", "split", 8, _plain, str.strip, SPLITS),
    Column("问题", "question", 44, _plain, _same),
    Column("前文", "history", 30, _turns, _read_turns),
    Column("期望", "expect", 10, _plain, str.strip, EXPECTS),
    Column("出处", "gold", 40, _places, _read_places),
    Column("出处要求", "gold_mode", 10, _plain, str.strip, GOLD_MODES),
    Column("也可以引用", "also_ok", 30, _places, _read_places),
    Column("要点", "must", 30, _groups, _read_groups),
    Column("不许出现", "must_not", 16, lambda v: "\n".join(v), _lines),  # type: ignore[arg-type]
    Column("文件里没有", "absent", 20, _groups, _read_groups),
    Column("算出的要点", "computed", 20, _groups, _read_groups),
    Column("说明", "note", 24, _plain, _same),
    Column("来源", "origin", 12, _dumped, _object),
)
_FILE = "文件"
_HEADINGS = [*(column.heading for column in COLUMNS), _FILE]


def cells_of(case: Case) -> list[str]:
    """A case as the cells of its row, the file last."""
    item = as_json(case)
    empty: Json = {"absent": [], "computed": [], "origin": {}}
    return [c.write(item.get(c.field, empty.get(c.field))) for c in COLUMNS] + [case.file]


def _true_cells(case: Case) -> list[str]:
    """The cells, which give the same case back; CaseError where a sign of the sheet is in a fact."""
    cells = cells_of(case)
    try:
        back = _case(dict(zip(_HEADINGS, cells, strict=True)), case.line)
    except ValueError:
        back = None
    if back != case:
        raise CaseError(f"{case.id}：内容里有表格用作分隔的符号（换行、“|”、“>”、“#”），不能导出。")
    return cells


def _dress(sheet: Worksheet, rows: int) -> None:
    """Widths, a frozen head, wrapped lines, and lists to choose from."""
    sheet.freeze_panes = "E2"
    for i, column in enumerate(COLUMNS, 1):
        letter = sheet.cell(1, i).column_letter
        sheet.column_dimensions[letter].width = column.width
        if column.choices:
            rule = DataValidation(
                "list", formula1=f'"{",".join(column.choices)}"', allow_blank=True
            )
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{rows + 500}")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def export(cases: Sequence[Case], file: Path) -> None:
    """The cases as a sheet. Every cell is text: a question that begins with = is no formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = TITLE
    sheet.append(_HEADINGS)
    for number, case in enumerate(cases, 2):
        for i, text in enumerate(_true_cells(case), 1):
            cell = sheet.cell(number, i)
            try:
                cell.value = text
            except IllegalCharacterError as error:
                raise CaseError(f"{case.id}：内容里有表格不能保存的控制字符，不能导出。") from error
            cell.data_type = "s"
    _dress(sheet, len(cases))
    file.parent.mkdir(parents=True, exist_ok=True)
    book.save(file)


def _sheet(file: Path) -> list[list[str]]:
    """The sheet's cells as text, numbers as they were typed."""
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise CaseError(f"{file}：不是能读的 .xlsx 文件。请用 export 导出一份再改。") from error
    sheet = book[TITLE] if TITLE in book.sheetnames else book.worksheets[0]
    return [
        ["" if value is None else str(value) for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def _case(cells: dict[str, str], number: int) -> Case:
    item = {column.field: column.read(cells.get(column.heading, "")) for column in COLUMNS}
    file = cells.get(_FILE, "").strip() or "dev-sheet.jsonl"
    if Path(file).name != file or not file.endswith(".jsonl"):
        raise ValueError(f"“文件”应是一个 .jsonl 文件名，不带文件夹，现在是“{file}”")
    blank = {"group": "未分组", "split": None, "expect": "answer", "gold_mode": "all"}
    given = {k: (v or blank[k]) if k in blank else v for k, v in item.items()}
    return parse({k: v for k, v in given.items() if v is not None}, Path(file), number)


def _read_rows(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, Case | str]]:
    """Row number with its case, or with what is wrong with it; blank rows are passed over."""
    head = [cell.strip() for cell in rows[0]]
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(head, row, strict=False))
        if not any(cell.strip() for cell in row):
            continue
        try:
            yield number, _case(cells, number)
        except ValueError as error:
            yield number, str(error)


def read(file: Path) -> list[Case]:
    """The cases of a sheet; CaseError lists every row that is none, in Chinese."""
    rows = _sheet(file)
    missing = [h for h in ("编号", "问题") if not rows or h not in map(str.strip, rows[0])]
    if missing:
        raise CaseError(f"{file}：第一行缺少“{'”、“'.join(missing)}”列。请用 export 导出一份再改。")
    cases: list[Case] = []
    wrong: list[str] = []
    for number, found in _read_rows(rows):
        if isinstance(found, str):
            wrong.append(f"第 {number} 行：{found}")
        else:
            cases.append(found)
    twice = set(duplicate_ids(cases))
    wrong += [f"第 {c.line} 行：编号“{c.id}”重复" for c in cases if c.id in twice]
    if wrong:
        raise CaseError(f"{file}：有 {len(wrong)} 处要改，没有导入。\n" + "\n".join(wrong))
    return cases


def write(cases: Sequence[Case], folder: Path) -> list[Path]:
    """The cases into their files; a file of the folder with one of these names is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    files = list(dict.fromkeys(case.file for case in cases))
    for name in files:
        text = "".join(as_line(case) for case in cases if case.file == name)
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is Chinese lines, one a row."""
    parser = argparse.ArgumentParser(prog="python -m eval.sheet", description="测试题与表格互换")
    parser.add_argument("task", choices=["export", "import"])
    parser.add_argument("file", type=Path, help=".xlsx 文件")
    parser.add_argument(
        "--cases", type=Path, nargs="+", default=[], help="导出哪些文件，缺省为公开题"
    )
    parser.add_argument("--out", type=Path, help="导入到这个文件夹")
    options = parser.parse_args(arguments)
    try:
        if options.task == "export":
            cases = load(options.cases) if options.cases else select(load(), split="dev")
            export(cases, options.file)
            print(f"已导出 {len(cases)} 题：{options.file}")
            return 0
        if options.out is None:
            raise CaseError("请用 --out 指明导入到哪个文件夹，例如 eval/cases。")
        cases = read(options.file)
        for written in write(cases, options.out):
            print(f"已写入：{written}")
        print(f"共 {len(cases)} 题。请再运行 python -m eval.lint 检查内容。")
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
