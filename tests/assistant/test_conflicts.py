"""A question that the nearest piece plainly contradicts is refused; one that it does not is answered."""

from __future__ import annotations

import pytest

from assistant.conflicts import _around, _names
from assistant.eras import implied
from assistant.measures import lacks_figure
from assistant.question import lacks_asked_kind
from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    "text",
    [
        "青石港多式联运中心占地多少亩？",  # named, without an area
        "数字化改造专项资金补助了多少家企业？",  # a figure, of money
        "云溪至平江城际铁路总投资多少亿元？",  # a length and a year, no money
        "“十五五”期间要新建多少公里农村公路？",  # another plan's period
        "云溪市市长是谁？",  # the office is not spoken of
    ],
)
def test_what_the_nearest_piece_does_not_give_is_refused(ask: Ask, text: str) -> None:
    assert ask(text).refused


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("云溪至平江城际铁路全长多少公里？", "46公里"),
        ("“十四五”期间新建农村公路多少公里？", "120公里"),
        ("改造危桥多少座", "38座"),
        ("数字化改造专项资金有多少亿元？", "2.5亿元"),
    ],
)
def test_what_it_gives_is_answered(ask: Ask, text: str, fact: str) -> None:
    answer = ask(text)
    assert not answer.refused and fact in answer.text


@pytest.mark.parametrize(
    ("place", "text", "named"),
    [
        ("重庆", "加强川渝合作", True),
        ("延安", "西延高铁建成通车", True),
        ("苏州", "建设苏锡常都市圈", False),
        ("武汉", "推动沿江发展", False),
    ],
)
def test_a_place_is_named_by_its_character_or_by_a_line_s_end(
    place: str, text: str, named: bool
) -> None:
    assert _names(place, text) is named


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("5G网络和G42沿线", True),
        ("到2025年基本建成", True),
        ("实现翻一番", False),
        ("建成三座电站", False),
        ("达到4.5", False),
        ("水质稳定在Ⅲ类", False),
    ],
)
def test_letters_and_years_are_no_figures(text: str, none: bool) -> None:
    assert lacks_figure(text) is none


def test_an_office_is_named_where_somebody_holds_it() -> None:
    assert lacks_asked_kind("江南大学校长是谁", "支持江南大学建设江阴校区")
    assert not lacks_asked_kind("江南大学校长是谁", "江南大学校长某某出席")
    assert not lacks_asked_kind("谁来修马路", "完善道路")


def test_a_street_is_named_where_it_is_asked_for() -> None:
    assert lacks_asked_kind("奥体中心在哪条路上", "规划建设市奥体中心")
    assert not lacks_asked_kind("奥体中心在哪条路上", "在太湖大道规划建设市奥体中心")


def test_infrastructure_is_no_looking_back() -> None:
    assert not implied(("第三节 完善基础设施",), (2021, 2025))
    assert implied(("第一章 发展基础",), (2021, 2025)) == {2020}


def test_whether_something_is_done_elsewhere_is_refused_though_nothing_is_claimed(ask: Ask) -> None:
    assert ask("苏州的过江大桥收不收费").refused


def test_prices_and_hours_only_spoken_of_are_not_asked_for() -> None:
    assert not lacks_asked_kind("房价跌了怎么办", "稳定房地产市场")
    assert not lacks_asked_kind("老板突然关门，工钱没拿到", "整治欠薪")
    assert lacks_asked_kind("图书馆几时关门", "建成图书馆")
    assert not lacks_asked_kind("总投资多少钱", "完成投资1.1万亿元")


def test_what_a_city_s_name_makes_with_its_neighbours_is_its_own() -> None:
    assert _around("云溪", "2020年云溪地区生产总值") == ["年云溪地"]
    assert _around("云溪", "2020年地区生产总值") == ["云溪"]


def test_several_points_are_no_time_of_day() -> None:
    assert not lacks_asked_kind("问题归纳成哪几点？", "人才不足，资金不足。")
    assert lacks_asked_kind("图书馆几点开门？", "建设图书馆。")
