"""Rows of tables: which, which columns, how they are said."""

from __future__ import annotations

import pytest

from assistant.question import analyse
from assistant.tables import (
    chosen_rows,
    columns_asked,
    label_match,
    latest_year,
    row_label,
    row_statement,
    say_row,
    say_rows,
)
from assistant.terms import Terms, units
from index.records import Passage, Section, Table, TableRow
from tests.assistant.answer_checks import Ask, items

NOW, TARGET, KIND = "2020年实际值", "2025年目标值", "属性"


def row(
    label: str, unit: str, now: str, target: str, kind: str, group: str = "", parent: str = ""
) -> TableRow:
    cells = ((NOW, now), (TARGET, target), (KIND, kind))
    return TableRow("", group, parent, label, unit, cells, f"{label} {now} {target} {kind}")


FOREST = row("森林覆盖率（%）", "%", "33.5", "35.8", "约束性", "绿色生态")
WATER = row("供水量（万吨/日）", "万吨/日", "12", "15", "预期性", "绿色生态")
BEDS = row("护理型床位（张）", "张", "410", "630", "约束性", "民生")
TREES = row("植树（万株）", "万株", "", "[50]", "预期性", "绿色生态")
TABLE = Table("表1 主要指标", ("指标", NOW, TARGET, KIND), (FOREST, WATER, BEDS, TREES))
SECTION = Section("plan", ("第一章", "表1 主要指标"), "table", (), None, 0, TABLE)
NONE = Terms({})


def of(text: str) -> Terms:
    return Terms(dict.fromkeys(units(text), 1.0))


def passage(of_row: TableRow) -> Passage:
    return Passage(of_row.label, "plan", (), "", of_row.text, "table", None, 0, 0, 9, of_row)


def test_a_label_is_said_without_its_unit_and_after_its_parent() -> None:
    assert row_label(FOREST) == "森林覆盖率"
    below = row("化学需氧量", "%", "1", "2", "", parent="污染物减少（%）")
    assert row_label(below) == "污染物减少—化学需氧量"
    assert row_label(row("人口（户籍）", "万人", "1", "2", "")) == "人口（户籍）"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("2020年是多少？", (NOW,)),
        ("2025年是多少？", (TARGET,)),
        ("现在多少，目标多少？", (NOW, TARGET)),
        ("2020年和2025年分别是多少？", (NOW, TARGET)),
        ("是硬任务吗？", (KIND,)),
        ("是多少？", ()),
        ("2030年是多少？", ()),
    ],
)
def test_the_columns_asked_for(text: str, columns: tuple[str, ...]) -> None:
    asked = columns_asked(analyse(f"森林覆盖率{text}"), FOREST)
    assert set(columns) <= set(asked)
    if "任务" not in text:
        assert asked == columns


def test_what_is_asked_is_said_first_and_the_rest_in_brackets() -> None:
    said = say_row(FOREST, (TARGET,))
    assert said == "森林覆盖率：2025年目标值35.8%（2020年实际值33.5%，属约束性指标）"


def test_a_whole_row_is_said_where_no_column_is_asked() -> None:
    assert say_row(FOREST, ()) == "森林覆盖率：2020年实际值33.5%，2025年目标值35.8%，属约束性指标"


def test_a_compound_unit_stands_in_brackets() -> None:
    assert "2025年目标值15（万吨/日）" in say_row(WATER, (TARGET,))


def test_a_five_year_sum_and_an_empty_cell_are_said_to_be_so() -> None:
    said = say_row(TREES, (TARGET,))
    assert "2025年目标值50万株，为五年累计数" in said
    assert "2020年实际值未列数值" in said


def test_a_row_is_cited_as_printed() -> None:
    found = row_statement(analyse("森林覆盖率2025年目标？"), passage(FOREST))
    assert found.quote == FOREST.text
    assert found.text.startswith("森林覆盖率：2025年目标值35.8%")


def test_the_label_nearest_to_the_question_matches_best() -> None:
    asked = of("森林覆盖率")
    assert label_match(FOREST, asked) == 1.0
    assert label_match(BEDS, asked) == 0.0


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("约束性指标有哪些？", [FOREST, BEDS]),
        ("绿色生态方面有哪些指标？", [FOREST, WATER, TREES]),
        ("绿色生态有哪些约束性指标？", [FOREST]),
        ("表1里的约束性指标有哪些？", [FOREST, BEDS]),
        ("表3里的约束性指标有哪些？", []),
        ("有哪些港口？", []),
    ],
)
def test_rows_picked_by_a_shared_value_or_a_group(text: str, rows: list[TableRow]) -> None:
    assert chosen_rows(analyse(text), SECTION, TABLE, NONE) == rows


def test_a_question_on_one_row_picks_no_list() -> None:
    question = analyse("森林覆盖率是约束性指标吗？")
    assert chosen_rows(question, SECTION, TABLE, of("森林覆盖率")) == []


def test_a_list_of_rows_says_how_many_there_are() -> None:
    rows = [FOREST, BEDS]
    said = say_rows(analyse("目标有哪些？"), SECTION, rows, [passage(r) for r in rows])
    assert said[0].text == "表1 主要指标中符合的指标共2项："
    assert [s.text for s in said[1:]] == [
        "森林覆盖率（2025年目标值35.8%）",
        "护理型床位（2025年目标值630张）",
    ]
    assert [s.quote for s in said[1:]] == [FOREST.text, BEDS.text]


def test_a_very_long_list_says_how_many_are_left_out() -> None:
    rows = [row(f"指标{n}", "个", "1", "2", "") for n in range(30)]
    said = say_rows(analyse("有哪些？"), SECTION, rows, [passage(r) for r in rows])
    shown = [s for s in said if s.item]
    assert said[-1].text == f"其余{30 - len(shown)}项见原表。"


def test_a_row_by_everyday_words(ask: Ask) -> None:
    answer = ask("充电桩现在有多少个，以后要有多少个？")
    assert "430" in answer.text and "2600" in answer.text
    assert answer.citations[0].quote == "2 公共充电桩（个） 430 2600"


def test_the_year_asked_for_comes_first(ask: Ask) -> None:
    assert "：2020年实际值33.5%" in ask("森林覆盖率2020年是多少？").text
    assert "：2025年目标值35.8%" in ask("森林覆盖率2025年目标是多少？").text


def test_a_sub_row_is_told_from_its_parent(ask: Ask) -> None:
    answer = ask("高速公路2025年多少公里？")
    assert "131公里" in answer.text and "2980" not in answer.text
    assert "道路里程" in answer.text


def test_whether_an_indicator_is_binding(ask: Ask) -> None:
    assert "属约束性指标" in ask("森林覆盖率是约束性指标吗？").text
    assert "属预期性指标" in ask("研发经费投入强度是约束性指标吗？").text


def test_the_binding_indicators_are_all_there(ask: Ask) -> None:
    found = items(ask("约束性指标有哪些？"))
    names = ["养老机构护理型床位占比", "森林覆盖率", "空气质量优良天数比率"]
    assert [f.split("（")[0] for f in found] == names


def test_two_years_of_one_row_are_one_sentence(ask: Ask) -> None:
    answer = ask("森林覆盖率2020年和2025年分别是多少？")
    assert "33.5%" in answer.text and "35.8%" in answer.text
    assert len(answer.citations) == 1


def test_a_table_by_its_number(ask: Ask) -> None:
    text = ask("表2有哪些项目？").text
    assert "道路里程" in text and "公共充电桩" in text


def test_the_last_year_that_a_tables_columns_name() -> None:
    assert latest_year(Table("表1", ("指标", "2019年", "2025年目标值", "属性"), ())) == 2025
    assert latest_year(Table("表1", ("指标", "数值"), ())) == 0


def land(**cells: str) -> TableRow:
    values = tuple(cells.items())
    return TableRow("", "", "", "东区", "公顷", values, f"东区 {' '.join(cells.values())}")


def test_a_column_called_by_its_name_is_said_first() -> None:
    row = land(新增建设用地="5", 存量建设用地="26.5")
    asked = columns_asked(analyse("东区存量建设用地指标是多少公顷？"), row)
    assert asked == ("存量建设用地",)
    assert say_row(row, asked) == "东区：存量建设用地26.5公顷（新增建设用地5公顷）"


def test_of_many_columns_only_the_one_called_by_name_is_said() -> None:
    cells = dict.fromkeys(("合计", "住宅", "商业", "工业", "交通"), "1")
    row = land(**cells, 城市更新="14")
    asked = columns_asked(analyse("东区城市更新多少公顷"), row)
    assert say_row(row, asked) == "东区：城市更新14公顷"


def test_a_blank_cell_that_nobody_asks_for_is_left_out_and_a_kind_is_no_property() -> None:
    row = land(用地单位="公园处", 性质小类="城市公园", 意见书号="——", 面积="0.3", 备注="")
    assert say_row(row, ()) == "东区：用地单位：公园处，性质小类：城市公园，面积0.3公顷"
    assert "减幅-5公顷" in say_row(land(减幅="-5"), ())


POINTS = TableRow(
    "",
    "",
    "社会服务",
    "义务献血。",
    "",
    (("分值", "每次积2分，累计最高不超过10分。"), ("所需资料", "由本人提供证明原件。" * 8)),
    "义务献血。 每次积2分，累计最高不超过10分。",
)


def test_a_figures_row_leaves_its_prose_out_and_tells_a_sentence_apart() -> None:
    found = row_statement(analyse("义务献血积几分？"), passage(POINTS))
    assert found.text == "社会服务—义务献血：分值：每次积2分，累计最高不超过10分"
    assert "证明原件" in row_statement(analyse("义务献血要什么资料？"), passage(POINTS)).text


def test_a_row_of_prose_alone_is_said_with_it() -> None:
    row_of_prose = TableRow("", "", "", "献血", "", (POINTS.cells[1],), "献血")
    assert "证明原件" in row_statement(analyse("献血积几分？"), passage(row_of_prose)).text
