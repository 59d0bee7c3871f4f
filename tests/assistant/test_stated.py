"""Figures with their subject, unit and year."""

from __future__ import annotations

import pytest

from assistant.stated import Stated, canonical, stated
from index.records import Passage, TableRow


def passage(row: TableRow | None = None) -> Passage:
    return Passage("p", "d", (), "", "", "table" if row else "text", None, 0, 0, 9, row)


def of(text: str, years: set[int] | None = None) -> list[tuple[str, str, list[int], bool]]:
    found = stated(passage(), text, frozenset(years or ()))
    return [(s.subject, s.shown, sorted(s.years), s.rough) for s in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2020年，全市地区生产总值达到862亿元。", [("地区生产总值", "862亿元", [2020], False)]),
        (
            "2020年进出口总额为663亿元，2022年达到790亿元。",
            [("进出口", "663亿元", [2020], False), ("", "790亿元", [2022], False)],
        ),
        ("到2025年，港口吞吐量突破1亿吨。", [("港口吞吐量突破", "1亿吨", [2025], True)]),
        ("2020年末贷款余额比年初增加52亿元。", [("贷款余额比年初增加", "52亿元", [2020], True)]),
        ("地区生产总值达到862亿元。", []),  # of no year
    ],
)
def test_of_a_sentence(text: str, found: list[tuple[str, str, list[int], bool]]) -> None:
    assert of(text) == found


def test_as_many_figures_as_names_stand_before_them() -> None:
    text = "到2025年，培育雏鹰、瞪羚、准独角兽企业分别达到4200家、2400家、225家。"
    found = [(s.subject, s.shown) for s in stated(passage(), text)]
    assert found == [
        ("培育雏鹰企业", "4200家"), ("瞪羚企业", "2400家"), ("准独角兽企业", "225家"),
    ]  # fmt: skip
    by_year = stated(passage(), "2020年和2021年的进出口总值分别达6075亿元和6829亿元。")
    assert [(s.years, s.shown) for s in by_year] == [({2020}, "6075亿元"), ({2021}, "6829亿元")]
    assert len(stated(passage(), "2020年甲、乙、丙分别达到3家、4家。")) == 1  # not told apart


def test_a_lower_bound_is_rough_and_known_as_such() -> None:
    (least,) = stated(passage(), "到2025年，规模以上工业总产值比重达到38%以上。")
    (value,) = stated(passage(), "到2025年，规模以上工业总产值比重达到34.9%。")
    assert (least.rough, least.least) == (True, True)
    assert (value.rough, value.least) == (False, False)
    (gap,) = stated(passage(), "到2025年，区域内产值比重比全市高15个百分点以上。")
    assert (gap.rough, gap.least) == (True, False)


def test_the_years_of_the_piece_hold_where_the_sentence_names_none() -> None:
    assert of("地区生产总值达到862亿元。", {2020}) == [("地区生产总值", "862亿元", [2020], False)]


def test_of_a_row_each_column_with_a_year() -> None:
    cells = (("2020年", "[17]"), ("2025年目标", "14"), ("属性", "约束性"))
    row = TableRow("1", "", "", "能耗降低（%）", "%", cells, "1 能耗降低（%） [17] 14 约束性")
    first, second = stated(passage(row), row.text)
    assert (first.shown, first.unit, first.years) == ("17%", "%（累计）", {2020})
    assert (second.shown, second.unit, second.years) == ("14%", "%", {2025})
    assert not first.same_thing(second)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2020年无锡市GDP", "地区生产总值"),
        ("云溪市地区生产总值为", "地区生产总值"),
        ("全市每千人口拥有执业（助理）医师数", "每千人口执业医师"),
        ("服务业增加值占GDP比重", "服务业增加值占地区生产总值占比"),
        ("城镇居民人均可支配收入", "城镇居民人均可支配收入"),
    ],
)
def test_one_form_for_a_subject(text: str, form: str) -> None:
    assert canonical(text) == form


def one(value: str, unit: str = "亿元", year: int = 2020) -> Stated:
    (found,) = stated(passage(), f"{year}年地区生产总值为{value}{unit}。")
    return found


def test_two_figures_of_one_thing() -> None:
    assert one("862").same_thing(one("858"))
    assert not one("862").same_thing(one("862", year=2021))
    assert not one("862").same_thing(one("862", "亿美元"))


def test_a_rounded_value_agrees() -> None:
    assert one("12370.48").agrees(one("12370"))
    assert not one("862").agrees(one("858"))


def test_a_name_that_speaks_of_growth_is_no_change() -> None:
    (found,) = stated(passage(), "2020年，工业增加值率为32.4%。")
    assert not found.rough and found.subject == "工业增加值率"
    (years,) = stated(passage(), "2020年，平均受教育年限为17.9年。")
    assert years.shown == "17.9年"
