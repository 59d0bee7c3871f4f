"""Means, intervals and scopes."""

import pytest

from eval.figures import OVERALL, counts, mean, percentile, summarise
from eval.records import Result
from tests.eval.eval_fakes import case, reply


def result(name: str, group: str = "甲", split: str = "dev", status: str = "right", **scores):
    return Result(case(id=name, group=group, split=split), reply(), scores, status)


def test_a_mean_lies_in_its_interval_and_many_cases_narrow_it() -> None:
    few, many = mean([0, 1] * 10), mean([0, 1] * 200)
    assert few.mean == many.mean == 0.5
    assert few.low < many.low < 0.5 < many.high < few.high
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.5 / 400**0.5, rel=0.15)


def test_the_same_values_give_the_same_interval() -> None:
    assert mean([0, 1, 1]) == mean([0, 1, 1])
    assert mean([1.0]).low == mean([1.0]).high == 1


def test_unscored_stays_out_and_failed_stays_in() -> None:
    summary = summarise([result("a", right=1.0), result("b", right=0.0), result("c", right=None)])
    assert (summary[OVERALL]["right"].n, summary[OVERALL]["right"].mean) == (2, 0.5)
    assert "facts" not in summary[OVERALL]


def test_scopes() -> None:
    results = [result("a", "甲", right=1.0), result("b", "乙", "unseen", right=0.0)]
    assert list(summarise(results)) == [OVERALL, "dev", "unseen", "· 甲", "· 乙"]
    assert list(summarise(results[:1])) == [OVERALL, "· 甲"]


def test_percentile_and_counts() -> None:
    results = [result("a", seconds=0.01), result("b", seconds=0.03), result("c", status="failed")]
    assert percentile(results, 50) == pytest.approx(0.02)
    assert percentile([], 50) is None
    assert counts(results) == {"right": 2, "wrong": 0, "failed": 1, "unscored": 0}
