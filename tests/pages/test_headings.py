"""How places are written for people."""

from __future__ import annotations

import pytest

from pages.headings import number_of, place, split_heading

CARE = ("第二篇 重点任务", "第十四章 持续改善生活品质", "第六节 积极应对人口老龄化")
TABLE = ("第一篇 总要求", "第三章 发展目标", "第五节 主要指标", "表2 主要指标")


@pytest.mark.parametrize(
    ("path", "lead", "written"),
    [
        (CARE, "", "第十四章第六节“积极应对人口老龄化”"),
        (CARE, "健全养老服务体系", "第十四章第六节“健全养老服务体系”"),
        (CARE[:1], "", "第二篇“重点任务”"),
        (TABLE, "", "第三章第五节 表2“主要指标”"),
        (("3 产业现状", "3.3 存在的问题"), "", "3.3 存在的问题"),
        (("第二章 办法", "一、范围"), "", "第二章 一、范围"),
        (("第三条",), "", "第三条"),
        (("第一章 “云谷”建设",), "", "第一章“‘云谷’建设”"),
        ((), "", "正文"),
        ((), "要点", "正文“要点”"),
    ],
)
def test_place(path: tuple[str, ...], lead: str, written: str) -> None:
    assert place(path, lead) == written


@pytest.mark.parametrize(
    ("path", "number"),
    [
        (CARE, "第十四章第六节"),
        (TABLE, "第三章第五节 表2"),
        (("3.3 问题",), "3.3 问题"),
        ((), "正文"),
    ],
)
def test_number_of(path: tuple[str, ...], number: str) -> None:
    assert number_of(path) == number


def test_a_heading_without_number_is_all_title() -> None:
    assert split_heading(" 前言 ") == ("", "前言")
