"""Headings and the questions about them."""

from __future__ import annotations

import pytest

from assistant.question import analyse
from assistant.scope import describe
from assistant.structure import (
    Structure,
    asks_content,
    asks_count,
    asks_documents,
    asks_figures,
    asks_part,
    asks_parts,
    asks_period,
    asks_tables,
    heading_number,
    heading_statement,
    opening,
    own_number,
)
from assistant.structure_asked import (
    asks_dotted,
    asks_table,
    counted_below,
    documents_about,
    headings_apart,
)
from index.records import Passage, Section, SourceDoc

ONE, TWO = "第一篇 总则", "第二篇 任务"
PATHS = (
    (ONE, "第一章 基础", "第一节 成效"),
    (ONE, "第一章 基础", "第二节 形势"),
    (TWO, "第二章 产业", "第一节 制造"),
    (TWO, "第二章 产业", "第一节 制造", "表1 指标"),
    (TWO, "第十二章 交通"),
)
DOC = SourceDoc("plan", "某规划", "", "规划纲要", "", "原文", "0", "plan.md")


@pytest.fixture
def structure() -> Structure:
    sections = [Section("plan", p, "text", ("正文。",), None, n) for n, p in enumerate(PATHS)]
    return Structure(describe(DOC, ""), sections)


def passage(text: str) -> Passage:
    return Passage("a", "plan", PATHS[0], "", text, "text", None, 0, 0, len(text))


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("第十四章 民生", (14, "章")),
        ("第 三 节　交通", (3, "节")),
        ("第2编 总则", (2, "编")),
        ("第一百零一条 附则", (101, "条")),
        ("一、总则", None),
        ("表1 指标", None),
        ("", None),
    ],
)
def test_the_number_of_a_heading(heading: str, number: tuple[int, str] | None) -> None:
    assert heading_number(heading) == number


def test_a_heading_by_its_numbers(structure: Structure) -> None:
    assert structure.find([("十二", "章")]) == (TWO, "第十二章 交通")
    assert structure.find([("2", "章"), ("一", "节")]) == PATHS[2]
    assert structure.find([("一", "节"), ("二", "章")]) == PATHS[2]
    assert structure.find([("二", "篇")]) == (TWO,)


def test_a_heading_that_is_not_there(structure: Structure) -> None:
    assert structure.find([("九", "章")]) is None
    assert structure.find([("一", "章"), ("三", "节")]) is None


def test_children_counts_and_sections_below(structure: Structure) -> None:
    assert structure.children((ONE, "第一章 基础")) == PATHS[:2]
    assert structure.children(PATHS[2]) == (PATHS[3],)
    assert structure.children(PATHS[0]) == ()
    assert [p[-1] for p in structure.count("章")] == ["第一章 基础", "第二章 产业", "第十二章 交通"]
    assert len(structure.count("节")) == 3
    assert [s.heading_path for s in structure.under((TWO,))] == list(PATHS[2:])


def test_the_first_sentence_of_a_passage() -> None:
    assert opening(passage("扩大绿地。新建公园。")) == "扩大绿地。"
    assert opening(passage(" 扩大绿地 ")) == "扩大绿地"


def test_a_heading_is_cited_by_its_first_sentence() -> None:
    said = heading_statement(PATHS[0], passage("扩大绿地。新建公园。"))
    assert (said.text, said.quote, said.item) == ("第一节 成效", "扩大绿地。", True)


@pytest.mark.parametrize("text", ["有哪些文件？", "现在收录了什么？", "你有几份资料"])
def test_asks_which_documents_there_are(text: str) -> None:
    assert asks_documents(analyse(text))


@pytest.mark.parametrize("text", ["规划期是哪几年？", "这份规划管到哪年？", "规划期限多长？"])
def test_asks_for_the_period(text: str) -> None:
    assert asks_period(analyse(text))


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("规划一共几章？", ("章",)),
        ("这份规划有几篇几章？", ("篇", "章")),
        ("全文分为多少节", ("节",)),
        ("规划一共几章，分别叫什么", ("章",)),
        ("养老写了几节？", ()),
        ("有几条地铁？", ()),
    ],
)
def test_asks_how_many_headings(text: str, units: tuple[str, ...]) -> None:
    assert asks_count(analyse(text)) == units


@pytest.mark.parametrize(
    "text", ["第二章讲什么？", "第一篇第一章写了哪些内容", "第三节的标题是什么"]
)
def test_asks_what_a_chapter_says(text: str) -> None:
    assert asks_content(analyse(text))


@pytest.mark.parametrize(
    "text", ["第二章的森林覆盖率是多少？", "养老讲什么？", "第二章怎么说港口吞吐量"]
)
def test_a_subject_in_a_chapter_is_another_question(text: str) -> None:
    assert not asks_content(analyse(text))


def test_asks_for_tables_and_figures() -> None:
    assert asks_tables(analyse("规划里有几张表？"))
    assert asks_figures(analyse("附图有哪些？"))
    for other in (
        "森林覆盖率是多少？",
        "怎么应对老龄化？",
        "有哪些战略？",
        "为融入都市圈出台了什么文件",
        "参保要什么材料",
    ):
        question = analyse(other)
        assert not asks_tables(question) and not asks_figures(question)
        assert not asks_documents(question) and not asks_period(question)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("规划有几个部分？", True),
        ("那篇论文讲了哪几部分", True),
        ("这份办法的结构是什么？", True),
        ("目录", True),
        ("那篇文章的正文由哪几大块组成", True),
        ("产业结构是什么？", False),
        ("养老有哪几部分内容？", False),
        ("用地结构怎么调整？", False),
    ],
)
def test_asks_how_a_document_is_divided(text: str, asked: bool) -> None:
    assert asks_parts(analyse(text)) is asked


@pytest.mark.parametrize(
    ("text", "number"),
    [("第三部分讲什么？", 3), ("第2个部分写了什么", 2), ("第三部分达到多少？", 0), ("讲什么？", 0)],
)
def test_asks_what_a_part_is_about(text: str, number: int) -> None:
    assert asks_part(analyse(text)) == number


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("三、政策建议", 3),
        ("第三章 目标", 3),
        ("3 结论", 3),
        ("2022年的情况", None),
        ("序言", None),
    ],
)
def test_the_own_number_of_a_heading(heading: str, number: int | None) -> None:
    assert own_number(heading) == number


def test_what_is_asked_by_a_name_of_its_own() -> None:
    assert asks_dotted(analyse("论文3.2节讲什么")) == "3.2"
    assert asks_dotted(analyse("增长3.2%说明什么")) == ""
    assert asks_table(analyse("表1列的是什么")) == "表1"
    assert asks_table(analyse("表1里茶园面积是什么单位")) == ""
    assert counted_below(analyse("第五章有几节")) == "节"
    assert documents_about(analyse("关于医保的文件有哪些")) == "医保"


def test_several_headings_are_taken_one_by_one() -> None:
    assert headings_apart((("六", "章"), ("七", "章"))) == [(("六", "章"),), (("七", "章"),)]
    assert headings_apart((("三", "章"), ("一", "节"), ("二", "节"))) == [
        (("三", "章"), ("一", "节")),
        (("三", "章"), ("二", "节")),
    ]
    assert headings_apart((("三", "章"), ("一", "节"))) == []


@pytest.mark.parametrize(
    "text", ["出让文件里得有哪些材料", "办理落户，文件有哪些", "公开出让一块土地，资料包括什么"]
)
def test_the_papers_of_a_thing_are_no_documents_held_here(text: str) -> None:
    assert not asks_documents(analyse(text))
