"""A question on several cities, asked of a single one of them."""

from __future__ import annotations

import pytest

from assistant.placed import asked_of


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("无锡和南京的茶园各有多少？", ["无锡的茶园有多少？", "南京的茶园有多少？"]),
        (
            "无锡2018年的茶园和南京比差多少家？",
            ["无锡2018年的茶园是多少？", "南京2018年的茶园是多少？"],
        ),
        (
            "无锡2022年的出口额比南京高多少亿元？",
            ["无锡2022年的出口额是多少？", "南京2022年的出口额是多少？"],
        ),
    ],
)
def test_each_city_is_asked_alone(text: str, asked: list[str]) -> None:
    cities = ("无锡", "南京")
    assert [asked_of(text, city, cities) for city in cities] == asked
