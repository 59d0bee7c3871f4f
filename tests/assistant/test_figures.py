"""Numbers, years and units as written in Chinese texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.figures import (
    chinese_number,
    fold,
    normalise_figures,
    quantities,
    squeeze,
    years,
)

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """1 to 99 as one writes it in Chinese."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{DIGITS[tens]}十")
    return head + (DIGITS[ones] if ones else "")


@settings(derandomize=True, deadline=None)
@given(st.integers(min_value=1, max_value=99))
def test_numbers_below_a_hundred_are_read_back(number: int) -> None:
    assert chinese_number(written(number)) == number


@pytest.mark.parametrize(
    ("word", "value"),
    [("一百二十", 120), ("一百零五", 105), ("二〇三五", 2035), ("两百", 200), ("〇", 0)],
)
def test_longer_numbers(word: str, value: int) -> None:
    assert chinese_number(word) == value


@pytest.mark.parametrize("word", ["", "万", "第一", "5"])
def test_what_is_no_chinese_number(word: str) -> None:
    assert chinese_number(word) is None


@pytest.mark.parametrize(
    ("written_so", "plain"),
    [
        ("二〇三五年", "2035年"),
        ("二零二五年", "2025年"),
        ("２０２５年", "2025年"),
        ("百分之四", "4%"),
        ("百分之十二点五", "12.5%"),
        ("４．５％", "4.5%"),
        ("12,345人", "12345人"),
        ("1,200亿元", "1200亿元"),
    ],
)
def test_one_way_to_write_figures(written_so: str, plain: str) -> None:
    assert normalise_figures(written_so) == plain


@pytest.mark.parametrize("text", ["第三章、第五节", "1,20", "四大战略", "三个产业集群"])
def test_other_numbers_are_left_alone(text: str) -> None:
    assert normalise_figures(text) == text


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="0123456789,.%％０５二〇三五年百分之点 ", max_size=20))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise_figures(text)
    assert normalise_figures(once) == once


def test_years_in_either_writing() -> None:
    assert years("2021—2025年，展望二〇三五年") == {2021, 2025, 2035}
    assert years("第2025号、12025人、20256元") == {2025}
    assert years("862亿元") == frozenset()


def test_quantities_with_units_ranges_and_without_years() -> None:
    text = "2025年达到1200亿元，占比63%，服务3—5岁儿童12家"
    assert [(q.value, q.unit) for q in quantities(text)] == [
        ("1200", "亿元"),
        ("63", "%"),
        ("3", "岁"),
        ("5", "岁"),
        ("12", "家"),
    ]


def test_a_quantity_knows_where_it_stands() -> None:
    text = "全长46公里，2024年通车"
    (found,) = quantities(text)
    assert text[found.start : found.end] == "46公里"


def test_the_longest_unit_wins() -> None:
    (found,) = quantities("使用外资77亿美元")
    assert found.unit == "亿美元"


def test_fold_and_squeeze() -> None:
    assert fold("ＡI　产业 ％") == "ai产业%"
    assert squeeze("养 老\n服务\u3000体系") == "养老服务体系"
    assert squeeze("％") == "％"
