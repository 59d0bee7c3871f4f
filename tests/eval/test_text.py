"""Facts in texts: numbers whole, widths and blanks aside."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.text import fold, squeeze, stands_in, without_markers


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("4.5", "达到4.5个"),
        ("4.5", "达到４．５个"),
        ("4.5", "1.7 4.5 预期性"),  # cells of a row, one blank between
        ("1.7", "1.7 4.5 预期性"),
        ("4.5", "4.5。"),
        ("4.5", "为4.5.其次"),
        ("4.5", "1.5-4.5"),
        ("1.5—4.5", "1.5－4.5"),
        ("3.5%", "增长３．５％"),
        ("3.5％", "增长 3.5 %"),
        ("1234", "共1,234家"),
        ("1,234", "共1234家"),
        ("1,234.5", "共1，234、1234.5"),
        ("12345", "１２，３４５"),
        ("2025", "2020，2025"),
        ("200", "10，200"),  # a list, not ten thousand two hundred
        ("20家", "20 家"),
        ("20\n家", "20家"),
        ("科技“一核”", "科技「一核」"),
        ("R&D", "Ｒ＆Ｄ"),
        ("PM2.5", "PM₂.₅"),
        ("5G", "5G网络"),
        ("80", "达到80.0以上"),
        ("超过80", "超过80.00"),
    ],
)
def test_fact_stands(fact: str, text: str) -> None:
    assert stands_in(fact, fold(text))


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("4.5", "14.5"),
        ("4.5", "4.56"),
        ("4.5", "4.5.1"),
        ("4.5", "3.4.5"),
        ("4.5", "4 5"),
        ("5", "4.5"),
        ("4", "4.5"),
        ("20", "2020年"),
        ("20", "120"),
        ("20家", "120家"),
        ("234", "1,234"),
        ("1", "1,234"),
        ("0.5%", "10.5%"),
        ("25", "20 25".replace(" ", "")),
        ("74", "1.7 4.5"),
        ("1.74.5", "1.7 4.5"),
        ("20", "二十"),
        ("二十", "20"),
        ("5G", "25G"),
        ("80", "80.05"),
        ("80", "80.0.1"),
        ("2020.1", "2020.10"),
        ("", "任何文字"),
        ("  ", "任何文字"),
    ],
)
def test_fact_does_not_stand(fact: str, text: str) -> None:
    assert not stands_in(fact, fold(text))


def test_markers_are_no_figures() -> None:
    text = without_markers("达到20家[1]，共3项[12]。", (1, 12))
    assert not stands_in("1", fold(text))
    assert not stands_in("12", fold(text))
    assert stands_in("20家", fold(text))
    assert stands_in("3", fold(text))


def test_bracketed_figure_that_is_no_marker_stays() -> None:
    assert stands_in("[18]", fold(without_markers("累计[18]，见[1]。", (1,))))


def test_marker_between_digits_keeps_them_apart() -> None:
    assert not stands_in("2025", fold(without_markers("20[1]25", (1,))))


@settings(deadline=None, derandomize=True)
@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_number_stands_in_a_list_only_if_it_is_one_of_them(a: int, b: int) -> None:
    assert stands_in(str(a), fold(f"{a}、{b}"))
    assert stands_in(str(a), fold(f"{b}")) == (a == b)


@settings(deadline=None, derandomize=True)
@given(st.integers(1000, 10**9))
def test_thousands_separators_mean_nothing(number: int) -> None:
    assert stands_in(str(number), fold(f"共{number:,}元"))
    assert stands_in(f"{number:,}", fold(f"共{number}元"))


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_squeeze_changes_nothing_but_blanks() -> None:
    assert squeeze(" 甲\u3000乙\n％ 4 5") == "甲乙％45"


@pytest.mark.parametrize(
    ("fact", "text", "stands"),
    [
        ("2025年…4.5", "2025年目标值4.5个（2020年1.7个）", True),
        ("2025年…4.5", "到２０２５年，托位达到4.5个", False),  # another clause
        ("2025年…4.5", "2025年目标值1.7个（2020年4.5个）", False),
        ("2025年…4.5", "2025年目标值14.5个", False),
        ("2025年…4.5", "4.5个，2025年", False),
        ("“十三五”目标…7.5", "（“十三五”目标年均7.5左右）", True),
        ("…", "甲", False),
    ],
)
def test_parts_bound_together_stand_in_one_clause(fact: str, text: str, stands: bool) -> None:
    assert stands_in(fact, fold(text)) is stands
