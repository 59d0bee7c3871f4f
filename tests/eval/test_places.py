"""Gold paths against headings as printed."""

import pytest

from eval.places import inside, number_of, same_heading, same_lead, same_place
from eval.records import Gold

PATH = ("第二篇 重点任务", "第十四章 改善生活", "第六节 应对老龄化", "专栏3 养老工程")


@pytest.mark.parametrize(
    ("element", "heading"),
    [
        ("第十四章", "第十四章 改善生活"),
        ("第十四章 改善生活", "第十四章　改善生活"),
        ("第十四章改善生活", "第十四章 改善生活"),
        ("第 六 节", "第六节 应对"),
        ("（一）", "（一）总体要求"),
        ("(一)", "（一）总体要求"),
        ("一、", "一、背景"),
        ("一", "一、背景"),
        ("一、", "一 背景"),
        ("3.3", "3.3 问题"),
        ("3.3", "3.3问题"),
        ("1", "1 绪论"),
        ("1.", "1．对策"),
        ("1", "1. 对策"),
        ("表2", "表2 主要指标"),
        ("表 2", "表2 主要指标"),
        ("专栏3", "专栏3 养老工程"),
        ("附件1", "附件1：名单"),
        ("①", "①第一"),
        ("第五条", "第五条 申请人"),
        ("结语", "结语"),
        ("附图", "附图："),
    ],
)
def test_same_heading(element: str, heading: str) -> None:
    assert same_heading(element, heading)


@pytest.mark.parametrize(
    ("element", "heading"),
    [
        ("第四章", "第十四章 改善生活"),
        ("第十章", "第十四章 改善生活"),
        ("第一节", "第一章 总则"),
        ("（一）", "一、背景"),
        ("一", "一体化发展"),
        ("一", "（一）总体要求"),
        ("3.3", "3.3.1 细则"),
        ("3", "3.3 问题"),
        ("1", "10 结论"),
        ("1", "1.1 背景"),
        ("表2", "表20 主要指标"),
        ("表2", "图2 走势"),
        ("2022", "2022年工作"),
        ("改善生活", "第十四章 改善生活"),
        ("第十四章 改善", "第十四章 改善生活"),
        ("", "第十四章 改善生活"),
    ],
)
def test_other_heading(element: str, heading: str) -> None:
    assert not same_heading(element, heading)


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("第十四章 改善", "第十四章"),
        ("（三）加强", "(三)"),
        ("十二、其他", "十二"),
        ("2022年工作", ""),
        ("三大工程", ""),
        ("4.5%的目标", ""),
        ("表一 目标", "表一"),
        ("图书馆建设", ""),
    ],
)
def test_number_of(heading: str, number: str) -> None:
    assert number_of(heading) == number


def test_path_in_order_with_gaps_and_under_it() -> None:
    assert inside(("第十四章", "第六节"), PATH)
    assert inside(("第二篇", "专栏3"), PATH)
    assert inside((), ())
    assert inside((), PATH)  # an empty path is the document as a whole
    assert not inside(("第六节",), ())
    assert not inside(("第六节", "第十四章"), PATH)
    assert not inside(("第十四章", "第六节", "第六节"), PATH)
    assert not inside(("第十四章", "第六节", "专栏3"), PATH[:3])


def test_place_needs_the_document() -> None:
    assert same_place(Gold("a", ("第六节",)), "a", PATH)
    assert not same_place(Gold("a", ("第六节",)), "b", PATH)


def test_lead() -> None:
    assert same_lead(Gold("a", (), "健全服务。"), "健全服务")
    assert same_lead(Gold("a", ()), "健全服务")
    assert not same_lead(Gold("a", (), "健全服务"), "")
