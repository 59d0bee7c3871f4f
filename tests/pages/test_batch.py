"""A table of questions in, the same table with answers out; what can't be is said."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from threading import BoundedSemaphore
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from assistant.chain import QuestionError
from assistant.records import Answer, Turn
from pages import application, batch
from pages.citing import LABEL
from pages.export.workbook import MOST, BatchError, open_questions, sample
from pages.site_file import Site
from tests.pages.fakes import FakeAssistant

BEDS = "养老机构护理型床位占比是多少？"


def table(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = BytesIO()
    book.save(written)
    return written.getvalue()


@dataclass
class Strict(FakeAssistant):
    """Refuses to take one question, as the assistant does with one that is too long."""

    def ask(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Answer:
        if question.startswith("长"):
            raise QuestionError("问题太长，请缩短。")
        return super().ask(question, history, doc_ids)


@pytest.fixture(scope="module")
def client() -> TestClient:
    look = Site(city="云溪市")
    return TestClient(application.create(Strict(), ready=lambda: None, look=look))


def answered(client: TestClient, content: bytes) -> tuple[list[dict[str, int]], Workbook]:
    got = client.post("/batch", content=content)
    assert got.status_code == 200, got.text
    lines = [json.loads(line) for line in got.text.splitlines()]
    return lines, load_workbook(BytesIO(b64decode(lines[-1]["file"])))


def test_answers_are_written_beside_their_questions(client: TestClient) -> None:
    content = table(["序号", "问题"], [1, BEDS], [2, None], [3, "量子火箭"], [4, "长"])
    lines, book = answered(client, content)
    assert [line["done"] for line in lines] == [0, 1, 2, 3, 3]
    heads, beds, empty, rocket, long = book.active.iter_rows(values_only=True)
    assert heads[:2] == ("序号", "问题")
    assert heads[2:] == (f"回答（{LABEL}）", "出处", "把握", "说明")
    assert beds[2].startswith("到2025年，全市养老机构护理型床位占比达到65%。")
    assert "《云溪市发展规划纲要》第十四章第六节" in beds[3]
    assert (beds[4], rocket[4], long[4]) == ("高", "文件中没有", "没有回答")
    assert empty[2:] == (None,) * 4
    assert long[5] == "问题太长，请缩短。"


def test_the_table_keeps_its_own_cells_and_carries_the_label(client: TestClient) -> None:
    book = load_workbook(BytesIO(table(["问题", "备注"], [BEDS, "甲"])))
    book.active["B2"].font = Font(bold=True)
    _, out = answered(client, saved(book))
    assert (out.active["B2"].value, out.active["B2"].font.bold) == ("甲", True)
    mark = json.loads(out.custom_doc_props["AIGC"].value)
    assert (mark["Label"], mark["ContentProducer"]) == ("1", "云溪市问规")


def test_a_table_without_a_heading_is_answered_too(client: TestClient) -> None:
    _, book = answered(client, table([BEDS], ["婴幼儿托位数目标是多少？"]))
    assert "65%" in book.active["B1"].value
    assert LABEL in [cell.value for cell in book.active["B"]]


def test_no_answer_becomes_a_formula(client: TestClient) -> None:
    _, book = answered(client, table(["问题"], ["=1+1"]))
    cells = [cell for row in book.active.iter_rows(min_col=2) for cell in row]
    assert "f" not in {cell.data_type for cell in cells}


def bomb() -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * 9_000_000)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是 .xlsx"),
        (b"name,question\n", "不是 .xlsx"),
        (table(), "没有找到问题"),
        (table(["问题"]), "没有找到问题"),
        (table(["问题"], *[[BEDS]] * (MOST + 1)), f"最多{MOST}个"),
        (bomb(), "太大"),
    ],
)
def test_what_cannot_be_answered_is_said(client: TestClient, content: bytes, said: str) -> None:
    with pytest.raises(BatchError, match=said):
        open_questions(content)
    got = client.post("/batch", content=content)
    assert got.status_code == 400
    assert said in got.text


def test_a_damaged_table_is_said() -> None:
    written = BytesIO()
    with ZipFile(written, "w") as parts:
        parts.writestr("xl/workbook.xml", b"<broken")
    with pytest.raises(BatchError, match="打不开"):
        open_questions(written.getvalue())


def test_too_large_a_file_is_not_read(client: TestClient) -> None:
    assert client.post("/batch", content=b"0" * 1_000_001).status_code == 413


def test_two_tables_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BoundedSemaphore", lambda _: full)
    full = BoundedSemaphore(1)
    full.acquire()
    busy = TestClient(application.create(FakeAssistant(), ready=lambda: None))
    got = busy.post("/batch", content=table(["问题"], [BEDS]))
    assert (got.status_code, got.text) == (429, batch._BUSY)
    full.release()
    assert busy.post("/batch", content=table(["问题"], [BEDS])).status_code == 200
    assert full.acquire(blocking=False)  # and the place is free again


def test_the_form_can_be_had_empty(client: TestClient) -> None:
    got = client.get("/batch/sample.xlsx")
    assert load_workbook(BytesIO(got.content)).active["A1"].value == "问题"
    assert got.content[:2] == sample()[:2] == b"PK"
