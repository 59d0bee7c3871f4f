"""What a question asks for, read off its own words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.question import analyse, content_words, local_places


def test_who_gives_advice_is_not_who_is_asked_for() -> None:
    assert "who" not in analyse("茶园怎么办，课题组给的办法？").asks
    assert "who" in analyse("课题组有哪些人？").asks


def test_which_they_are_is_a_list_though_their_number_is_asked_for() -> None:
    assert analyse("基本原则有几条，都是什么？").asks == {"list"}
    assert "count" in analyse("基本原则有几条？").asks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("森林覆盖率2025年是多少？", "figure"),
        ("高新技术企业要达到几家？", "figure"),
        ("城际铁路哪一年通车？", "time"),
        ("什么时候建成？", "time"),
        ("由哪个部门牵头？", "who"),
        ("有哪些战略？", "list"),
        ("列举四大战略", "list"),
        ("一共有几座码头？", "count"),
        ("什么是链长制？", "definition"),
        ("“两廊一环”是什么意思？", "definition"),
        ("怎么应对老龄化？", "measures"),
        ("娃没人带，市里管不管？", "measures"),
        ("森林覆盖率是约束性指标吗？", "yesno"),
        ("2025年比2020年多了多少？", "compare"),
        ("为什么纺织业有压力？", "why"),
        ("哪一章写养老？", "where"),
        ("养老写在哪一节？", "where"),
        ("货运中心叫什么？", "name"),
        ("2020年6月末的不良贷款率", "figure"),
        ("陶瓷产量在全省排第几？", "rank"),
        ("有哪一些战略？", "list"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert kind in analyse(text).asks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("怎么应对老龄化？", "figure"),
        ("森林覆盖率是多少？", "where"),
        ("有哪些战略？", "time"),
        ("哪一年开始实施？", "list"),
        ("第几章写养老？", "rank"),
        ("哪一章写养老？", "definition"),
    ],
)
def test_kinds_not_asked_for(text: str, kind: str) -> None:
    assert kind not in analyse(text).asks


def test_named_severally_is_a_list() -> None:
    assert "list" in analyse("四大战略分别是什么？").asks


def test_what_a_question_says() -> None:
    question = analyse("南京二〇二五年“会客厅”要有１２个还是几座？第三章第五节怎么写？")
    assert question.years == {2025}
    assert question.places == ("南京",)
    assert question.quoted == ("会客厅",)
    assert question.headings == (("三", "章"), ("五", "节"))
    assert question.measure == "座"
    assert ("12", "个") in [(c.value, c.unit) for c in question.claims]
    assert "2025年" in question.text


def test_asks_any_of_several_kinds() -> None:
    question = analyse("森林覆盖率是多少？")
    assert question.asks_any("time", "figure")
    assert not question.asks_any("time", "where")


def test_content_words_carry_meaning_and_stand_once() -> None:
    found = content_words("请问养老机构的养老床位有多少？")
    assert "养老" in found or "养老机构" in found
    assert len(set(found)) == len(found)
    assert not {"请问", "的", "有", "多少", "？"} & set(found)


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="多少哪些怎么章第二南京2025年％“”？ a\n是吗", max_size=30))
def test_any_text_can_be_analysed(text: str) -> None:
    question = analyse(text)
    assert question == analyse(text)
    assert question.text == question.text.strip()


@pytest.mark.parametrize("text", ["自贸区的事怎么说", "开发区利用外资占多少", "友城数量有多少"])
def test_an_area_of_a_kind_is_no_place(text: str) -> None:
    assert local_places(text) == ()


@pytest.mark.parametrize("text", ["山沟里下大雨往哪跑", "六楼爬不动怎么办", "治沙多少亩"])
def test_a_kind_of_ground_is_no_place(text: str) -> None:
    assert local_places(text) == ()


def test_a_district_is_a_place() -> None:
    assert local_places("惠山区的开发区有几个") == ("惠山区",)


@pytest.mark.parametrize(
    "text", ["便宜的托班加了几个位子", "往欧洲的火车跑多少趟", "陕北种树治沙多少"]
)
def test_what_the_tagger_guesses_and_parts_of_the_world_are_no_place(text: str) -> None:
    assert local_places(text) == ()


@pytest.mark.parametrize("text", ["引才品牌的口号是什么？", "城市APP叫什么", "那个基地全名是什么"])
def test_what_asks_for_a_name_asks_for_no_explanation(text: str) -> None:
    asks = analyse(text).asks
    assert "name" in asks and "definition" not in asks
    assert "definition" in analyse("什么叫产业强市？").asks


@pytest.mark.parametrize("text", ["公园的地要不要占指标", "检查结果别的医院认不认", "收不收费"])
def test_whether_something_is_done_is_a_yes_or_no_and_no_figure(text: str) -> None:
    asks = analyse(text).asks
    assert "yesno" in asks
    assert "figure" not in asks


@pytest.mark.parametrize("text", ["好几家的店能连成一片不", "被骗十几万找谁", "门诊报不了多少"])
def test_an_amount_that_is_only_spoken_of_is_not_asked_for(text: str) -> None:
    assert not analyse(text).asks_any("figure", "count")


@pytest.mark.parametrize("text", ["医保能异地用不", "那条铁路通了没", "旧楼改造完没有？"])
def test_a_question_may_end_in_its_no(text: str) -> None:
    assert "yesno" in analyse(text).asks
    assert "yesno" not in analyse("为什么不").asks


def test_a_target_asked_for_without_how_much_is_a_figure() -> None:
    assert "figure" in analyse("2025年高新技术企业目标").asks
    assert "yesno" not in analyse("东和西差不多").asks


def test_looking_where_room_is_left_asks_for_no_place_in_a_document() -> None:
    assert "where" not in analyse("停车能在手机上看哪儿空着吗").asks
    assert "where" in analyse("养老服务应该看哪里").asks
    assert "where" not in analyse("新实验室放在哪些领域").asks


def test_what_kind_of_thing_something_is_asks_for_a_definition() -> None:
    assert "definition" in analyse("居住权是个什么权利？").asks
    assert "definition" in analyse("云溪市是一个什么样的城市").asks
