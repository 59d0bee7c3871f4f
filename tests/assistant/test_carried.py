"""A follow-up's year and document, told by way of the last question's."""

from __future__ import annotations

import pytest

from assistant.carried import document_asked, other_document, year_counted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("前一年呢", "2019年呢"),
        ("第二年是多少", "2021年是多少"),
        ("五年后的目标", "2025年的目标"),
        ("比上一年涨了多少", "比上一年涨了多少"),
        ("近五年来呢", "近五年来呢"),
        ("2018年呢", "2018年呢"),
    ],
)
def test_a_year_counted_from_the_last_questions(text: str, expected: str) -> None:
    assert year_counted(text, "无锡二〇二〇年茶叶产值") == expected
    assert year_counted(text, "茶叶产值多少") == text


def test_another_document() -> None:
    assert other_document("南京那篇呢", "产业论文是谁写的") == "南京论文是谁写的"
    assert other_document("论文里怎么说", "茶园面积多少") == "论文里茶园面积多少"
    assert other_document("面积呢", "规划对住房怎么说") == ""


def test_the_document_a_question_is_asked_of() -> None:
    assert document_asked("南京文章里迪拜怎么说") == "南京文章里"
    assert document_asked("茶园面积多少") == ""
