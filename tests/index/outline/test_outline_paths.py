"""Heading paths of documents of every style, written small."""

from collections.abc import Callable

from index.records import ParsedDocument

Outline = Callable[..., list[str]]
Parsed = Callable[..., ParsedDocument]


def test_parts_chapters_and_sections_with_a_contents_list(outline: Outline, parsed: Parsed) -> None:
    text = """
序    言

{T}

目    录
第一篇  现状\t1
第一章  水资源\t1
第一节  地表水\t2
第二节  地下水\t3
第二篇  任务\t5
第二章  供水\t5
第一节  水源\t6
附图：\t9
— 3 —

第一篇  现状
第一章  水资源
{T}
第一节  地表水
{T}
第二节  地下水
{T}
第二篇  任务
第二章  供水
第一节  水源
{T}
附图：
1．水系图
2．水厂图
附图1

水系图
附图2

水厂图
"""
    assert outline(text) == [
        "序 言",
        "第一篇 现状",
        "第一篇 现状 > 第一章 水资源",
        "第一篇 现状 > 第一章 水资源 > 第一节 地表水",
        "第一篇 现状 > 第一章 水资源 > 第二节 地下水",
        "第二篇 任务",
        "第二篇 任务 > 第二章 供水",
        "第二篇 任务 > 第二章 供水 > 第一节 水源",
        "附图：",
        "附图： > 附图1 水系图",
        "附图： > 附图2 水厂图",
    ]
    dropped = parsed(text).furniture
    assert "第一节  地表水\t2" in dropped
    assert "— 3 —" in dropped


def test_numbers_restart_below_each_heading(outline: Outline) -> None:
    text = """
一、现状
（一）成效
1. 供水
{T}
2. 排水
{T}
（二）问题
1. 管网
{T}
2. 水质
{T}
二、任务
（一）目标
{T}
（二）措施
{T}
"""
    assert outline(text)[-4:] == [
        "一、现状 > （二）问题 > 2. 水质",
        "二、任务",
        "二、任务 > （一）目标",
        "二、任务 > （二）措施",
    ]
    assert "一、现状 > （二）问题 > 1. 管网" in outline(text)


def test_numbers_run_on_across_headings(outline: Outline) -> None:
    text = """
一、思路
（一）理顺体制。{T}
（二）明确分工。{T}
二、法规
（三）完善立法。{T}
（四）严格执法。{T}
"""
    assert outline(text) == [
        "一、思路",
        "一、思路 > （一）理顺体制",
        "一、思路 > （二）明确分工",
        "二、法规",
        "二、法规 > （三）完善立法",
        "二、法规 > （四）严格执法",
    ]


def test_decimal_numbers_hold_bracketed_ones(outline: Outline) -> None:
    text = """
1 绪论
1.1 背景
1.1.1 水情
{T}
(1)降水方面
{T}
(2)径流方面
{T}
1.2 方法
2021 年共有 20 个样本。{T}
2 结论
{T}
"""
    assert outline(text) == [
        "1 绪论",
        "1 绪论 > 1.1 背景",
        "1 绪论 > 1.1 背景 > 1.1.1 水情",
        "1 绪论 > 1.1 背景 > 1.1.1 水情 > (1)降水方面",
        "1 绪论 > 1.1 背景 > 1.1.1 水情 > (2)径流方面",
        "1 绪论 > 1.2 方法",
        "2 结论",
    ]


def test_a_decimal_sentence_is_a_paragraph(parsed: Parsed) -> None:
    text = """
1 范围
{T}
2 程序
2．1　{T}
2．2　受理
{T}
2．3　办结
{T}
"""
    sections = parsed(text).sections
    assert [s.heading_path[-1] for s in sections] == ["1 范围", "2 程序", "2．2 受理", "2．3 办结"]
    assert sections[1].paragraphs[0].startswith("2．1")


def test_articles_keep_their_clauses(parsed: Parsed) -> None:
    text = """
第一章 总则
第一条 为了节约用水，制定本办法。
第二条 下列用水可以优先保障：
（一）居民生活用水；
（二）医院用水。
前款规定的用水由主管部门核定。
第二章 附则
第三条 本办法自公布之日起施行。
"""
    sections = parsed(text).sections
    assert [" > ".join(s.heading_path) for s in sections] == [
        "第一章 总则",
        "第一章 总则 > 第一条",
        "第一章 总则 > 第二条",
        "第二章 附则",
        "第二章 附则 > 第三条",
    ]
    assert len(sections[2].paragraphs) == 4


def test_articles_with_titles(outline: Outline) -> None:
    text = """
第一章 总则
第一条 编制目的
{T}
第二条 适用范围
{T}
第三条 编制依据
（一）《水法》；
（二）《防洪法》。
"""
    assert outline(text)[1:] == [
        "第一章 总则 > 第一条 编制目的",
        "第一章 总则 > 第二条 适用范围",
        "第一章 总则 > 第三条 编制依据",
    ]


def test_a_notice_and_its_annexes(outline: Outline) -> None:
    text = """
某县人民政府关于印发《某县供水办法》等文件的通知

各乡镇人民政府：
现将《某县供水办法》《某县水费细则》印发给你们，请遵照执行。
某县人民政府
2021年3月1日

附件1
某县供水办法
第一条 为了规范供水，制定本办法。
第二条 供水单位应当备案。
附件2
某县水费细则
第一条 为了规范收费，制定本细则。
第二条 水费按月收取。
"""
    assert outline(text) == [
        "",
        "附件1",
        "附件1 > 某县供水办法",
        "附件1 > 某县供水办法 > 第一条",
        "附件1 > 某县供水办法 > 第二条",
        "附件2",
        "附件2 > 某县水费细则",
        "附件2 > 某县水费细则 > 第一条",
        "附件2 > 某县水费细则 > 第二条",
    ]


def test_a_list_of_annexes_is_text(parsed: Parsed) -> None:
    text = "一、目标\n{T}\n二、措施\n{T}\n附件：1. 任务表\n2. 指标表"
    sections = parsed(text).sections
    assert [s.heading_path for s in sections] == [("一、目标",), ("二、措施",)]
    assert sections[1].paragraphs[-1] == "2. 指标表"


def test_enumerations_in_text_are_no_headings(outline: Outline) -> None:
    text = """
一、问题
第一，水源单一。{T}第二，管网老化。{T}
一是水源单一，二是管网老化。{T}
二、对策
{T}
"""
    assert outline(text) == ["一、问题", "二、对策"]


def test_a_number_out_of_sequence_is_text(outline: Outline) -> None:
    assert outline("一、现状\n{T}\n二、任务\n{T}\n七、某事\n{T}\n三、保障\n{T}") == [
        "一、现状",
        "二、任务",
        "三、保障",
    ]


def test_a_title_run_into_its_text_by_wide_spaces(parsed: Parsed) -> None:
    text = "第一章　供水　　{T}\n第二章　排水　　{T}"
    sections = parsed(text).sections
    assert [s.heading_path for s in sections] == [("第一章 供水",), ("第二章 排水",)]
    assert all(s.paragraphs for s in sections)


def test_the_glossary_at_the_end(outline: Outline) -> None:
    text = "一、回顾\n{T}\n二、安排\n{T}\n名词解释\n1.“三水”：指{T}\n2.“两保”：指{T}"
    assert outline(text)[2:] == ["名词解释", "名词解释 > 1.“三水”", "名词解释 > 2.“两保”"]
