"""The stretches of a question that ask something each."""

from __future__ import annotations

import pytest

from assistant.segments import segments


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("茶园面积是多少", ["茶园面积是多少"]),
        ("2020年茶馆有多少家，2025年要到多少家", ["2020年茶馆有多少家", "茶馆，2025年要到多少家"]),
        ("茶园新增几座、书场建几家", ["茶园新增几座", "书场建几家"]),
        (
            "绿化率目标，甲镇定多少，乙镇定多少",
            ["绿化率目标，甲镇定多少", "绿化率目标，乙镇定多少"],
        ),
        (
            "茶馆经营存在哪些问题，论文提了什么对策",  # a document is not what is asked about
            ["茶馆经营存在哪些问题", "茶馆经营，论文提了什么对策"],
        ),
        (
            "茶馆怎么经营？规划和报纸各是什么提法",
            ["茶馆怎么经营", "茶馆，规划和报纸各是什么提法"],
        ),
        ("茶叶以后会不会涨价？国家“十二五”怎么定的", ["茶叶以后会不会涨价？国家“十二五”怎么定的"]),
        (
            "那边不是建了几座茶园嘛，都叫什么？",  # what the asker knows already
            ["那边不是建了几座茶园嘛，都叫什么？"],
        ),
        ("我们几个朋友开了茶馆，有什么扶持？", ["我们几个朋友开了茶馆，有什么扶持？"]),
        ("茶馆有多少家，由谁负责", ["茶馆有多少家，由谁负责"]),
    ],
)
def test_each_stretch_is_asked_of_what_it_leans_on(text: str, asked: list[str]) -> None:
    assert segments(text) == asked


def test_an_amount_named_alone_in_the_last_sentence_is_asked() -> None:
    assert segments("机械化水平要到多少？新兴产业占GDP的比重？")[1] == "新兴产业占GDP的比重是多少"


def test_this_generation_points_to_nothing_before() -> None:
    assert segments("下一代网络研究啥？现在这一代手机覆盖到多少")[1] == "现在这一代手机覆盖到多少"


def test_a_place_alone_is_asked_what_the_first_is() -> None:
    assert segments("无锡新建了多少亩，苏州呢，南京") == [
        "无锡新建了多少亩",
        "苏州新建了多少亩",
        "南京新建了多少亩",
    ]


def test_how_many_of_any_measure_is_asked() -> None:
    assert len(segments("养老圈几分钟，机场出行圈几小时")) == 2
    assert segments("近几年产业很快，园区有几个") == ["近几年产业很快，园区有几个"]


def test_a_thing_called_by_letters_is_another_thing() -> None:
    assert segments("杭州文创多少，无锡R&D增加多少")[1] == "无锡R&D增加多少"
