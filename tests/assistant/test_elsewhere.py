"""What another city's document says of the city asked for; outcomes set against targets; places in an order."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.settings import Settings
from index.embeddings import StaticEmbeddings
from index.library import Library
from index.settings import Settings as IndexSettings
from tests.assistant.answer_checks import Ask, asker

PLAN = """# 云溪市国民经济和社会发展第十四个五年规划纲要

本纲要说明2021—2025年云溪市发展的目标和任务。

## 第一章 发展基础

2019年，云溪高新技术企业增长12.5%，而南京增长23.4%。全市陶瓷产量连续三年位列全省首位。

规划先行区建设。依照《流域保护理念》，建设“清流理论”实践区。

表1 “十三五”主要指标完成情况

| 序号 | 指标 | “十三五”目标 | 2019年完成情况 | 2020年预计值 |
| --- | --- | --- | --- | --- |
| 1 | 农村居民人均可支配收入（元） | 30000 | 28100 | 30650 |
| 2 | 城市绿道（公里） | 520 | 470 | 498 |

## 第二章 重点任务

推行新港城提供的“远航计划”，引进货运航线。
"""
NANJING = """# 南京对外开放随想

## 一、开放平台

南京设想建设12个国际交流会客厅。2022年，南京市实现进出口总额6000.5亿元。
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, model: StaticEmbeddings) -> Ask:
    folder = tmp_path_factory.mktemp("elsewhere")
    docs = folder / "docs"
    docs.mkdir()
    (docs / "plan.md").write_text(PLAN, "utf-8")
    (docs / "nanjing.md").write_text(NANJING, "utf-8")
    settings = IndexSettings(docs_dir=docs, data_dir=folder / "data")
    return asker(Assistant(Library.open(docs, settings=settings, model=model), Settings()))


def test_another_citys_document_speaks_of_the_city_asked_for(ask: Ask) -> None:
    answer = ask("2019年南京高新技术企业增长多少？")
    assert "23.4%" in answer.text
    assert {c.doc_id for c in answer.citations} == {"plan"}


def test_what_it_says_in_another_measure_is_no_answer(ask: Ask) -> None:
    assert ask("2019年南京有多少家高新技术企业？").refused


def test_its_own_document_goes_first(ask: Ask) -> None:
    answer = ask("南京的国际交流会客厅有几个？")
    assert "12个" in answer.text
    assert {c.doc_id for c in answer.citations} == {"nanjing"}


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("农村居民收入2020年比“十三五”目标高多少？", "30650−30000=650元"),
        ("农村居民收入超出“十三五”目标多少元？", "30650−30000=650元"),
        ("城市绿道离“十三五”目标还差多少公里？", "498−520=−22公里"),
        ("城市绿道2020年比2019年增加了多少公里？", "498−470=28公里"),
    ],
)
def test_an_outcome_is_set_against_its_target(ask: Ask, text: str, worked: str) -> None:
    assert worked in ask(text).text


def test_a_place_in_an_order_needs_no_figure(ask: Ask) -> None:
    assert "首位" in ask("云溪的陶瓷产量在全省排第几？").text


def test_a_year_that_nothing_tells_is_refused(ask: Ask) -> None:
    assert ask("“远航计划”是哪一年提出来的？").refused


def test_a_plan_that_is_asked_about_is_of_no_single_year(ask: Ask) -> None:
    assert "远航计划" in ask("新港城提供的是什么计划？").text
