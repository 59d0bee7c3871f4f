"""Variants change the wording and nothing else."""

import json
from pathlib import Path

import pytest

from eval import variants
from eval.cases import as_json, load, parse
from eval.records import Gold
from tests.eval.eval_fakes import case


@pytest.mark.parametrize(
    ("kind", "question", "changed"),
    [
        ("traditional", "无锡产业发展", "無錫產業發展"),
        ("typo", "园在哪", "圆在哪"),
        ("paraphrase", "重点任务有哪些？", "重点任务有什么？"),
        ("polite", "目标多少？", "您好，我想请问一下，目标多少呢？谢谢！"),
        ("bare", "到2025年，占比2.5%？", "到2025年 占比2.5%"),
        ("fullwidth", "2025年GDP", "２０２５年ＧＤＰ"),
        ("chinese", "R&D占GDP多少，5GDP呢", "研究与试验发展占地区生产总值多少，5GDP呢"),
    ],
)
def test_kinds(kind: str, question: str, changed: str) -> None:
    result = variants.KINDS[kind][1](question)
    if kind == "typo":
        assert result in (changed, "园再哪")
    else:
        assert result == changed


def test_a_typo_without_a_usual_slip_swaps_neighbours_and_keeps_figures() -> None:
    made = variants.typo("2025年多少公里")
    assert made != "2025年多少公里"
    assert sorted(made) == sorted("2025年多少公里")
    assert made.startswith("2025")
    assert variants.typo("2025") == "2025"


def test_gold_and_facts_stay_and_unchanged_questions_drop_out() -> None:
    asked = case(question="任务有哪些", gold=(Gold("d", ("第一章",)),), must=(("甲",),))
    made = {v.id: v for v in variants.variants(asked)}
    assert "c1~paraphrase" in made
    assert "c1~chinese" not in made
    assert {(v.gold, v.must, v.expect) for v in made.values()} == {
        (asked.gold, asked.must, asked.expect)
    }
    assert list(variants.variants(case(expect="validate"))) == []


def test_a_case_comes_back_from_its_line() -> None:
    asked = case(
        history=(("user", "前"),),
        gold=(Gold("d", ("第一章",), "段首"),),
        must=(("甲", "乙"),),
        must_not=("丙",),
        split="unseen",
    )
    assert parse(as_json(asked)) == asked


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "v.jsonl"
    source.write_text(json.dumps(as_json(case(question="任务有哪些"))), encoding="utf-8")
    options = ["--cases", str(source), "--out", str(out), "--kinds", "paraphrase", "traditional"]
    assert variants.main(options) == 0
    assert [c.id for c in load([out])] == ["c1~paraphrase", "c1~traditional"]
    assert "2 道" in capsys.readouterr().out
    assert variants.main(["--cases", str(tmp_path / "none"), "--out", str(out)]) == 2


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("2025年地区生产总值的目标是多少？", "what is 2025年GDP的目标?"),
        ("人工智能有哪些任务", "what are AI任务?"),
        ("说说公园", "说说公园"),
    ],
)
def test_english_words_in_a_chinese_question(question: str, changed: str) -> None:
    assert variants.with_english(question) == changed
