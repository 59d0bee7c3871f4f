"""Each part taken out: what it is worth shows, and all is in its place again afterwards."""

import json
from pathlib import Path

import pytest

from assistant import clerk
from eval import ablation

PLAN = """# 青川市规划纲要

## 第一章 发展目标

到2025年，新增公园12个，新建学校7所。

## 第二章 重点任务

加强学校体育，办好校园足球。
"""
CASES = [
    {"id": "a", "group": "fact-figure", "question": "到2025年新增公园多少个？", "must": [["12"]],
     "gold": [{"doc": "plan", "path": ["第一章"]}]},
    {"id": "b", "group": "navigation", "question": "规划一共几章？", "must": [["2章", "两章"]],
     "gold": [{"doc": "plan", "path": ["第一章"]}]},
    {"id": "c", "group": "refuse", "question": "市长的手机号是多少？", "expect": "refuse"},
]  # fmt: skip


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "plan.md").write_text(PLAN, encoding="utf-8")
    cases = tmp_path / "dev-own.jsonl"
    lines = (json.dumps({"expect": "answer", **c}, ensure_ascii=False) for c in CASES)
    cases.write_text("\n".join(lines), encoding="utf-8")
    return ["--docs", str(docs), "--cases", str(cases)]


@pytest.mark.long
def test_what_a_part_is_worth(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = clerk.doubt
    assert ablation.main(arguments) == 0
    found = {row.split()[0]: row.split() for row in capsys.readouterr().out.splitlines()}
    assert len(found) == len(ablation.PARTS) + 1
    whole = found["（全部都在）"]
    assert whole[1] == "100.0%" and whole[4] == "100.0%"
    assert found["结构题"][-1] == "-50.0"  # one of two answers is a structure answer
    assert found["拒答"][4] == "66.7%"  # one of three is to be refused
    assert found["计算"][1:] == whole[1:]
    assert clerk.doubt is before


def test_nothing_to_measure_is_said(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ablation.main([*arguments, "--only", "list"]) == 2
    assert "没有符合条件的测试题" in capsys.readouterr().err
