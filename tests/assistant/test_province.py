"""A province's report, its rules and a plan of the whole country, side by side."""

from __future__ import annotations

import pytest

from tests.assistant.answer_checks import Ask, headings, items, sources


def test_a_question_of_the_province_is_answered_from_its_own_documents(ask_province: Ask) -> None:
    answer = ask_province("青海新改建农村公路多少公里？")
    assert "2300公里" in answer.text and "30万" not in answer.text
    assert "report" in sources(answer)


def test_what_the_nations_plan_says_of_the_province_counts(ask_province: Ask) -> None:
    assert "5000公里" in ask_province("青海要新改建多少公里牧区公路？").text


def test_a_question_of_the_country_is_answered_from_its_plan(ask_province: Ask) -> None:
    assert "30万公里" in ask_province("全国新改建农村公路多少公里？").text


@pytest.mark.parametrize("text", ["四大支柱产业有哪些？", "青海要培育哪四大支柱产业"])
def test_a_list_whose_items_are_headings(ask_province: Ask, text: str) -> None:
    assert items(ask_province(text)) == [
        "（一）做强盐湖产业",
        "（二）做大光伏产业",
        "（三）做优牧业产业",
        "（四）做精旅游产业",
    ]


def test_a_list_whose_heading_is_asked_for(ask_province: Ask) -> None:
    found = items(ask_province("青海政府工作报告的基本原则有哪些？"))
    assert found == ["坚持生态优先", "坚持民生为本", "坚持创新驱动", "坚持改革开放"]


@pytest.mark.parametrize(
    ("text", "said"), [("甲档每人每年缴多少？", "120元"), ("乙档每人每年缴多少钱", "200元")]
)
def test_a_heading_that_gives_the_figure(ask_province: Ask, text: str, said: str) -> None:
    assert said in ask_province(text).text


def test_who_explains_the_rules_stands_in_a_heading(ask_province: Ask) -> None:
    assert "省医疗保障局" in ask_province("居民医疗保险办法由哪个部门负责解释").text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("娃生下来多久要办参保登记", "六个月内"),
        ("换了住址几天内要重新登记", "3日内"),
    ],
)
def test_how_long_is_answered_with_a_period_and_not_with_a_year(
    ask_province: Ask, text: str, said: str
) -> None:
    answer = ask_province(text)
    assert said in answer.text and "条" in headings(answer)


def test_a_list_joined_by_and_is_a_list(ask_province: Ask) -> None:
    assert "财政补助" in ask_province("医保基金由哪些构成").text


def test_a_sentence_that_counts_and_names_what_is_asked_is_the_answer(ask_province: Ask) -> None:
    answer = ask_province("医疗机构分为哪三个级别？")
    assert "县级医院、州级医院和省级医院三个级别" in answer.text
    assert len(answer.citations) == 1


def test_a_sentence_that_gives_each_figure_answers_all(ask_province: Ask) -> None:
    answer = ask_province("县级医院、州级医院和省级医院住院起付标准各多少？")
    assert "县级医院150元、州级医院300元、省级医院600元" in answer.text
    assert len(answer.citations) == 1


def test_items_numbered_after_the_sentence_that_announces_them(ask_province: Ask) -> None:
    answer = ask_province("哪些情形属于无效申请？")
    assert "有下列情形之一的，为无效申请" in answer.text
    assert items(answer) == [
        "（一）逾期收到的",
        "（二）材料不齐全的",
        "（三）由他人代办而没有委托书的",
    ]
