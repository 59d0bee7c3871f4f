"""When and how a question is refused."""

from __future__ import annotations

import math

import pytest

from assistant.refusal import REFUSAL, Doubt, refusal_text
from index.records import Hit, Passage, SourceDoc
from tests.assistant.answer_checks import Ask


def doc(number: int) -> SourceDoc:
    return SourceDoc(f"d{number}", f"文件{number}", "", "", "", "原文", "0", "f.md")


def hit(*heading_path: str) -> Hit:
    return Hit(Passage("a", "d1", heading_path, "", "正文。", "text", None, 0, 0, 3), 1.0)


def test_doubt_or_a_plain_conflict_refuses() -> None:
    assert not Doubt(-math.inf).refuses
    assert not Doubt(-9.0).refuses
    assert Doubt(math.inf).refuses
    assert Doubt(-9.0, "year").refuses


def test_a_refusal_says_what_was_looked_for_what_is_near_and_what_there_is() -> None:
    found = refusal_text(
        "机场有几座？", "铁路46公里[1]。", [hit("第一章", "第二节")], [doc(1), doc(2)]
    )
    assert found.split("\n") == [
        REFUSAL,
        "查找的内容：机场有几座？",
        "最接近的内容：铁路46公里[1]。",
        "您还可以看：第一章 第二节",
        "现收录2份文件：《文件1》、《文件2》。",
    ]


def test_without_anything_near_no_places_are_named() -> None:
    found = refusal_text("机场有几座？", "", [hit("第一章")], [doc(1)])
    assert "最接近" not in found and "第一章" not in found


def test_places_are_named_once_and_three_at_most() -> None:
    hits = [hit("甲"), hit("甲"), hit("乙"), hit(), hit("丁")]
    line = refusal_text("问", "近[1]。", hits, [doc(1)]).split("\n")[3]
    assert line == "您还可以看：甲；乙；文件开头"


def test_many_documents_are_not_all_named() -> None:
    found = refusal_text("问", "", [], [doc(n) for n in range(1, 12)])
    assert "现收录11份文件" in found and "《文件9》" not in found and "等。" in found


def test_a_long_question_is_repeated_in_part() -> None:
    assert "长" * 81 not in refusal_text("长" * 300, "", [], [])


@pytest.mark.parametrize(
    "text",
    ["今天下雨吗？", "怎么做红烧肉？", "云溪市有几座机场？", "火星上有水吗？"],
)
def test_what_no_document_speaks_of_is_refused(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.refused
    assert answer.text.startswith(REFUSAL)
    assert text in answer.text
    assert "现收录4份文件" in answer.text


def test_what_only_comes_near_is_never_said_surely(ask: Ask) -> None:
    assert ask("谁是足球冠军？").confidence != "high"


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("2030年森林覆盖率目标是多少？", "35.8%"),
        ("2023年森林覆盖率是多少？", "33.5%"),
        ("2035年地区生产总值目标是多少？", "1200亿元"),
    ],
)
def test_another_year_is_refused_and_the_nearest_is_shown(
    ask: Ask, text: str, nearest: str
) -> None:
    answer = ask(text)
    assert answer.refused
    (near,) = [line for line in answer.text.split("\n") if line.startswith("最接近的内容：")]
    assert nearest in near and answer.citations


@pytest.mark.parametrize(
    "text",
    [
        "成都2025年森林覆盖率是多少？",
        "成都的国际交流会客厅有几个？",
        "南京2025年森林覆盖率目标是多少？",
        "扬州改造老旧小区多少个？",
    ],
)
def test_another_city_is_never_answered_from_ours(ask: Ask, text: str) -> None:
    assert ask(text).refused


@pytest.mark.parametrize(
    "text", ["", "，", "好", "呢呢呢", "2025", "A" * 20, "🙂🙂", "第零章讲什么"]
)
def test_odd_input_is_answered_by_a_refusal_or_not_at_all(ask: Ask, text: str) -> None:
    answer = ask(f"{text}？")
    assert answer.refused


def test_a_marker_in_the_question_is_no_citation(ask: Ask) -> None:
    assert ask("火星上有水吗[7]？").refused


def test_a_question_in_single_characters_is_weighed(ask: Ask) -> None:
    assert not ask("桥怎么修").refused
