"""Which documents a question is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.question import analyse
from assistant.scope import (
    DocumentScope,
    Scope,
    describe,
    is_of_kind,
    period_of_plan,
    plan_periods,
    scope,
    speaks_of_place,
)
from index.records import Passage, SourceDoc


def doc(doc_id: str, title: str, kind: str = "", issuer: str = "") -> SourceDoc:
    return SourceDoc(doc_id, title, issuer, kind, "", "原文", "0", f"{doc_id}.md")


PLAN = describe(doc("plan", "无锡市第十四个五年规划纲要", "规划纲要"), "本规划期为2021—2025年。")
PAPER = describe(doc("paper", "无锡产业研究", "论文"), "")
NEWS = describe(doc("news", "为无锡建言", "报纸专版"), "")
NANJING = describe(doc("nanjing", "南京方略", "论文"), "")
ALL = (PLAN, PAPER, NEWS, NANJING)


def of(text: str, within: list[str] | None = None) -> Scope:
    return scope(analyse(text), ALL, within)


@pytest.mark.parametrize(("number", "years"), [(10, (2001, 2005)), (14, (2021, 2025))])
def test_the_years_of_a_five_year_plan(number: int, years: tuple[int, int]) -> None:
    assert period_of_plan(number) == years


def test_the_plans_a_text_names() -> None:
    assert plan_periods("“十四五”和“十五五”，以及第十三个五年规划") == (
        (2021, 2025),
        (2026, 2030),
        (2016, 2020),
    )
    assert plan_periods("十四五十四五") == ((2021, 2025),)
    assert plan_periods("没有") == ()


def test_a_document_is_about_the_city_of_its_title() -> None:
    assert PLAN.places == ("无锡",)
    assert NANJING.places == ("南京",)


def test_without_a_city_in_the_title_the_one_its_opening_names_most_counts() -> None:
    found = describe(doc("x", "开放之路"), "扬州提出，与南京不同，扬州……扬州")
    assert found.places == ("扬州",)
    assert describe(doc("x", "开放之路"), "没有城市").places == ()


@pytest.mark.parametrize(
    ("noun", "named"),
    [("论文", [PAPER, NANJING]), ("纲要", [PLAN]), ("专版", [NEWS]), ("森林", [])],
)
def test_what_a_document_is_called(noun: str, named: list[DocumentScope]) -> None:
    assert [d for d in ALL if is_of_kind(d, noun)] == named


def test_only_a_plan_has_a_period() -> None:
    assert PLAN.period == (2021, 2025)
    assert describe(doc("p", "某市“十五五”规划"), "").period == (2026, 2030)
    assert describe(doc("a", "某市研究", "论文"), "2021—2025年").period is None
    assert describe(doc("n", "为“十五五”规划建言", "报纸专版"), "").period is None


def test_the_years_of_a_plans_title_count_before_those_its_opening_names() -> None:
    opening = "根据《土地利用总体规划（2006—2020年）》，制定本计划。"
    assert describe(doc("y", "某市2016年度建设计划"), opening).period == (2016, 2016)
    assert describe(doc("y", "某市第十二个五年（２０１１—２０１５年）规划"), "").period == (
        2011,
        2015,
    )
    assert describe(doc("y", "某市建设计划"), opening).period == (2006, 2020)


def test_a_document_of_the_whole_country_is_about_no_city_its_opening_names() -> None:
    opening = "五年来，战胜了四川特大地震。"
    assert describe(doc("n", "中华人民共和国第十二个五年规划纲要"), opening).places == ()
    assert describe(doc("n", "全国应急规划", issuer="国务院"), opening).places == ()
    own = describe(doc("n", "建设国家创新型城市实施方案"), "我市是创新城市。扬州要增加投入。")
    assert own.places == ("扬州",) and not own.nationwide


def test_a_question_that_names_nothing_allows_all() -> None:
    assert of("森林覆盖率是多少？") == Scope(("plan", "paper", "news", "nanjing"), (), ())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("报纸上怎么说？", ("news",)),
        ("论文里怎么说？", ("paper", "nanjing")),
        ("南京的论文怎么说？", ("nanjing",)),
        ("无锡的产业怎么样？", ("plan", "paper", "news")),
        ("《无锡产业研究》怎么说？", ("paper",)),
    ],
)
def test_kind_title_and_city_narrow_the_documents(text: str, ids: tuple[str, ...]) -> None:
    assert of(text).allowed == ids


def test_a_city_no_document_is_about_is_foreign() -> None:
    assert of("成都和南京的森林覆盖率").foreign == ("成都",)
    assert of("南京的森林覆盖率").foreign == ()


def test_the_asker_may_narrow_the_documents() -> None:
    assert of("森林覆盖率", ["plan", "news"]).allowed == ("plan", "news")
    assert of("南京怎么样？", ["plan"]).foreign == ("南京",)
    assert of("森林覆盖率", []).allowed == ()


def test_a_city_outside_the_list_is_known_from_its_documents_title() -> None:
    found: DocumentScope = describe(doc("x", "云溪市第十四个五年规划纲要", "规划纲要"), "")
    assert found.places == ("云溪",)


OLD = describe(
    replace(doc("old", "无锡市第十三个五年规划纲要", "规划纲要"), replaced_by="plan"),
    "2016—2020年。",
)


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("城镇化率的目标是多少？", False),
        ("2025年城镇化率的目标是多少？", False),
        ("2018年城镇化率是多少？", True),
        ("“十三五”城镇化率的目标是多少？", True),
        ("《无锡市第十三个五年规划纲要》怎么说城镇化率？", True),
    ],
)
def test_a_replaced_document_answers_only_when_asked_for(text: str, used: bool) -> None:
    assert ("old" in scope(analyse(text), (OLD, PLAN)).allowed) is used


def test_a_replaced_document_is_used_where_it_was_chosen_or_nothing_stands_in_its_stead() -> None:
    question = analyse("城镇化率的目标是多少？")
    assert scope(question, (OLD, PLAN), ["old"]).allowed == ("old",)
    assert scope(question, (OLD,)).allowed == ("old",)


def test_what_holds_for_the_nation_answers_nothing_of_a_place_with_documents_of_its_own() -> None:
    nation = describe(doc("nation", "国家公路规划"), "")
    whole, named, own = "全国建成公路。", "建成无锡到南京的路。", "公路。"

    def kept(text: str) -> list[bool]:
        may = speaks_of_place(analyse(text), (*ALL, nation))
        pieces = (("nation", whole), ("nation", named), ("plan", own))
        return [may(Passage(t, d, (), "", t, "text", None, 0, 0, 9), t) for d, t in pieces]

    assert kept("无锡的公路") == [False, True, True]
    assert kept("扬州的公路") == [True, True, True]
    assert kept("公路") == [True, True, True]


def test_a_report_of_a_year_looks_forward_to_it_and_back_on_the_last() -> None:
    assert describe(doc("r", "2026年某省政府工作报告"), "").period == (2026, 2026)
    assert describe(doc("r", "某省政府工作报告"), "").period is None
    assert describe(doc("r", "2026年某省调研报告"), "").period is None


def test_the_plan_of_the_period_a_question_names_is_meant_among_several_plans() -> None:
    country = describe(doc("country", "国家第十二个五年规划纲要", "规划纲要"), "")
    plans = (PLAN, country, PAPER)
    assert scope(analyse("国家“十二五”怎么定的电价"), plans).allowed == ("country", "paper")
    assert scope(analyse("“十二五”和“十四五”有什么不同"), plans).allowed == ids(plans)
    assert scope(analyse("“十三五”建成了多少"), plans).allowed == ids(plans)


def ids(documents: tuple[DocumentScope, ...]) -> tuple[str, ...]:
    return tuple(d.doc.doc_id for d in documents)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("十五点里有哪些", ()),
        ("十五年内", ()),
        ("云溪十五规划", ((2001, 2005),)),
        ("十四五年均增长", ((2021, 2025),)),
    ],
)
def test_fifteen_of_a_kind_is_no_plan(text: str, periods: tuple[tuple[int, int], ...]) -> None:
    assert plan_periods(text) == periods
