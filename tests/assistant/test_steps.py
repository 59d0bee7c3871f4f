"""Headings told by their place beside others."""

from __future__ import annotations

import pytest

from assistant.scope import describe
from assistant.steps import stepped
from assistant.structure import Structure
from index.records import Section, SourceDoc

DOC = SourceDoc("plan", "某规划", "", "规划纲要", "", "原文", "0", "plan.md")
PATHS = (
    ("第一篇 总则", "第一章 基础", "第一节 成效"),
    ("第一篇 总则", "第一章 基础", "第二节 形势"),
    ("第二篇 任务", "第二章 产业", "第一节 制造"),
    ("第二篇 任务", "第三章 交通"),
)


@pytest.fixture
def structure() -> Structure:
    sections = [Section("plan", p, "text", ("正文。",), None, n) for n, p in enumerate(PATHS)]
    return Structure(describe(DOC, ""), sections)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一章的下一章讲什么", "第二篇第二章讲什么"),
        ("第三章前一章叫什么", "第二篇第二章叫什么"),
        ("第一章第一节后面一节呢", "第一篇第一章第二节呢"),
        ("最后一章讲什么", "第二篇第三章讲什么"),
        ("第一章最后一节讲什么", "第一篇第一章第二节讲什么"),
        ("第三章的下一章讲什么", "第三章的下一章讲什么"),  # there is none
        ("第九章的下一章讲什么", "第九章的下一章讲什么"),
        ("最后一条讲什么", "最后一条讲什么"),
        ("产业怎么发展", "产业怎么发展"),
    ],
)
def test_a_heading_beside_another(structure: Structure, text: str, expected: str) -> None:
    assert stepped(text, structure) == expected
