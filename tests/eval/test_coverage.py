"""What cases touch, over the small library, and that the shipped cases touch everything."""

import json
from pathlib import Path

import pytest

from eval import coverage
from eval.cases import load
from eval.records import Gold
from tests.eval.eval_fakes import CHAPTER, OTHER, TABLE, FakeAssistant, FakeLibrary, case

ROW = case(gold=(Gold("plan", ("第二章", "表2")),), question="2025年床位数？", must=(("60",),))


def left(*cases: object) -> list[str]:
    return [str(p) for p in coverage.coverage(cases, FakeLibrary()).untouched()]


def test_a_section_is_touched_by_its_own_cases_only() -> None:
    own = case(gold=(Gold("plan", ("第二章", "第三节")),))
    above = case(gold=(Gold("plan", ("第二章",)),))
    name = f"plan {' › '.join(CHAPTER)}"
    assert name in left()
    assert name not in left(own)
    assert name in left(above)
    assert f"plan {' › '.join(OTHER)}" in left(own, above)


def test_a_row_is_touched_by_a_case_that_names_it_and_its_value() -> None:
    rows = [
        f"plan {' › '.join(TABLE)} › {label}" for label in ("床位数（张）", "每千人口托位数（个）")
    ]
    assert set(rows) <= set(left())
    assert [name in left(ROW) for name in rows] == [False, True]
    other = case(gold=ROW.gold, question="2025年床位数？", must=(("4.5",),))
    unnamed = case(gold=ROW.gold, question="有多少？", must=(("60",),))
    assert rows[0] in left(other)
    assert rows[0] in left(unnamed)


def test_groups_and_chapters_are_counted() -> None:
    found = coverage.coverage([ROW, case(group="列举")], FakeLibrary())
    assert found.groups == [("数字", 1), ("列举", 1)]
    rows = coverage.summary_rows(found)
    assert ["plan", "第一篇 总则 › 第二章 公共服务", "2", "1", "1", "2", "1"] in rows


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.open_assistant", lambda *_: FakeAssistant({}), raising=False)
    item = {"id": "a", "question": "公路？", "gold": [{"doc": "paper", "path": ["3.3"]}]}
    file = tmp_path / "dev-a.jsonl"
    file.write_text(json.dumps(item), encoding="utf-8")
    assert coverage.main(["--cases", str(file)]) == 1
    out = capsys.readouterr().out
    assert "章节：5，有题的 1" in out
    assert "没有题：paper 1 绪论" in out
    assert coverage.main(["--cases", str(file), "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 2
    assert coverage.main(["--cases", str(tmp_path / "none.jsonl")]) == 2


def test_there_are_cases_for_every_group_of_questions() -> None:
    cases = load()
    assert len([c for c in cases if c.split == "dev"]) >= 400
    assert len({c.group for c in cases}) >= 15
