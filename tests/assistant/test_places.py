"""City names in texts."""

from __future__ import annotations

import pytest

from assistant.places import places


def test_names_in_order_each_once_without_shi() -> None:
    assert places("南京市和扬州，扬州与南京") == ("南京", "扬州")


def test_a_name_that_is_also_a_common_word_needs_its_shi() -> None:
    assert places("朝阳产业") == ()
    assert places("朝阳市的产业") == ("朝阳",)


@pytest.mark.parametrize("text", ["", "养老服务", "云溪市"])
def test_no_known_name(text: str) -> None:
    assert places(text) == ()


@pytest.mark.parametrize(
    "text", ["太湖南岸", "运河北岸", "长江入海口", "长治久安", "西南通道", "沿江西路"]
)
def test_a_name_across_two_words_is_no_place(text: str) -> None:
    assert places(text) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("四川省人民政府工作报告", ("四川",)),
        ("四川人平均能活多少岁", ("四川",)),
        ("惠州市人民政府关于印发办法的通知", ("惠州",)),
        ("海南黄花梨", ("海南",)),
    ],
)
def test_a_name_counts_where_a_region_or_its_people_are_named_in_one_word(
    text: str, named: tuple[str, ...]
) -> None:
    assert places(text) == named


def test_a_province_called_by_one_character() -> None:
    assert places("川省和皖省今年打算怎么干") == ("四川", "安徽")
    assert places("江苏省、四川省") == ("江苏", "四川")
