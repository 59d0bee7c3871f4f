"""The lint command over files."""

import json
from pathlib import Path

import pytest

from eval import lint
from tests.eval.eval_fakes import FakeAssistant

GOOD = {
    "id": "a",
    "group": "数字",
    "question": "托位多少？",
    "gold": [{"doc": "plan", "path": ["第二章", "第三节"]}],
    "must": [["4.5"]],
}


@pytest.fixture
def documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.open_assistant", lambda *_: FakeAssistant({}), raising=False)


def run(folder: Path, *items: object) -> int:
    lines = [i if isinstance(i, str) else json.dumps(i) for i in items]
    (folder / "dev-a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return lint.main(["--cases", str(folder / "dev-a.jsonl")])


@pytest.mark.usefixtures("documents")
def test_sound_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, GOOD) == 0
    assert capsys.readouterr().out == "检查了 1 个文件：错误 0 处，提醒 0 处\n"


@pytest.mark.usefixtures("documents")
def test_every_line_is_named_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = GOOD | {"id": "b", "question": "别的？", "must": [["5"]]}
    assert run(tmp_path, GOOD, "{", bad, GOOD, GOOD | {"id": "c", "question": "三", "x": 1}) == 1
    out = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0].rsplit(":", 1)[1] for line in out[:-1]] == ["2", "3", "4", "4", "5"]
    assert "[b] 错误：要点“5”" in out[1]
    assert "[c] 提醒：格式里没有的字段：x" in out[4]
    assert out[-1] == "检查了 1 个文件：错误 4 处，提醒 1 处"


@pytest.mark.usefixtures("documents")
def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint.main(["--cases", str(tmp_path / "none.jsonl")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
