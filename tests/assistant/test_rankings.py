"""Rows of a table put in order, each with how it was worked out."""

from __future__ import annotations

from tests.assistant.answer_checks import Ask, items


def test_the_largest_rise_among_rows_of_one_unit(ask_differing: Ask) -> None:
    answer = ask_differing("表1里以百分比计的指标，2025年目标比2020年提高最多的是哪一项？")
    first, second = items(answer)
    assert first.startswith("近岸海域优良水质比例") and "90−82=8个百分点" in first
    assert second.startswith("海洋生产总值占比") and "36−31.2=4.8个百分点" in second
    assert all("表1" in c.heading_path[-1] for c in answer.citations)


def test_units_are_never_compared_with_one_another(ask_differing: Ask) -> None:
    text = ask_differing("表1里哪个指标2025年目标值最高？").text
    assert "不能放在一起比大小" in text
    assert "2100" not in text  # the only row in 亿元 has nothing to be compared with


def test_growth_against_its_own_base_crosses_units(ask_differing: Ask) -> None:
    first, *_ = items(ask_differing("主要指标里哪个目标涨得最猛？"))
    assert first.startswith("每千人口托位数") and "（4.5−1.5）÷1.5≈200%" in first


def test_sums_are_not_compared_with_single_years(ask_differing: Ask) -> None:
    (fell,) = items(ask_differing("表1里2025年目标比2020年降得最多的是哪个指标？"))
    assert "能耗降低" in fell and "为五年累计数" in fell and "14−17=−3个百分点" in fell


def test_the_rows_named_alone_and_what_can_be_compared_said_first(ask_differing: Ask) -> None:
    answer = ask_differing("每千人口的指标里2025年目标最低的是哪个？")
    assert [i.split("：")[0] for i in items(answer)] == ["每千人口执业医师数", "每千人口托位数"]
    assert answer.text.startswith("各项的单位或口径不同，不能放在一起比大小")


def test_no_table_speaks_of_it(ask_differing: Ask) -> None:
    assert "项，" not in ask_differing("2018年哪个港口的吞吐量最大？").text


def test_the_year_of_one_row_that_is_highest(ask_differing: Ask) -> None:
    text = ask_differing("每千人口托位数哪一年最多？").text
    assert "由[1]比较：2025年目标4.5＞2020年1.5" in text


def test_a_row_is_not_meant_by_a_word_within_its_name(ask_differing: Ask) -> None:
    assert "＞" not in ask_differing("哪一年的海洋最好？").text


def test_where_nothing_is_named_the_tables_own_rows_are_meant(ask_differing: Ask) -> None:
    first, *_ = items(ask_differing("增幅最大的是哪个？"))
    assert first.startswith("每千人口托位数")
