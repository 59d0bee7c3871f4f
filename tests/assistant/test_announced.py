"""Numbered items, the sentence that announces them, and how rules are told whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.announced import announcers, introduced
from assistant.candidates import Candidate
from assistant.statements import from_sentence
from index.records import Passage
from index.sentences import sentences
from tests.assistant.answer_checks import Ask, items
from tests.assistant.conftest import CandidatesOf


def over(text: str) -> dict[str, str]:
    """Each sentence's announcing sentence, '' where there is none."""
    spans = sentences(text)
    heads = announcers(text, spans)
    return {
        text[slice(*s)]: text[slice(*h)] if h else "" for s, h in zip(spans, heads, strict=True)
    }


def test_items_are_under_the_sentence_that_announces_them() -> None:
    found = over("可以分户：\n（一）结婚的；\n（二）离婚的。\n其他情形不予办理。")
    assert found == {
        "可以分户：": "",
        "（一）结婚的；": "可以分户：",
        "（二）离婚的。": "可以分户：",
        "其他情形不予办理。": "",
    }


def test_a_list_within_an_item_is_under_the_item() -> None:
    found = over("待遇如下：\n（一）居民按下列比例：\n1. 一级95%；\n2. 二级85%。\n（二）职工95%。")
    assert found["（一）居民按下列比例："] == "待遇如下："
    assert found["1. 一级95%；"] == found["2. 二级85%。"] == "（一）居民按下列比例："
    assert found["（二）职工95%。"] == "待遇如下："


def test_the_first_item_may_follow_on_the_same_line() -> None:
    found = over("违反的，处罚款；情节严重的，解除协议：（一）倒卖药品的；\n（二）出租药店的。")
    head = "违反的，处罚款；情节严重的，解除协议："
    assert found["（二）出租药店的。"] == head
    assert found["情节严重的，解除协议：（一）倒卖药品的；"] == ""


def test_what_has_no_number_is_no_item() -> None:
    assert set(over("建设内容如下：\n推进改革。\n深化开放。").values()) == {""}


@pytest.fixture
def passage(candidates_of: CandidatesOf) -> Passage:
    best: Candidate = candidates_of("绿化")[0]
    return replace(best.passage, text="可以分户：\n（一）结婚的；\n（二）离婚的。", row=None)


def test_an_item_is_said_after_what_announces_it_and_that_once(passage: Passage) -> None:
    first, second = (from_sentence(passage, t) for t in ("（一）结婚的；", "（二）离婚的。"))
    assert [s.text for s in introduced([second])] == ["可以分户", "（二）离婚的"]
    assert [s.text for s in introduced([first, second])] == [
        "可以分户",
        "（一）结婚的",
        "（二）离婚的",
    ]
    head = from_sentence(passage, "可以分户：")
    assert introduced([head, second]) == [head, second]


@pytest.mark.parametrize("text", ["哪些情况不给改名", "什么情况下不能改名字？"])
def test_an_article_of_conditions_is_told_whole(ask_regulations: Ask, text: str) -> None:
    answer = ask_regulations(text)
    assert answer.text.startswith("有下列情形之一的，派出所不予办理姓名变更")
    assert items(answer) == [
        "（一）正在接受刑事处罚的",
        "（二）五年内已经变更过一次的",
        "（三）新姓名使用外国文字的",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "给孩子上户口多久内去办，带哪些东西",
        "孩子刚出生，两口子都是本地户口，上户口多长时间内去办、带哪些东西？",
    ],
)
def test_how_long_and_what_to_bring_are_told_together(ask_regulations: Ask, text: str) -> None:
    answer = ask_regulations(text)
    assert "两个月内" in answer.text and len(items(answer)) == 3


def test_where_money_comes_from_is_a_list_though_no_word_says_so(ask_regulations: Ask) -> None:
    assert len(items(ask_regulations("户籍管理专项资金从哪里来"))) == 3


def test_an_item_is_never_told_without_what_it_is_an_item_of(ask_regulations: Ask) -> None:
    answer = ask_regulations("更正出生日期由哪一级公安机关审批")
    assert "报市公安局审批" in answer.text and "公民出生日期更正" in answer.text


def test_a_first_item_on_the_announcing_line_is_an_item(ask_regulations: Ask) -> None:
    found = items(ask_regulations("哪些行为会被罚款？"))
    assert found[0].startswith("（一）提供伪造") and len(found) == 3


@pytest.mark.parametrize("text", ["冒用户口簿罚款多少", "借别人户口簿落户罚多少钱"])
def test_a_case_of_a_rule_has_the_rules_figure(ask_regulations: Ask, text: str) -> None:
    answer = ask_regulations(text)
    assert "五百元以上二千元以下" in answer.text and "冒用他人户口簿" in answer.text


def test_ages_in_words_are_figures(ask_regulations: Ask) -> None:
    assert "六十二周岁" in ask_regulations("爸妈多大岁数能把户口迁来跟我").text
