"""Documents named in a question by what people call them."""

from __future__ import annotations

import pytest

from assistant.mentions import mentions
from assistant.scope import describe
from index.records import SourceDoc


def doc(doc_id: str, title: str, kind: str, issuer: str = "", published: str = "") -> SourceDoc:
    return SourceDoc(doc_id, title, issuer, kind, published, "原文", "0", f"{doc_id}.md")


DOCUMENTS = tuple(
    describe(d, "")
    for d in (
        doc("plan", "无锡市第十四个五年规划纲要", "规划纲要"),
        doc("trade", "无锡城市国际化研究", "论文", "李某", "2023"),
        doc("industry", "无锡产业升级研究", "论文", "云溪大学", "2021"),
        doc("nanjing", "南京方略", "论文", "课题组", "2023"),
        doc("news", "为“十五五”建言", "报纸专版", "", "2025"),
    )
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("纲要怎么说", {"纲要": ("plan",)}),
        ("“十四五”纲要怎么说", {"“十四五”纲要": ("plan",)}),
        ("规划和论文怎么说", {"规划": ("plan",), "论文": ("trade", "industry", "nanjing")}),
        ("规划各是怎么写的", {"规划": ("plan",)}),
        ("那篇国际化论文写了什么", {"国际化论文": ("trade",)}),
        ("产业升级论文与报纸专版", {"产业升级论文": ("industry",), "报纸专版": ("news",)}),
        ("南京那篇文章和无锡的规划", {"南京那篇文章": ("nanjing",), "无锡的规划": ("plan",)}),
        ("云溪大学的论文里", {"云溪大学的论文": ("industry",)}),
        ("2023年的文章说了什么", {"2023年的文章": ("trade", "nanjing")}),
        ("2025年的建言又说了什么", {"2025年的建言": ("news",)}),
        ("无锡规划有没有提到茶园", {"无锡规划": ("plan",)}),
        ("“十三五”规划里的目标", {}),  # none of the documents is that plan
        ("森林覆盖率是多少", {}),
    ],
)
def test_what_is_named(text: str, named: dict[str, tuple[str, ...]]) -> None:
    assert {m.name: m.doc_ids for m in mentions(text, DOCUMENTS)} == named


@pytest.mark.parametrize(
    "text",
    [
        "规划建设几座公园",
        "规划各类公园几座",
        "国土空间规划怎么编",
        "城市规划馆在哪",
        "规划期末达到多少",
    ],
)
def test_to_plan_and_its_compounds_name_no_document(text: str) -> None:
    assert mentions(text, DOCUMENTS) == []


def test_a_kind_that_no_document_is_of_names_none() -> None:
    assert mentions("论文怎么说", DOCUMENTS[:1]) == []


RULES = tuple(
    describe(d, "")
    for d in (
        doc("care", "云溪市社会基本医疗保险办法", "规范性文件", "云溪市人民政府"),
        doc("move", "云溪市积分制人才入户实施细则", "规范性文件"),
        doc("tenth", "云南省国民经济和社会发展第十个五年计划纲要", "规划纲要"),
        doc("nation", "中华人民共和国第十二个五年规划纲要", "规划纲要", "国务院"),
    )
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("云溪医保办法第三章讲什么", {"云溪医保办法": ("care",)}),
        ("积分入户细则分几个部分", {"积分入户细则": ("move",)}),
        ("云南“十五”计划一共几章", {"云南“十五”计划": ("tenth",)}),
        ("国家“十二五”规划的目标", {"国家“十二五”规划": ("nation",)}),
        ("十二五规划第二篇讲什么", {"十二五规划": ("nation",)}),
        ("看病有什么办法", {}),
        ("医保是怎么规定的", {}),
    ],
)
def test_a_document_is_called_by_its_title_cut_short(
    text: str, named: dict[str, tuple[str, ...]]
) -> None:
    assert {m.name: m.doc_ids for m in mentions(text, RULES)} == named


def test_that_piece_is_an_article_where_its_title_is_told() -> None:
    (mention,) = mentions("南京那篇怎么说", DOCUMENTS)
    assert mention.name.startswith("南京")
    assert mentions("那篇怎么说", DOCUMENTS) == []


def test_a_document_that_is_asked_for_is_not_named() -> None:
    assert mentions("“一高地”出自哪个规划，哪年提的", DOCUMENTS) == []
