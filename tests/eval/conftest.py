"""Gives each test its own data."""

import json
from pathlib import Path

import pytest

from eval import run
from tests.eval.eval_fakes import CASES, REPLIES, SECRET, Command, FakeAssistant


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs are kept in the test's own folder, whatever WENGUI_DATA says."""
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    assistant = FakeAssistant(REPLIES)
    monkeypatch.setattr("assistant.open_assistant", lambda *_: assistant, raising=False)
    return assistant


@pytest.fixture
def command(tmp_path: Path, fake: FakeAssistant) -> Command:
    def write(name: str, items: list[dict]) -> str:
        text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    files = [write("dev-a.jsonl", CASES), write("unseen-a.jsonl", [SECRET])]
    return lambda *options: run.main(["--cases", *files, *map(str, options)])
