"""The whole command over a fake assistant: answers, report, gate, and what is kept hidden."""

import json
import logging
import re
from pathlib import Path

import pytest

from eval import run
from tests.eval.eval_fakes import (
    CASES,
    REPLIES,
    Command,
    FakeAssistant,
    answer,
)


def test_figures_on_the_terminal(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command() == 0
    out = capsys.readouterr().out
    assert "题数：5（正确 2，错误 2，出错 1）" in out
    assert re.search(r"^全对\s+40\.0%\s.*\s5$", out, re.M)
    assert re.search(r"^· 意外\s+1\s+0\.0%", out, re.M)
    assert "bad  数字  前5段有要点，答案没写" in out
    assert "boom  意外  出错" in out


def test_history_reaches_the_assistant(command: Command, fake: FakeAssistant) -> None:
    command("--only", "数字", "--split", "dev")
    assert [question for question, _ in fake.asked] == ["托位多少？", "新建多少？"]
    assert [turn.content for turn in fake.asked[1][1]] == ["前面问的"]


def test_answers_have_a_line_for_every_case(command: Command, tmp_path: Path) -> None:
    command("--answers", tmp_path / "out" / "a.jsonl")
    lines = (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    by_id = {item["id"]: item for item in map(json.loads, lines)}
    assert list(by_id) == ["good", "bad", "boom", "no", "secret-1"]
    good = by_id["good"]
    assert set(good) == {
        "id", "question", "standalone_question", "text", "refused", "citations", "evidence",
        "dropped_claims", "model", "seconds", "fallback", "usage",
    }  # fmt: skip
    assert set(good["citations"][0]) == {
        "marker", "doc_id", "title", "heading_path", "lead", "page", "quote",
    }  # fmt: skip
    assert {"doc_id", "heading_path", "text", "score"} <= set(good["evidence"][0])
    assert "ValueError: 内部错误" in by_id["boom"]["error"]
    assert "eval_fakes.py:" in by_id["boom"]["error"]


@pytest.mark.parametrize("options", [(), ("--split", "unseen")])
def test_unseen_cases_stay_unseen(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    baseline = tmp_path / "b.json"
    command("--write-baseline", baseline, *options)
    command("--report", tmp_path / "r", "--baseline", baseline, *options)
    shown = "".join(capsys.readouterr())
    texts = [file.read_text(encoding="utf-8") for file in (tmp_path / "r").iterdir()]
    assert len(texts) == 3
    for text in (shown, *texts):
        assert "保密" not in text
        assert "secret" not in text
    assert "全对" in shown


def test_reveal_lists_them_in_the_report_only(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("--split", "unseen", "--report", tmp_path / "r", "--reveal")
    for file in (tmp_path / "r").iterdir():
        assert "保密的问题" in file.read_text(encoding="utf-8")
    assert "保密" not in "".join(capsys.readouterr())


def test_log_lines_are_silent_while_unseen_cases_run(
    command: Command, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    ask = fake.ask

    def noisy(question: str, history: object = ()) -> object:
        logging.getLogger("assistant").error("问题：%s", question)
        return ask(question)

    monkeypatch.setattr(fake, "ask", noisy)
    command("--split", "unseen")
    assert "保密" not in caplog.text
    command("--split", "dev")
    assert "托位" in caplog.text


def test_gate_passes_the_same_run_and_fails_a_planted_loss(
    command: Command, fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = tmp_path / "b.json"
    many = [CASES[0] | {"id": f"n{i}", "question": f"托位{i}？"} for i in range(40)]
    file = tmp_path / "dev-many.jsonl"
    file.write_text("\n".join(json.dumps(c) for c in many), encoding="utf-8")
    fake.replies = {c["question"]: answer(str(c["question"])) for c in many}
    options = ["--cases", str(file)]
    assert run.main([*options, "--write-baseline", str(baseline)]) == 0
    assert run.main([*options, "--baseline", str(baseline)]) == 0
    for c in many[:6]:
        fake.replies[str(c["question"])] = answer("", text="不知道[1]")
    capsys.readouterr()
    assert run.main([*options, "--baseline", str(baseline)]) == 1
    failed = [line for line in capsys.readouterr().out.splitlines() if "未通过：" in line]
    assert [line.split("：")[1] for line in failed] == ["全对", "要点全中", "句句有据"]


@pytest.mark.parametrize("options", [("--only", "没有这组"), ("--baseline", "none.json")])
def test_a_user_error_is_one_line(
    command: Command, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert command(*options) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_settings_are_changed_for_the_run(
    command: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = []
    monkeypatch.setattr(
        "assistant.open_assistant", lambda *a: given.append(a[1]) or FakeAssistant(REPLIES)
    )
    assert command("--mode", "model") == 2
    assert "LLM_BASE_URL" in capsys.readouterr().err
    command("--set", "retrieve.k=8", "--set", "fact_budget=60")
    assert (given[0].retrieve_k, given[0].fact_budget) == (8, 60)
    assert "改过的设置：retrieve.k=8，fact_budget=60" in capsys.readouterr().out
    assert command("--set", "retrieve.k=viel") == 2
    assert command("--set", "nonsense=1") == 2
    assert "没有名为 nonsense 的设置" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command("--set", "retrieve.k")


def test_ctrl_c_says_how_to_go_on(
    command: Command, monkeypatch: pytest.MonkeyPatch, fake: FakeAssistant,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def stop(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(fake, "ask", stop)
    assert command() == 130
    assert "--resume last" in capsys.readouterr().err
