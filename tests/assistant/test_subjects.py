"""What of the last question another subject takes the place of."""

from __future__ import annotations

import pytest

from assistant.records import Turn
from assistant.soft import WordVectors
from assistant.standalone import standalone_question
from assistant.subjects import grown, subject, without_measure


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("规划怎么发展集成电路", "集成电路"),
        ("老旧小区开工改造多少个", "老旧小区"),
        ("每千人口拥有茶馆多少家", "茶馆"),
    ],
)
def test_the_subject_is_without_what_is_done_to_it(question: str, expected: str) -> None:
    assert subject(question) == expected


def test_a_measure_stays_where_the_new_word_has_none() -> None:
    assert without_measure("货邮吞吐量", "旅客") == "货邮"
    assert without_measure("货邮吞吐量", "茶叶产量") == "货邮吞吐量"
    assert without_measure("产量", "旅客") == "产量"


def test_a_noun_with_what_tells_it_from_others() -> None:
    assert grown("机场", "到2025年云溪机场要运多少人") == "云溪机场"
    assert grown("茶馆", "开了茶馆") == "茶馆"


@pytest.mark.parametrize(
    ("asked", "then", "expected"),
    [
        ("综合茶业保险单位交多少", "个人呢", "综合茶业保险个人交多少"),
        ("石桥机场到2025年货邮吞吐量要达到多少", "港口呢", "港口到2025年货邮吞吐量要达到多少"),
        ("江南大学要建成哪些校区", "东南大学呢", "东南大学要建成哪些校区"),
        ("南京在消费体验方面学哪个城市", "交通枢纽方面呢", "南京在交通枢纽方面学哪个城市"),
        ("2025年茶馆要有多少家", "现在有多少", "现在茶馆有多少家"),
        ("2025年茶园面积要到多少", "十三五当时定的目标呢", "十三五茶园面积的目标是多少？"),
        ("献茶的要提供什么证明", "捐款的呢", "捐款的要提供什么证明"),
        ("全域旅游人数增长多少", "收入呢", "全域旅游收入增长多少"),
        ("云溪学院怎么支持", "校长是谁", "云溪学院的校长是谁"),
        ("托育中心有多少家", "电话是多少", "托育中心的电话是多少"),
        ("入户卡的手续要多久", "过期了呢", "入户卡的手续，过期了怎么办？"),
        ("2020年不良贷款率是多少", "你确定吗，我听说是1.2%", "2020年不良贷款率是1.2%吗？"),
    ],
)
def test_what_frames_the_subject_stays(
    words: WordVectors, asked: str, then: str, expected: str
) -> None:
    turns = [Turn("user", asked), Turn("assistant", "已作答[1]。")]
    assert standalone_question(then, turns, words.similar) == expected


def test_an_item_leaves_the_list_where_it_was(words: WordVectors) -> None:
    told = "- 茶园：采茶体验[1]\n- 花园：花卉展销[2]\n- 果园：鲜果加工[3]"
    turns = [
        Turn("user", "三园有哪些"),
        Turn("assistant", told),
        Turn("user", "第二个具体讲什么"),
        Turn("assistant", "办花市、赏花节[1]。"),
    ]
    assert standalone_question("最后一个呢", turns, words.similar) == "三园的果园的具体内容是什么？"
