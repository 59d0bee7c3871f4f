"""A seeded sample of the fuzzed questions over a real assistant; faults are found and shown."""

from pathlib import Path

import pytest

from eval import fuzz
from eval.asking import Opening
from tests.eval.eval_fakes import FakeAssistant, answer, case, refusal

QUESTIONS = [
    "到2025年新增公园多少个？",
    "什么是“一带一轴”？",
    "养老床位2020年有多少张，2025年呢？",
    "有哪些目标",
]
DOCUMENT = "# 规划\n\n## 第一章 公园\n\n到2025年，新增公园12个。\n\n## 第二章 养老\n\n养老床位达到3000张。\n"


@pytest.mark.long
def test_two_hundred_raise_nothing(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "plan.md").write_text(DOCUMENT, "utf-8")
    assistant = Opening(docs).open()
    found = [f for f in fuzz.faults(assistant, fuzz.fuzzed(200, 1, QUESTIONS)) if f]
    assert [fuzz.shown(f) for f in found] == []


def test_the_same_seed_gives_the_same_questions() -> None:
    first, again, other = (list(fuzz.fuzzed(50, seed, QUESTIONS)) for seed in (1, 1, 2))
    assert first == again != other
    assert len({c.question for c in first}) > 40
    assert any(c.history for c in first)


def test_faults_are_told_from_answers() -> None:
    fake = FakeAssistant(
        {
            "好": answer("好"),
            "拒": refusal("拒"),
            "炸": KeyError("x\ud800"),
            "空": answer("空", text=" "),
        }
    )
    asked = [case(id=q, question=q) for q in ("好", "拒", "炸", "空", "没有准备")]
    found = list(fuzz.faults(fake, iter(asked)))
    assert [bool(f) for f in found] == [False, False, True, True, False]
    assert fuzz.shown(found[2]).isprintable()  # type: ignore[arg-type]


def test_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("assistant.open_assistant", lambda *_: FakeAssistant({}))
    assert fuzz.main(["--count", "5"]) == 0
    assert "5 个问题（种子 1），出错 0 个" in capsys.readouterr().out
