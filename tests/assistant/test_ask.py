"""The command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import Assistant, ask
from assistant.ask import as_record, as_text, main
from tests.assistant.conftest import DOCUMENTS

FOREST = "森林覆盖率2025年目标是多少？"


@pytest.fixture(autouse=True)
def opened_once(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """Opens the session's assistant; the folders it was asked to open."""
    folders: list[Path | None] = []

    def open_assistant(docs_dir: Path | None = None) -> Assistant:
        folders.append(docs_dir)
        return assistant

    monkeypatch.setattr(ask, "open_assistant", open_assistant)
    return folders


def test_json_is_the_record_that_tools_read(
    capsys: pytest.CaptureFixture[str], opened_once: list[Path | None]
) -> None:
    assert main([FOREST, "--docs", str(DOCUMENTS), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert opened_once == [DOCUMENTS]
    assert {
        "question", "standalone_question", "text", "refused", "citations", "evidence",
        "dropped_claims", "model", "seconds",
    } <= found.keys()  # fmt: skip
    assert found["question"] == FOREST and found["refused"] is False
    assert found["model"] == "" and found["dropped_claims"] == 0
    (citation,) = found["citations"]
    assert citation.keys() >= {"marker", "doc_id", "title", "heading_path", "lead", "page", "quote"}
    assert citation["marker"] == 1 and citation["doc_id"] == "plan"
    assert citation["heading_path"][-1].startswith("表1")
    assert citation["quote"] == "绿色生态 5 森林覆盖率（%） 33.5 35.8 约束性"
    assert len(found["evidence"]) >= 10
    assert found["evidence"][0].keys() >= {"doc_id", "heading_path", "text", "score"}
    assert "森林覆盖率" in found["evidence"][0]["text"]


def test_a_refusal_is_a_record_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["怎么做红烧肉？", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["refused"] is True and found["confidence"] == "none"


def test_text_names_every_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([FOREST]) == 0
    lines = capsys.readouterr().out.strip().split("\n")
    assert lines[0].startswith("森林覆盖率：2025年目标值35.8%")
    assert lines[1].startswith(
        "[1] 《云溪市国民经济和社会发展第十四个五年规划纲要》第一篇 总体要求"
    )
    assert lines[1].endswith("· 原文")
    assert "核对原文" in lines[-1]


def test_text_says_how_the_question_was_read(assistant: Assistant) -> None:
    said = as_text(assistant.ask("森林覆蓋率2025年目標是多少？"))
    assert said.startswith("您问的是：森林覆盖率2025年目标是多少？\n")
    assert "问题按简体字理解。" in said
    assert "您问的是" not in as_text(assistant.ask(FOREST))


def test_text_names_the_lead_phrase(assistant: Assistant) -> None:
    assert "“防治青少年近视”" in as_text(assistant.ask("怎么防治青少年近视？"))


def test_a_question_that_cannot_be_taken_is_one_line_on_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([" "]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err == "请先输入要问的问题。\n"


def test_a_folder_that_is_not_there_is_one_line_on_stderr(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from assistant.chain import open_assistant

    monkeypatch.setattr(ask, "open_assistant", open_assistant)
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path / "var"))
    assert main(["养老？", "--docs", str(tmp_path / "missing")]) == 2
    shown = capsys.readouterr()
    assert shown.out == "" and shown.err.count("\n") == 1


def test_records_are_json(assistant: Assistant) -> None:
    for text in (FOREST, "今天下雨吗？", "有哪些文件？"):
        record = as_record(assistant.ask(text))
        assert json.loads(json.dumps(record, ensure_ascii=False)) == record
