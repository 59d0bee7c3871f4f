"""One cell a line, with and without tabs, to records."""

from __future__ import annotations

import pytest

from index.records import Table, TableRow
from index.tables import from_cell_lines

HEADER = ["\t门类", "\t序号", "\t指标名称", "\t“十二五”", "目标", "\t2015年", "完成值"]


def lines(*rows: list[str]) -> list[str]:
    """Cell lines as an export prints them: a blank line after each row."""
    return [line for row in rows for line in [*row, ""]]


PLAN = lines(
    HEADER,
    ["\t城市美", "\t1", "\t公园面积（公顷）", "\t120", "\t待测绘", "公布"],
    ["\t", "\t2", "\t道路（含桥梁）", "长度（公里）", "\t绕城道路", "\t30", "\t31.5"],
    ["\t", "\t", "\t", "\t进村道路", "\t40", "\t"],
    HEADER,
    ["\t[bookmark: _Hlk1]", "\t3", "\t五年植树（万株）", "\t[9]", "\t*"],
    ["\t日子好", "\t4", "\t每千人口（常住）床位数（张）", "\t≥6", "\t6.02"],
)


def row(table: Table, label: str) -> TableRow:
    return next(r for r in table.rows if r.label == label)


def parsed(cell_lines: list[str], **kwargs: str) -> Table:
    table = from_cell_lines(cell_lines, **kwargs)
    assert table is not None
    return table


class TestCellLines:
    def test_numbered_rows_and_sub_rows(self) -> None:
        table = parsed(PLAN, title="表3  测试指标", note="注：[ ]为累计数。")
        assert table.title == "表3 测试指标"
        assert table.columns == ("门类", "序号", "指标名称", "“十二五”目标", "2015年完成值")
        assert [r.number for r in table.rows] == ["1", "2", "", "3", "4"]
        assert table.note == "注：[ ]为累计数。"

    def test_category_stands_for_the_rows_below(self) -> None:
        groups = [r.group for r in parsed(PLAN).rows]
        assert groups == ["城市美", "城市美", "城市美", "城市美", "日子好"]

    def test_sub_rows_know_their_parent_and_its_unit(self) -> None:
        table = parsed(PLAN)
        for label in ("绕城道路", "进村道路"):
            assert row(table, label).parent == "道路（含桥梁）长度（公里）"
            assert row(table, label).unit == "公里"
        assert row(table, "五年植树（万株）").parent == ""

    def test_each_value_stands_under_its_column(self) -> None:
        table = parsed(PLAN)
        assert row(table, "绕城道路").cells == (("“十二五”目标", "30"), ("2015年完成值", "31.5"))
        assert row(table, "进村道路").cells == (("“十二五”目标", "40"), ("2015年完成值", ""))
        assert row(table, "公园面积（公顷）").cells[1] == ("2015年完成值", "待测绘公布")

    def test_text_holds_the_cells_printed_in_the_row_and_no_others(self) -> None:
        texts = [r.text for r in parsed(PLAN).rows]
        assert texts[0] == "城市美 1 公园面积（公顷） 120 待测绘公布"
        assert texts[2] == "进村道路 40"
        assert texts[3] == "3 五年植树（万株） [9] *"

    def test_blank_lines_between_rows_are_not_needed(self) -> None:
        assert from_cell_lines([line for line in PLAN if line]) == from_cell_lines(PLAN)

    def test_stray_marks_and_page_numbers_between_rows_are_passed_over(self) -> None:
        stray = [*PLAN[:15], "。", "", "— 6 —", "", *PLAN[15:]]
        assert PLAN[14] == ""
        assert from_cell_lines(stray) == from_cell_lines(PLAN)

    def test_note_and_unit_are_taken_from_their_own_lines(self) -> None:
        table = parsed(["单位：万元", "", *PLAN, "注：甲。", "乙。"])
        assert table.note == "注：甲。乙。"
        assert table.unit == "万元"

    def test_running_text_among_the_cells_is_no_table(self) -> None:
        assert from_cell_lines([*PLAN, "这是表格后面的一段正文，不属于任何单元格。", *PLAN]) is None

    def test_one_value_over_all_columns_is_repeated(self) -> None:
        table = parsed(lines(HEADER, *[PLAN[8:13]], ["\t", "\t5", "\t水质", "\t按上级要求"]))
        assert row(table, "水质").cells == (
            ("“十二五”目标", "按上级要求"),
            ("2015年完成值", "按上级要求"),
        )
        assert row(table, "水质").text == "5 水质 按上级要求"

    def test_a_row_that_cannot_be_placed_keeps_its_text_only(self) -> None:
        many = [["\t", f"\t{n}", f"\t指标{n}", "\t1", "\t2"] for n in range(1, 9)]
        table = parsed(lines(HEADER, *many, ["\t", "\t9", "\t指标9", "\t1", "\t2", "\t3", "\t4"]))
        assert table.rows[-1].cells == ()
        assert table.rows[-1].text == "9 指标9 1 2 3 4"

    def test_no_table_where_many_rows_cannot_be_placed(self) -> None:
        odd = [["\t", f"\t{n}", "\t甲", "\t1", "\t2", "\t3", "\t4"] for n in range(1, 5)]
        assert from_cell_lines(lines(HEADER, *odd)) is None

    def test_header_of_two_levels(self) -> None:
        table = parsed(
            lines(
                ["\t指标", "\t2015年", "\t2020年"],
                ["\t", "\t全市", "\t市区", "\t全市", "\t市区"],
                ["\t人口（万人）", "\t10", "\t4", "\t12", "\t5"],
                ["\t学校（所）", "\t20", "\t9", "\t22", "\t10"],
            )
        )
        assert [name for name, _ in table.rows[0].cells] == [
            "2015年 全市",
            "2015年 市区",
            "2020年 全市",
            "2020年 市区",
        ]
        assert dict(row(table, "学校（所）").cells)["2020年 全市"] == "22"

    @pytest.mark.parametrize("cells", [[], ["\t"], ["\t甲"], ["一段文字。"], ["", ""]])
    def test_what_is_no_table_gives_none(self, cells: list[str]) -> None:
        assert from_cell_lines(cells) is None


class TestCellsWithoutTabs:
    FLAT = [
        "序号",
        "指　标",
        "目标值",
        "属性",
        "1",
        "病床数",
        "下降5%",
        "约束",
        "2",
        "井盖",
        "3",
        "预期",
    ]

    def test_the_running_number_parts_the_rows(self) -> None:
        flat = [line for cell in self.FLAT for line in (cell, "")]
        table = parsed([*flat, "3", "", "路灯", "", "2", "", "预期"], title="专栏9 指标")
        assert [r.label for r in table.rows] == ["病床数", "井盖", "路灯"]
        assert table.columns == ("序号", "指标", "目标值", "属性")
        assert table.rows[1].cells == (("目标值", "3"), ("属性", "预期"))
        assert table.rows[0].text == "1 病床数 下降5% 约束"

    def test_category_before_the_number(self) -> None:
        cells = [
            "类别",
            "序号",
            "指标",
            "目标值",
            "民生",
            "1",
            "病床",
            "5",
            "2",
            "井盖",
            "6",
            "生态",
            "3",
            "林木",
            "7",
        ]
        table = parsed(cells)
        assert [(r.group, r.number, r.cells[0][1]) for r in table.rows] == [
            ("民生", "1", "5"),
            ("民生", "2", "6"),
            ("生态", "3", "7"),
        ]

    def test_names_broken_over_lines(self) -> None:
        cells = [
            "序号",
            "指标",
            "2020年",
            "实际值",
            "2025年",
            "目标值",
            "1",
            "病床",
            "5",
            "6",
            "2",
            "井盖",
            "6",
            "7",
        ]
        table = parsed(cells)
        assert table.rows[1].cells == (("2020年实际值", "6"), ("2025年目标值", "7"))

    def test_none_where_the_numbers_do_not_cut_evenly(self) -> None:
        assert from_cell_lines([*self.FLAT, "3", "路灯"]) is None
        assert from_cell_lines(["第一段话。", "1", "第二段话。", "2", "第三段话。"]) is None
