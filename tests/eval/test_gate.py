"""Planted losses fail, noise and no-ops pass."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from eval import gate
from eval.gate import Limit
from eval.records import Result
from index.errors import SettingError
from tests.eval.eval_fakes import case, reply

LIMITS = {"right": Limit(allowed_loss=0.01)}
DOCS = {"plan": "读本"}


def results(values: list[float], split: str = "dev", **fields: object) -> list[Result]:
    return [
        Result(case(id=f"c{i}", split=split, **fields), reply(), {"right": value}, "right")
        for i, value in enumerate(values)
    ]


def accepted(values: list[float]) -> dict[str, gate.Accepted]:
    data = gate.baseline_data(results(values), DOCS)
    return {k: gate.Accepted(v["fingerprint"], v["scores"]) for k, v in data["cases"].items()}


OLD = [1.0] * 190 + [0.0] * 110


def lost(n: int, won: int = 0) -> list[float]:
    """OLD with n right cases lost and some wrong ones won."""
    return [0.0] * n + [1.0] * (190 - n + won) + [0.0] * (110 - won)


@pytest.mark.parametrize("new", [OLD, lost(1), lost(2, 2), lost(6, 5), lost(0, 9)])
def test_noise_and_gains_pass(new: list[float]) -> None:
    assert gate.violations(results(new), accepted(OLD), LIMITS) == []


@pytest.mark.parametrize("new", [lost(6), lost(7, 1), lost(12, 2), lost(60)])
def test_two_points_of_three_hundred_fail(new: list[float]) -> None:
    lines = gate.violations(results(new), accepted(OLD), LIMITS)
    assert len(lines) == 1
    assert "全对：比基线下降" in lines[0]
    assert "c0、c1" in lines[0]


def test_a_shuffle_of_small_changes_passes_and_a_shift_fails() -> None:
    noise = random.Random(1)
    old = [noise.random() for _ in range(300)]
    shaken = [v + noise.gauss(0, 0.05) for v in old]
    shifted = [v - 0.02 for v in shaken]
    assert gate.violations(results(shaken), accepted(old), LIMITS) == []
    assert gate.violations(results(shifted), accepted(old), LIMITS)


def test_a_loss_within_what_is_allowed_passes_however_sure() -> None:
    old = [0.5] * 300
    assert not gate.violations(results([0.495] * 300), accepted(old), LIMITS)
    assert gate.violations(results([0.48] * 300), accepted(old), LIMITS)


def test_no_loss_is_allowed_where_none_is() -> None:
    strict = {"right": Limit(allowed_loss=0.0)}
    assert gate.violations(results(lost(6)), accepted(OLD), strict)
    assert not gate.violations(results(OLD), accepted(OLD), strict)


def test_unseen_cases_are_not_named() -> None:
    lines = gate.violations(results(lost(9), split="unseen"), accepted(OLD), LIMITS)
    assert len(lines) == 1
    assert "c0" not in lines[0]


def test_a_case_that_vanished_is_reported_in_a_whole_run_only() -> None:
    fewer = results(OLD)[:-3]
    assert "3 题" in gate.violations(fewer, accepted(OLD), LIMITS)[0]
    assert not gate.violations(fewer, accepted(OLD), LIMITS, whole=False)
    assert "基线中另有 3 题" in gate.remarks(fewer, accepted(OLD), DOCS, DOCS)[0]


def test_a_case_made_easier_is_not_compared() -> None:
    easier = results(lost(60), must=(("容易",),))
    assert not gate.violations(easier, accepted(OLD), LIMITS)
    assert "300 题的内容与基线不同" in gate.remarks(easier, accepted(OLD), DOCS, DOCS)[0]


def test_new_cases_and_other_documents_are_remarked() -> None:
    said = gate.remarks(results([*OLD, 1.0]), accepted(OLD), DOCS, {"plan": "原文"})
    assert "1 题基线中没有" in said[0]
    assert "另一组文件" in said[1]
    assert gate.remarks(results(OLD), accepted(OLD), DOCS, DOCS) == []


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Limit(minimum=0.634), "63.3%，低于下限 63.4%"),
        (Limit(maximum=0.6), "63.3%，高于上限 60.0%"),
        (Limit(minimum=0.63, maximum=0.64), ""),
    ],
)
def test_thresholds(limit: Limit, said: str) -> None:
    lines = gate.violations(results(OLD), accepted(OLD), {"right": limit})
    assert lines == [f"全对：{said}"] if said else lines == []
    assert gate.violations(results(OLD), accepted(OLD), {"right": limit}, whole=False) == []


def test_a_figure_newly_without_value_pairs_with_nothing() -> None:
    now = [replace(r, scores={"right": None}) for r in results(OLD)]
    assert gate.violations(now, accepted(OLD), LIMITS) == []


def test_baseline_comes_back_and_holds_ids_and_scores_only(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    run = results([1 / 3, 0.0], question="一个问题的原话", must=(("要点原话",),), note="注")
    gate.write_baseline(file, gate.baseline_data(run, DOCS))
    cases, documents = gate.read_baseline(file)
    assert documents == DOCS
    assert cases["c0"].scores["right"] == 0.3333
    assert "seconds" not in cases["c0"].scores
    text = file.read_text(encoding="utf-8")
    assert "原话" not in text
    assert set(json.loads(text)) == {"documents", "cases"}
    assert gate.violations(run, cases, {"right": Limit(allowed_loss=0.0)}) == []


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"cases": {"a": {}}, "documents": {}}'])
def test_broken_baseline(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.json").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match="--write-baseline"):
        gate.read_baseline(tmp_path / "b.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[figures.nonsense]\nminimum = 1.0", "nonsense"),
        ("[figures.right]\nminimun = 1.0", "minimun"),
        ("figures = ", "读不懂"),
        ("", "figures"),
    ],
)
def test_broken_thresholds(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "t.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingError, match=said):
        gate.load_limits(tmp_path / "t.toml")


def test_shipped_thresholds_can_be_read_and_hold_quotes_to_one() -> None:
    assert gate.load_limits()["quotes"] == Limit(minimum=1.0, allowed_loss=0.0)
