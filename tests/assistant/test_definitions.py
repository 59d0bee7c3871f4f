"""What a document itself says it means by a word."""

from __future__ import annotations

import pytest

from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("什么叫合法固定住所？", "是指有不动产权证书的自有住房和租期满五年的公共租赁住房"),
        ("合法固定住所指的是什么", "是指有不动产权证书的自有住房和租期满五年的公共租赁住房"),
        ("直系亲属指哪些人", "本办法所称直系亲属包括父母、配偶和子女"),
    ],
)
def test_the_defining_sentence_answers_alone(ask_regulations: Ask, text: str, said: str) -> None:
    answer = ask_regulations(text)
    assert said in answer.text and len(answer.citations) == 1


def test_what_is_not_asked_the_meaning_of_is_not_defined(ask_regulations: Ask) -> None:
    answer = ask_regulations("投靠迁入要符合什么条件")
    assert "本办法所称" not in answer.text


def test_another_words_definition_is_none_of_the_asked_one(ask_regulations: Ask) -> None:
    assert "本办法所称" not in ask_regulations("什么是出生登记？").text
