"""A question that the nearest piece plainly contradicts is refused; one that it does not is answered."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.candidates import Candidate
from assistant.conflicts import (
    _around,
    _lacks_year,
    _names,
    _of_another_standard,
    _on_the_way,
)
from assistant.eras import implied
from assistant.measures import counts, lacks_figure
from assistant.pieces import Piece, holds
from assistant.question import analyse, lacks_asked_kind
from index.records import Hit, Passage
from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    "text",
    [
        "青石港多式联运中心占地多少亩？",  # named, without an area
        "数字化改造专项资金补助了多少家企业？",  # a figure, of money
        "云溪至平江城际铁路总投资多少亿元？",  # a length and a year, no money
        "“十五五”期间要新建多少公里农村公路？",  # another plan's period
        "云溪市市长是谁？",  # the office is not spoken of
        "要改造的85个老旧小区是哪些？",  # counted, not named
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


def test_money_and_shares_are_given_where_they_are_asked_for() -> None:
    assert lacks_asked_kind("托育一个月收费多少", "发展普惠托育服务")
    assert lacks_asked_kind("养老金每月加几十块", "提高基础养老金20%")
    assert lacks_asked_kind("单位交的比例是百分之几", "参保率提高3个百分点")
    assert not lacks_asked_kind("保教费标准补助多少", "每人每年补助一千元")
    assert not lacks_asked_kind("补贴的政策有多少", "709项政策免申即享")
    assert not lacks_asked_kind("就业率提高了百分之几", "提高3个百分点")


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


def test_whose_people_and_firms_are_spoken_of_is_not_asked_about() -> None:
    assert _on_the_way("韩国", "我是韩国人，国际医院是哪一家")
    assert not _on_the_way("韩国", "韩国人口有多少")


def test_where_one_comes_from_or_goes_to_is_not_asked_about() -> None:
    assert _on_the_way("苏州", "去苏州的车次多了几成")
    assert _on_the_way("苏州", "从苏州回来，社保断成两截")
    assert not _on_the_way("苏州", "苏州的过江大桥收不收费")
    assert not _on_the_way("苏州", "在苏州上班落户要几年社保")


def _candidate(text: str) -> Candidate:
    passage = Passage("p1", "d1", ("二、2026年重点工作",), "", text, "text", None, 0, 0, len(text))
    none, no = frozenset[str](), np.empty(0, np.int32)
    piece = Piece(
        0, len(text), text, none, none, np.zeros(1, np.float32), no, no,
        frozenset(), frozenset(), holds(text), (),
    )  # fmt: skip
    return Candidate(Hit(passage, 1.0), 0, piece, np.zeros(1, np.float32), 1.0)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("加快建设滨江线等轨道交通线。", True),
        ("滨江线前期工作加快推进，东港大桥建成通车。", True),
        ("滨江线建成通车。", False),
        ("加快建设滨江线，年底通车。", False),
    ],
)
def test_what_is_under_way_has_no_year_yet(text: str, lacking: bool) -> None:
    best = _candidate(text)
    around = text + "".join(best.passage.heading_path)
    assert _lacks_year(analyse("滨江线哪年能坐"), best, around) is lacking


def test_a_standard_beside_another_s_figure_is_not_given() -> None:
    question = analyse("最低工资调到每月多少元了")
    assert _of_another_standard(question, _candidate("推动最低工资合理调整，低保提高到1190元。"))
    assert not _of_another_standard(
        question, _candidate("推动低保合理调整，最低工资提高到2490元。")
    )


def test_things_that_are_listed_need_not_be_counted() -> None:
    assert counts("有几张表，分别叫什么") and counts("有几个园区，都在哪")
    assert not counts("有多少公里") and not counts("未来几年要建哪些")
