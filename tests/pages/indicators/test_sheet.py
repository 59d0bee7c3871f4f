"""Boards as files: the cells as printed, figures as numbers, nothing that could be a formula."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from index.records import Section, Table, TableRow
from pages.indicators import sheet
from pages.indicators.boards import boards
from pages.indicators.page import opened
from pages.site_file import Site
from tests.pages.fakes import PLAN, FakeLibrary


def _row(label: str, now: str, goal: str) -> TableRow:
    cells = (("2020年", now), ("2025年目标", goal))
    return TableRow("1", "民生", "", label, "个", cells, f"{label} {now} {goal}")


TABLE = Table(
    "表1：指标[甲]",
    (),
    (_row("=1+1", "1.7", "-4"), _row("幼儿园", "@20", "≥30"), _row("学校", "3", "4")),
)
SECTION = Section("plan", ("目标",), "table", tuple(r.text for r in TABLE.rows), 1, 0, TABLE)
LIBRARY = FakeLibrary((PLAN,), (SECTION,), ())


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    app.include_router(sheet.router(LIBRARY))
    return TestClient(app)


def test_csv_keeps_cells_as_printed_and_disarms_formulas(client: TestClient) -> None:
    (board,) = boards(LIBRARY)
    got = client.get("/export/indicators.csv", params={"table": board.key})
    rows = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"))))
    assert [r["指标"] for r in rows] == ["'=1+1", "幼儿园", "学校"]
    assert [r["2020年"] for r in rows] == ["1.7", "'@20", "3"]
    assert [r["2025年目标"] for r in rows] == ["-4", "≥30", "4"]
    assert rows[0]["文件"] == PLAN.title
    assert "attachment" in got.headers["content-disposition"]


def test_xlsx_has_numbers_and_no_formula(client: TestClient) -> None:
    got = client.get("/export/indicators.xlsx")
    page = load_workbook(io.BytesIO(got.content)).worksheets[0]
    rows = [[(cell.value, cell.data_type) for cell in row] for row in page.iter_rows(min_row=2)]
    assert rows[0][3] == ("=1+1", "s")
    assert rows[0][5:7] == [(1.7, "n"), (-4, "n")]
    assert page.title == "表1：指标甲"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_lost_table_is_said(client: TestClient, kind: str) -> None:
    got = client.get(f"/export/indicators.{kind}", params={"table": "nothing"})
    assert got.status_code == 404
    assert "重新选择" in got.text


def test_the_page_says_what_is_missing() -> None:
    empty = opened([], "", Site())["html"]
    assert "没有指标表" in empty
    found = boards(LIBRARY)
    assert "没有找到链接里的那张表" in opened(found, "gone", Site())["html"]
    assert "没有找到" not in opened(found, found[0].key, Site())["html"]
