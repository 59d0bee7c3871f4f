"""Documents that do not agree, and a document that does not agree with its own table."""

from __future__ import annotations

import pytest

from tests.assistant.answer_checks import Ask, sources


@pytest.mark.parametrize(
    "text", ["2020年青屿市地区生产总值是多少？", "青屿市2020年的GDP有多少亿元？"]
)
def test_both_figures_are_given_with_their_source_and_the_reason(
    ask_differing: Ask, text: str
) -> None:
    answer = ask_differing(text)
    assert "1520亿元" in answer.text and "1498亿元" in answer.text
    assert "第四次经济普查修订" in answer.text
    assert sources(answer) == {"plan", "study"}


def test_the_text_against_its_own_table(ask_differing: Ask) -> None:
    answer = ask_differing("海洋生产总值占比2020年是多少？")
    assert "31.5%" in answer.text and "31.2%" in answer.text
    assert "同一文件" in answer.text and sources(answer) == {"plan"}


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("2022年地区生产总值是多少？", ["1520", "1498"]),  # of another year
        ("2020年港口货物吞吐量是多少？", ["9400", "8100"]),
        ("2020年进出口总额是多少亿美元？", ["663"]),  # in another currency
        ("2025年每千人口执业医师数目标是多少？", ["4.5"]),  # of another subject
    ],
)
def test_no_other_figure_is_set_beside(ask_differing: Ask, text: str, others: list[str]) -> None:
    answer = ask_differing(text)
    assert not answer.refused and "另一处的数字" not in answer.text
    assert not any(o in answer.text for o in others)


def test_a_document_named_is_asked_alone(ask_differing: Ask) -> None:
    answer = ask_differing("规划里2020年地区生产总值是多少？")
    assert "1520亿元" in answer.text and sources(answer) == {"plan"}
