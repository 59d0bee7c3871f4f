"""Figures in the measure a question asks for."""

from __future__ import annotations

import pytest

from assistant.measures import asked_amounts, gives, gives_level, has_measure, lacks
from index.records import Passage, TableRow


def row(unit: str) -> Passage:
    record = TableRow("1", "", "", "地区生产总值", unit, (("2020年", "862"),), "1 地区生产总值 862")
    return Passage("p", "d", (), "", record.text, "table", None, 0, 0, 9, record)


@pytest.mark.parametrize(
    ("measure", "text", "held"),
    [
        ("亿元", "达到862亿元", True),
        ("亿元", "达到77亿美元", False),
        ("座", "改造危桥38座", True),
        ("座", "一座座桥", True),
        ("公里", "建设公里碑", False),
    ],
)
def test_a_measure_after_a_figure(measure: str, text: str, held: bool) -> None:
    assert has_measure(measure, text) is held


def test_a_row_gives_its_own_unit_alone() -> None:
    assert gives("亿元", row("亿元"), "")
    assert not gives("亿元", row("人/亿元"), "死亡率（人/亿元） 0.007")


def test_a_loose_measure_is_given_by_anything() -> None:
    assert gives("家", row("个"), "")


def test_a_period_in_days_is_given_as_days_of_the_month_or_working_days() -> None:
    plain = Passage("p", "d", (), "", "", "text", None, 0, 0, 9)
    assert not lacks("几天内要登记", plain, "应当在3日内登记。")
    assert not lacks("多少天内办完", plain, "自受理之日起15个工作日内办结。")
    assert lacks("几天内要登记", plain, "应当及时登记。")


def test_an_amount_is_no_rate() -> None:
    plain = Passage("p", "d", (), "", "", "text", None, 0, 0, 9)
    assert gives_level("茶叶产值是多少", plain, "产值达到862亿元，增长6%。")
    assert not gives_level("茶叶产值是多少", plain, "产值年均增长6%。")
    assert not gives_level("地区生产总值是多少", row("%"), "")
    assert gives_level("茶叶产值增长多少", plain, "产值年均增长6%。")
    assert gives_level("茶馆有多少", plain, "茶馆占6%。")


def test_people_may_be_counted_in_any_word_for_them() -> None:
    passage = Passage("p", "d", (), "", "", "text", None, 0, 0, 0)
    assert not lacks("引进了几个院士", passage, "新增院士5人")
    assert not lacks("一天锻炼几个钟头", passage, "每天不少于2小时")
    assert not lacks("好水占几成", passage, "优良断面占85％")
    assert not lacks("来了多少大学生", passage, "吸引高校毕业生10万名")
    assert lacks("建成几座桥", passage, "投资5亿元")


def test_an_amount_may_be_asked_for_without_how_much() -> None:
    passage = Passage("p", "d", (), "", "", "text", None, 0, 0, 0)
    assert not gives_level("2020年居民收入", passage, "城乡居民收入倍差缩至1.74")
    assert gives_level("2020年居民收入", passage, "居民人均可支配收入57589元")
    assert gives_level("怎么增加居民收入", passage, "收入倍差缩至1.74")


@pytest.mark.parametrize(
    ("text", "asks"),
    [("起征点提到几千？", True), ("几千户人家怎么办", False), ("十几万怎么花", False)],
)
def test_thousands_are_asked_for_at_the_end_alone(text: str, asks: bool) -> None:
    assert ("几" in asked_amounts(text)) is asks
