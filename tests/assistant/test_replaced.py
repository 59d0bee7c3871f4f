"""A document that another replaces: read from the catalog, kept back, and said to be replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import Assistant
from index.library import Library
from index.settings import Settings

CATALOG = (
    "doc_id,file,title,kind,published,edition,replaced_by\n"
    "old,old.md,云溪市第十三个五年规划纲要,规划纲要,2016,原文,new\n"
    "new,new.md,云溪市第十四个五年规划纲要,规划纲要,2021,原文,\n"
)
TEXT = """# 云溪市第{n}个五年规划纲要

本规划期为{period}年。

## 第一章 交通

到{year}年，全市轨道交通运营里程达到{km}公里。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("replaced")
    docs = folder / "docs"
    docs.mkdir()
    (docs / "catalog.csv").write_text(CATALOG, "utf-8")
    (docs / "old.md").write_text(
        TEXT.format(n="十三", period="2016—2020", year=2020, km=56), "utf-8"
    )
    (docs / "new.md").write_text(
        TEXT.format(n="十四", period="2021—2025", year=2025, km=110), "utf-8"
    )
    return Assistant(
        Library.open(docs, settings=Settings(docs_dir=Path(docs), data_dir=folder / "var"))
    )


def test_the_document_in_force_answers(assistant: Assistant) -> None:
    answer = assistant.ask("轨道交通运营里程要达到多少公里？")
    assert {c.doc_id for c in answer.citations} == {"new"}
    assert not any("替代" in note for note in answer.notes)


def test_the_replaced_one_answers_for_its_years_and_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("2020年轨道交通运营里程要达到多少公里？")
    assert "56" in answer.text
    assert any("已由《云溪市第十四个五年规划纲要》替代" in note for note in answer.notes)
