"""Cases to a sheet and back unchanged; rows that are no case are named one by one."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from eval import sheet
from eval.cases import load, select
from eval.records import Case, Gold
from index.errors import UserError
from tests.eval.eval_fakes import case

FULL = case(
    id="dev-1",
    question="=1+1 是多少？\n请回答",
    expect="correct",
    history=(("user", "前面\n问的：\\n"), ("assistant", "答：的")),
    gold=(Gold("plan", ("第二章", "第三节"), "扩大托育"), Gold("paper", ())),
    gold_mode="each-doc",
    also_ok=(Gold("plan", ("表2",)),),
    must=(("4.5", "４．５"), ("20家",)),
    must_not=("约束性", "100"),
    absent=(("2030年", "托位"),),
    note="说明",
    origin={"reason": "数字不对", "evidence": [{"doc_id": "plan"}]},
    file="dev-a.jsonl",
    line=2,
)


def back(tmp_path: Path, *cases: Case) -> list[Case]:
    sheet.export(cases, tmp_path / "c.xlsx")
    return sheet.read(tmp_path / "c.xlsx")


def test_a_case_comes_back_as_it_was(tmp_path: Path) -> None:
    assert back(tmp_path, FULL) == [FULL]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="=+-@'\"甲 一|>#\\n：12.5%", min_size=1).filter(str.strip))
def test_any_question_and_turn_comes_back(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    asked = case(question=text, note=text, history=(("user", text),), file="dev-a.jsonl", line=2)
    (found,) = back(tmp_path_factory.mktemp("s"), asked)
    assert (found.question, found.note, found.history) == (text, text, asked.history)


def test_a_fact_with_a_sign_of_the_sheet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="c1：内容里有表格用作分隔的符号"):
        back(tmp_path, case(must=(("甲 | 乙",),), file="dev-a.jsonl", line=2))


def test_a_control_character_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="控制字符"):
        back(tmp_path, case(question="a\x07b", file="dev-a.jsonl", line=2))


def test_every_wrong_row_is_named(tmp_path: Path) -> None:
    rows = [
        {"id": "a"}, {"id": "b"}, {"id": "a"}, {"id": "c"}, {"id": ""}, {"id": "d"}, {"id": "e"},
    ]  # fmt: skip
    cases = [case(**row, file="dev-a.jsonl", line=n) for n, row in enumerate(rows, 2) if row["id"]]
    sheet.export([c for i, c in enumerate(cases) if i != 2], tmp_path / "c.xlsx")
    book = load_workbook(tmp_path / "c.xlsx")
    page = book[sheet.TITLE]
    heads = {cell.value: cell.column for cell in page[1]}
    page.cell(2, heads["期望"]).value = "也许"
    page.cell(3, heads["前文"]).value = "他说：好"
    page.cell(4, heads["文件"]).value = "../x.jsonl"
    page.cell(5, heads["编号"]).value = " "
    page.cell(6, heads["来源"]).value = "{"
    page.append([""] * 3)
    page.append(["z", "", "", "问题"])
    page.append(["z", "", "", "问题二"])
    book.save(tmp_path / "c.xlsx")
    with pytest.raises(UserError) as raised:
        sheet.read(tmp_path / "c.xlsx")
    lines = str(raised.value).splitlines()
    assert "有 7 处要改" in lines[0]
    starts = ["第 2 行：“expect”", "第 3 行：“前文”", "第 4 行：“文件”", "第 5 行：“id”"]
    starts += ["第 6 行：“来源”", "第 8 行：编号“z”重复", "第 9 行：编号“z”重复"]
    assert [line[: len(start)] for line, start in zip(lines[1:], starts, strict=True)] == starts


def test_what_people_leave_empty_has_its_default(tmp_path: Path) -> None:
    sheet.export([], tmp_path / "c.xlsx")
    book = load_workbook(tmp_path / "c.xlsx")
    book[sheet.TITLE].append([7, None, None, 2025])
    book.save(tmp_path / "c.xlsx")
    (found,) = sheet.read(tmp_path / "c.xlsx")
    assert (found.id, found.question, found.expect, found.split) == ("7", "2025", "answer", "dev")
    assert found.file == "dev-sheet.jsonl"


def test_the_command_round_trips_the_shipped_cases(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = str(tmp_path / "c.xlsx"), tmp_path / "out"
    some = str(Path(sheet.__file__).parent / "cases" / "dev-articles.jsonl")
    assert sheet.main(["export", file, "--cases", some]) == 0
    assert sheet.main(["import", file, "--out", str(out)]) == 0
    assert load([out]) == load([Path(some)])
    assert "eval.lint" in capsys.readouterr().out


def test_unseen_cases_are_exported_when_named_only(tmp_path: Path) -> None:
    assert sheet.main(["export", str(tmp_path / "c.xlsx")]) == 0
    assert len(sheet.read(tmp_path / "c.xlsx")) == len(select(load(), split="dev"))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"id,question\n"])
def test_a_file_that_is_no_sheet(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.xlsx").write_bytes(content)
    assert sheet.main(["import", str(tmp_path / "c.xlsx"), "--out", str(tmp_path)]) == 2
    assert "不是能读的 .xlsx" in capsys.readouterr().err


def test_import_needs_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert sheet.main(["import", str(tmp_path / "c.xlsx")]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_sheet_without_its_columns(tmp_path: Path) -> None:
    sheet.export([], tmp_path / "c.xlsx")
    book = load_workbook(tmp_path / "c.xlsx")
    book[sheet.TITLE].delete_cols(4)
    book.save(tmp_path / "c.xlsx")
    with pytest.raises(UserError, match="缺少“问题”列"):
        sheet.read(tmp_path / "c.xlsx")
