"""Tables to boards: what counts as an indicator, which columns can be compared, what is reached."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.records import Section, Table, TableRow
from pages.indicators.boards import Board, boards, form_of
from pages.indicators.pictures import lanes, pictures, share, summary
from tests.pages.fakes import PLAN, FakeLibrary


def row(label: str, *cells: tuple[str, str], group: str = "", unit: str = "%") -> TableRow:
    return TableRow("", group, "", label, unit, cells, " ".join((label, *(v for _, v in cells))))


def library(*tables: Table, published: str = "2021") -> FakeLibrary:
    sections = tuple(
        Section("plan", ("第一章 目标", t.title), "table", tuple(r.text for r in t.rows), 1, n, t)
        for n, t in enumerate(tables)
    )
    return FakeLibrary((replace(PLAN, published=published),), sections, ())


def goals(*rows: tuple[str, str, str, str]) -> Table:
    return Table(
        "表1 指标",
        (),
        tuple(
            row(
                label, ("2020年实际值", now), ("2025年目标值", goal), ("属性", nature), group="民生"
            )
            for label, now, goal, nature in rows
        ),
    )


GOALS = goals(
    ("教育年限", "12", "13", "约束性"),
    ("城镇调查失业率", "4.8", "<5", "预期性"),
    ("能耗下降率", "[18.7]", "[15]", "约束性"),
    ("劳动生产率", "31", "年均5%", "预期性"),
    ("文明指数", "待公布", "90", "预期性"),
)


def only(*tables: Table, published: str = "2021") -> Board:
    (board,) = boards(library(*tables, published=published))
    return board


def test_columns_are_states_targets_and_natures_by_their_words() -> None:
    board = only(GOALS)
    assert [(c.name, c.kind, c.year) for c in board.columns] == [
        ("2020年实际值", "state", 2020),
        ("2025年目标值", "target", 2025),
    ]
    assert [i.nature for i in board.indicators] == [
        "约束性",
        "预期性",
        "约束性",
        "预期性",
        "预期性",
    ]


def test_only_figures_of_one_kind_are_compared_and_less_can_be_better() -> None:
    board = only(GOALS)
    assert [board.reached(i) for i in board.indicators] == [False, True, True, None, None]
    assert share(board, board.indicators[0]) == pytest.approx(12 / 13)
    assert share(board, board.indicators[1]) == pytest.approx(5 / 4.8)


@pytest.mark.parametrize(
    ("text", "unit", "form"),
    [
        ("[18.7]", "%", "累计"),
        ("年均6", "%", "年均"),
        ("5%", "元", "年均"),
        ("5%", "%", ""),
        ("≥5", "个", ""),
    ],
)
def test_the_form_of_a_figure(text: str, unit: str, form: str) -> None:
    assert form_of(text, unit) == form


def test_without_a_word_for_it_years_after_the_document_are_targets() -> None:
    table = Table(
        "主要指标", (), tuple(row(n, ("2020年", "1"), ("2025年", "2")) for n in ("甲", "乙", "丙"))
    )
    assert [c.kind for c in only(table, published="2021年3月").columns] == ["state", "target"]
    assert [c.kind for c in only(table, published="").columns] == ["state", "state"]


@pytest.mark.parametrize(
    "table",
    [
        Table("分工", (), tuple(row(n, ("责任单位", "教育局")) for n in ("甲", "乙", "丙"))),
        Table("面积", (), tuple(row(n, ("面积", "12")) for n in ("甲", "乙", "丙"))),
        Table("进度", (), tuple(row(n, ("2021年", "开工建设")) for n in ("甲", "乙", "丙"))),
    ],
)
def test_other_tables_are_no_boards(table: Table) -> None:
    assert boards(library(table)) == []


def test_what_two_tables_say_of_the_same_indicators_stands_side_by_side() -> None:
    before = Table(
        "表0 完成情况",
        (),
        tuple(
            row(label, ("“十三五”目标", goal), ("2019年完成", now))
            for label, goal, now in (("教育年限", "12", "11"), ("城镇调查失业率", "<5", "4.9"))
        ),
    )
    *_, joined = boards(library(before, GOALS))
    assert [c.year for c in joined.columns] == [2020, 2019, 2020, 2025]
    assert [i.label for i in joined.indicators] == ["教育年限", "城镇调查失业率"]
    assert [p.text for p in joined.indicators[0].points if p] == ["12", "11", "12", "13"]
    assert joined.target == 3


def test_the_sentence_counts_what_the_picture_shows() -> None:
    said = summary(only(GOALS))
    assert said == (
        "共5项指标，其中3项的“2020年实际值”可以与“2025年目标值”比较："
        "2项已在目标水平，1项离目标还有距离。"
    )
    shown = pictures(only(GOALS))
    assert shown.count('class="dot full"') == 2
    assert shown.count('class="dot open"') == 1
    assert "约束性2项，占40%" in shown


def test_every_mark_links_to_its_row_and_says_its_figure() -> None:
    board = only(GOALS)
    shown = pictures(board)
    link = board.indicators[0].link.replace("&", "&amp;")
    assert "browse?doc=plan" in link
    assert "p=p" in link
    assert f'href="{link}" aria-label="教育年限，2025年目标值：13"' in shown


def test_a_document_cannot_put_markup_on_the_page() -> None:
    shown = pictures(only(goals(("<b>甲", "1", "2", "<i>"), ("乙", "1", "2", "约束性"))))
    assert "<b>" not in shown
    assert "<i>" not in shown


def test_no_two_marks_of_a_lane_touch() -> None:
    assert lanes([0, 1, 2, 10, 10], room=3) == [0, 1, 2, 0, 1]
