"""Headings without a number: a title, an abstract, Markdown levels, names over numbers that begin anew."""

from collections.abc import Callable

from index.records import ParsedDocument

Outline = Callable[..., list[str]]
Parsed = Callable[..., ParsedDocument]


def test_markdown_levels_and_bare_subheadings(outline: Outline) -> None:
    text = "# 某县水利规划\n## 一、基础\n### 优势\n{T}\n### 不足\n{T}\n## 二、目标\n{T}"
    assert outline(text) == [
        "一、基础",
        "一、基础 > 优势",
        "一、基础 > 不足",
        "二、目标",
    ]


def test_title_as_printed_and_as_given(parsed: Parsed) -> None:
    text = "河湖治理背景下某县“节水”\n实施效果研究\n张三 李四\n一、引言\n{T}\n二、结语\n{T}"
    printed = parsed(text)
    assert printed.title == "河湖治理背景下某县“节水”实施效果研究"
    assert printed.sections[0].paragraphs == ("张三 李四",)
    assert parsed(text, "另一个题目").title == "另一个题目"


def test_an_abstract_and_an_introduction_without_a_title(parsed: Parsed) -> None:
    text = "某县节水研究\n【摘 要】：{T}\n{T}\n一、现状\n{T}\n二、对策\n{T}"
    paths = [s.heading_path for s in parsed(text).sections]
    assert paths == [("摘要",), (), ("一、现状",), ("二、对策",)]


def test_headings_without_number_over_numbers_that_begin_anew(outline: Outline) -> None:
    titles = [
        "工作回顾",
        "目标任务",
        "（一）供水",
        "（二）排水",
        "重点工作",
        "（一）水源",
        "（二）管网",
    ]
    text = "{T}\n" + "\n".join(f"{title}\n{{T}}" for title in titles)
    assert outline(text)[1:] == [
        "工作回顾",
        "目标任务",
        "目标任务 > （一）供水",
        "目标任务 > （二）排水",
        "重点工作",
        "重点工作 > （一）水源",
        "重点工作 > （二）管网",
    ]


def test_one_heading_without_number_before_numbers_is_not_over_them(outline: Outline) -> None:
    text = "{T}\n编者按语\n{T}\n（一）供水\n{T}\n（二）排水\n{T}"
    assert outline(text)[1:] == ["编者按语", "（一）供水", "（二）排水"]
