"""Questions that ask several things, taken apart."""

from __future__ import annotations

import pytest

from assistant.facets import Facet, facets
from assistant.question import analyse
from assistant.scope import describe, scope
from index.records import SourceDoc


def doc(doc_id: str, title: str, kind: str) -> SourceDoc:
    return SourceDoc(doc_id, title, "", kind, "", "原文", "0", f"{doc_id}.md")


DOCUMENTS = (
    describe(doc("plan", "无锡市规划纲要", "规划纲要"), "2021—2025年"),
    describe(doc("paper", "无锡产业研究", "论文"), ""),
    describe(doc("nanjing", "南京方略", "论文"), ""),
)


def of(text: str) -> list[Facet]:
    question = analyse(text)
    return facets(question, scope(question, DOCUMENTS), DOCUMENTS)


@pytest.mark.parametrize(
    "text",
    ["森林覆盖率2025年是多少？", "有哪些战略？", "怎么应对老龄化？", "公园和绿道多少个？"],
)
def test_one_thing_is_one_part(text: str) -> None:
    (part,) = of(text)
    assert part.of == 1
    assert part.doc_ids == ("plan", "paper", "nanjing")


def test_what_a_place_is_ranked_within_is_no_part() -> None:
    (part,) = of("无锡产业规模在江苏处于什么地位？")
    assert part.of == 1
    assert len(of("无锡和南京的产业规模各是多少？")) == 2


def test_where_somebody_comes_from_is_no_part() -> None:
    (part,) = of("我们是安徽来的，孩子在无锡上学怎么办？")
    assert part.question.places == ("无锡",)
    assert len(of("安徽和无锡的产业规模各是多少？")) == 2


def test_two_sentences() -> None:
    first, second = of("城际铁路有多长？港口吞吐量多少？")
    assert "铁路" in first.question.text and "港口" not in first.question.text
    assert "港口" in second.question.text and "铁路" not in second.question.text
    assert first.of == second.of == 2


def test_a_second_sentence_without_subject_leans_on_the_first() -> None:
    _, second = of("港口吞吐量现在多少？2025年呢？")
    assert "港口吞吐量" in second.question.text
    assert second.question.years == {2025}


def test_what_leans_on_the_first_takes_all_of_its_subject() -> None:
    _, second = of("垃圾分类2020年设施覆盖率多少？2025年要到多少？")
    assert second.question.text.startswith("垃圾分类设施覆盖率")


def test_a_target_asked_of_one_document_is_its_plans_last_year() -> None:
    first, _ = of("港口吞吐量：规划的目标和论文指出的问题")
    assert (first.doc_ids, first.question.years) == (("plan",), {2025})


def test_of_two_years_each_is_asked_for_its_own_figure() -> None:
    first, second = of("2022年的港口吞吐量比2020年多了多少万吨？")
    assert "多了" not in first.question.text + second.question.text
    assert "多少万吨" in first.question.text and "多少万吨" in second.question.text


def test_stretches_of_one_document_each_are_told_apart_by_it() -> None:
    first, second = of("港口吞吐量规划里写了多少？产业论文又怎么说？")
    assert (first.label, first.doc_ids) == ("规划", ("plan",))
    assert second.label.endswith("论文")


def test_two_kinds_of_document() -> None:
    found = of("规划和论文分别怎么说产业？")
    assert [(f.label, f.doc_ids) for f in found] == [
        ("规划", ("plan",)),
        ("论文", ("paper", "nanjing")),
    ]


def test_each_document_is_asked_what_stands_after_its_name() -> None:
    plan, paper = of("硕放机场：规划的目标和产业研究论文指出的问题")
    assert "目标" in plan.question.text and "问题" not in plan.question.text
    assert "问题" in paper.question.text and "目标" not in paper.question.text
    assert "硕放机场" in plan.question.text and "硕放机场" in paper.question.text
    assert paper.doc_ids == ("paper",)


def test_a_document_named_for_one_of_two_things_asked() -> None:
    first, second = of("不良贷款率与规划里防范金融风险的说法")
    assert first.doc_ids == ("plan", "paper", "nanjing")
    assert second.doc_ids == ("plan",)


def test_a_document_named_alone_is_the_one_searched() -> None:
    (part,) = of("“双核”在纲要里是指什么？")
    assert part.doc_ids == ("plan",)


def test_each_stretch_is_taken_apart_by_itself() -> None:
    found = of("养老床位2020年和2025年各多少，婴幼儿托位有多少？")
    assert [sorted(f.question.years) for f in found] == [[2020], [2025], []]


def test_a_year_is_asked_without_the_other() -> None:
    first, second = of("森林覆盖率2020年和2025年分别是多少？")
    assert "2025" not in first.question.text and "2020" not in second.question.text


def test_the_last_five_years_and_these() -> None:
    found = of("棚户区改造上个五年和这个五年分别多少？")
    assert [f.label for f in found] == ["“十三五”", "“十四五”"]


def test_a_city_in_the_second_stretch_takes_the_place_of_the_first() -> None:
    first, second = of("2018年无锡高新技术企业多少家，南京多少？")
    assert "高新技术企业" in second.question.text and "南京" in second.question.text
    assert "无锡" not in second.question.text


def test_a_last_stretch_that_only_compares_is_no_part() -> None:
    found = of("养老床位和婴幼儿托位2025年各是多少，是一个数吗？")
    assert len(found) == 2


def test_two_cities_each_asked_of_its_own_documents() -> None:
    wuxi, nanjing = of("无锡和南京的开发区各有几家？")
    assert (wuxi.label, nanjing.label) == ("无锡", "南京")
    assert wuxi.doc_ids == ("plan", "paper") and nanjing.doc_ids == ("nanjing",)
    assert "南京" not in wuxi.question.text and "无锡" not in nanjing.question.text
    assert "开发区" in wuxi.question.text and "开发区" in nanjing.question.text


def test_two_years() -> None:
    found = of("森林覆盖率2020年和2025年分别是多少？")
    assert [(f.label, f.question.years) for f in found] == [
        ("2020年", frozenset({2020})),
        ("2025年", frozenset({2025})),
    ]


@pytest.mark.parametrize("text", ["森林覆盖率现状和目标是多少？", "森林覆盖率从多少提高到多少？"])
def test_present_and_target_are_the_years_before_and_at_the_end_of_the_plan(text: str) -> None:
    assert [f.question.years for f in of(text)] == [frozenset({2020}), frozenset({2025})]


def test_a_target_without_year_is_the_plans_last() -> None:
    (part,) = of("森林覆盖率目标是多少？")
    assert part.question.years == {2025}
    (named,) = of("森林覆盖率2023年目标是多少？")
    assert named.question.years == {2023}


def test_how_things_are_is_not_what_the_plan_has_for_its_last_year() -> None:
    (part,) = of("港口吞吐量现在是多少？")
    assert part.question.years == {2020, 2021, 2022, 2023, 2024}


def test_two_subjects_asked_severally() -> None:
    first, second = of("养老床位和婴幼儿托位分别有多少？")
    assert "养老床位" in first.question.text and "托位" not in first.question.text
    assert "婴幼儿托位" in second.question.text and "床位" not in second.question.text


def test_a_stretch_of_the_same_city_stays_in_its_documents() -> None:
    first, second = of("无锡规划新建多少公里铁路，公路投资多少？")
    assert first.doc_ids == second.doc_ids
    assert "nanjing" not in second.doc_ids


def test_a_part_of_the_first_stretch_is_asked_of_it() -> None:
    _, second = of("建设用地供应多少公顷，其中城市更新多少？")
    assert "建设用地" in second.question.text and "城市更新" in second.question.text


def test_a_stretch_that_names_a_document_is_asked_of_it() -> None:
    first, second = of("无锡规划新建多少公里铁路，论文说产业链有什么问题？")
    assert "plan" in first.doc_ids
    assert second.doc_ids == ("paper",)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "森林覆盖率目标，纲要定多少，论文说多少？",
            ["森林覆盖率目标，定多少", "森林覆盖率目标，说多少"],
        ),
        ("茶园新增几座、书场几家", ["茶园新增几座", "书场几家"]),
        (
            "“茶乡计划”有什么成绩，论文又说它有什么不足",
            ["“茶乡计划”有什么成绩", "又说茶乡计划有什么不足"],
        ),
        ("江阴和宜兴的定位分别是什么，各有什么园区", None),
    ],
)
def test_what_leans_on_the_stretch_before(text: str, asked: list[str] | None) -> None:
    found = [f.question.text.rstrip("？") for f in of(text)]
    assert asked is None and len(found) == 4 or found == asked


def test_what_both_documents_speak_of_stays_where_it_is_asked_about() -> None:
    parts = of("纲要和论文都提到人才，各自的建议是什么")
    assert [p.question.text for p in parts] == ["人才，建议是什么"] * 2


def test_what_each_city_is_asked_about_is_no_part_of_its_own() -> None:
    assert [p.label for p in of("无锡和南京各自和上海怎么对接")] == ["无锡", "南京"]


def test_things_asked_of_one_document_are_looked_up_there() -> None:
    parts = of("纲要里，茶园面积和书场数量分别是多少")
    assert [p.doc_ids for p in parts] == [("plan",)] * 2


def test_a_document_in_brackets_behind_the_question_is_the_one_searched() -> None:
    first, second = of("要建几座水库？另外名录编到第几版了？（规划纲要）")
    assert first.doc_ids == second.doc_ids == ("plan",)
    assert "水库" in first.question.text and "第几版" in second.question.text


def test_plans_called_by_their_numbers_are_documents() -> None:
    both = (
        describe(doc("tenth", "临江省第十个五年计划纲要", "计划纲要"), "2001-2005年"),
        describe(doc("twelfth", "全国第十二个五年规划纲要", "规划纲要"), "2011—2015年"),
    )
    question = analyse("临江十五定的和全国十二五定的绿化率分别是多少")
    parts = facets(question, scope(question, both), both)
    assert [p.doc_ids for p in parts] == [("tenth",), ("twelfth",)]
    assert all("绿化率" in p.question.text for p in parts)


def test_which_of_two_documents_has_more_is_asked_of_each_as_how_much() -> None:
    parts = of("规划的产值增速和南京那篇的产值增速，哪个高")
    assert [p.doc_ids for p in parts] == [("plan",), ("nanjing",)]
    assert [p.question.text for p in parts] == ["的产值增速是多少", "的产值增速是多少"]
