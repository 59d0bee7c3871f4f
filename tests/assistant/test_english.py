"""English questions in Chinese."""

from __future__ import annotations

import pytest

from assistant.english import in_chinese


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the forest coverage target for 2025?", "2025年森林覆盖率目标是多少？"),
        ("What was Suzhou's GDP in 2020?", "2020年苏州地区生产总值是多少？"),
        ("How much is R&D spending as a share of GDP?", "研发经费投入占GDP比重是多少？"),
        ("Which metro lines will be built by 2025?", "到2025年建成的地铁线路有哪些？"),
        ("When will the airport expansion be completed?", "机场扩建什么时候建成？"),
        ("How many kindergartens will be built?", "幼儿园建成多少？"),
        ("What measures are planned for elderly care?", "养老服务的措施有哪些？"),
        ("How will Suzhou protect wetlands?", "苏州保护湿地有哪些举措？"),
        ("What are the problems of Suzhou's logistics industry?", "苏州物流产业的问题有哪些？"),
        ("Who is responsible for hydrogen energy?", "氢能由谁负责？"),
        ("Compare Suzhou with Nantong in foreign trade", "苏州和南通的外贸比较？"),
        ("What about 2020?", "2020年呢？"),
        ("And how about Nantong?", "南通呢？"),
        ("And Nantong?", "南通呢？"),
        ("How many 5G base stations are there?", "5G基站是多少？"),
        ("What are the tasks of the 14th Five-Year Plan?", "“十四五”的任务有哪些？"),
        ("How many parks will Suzhou have by 2025?", "到2025年苏州公园是多少？"),
        ("How long is the greenway?", "绿道有多长？"),
        ("Will the plan support unicorns?", "支持独角兽企业吗？"),
    ],
)
def test_a_question_is_put_into_chinese_order(question: str, expected: str) -> None:
    assert in_chinese(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "How is the weather today?",
        "Who wrote Hamlet?",
        "What is Suzhou?",
        "Tell me a joke about cats",
    ],
)
def test_one_that_is_not_in_planners_words_stays_as_it_was(question: str) -> None:
    assert in_chinese(question) == ""


def test_an_unknown_word_stays_and_counts_as_unsaid() -> None:
    assert "zorbing" in in_chinese("How many zorbing parks are planned for tourists?")
