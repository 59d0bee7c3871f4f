"""Grids of html, docx, md and pdf to records, and tables joined over pages."""

from __future__ import annotations

from index.tables import from_grid, join


class TestGrid:
    def test_two_header_rows(self) -> None:
        table = from_grid(
            [
                ["指标", "2015年", "", "2020年", ""],
                ["", "全市", "市区", "全市", "市区"],
                ["人口（万人）", "10", "4", "12", "5"],
            ]
        )
        assert table.rows[0].cells[2] == ("2020年 全市", "12")
        assert table.rows[0].unit == "万人"

    def test_categories_on_two_levels_and_shared_prose(self) -> None:
        papers = "须由本人携带毕业证书原件到窗口提交材料"
        table = from_grid(
            [
                ["一级指标", "二级\n指标", "三级指标", "分值", "所需材料"],
                ["素质", "学历", "本科", "80分", papers],
                ["", "", "专科", "60分", ""],
                ["", "技能", "高级工", "50分", papers],
            ]
        )
        assert [(r.group, r.parent, r.label) for r in table.rows] == [
            ("素质", "学历", "本科"),
            ("素质", "学历", "专科"),
            ("素质", "技能", "高级工"),
        ]
        assert table.rows[1].cells == (("分值", "60分"), ("所需材料", papers))
        assert table.rows[1].text == "专科 60分"

    def test_a_column_of_parts_beside_the_label(self) -> None:
        header = ["分类", "序号", "指标", "分项", "2020年", "2025年"]
        rows = [
            ["环境", "1", "水质达标率（%）", "", "90", "95"],
            ["", "2", "排放减少（%）", "氨氮", "10", "12"],
            ["", "", "", "总氮", "8", "9"],
            ["民生", "3", "床位（张）", "", "30", "35"],
        ]
        expected = [
            ("1", "环境", "", "水质达标率（%）", "%"),
            ("2", "环境", "排放减少（%）", "氨氮", "%"),
            ("", "环境", "排放减少（%）", "总氮", "%"),
            ("3", "民生", "", "床位（张）", "张"),
        ]
        for name in ("分项", "污染物"):  # the name, or where its cells are blank
            header[3] = name
            table = from_grid([header, *rows])
            records = [(r.number, r.group, r.parent, r.label, r.unit) for r in table.rows]
            assert records == expected
            assert table.rows[2].cells == (("2020年", "8"), ("2025年", "9"))

    def test_parts_without_a_running_number(self) -> None:
        grid = [
            ["指标", "分项", "2020年", "2025年"],
            ["床位（张）", "", "30", "35"],
            ["用水量（亿立方米）", "工业", "5", "4"],
            ["", "农业", "3", "2"],
        ]
        table = from_grid(grid)
        assert [(r.group, r.parent, r.label) for r in table.rows] == [
            ("", "", "床位（张）"),
            ("", "用水量（亿立方米）", "工业"),
            ("", "用水量（亿立方米）", "农业"),
        ]

    def test_words_beside_every_label_are_values(self) -> None:
        grid = [["事项", "责任单位", "期限"], ["甲事", "水务局", "6月"], ["乙事", "", "7月"]]
        table = from_grid(grid)
        assert [(r.parent, r.label) for r in table.rows] == [("", "甲事"), ("", "乙事")]
        assert table.rows[0].cells == (("责任单位", "水务局"), ("期限", "6月"))

    def test_a_blank_figure_is_not_filled_from_above(self) -> None:
        table = from_grid([["区县", "面积"], ["甲区", "5"], ["乙区", ""]])
        assert table.rows[1].cells == (("面积", ""),)

    def test_words_merged_over_two_years(self) -> None:
        header = ["指标", "2020年", "2025年", "备注"]
        table = from_grid([header, ["耕地", "以上级下达数为准", "", ""], ["人口", "1", "2", "无"]])
        assert table.rows[0].cells == (
            ("2020年", "以上级下达数为准"),
            ("2025年", "以上级下达数为准"),
            ("备注", ""),
        )

    def test_label_split_in_parent_and_own(self) -> None:
        table = from_grid(
            [
                ["序号", "指标", "", "目标"],
                ["1", "覆盖率（%）", "城镇", "98"],
                ["", "", "农村", "97"],
                ["2", "预期寿命（岁）", "", "80"],
            ]
        )
        assert [(r.number, r.parent, r.label, r.unit) for r in table.rows] == [
            ("1", "覆盖率（%）", "城镇", "%"),
            ("", "覆盖率（%）", "农村", "%"),
            ("2", "", "预期寿命（岁）", "岁"),
        ]

    def test_part_rows_belong_to_the_row_above_and_totals_to_none(self) -> None:
        table = from_grid(
            [
                ["序号", "项目", "金额"],
                ["1", "道路", "9"],
                ["", "其中：桥梁", "4"],
                ["", "合计", "9"],
            ]
        )
        assert [r.parent for r in table.rows] == ["", "道路", ""]

    def test_a_heading_row_becomes_the_group_and_stays_in_the_text(self) -> None:
        table = from_grid(
            [["序号", "指标", "目标"], ["一、经济", "", ""], ["1", "产值", "5"], ["2", "出口", "6"]]
        )
        assert [(r.group, r.text) for r in table.rows] == [
            ("一、经济", "一、经济 1 产值 5"),
            ("一、经济", "2 出口 6"),
        ]

    def test_title_unit_and_note_inside_the_grid(self) -> None:
        table = from_grid(
            [
                ["表4 用地", "", ""],
                ["单位：公顷", "", ""],
                ["区县", "住宅", "工业"],
                ["甲区", "5", "6"],
                ["注：含规划。", "", ""],
            ]
        )
        assert (table.title, table.unit, table.note) == ("表4 用地", "公顷", "注：含规划。")
        assert [(r.label, r.unit) for r in table.rows] == [("甲区", "公顷")]

    def test_header_repeated_over_pages_is_no_row(self) -> None:
        header = ["区县", "面积"]
        table = from_grid([header, ["甲区", "5"], header, ["乙区", "6"]])
        assert [r.label for r in table.rows] == ["甲区", "乙区"]

    def test_columns_split_by_a_stray_ruling_are_closed_up(self) -> None:
        grid = [["", "区县", "", "面积"], ["甲区", "", "5", ""], ["乙区", "", "6", ""]]
        table = from_grid(grid)
        assert [(r.label, r.cells) for r in table.rows] == [
            ("甲区", (("面积", "5"),)),
            ("乙区", (("面积", "6"),)),
        ]

    def test_empty_grid(self) -> None:
        assert from_grid([]).rows == ()

    def test_nothing_printed_is_lost(self) -> None:
        grid = [["区县", "面积", "备注"], ["甲区", "5", "好"], ["二、其他", "", ""]]
        assert [r.text for r in from_grid(grid).rows] == ["甲区 5 好", "二、其他"]


def test_unit_from_its_own_column_and_from_the_columns_names() -> None:
    own = from_grid([["指标", "单位", "目标"], ["产值", "亿元", "5"]])
    shared = from_grid([["区县", "住宅（公顷）", "工业（公顷）"], ["甲区", "5", "6"]])
    assert own.rows[0].unit == "亿元"
    assert shared.rows[0].unit == "公顷"


class TestJoin:
    HEADER = ["类别", "指标", "目标"]

    def test_the_next_page_takes_over_the_category(self) -> None:
        first = from_grid([self.HEADER, ["绿地", "公园", "5"], ["", "林带", "6"]], title="表1 绿地")
        second = from_grid([self.HEADER, ["", "草地", "7"], ["水", "河道", "8"]], title="续表1")
        (table,) = join([first, second])
        assert [(r.group, r.label) for r in table.rows] == [
            ("绿地", "公园"),
            ("绿地", "林带"),
            ("绿地", "草地"),
            ("水", "河道"),
        ]
        assert table.title == "表1 绿地"

    def test_a_page_without_header_takes_over_the_names(self) -> None:
        first = from_grid([["区县", "面积", "人口"], ["甲区", "5", "1"]])
        second = from_grid([["乙区", "6", "2"], ["丙区", "7", "3"]])
        (table,) = join([first, second])
        assert table.rows[2].cells == (("面积", "7"), ("人口", "3"))

    def test_a_page_that_shows_fewer_categories(self) -> None:
        header = ["一级指标", "二级指标", "三级指标", "分值"]
        first = from_grid([header, ["素质", "学历", "本科", "80分"], ["", "", "专科", "60分"]])
        second = from_grid([header, ["", "", "中专", "20分"]])
        (table,) = join([first, second])
        last = table.rows[-1]
        assert (last.group, last.parent, last.label) == ("素质", "学历", "中专")
        assert last.cells == (("分值", "20分"),)

    def test_other_tables_stay_apart(self) -> None:
        first = from_grid([["区县", "面积"], ["甲区", "5"]], title="表1 面积")
        second = from_grid([["区县", "面积"], ["甲区", "6"]], title="表2 规划面积")
        third = from_grid([["学校", "人数"], ["一中", "6"]])
        assert join([first, second, third]) == (first, second, third)

    def test_the_unit_of_its_title(self) -> None:
        table = from_grid([["区", "新增", "存量"], ["东区", "5", "26.5"]], "用地表（单位：公顷）")
        assert table.rows[0].unit == "公顷"
        assert from_grid([["区", "新增"], ["东区", "5"]], "用地表").rows[0].unit == ""
