"""Tables that line up in a terminal with wide signs."""

import pytest

from eval.console import markdown_table, shown, table, width


def test_columns_line_up() -> None:
    lines = table([["范围", "全对"], ["· 数字", "9.0%"], ["a", "—"]]).splitlines()
    assert len({width(line) for line in lines}) == 1
    assert lines[1] == "· 数字  9.0%"


def test_a_bar_ends_no_cell() -> None:
    assert markdown_table([["甲", "乙"], ["a|b", "c"]]).splitlines() == [
        "| 甲 | 乙 |", "|---|---:|", "| a\\|b | c |",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [("right", 0.6666, "66.7%"), ("length", 99.6, "100"), ("seconds", 0.0123, "0.012")],
)
def test_shown(key: str, value: float, text: str) -> None:
    assert shown(key, value) == text
