"""Tables as a whole: random input, a row in words, and the tables of real documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Table
from index.tables import describe, from_cell_lines, from_grid

ORIGINALS = Path(__file__).parents[3] / "shared" / "source_docs"
EMERGENCY = Path(__file__).parents[3] / "shared" / "other_docs" / "emergency-plan-14th"


def parsed(cell_lines: list[str], **kwargs: str) -> Table:
    table = from_cell_lines(cell_lines, **kwargs)
    assert table is not None
    return table


CELLS = st.sampled_from(
    ["", "", "序号", "指标", "2020年", "1", "2", "5%", "其中：甲", "一、乙", "丙"]
)


@settings(derandomize=True)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_any_grid_keeps_every_printed_cell(grid: list[list[str]]) -> None:
    table = from_grid(grid)
    kept = [table.title, table.unit, table.note, *table.columns, *(r.text for r in table.rows)]
    for cell in (cell for cells in grid for cell in cells):
        assert any(cell in text for text in kept)
    assert all(name in table.columns for r in table.rows for name, _ in r.cells)


@settings(derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(["\t", "\t", "\t", ""]), CELLS), max_size=40))
def test_any_cell_lines_give_rows_of_printed_cells_or_none(cells: list[tuple[str, str]]) -> None:
    cell_lines = [tab + cell for tab, cell in cells]
    table = from_cell_lines(cell_lines)
    printed = "".join("".join(cell_lines).split())
    for record in table.rows if table is not None else ():
        assert "".join(record.text.split()) in printed


def test_describe_names_the_table_the_parent_and_every_column() -> None:
    table = from_grid(
        [
            ["类别", "序号", "指标", "", "2015年", "2020年目标"],
            ["城市美", "1", "道路长度（公里）", "绕城道路", "30", "31.5"],
            ["", "", "", "进村道路", "40", ""],
        ],
        title="表3 测试指标",
    )
    assert describe(table.rows[0], table) == (
        "表3 测试指标 城市美 道路长度（公里） 绕城道路；单位：公里；2015年：30；2020年目标：31.5"
    )
    assert describe(table.rows[1]) == "城市美 道路长度（公里） 进村道路；单位：公里；2015年：40"


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are not here")
class TestOriginals:
    @staticmethod
    def cells_of(cell_lines: list[str]) -> list[list[str]]:
        """An independent reading: blank lines part rows, tabs part cells."""
        blocks = "\n".join(cell_lines).replace("[bookmark: _Hlk60248872]", "").split("\n\n")
        rows = [[c.replace("\n", "").strip() for c in b.split("\t")[1:]] for b in blocks]
        return [row for row in rows if row and row[1] != "序号"]

    @pytest.mark.parametrize(
        ("begins", "numbered", "rows", "columns"), [("表1  ", 47, 57, 3), ("表2  ", 32, 32, 3)]
    )
    def test_every_cell_of_the_plans_tables(
        self, begins: str, numbered: int, rows: int, columns: int
    ) -> None:
        path = next(ORIGINALS.glob("004_*.txt"))
        text = path.read_text(encoding="utf-8").split("\n")
        first = next(i for i, line in enumerate(text) if line.startswith(begins)) + 1
        last = next(i for i in range(first, len(text)) if text[i] and text[i][0] in "注。")
        table = parsed(text[first:last], title=text[first - 1])
        assert [r.number for r in table.rows if r.number] == [
            str(n) for n in range(1, numbered + 1)
        ]
        printed = self.cells_of(text[first:last])
        assert len(table.rows) == len(printed) == rows
        for record, cells in zip(table.rows, printed, strict=True):
            assert record.text.split() == [cell for cell in cells if cell]
            assert [value for _, value in record.cells] == cells[-columns:]
            assert record.label == cells[-columns - 1]
            assert record.group


@pytest.mark.skipif(not EMERGENCY.is_dir(), reason="the other documents are not here")
def test_a_real_table_without_tabs() -> None:
    text = next(EMERGENCY.glob("*.md")).read_text(encoding="utf-8").split("\n")
    first = text.index("序号")
    last = max(i for i, line in enumerate(text) if line == "预期性") + 1
    table = parsed(text[first:last])
    assert [r.number for r in table.rows] == list("1234567")
    assert all(value in ("约束性", "预期性") for r in table.rows for _, value in r.cells[1:])
