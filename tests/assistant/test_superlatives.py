"""Questions for the most or the least of several."""

from __future__ import annotations

import pytest

from assistant.superlatives import superlative


@pytest.mark.parametrize(
    ("text", "of", "sign", "relative", "most", "top"),
    [
        ("2025年目标比2020年提高最多的是哪一项？", "change", 1, False, True, 1),
        ("哪个目标涨得最猛？", "change", 1, True, True, 1),
        ("增幅最大的是哪个指标", "change", 1, True, True, 1),
        ("2020年比2019年降得最厉害的是哪项", "change", -1, False, True, 1),
        ("哪个指标变化最小？", "change", 0, False, False, 1),
        ("哪种保险的覆盖率最高？", "value", 0, False, True, 1),
        ("目标值最低的三项指标是哪些？", "value", 0, False, False, 3),
        ("哪两项指标的数值最大？", "value", 0, False, True, 2),
        ("减排比例排前三的是哪几种污染物？", "value", 0, False, True, 3),
    ],
)
def test_what_is_ranked(
    text: str, of: str, sign: int, relative: bool, most: bool, top: int
) -> None:
    found = superlative(text)
    assert found is not None
    assert (found.of, found.sign, found.relative) == (of, sign, relative)
    assert (found.most, found.top) == (most, top)


@pytest.mark.parametrize(
    "text", ["前三年做了什么？", "最低生活保障怎么申请", "增长率是多少？", "前三季度的产值多少？"]
)
def test_what_ranks_nothing(text: str) -> None:
    assert superlative(text) is None
