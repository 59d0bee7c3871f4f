"""A run kept, read again, cut off, gone on with; and what may not be mixed."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from eval import runs
from eval.flow import perform
from eval.options import Options
from eval.records import Gold
from index.errors import UserError
from tests.eval.eval_fakes import FakeAssistant, answer, case

GOLD = (Gold("plan", ("第二章", "第三节")),)
CASES = [
    case(id=f"n{i}", question=f"托位{i}？", gold=GOLD, must=(("4.5",),), absent=(("甲",),))
    for i in range(4)
]


def assistant() -> FakeAssistant:
    return FakeAssistant({c.question: answer(c.question) for c in CASES})


class CutOff(Exception):
    pass


def cut_after(n: int):
    def progress(done: int, _total: int) -> None:
        if done == n:
            raise CutOff

    return progress


def test_a_run_is_kept_and_comes_back_whole() -> None:
    run, about = perform(Options(), assistant(), CASES)
    stored = runs.read(runs.folder() / about.run_id)
    assert stored.about == about
    assert list(stored.results) == list(run.results)
    assert about.counts["right"] == 4
    assert about.figures["right"] == 1.0
    assert (about.index_hash, about.docs, about.count) == ("i", "source_docs", 4)
    assert len(about.code_hash) == len(about.cases_hash) == len(about.settings_hash) == 12


def test_a_run_cut_off_goes_on_where_it_stopped() -> None:
    first = assistant()
    with pytest.raises(CutOff):
        perform(Options(), first, CASES, cut_after(2))
    (cut,) = runs.listed()
    assert not cut.finished
    second = assistant()
    run, about = perform(Options(resume="last"), second, CASES)
    assert about.run_id == cut.run_id
    assert [question for question, _ in first.asked + second.asked] == [c.question for c in CASES]
    assert [r.status for r in run.results] == ["right"] * 4
    assert len(runs.listed()) == 1
    with pytest.raises(UserError, match="已经完成"):
        perform(Options(resume=about.run_id), assistant(), CASES)


def test_a_line_cut_off_in_the_middle_is_asked_again() -> None:
    with pytest.raises(CutOff):
        perform(Options(), assistant(), CASES, cut_after(2))
    file = runs.folder() / runs.listed()[0].run_id / "answers.jsonl"
    file.write_text(file.read_text("utf-8")[:-30], encoding="utf-8")
    second = assistant()
    perform(Options(resume="last"), second, CASES)
    assert [question for question, _ in second.asked] == [c.question for c in CASES[1:]]


def test_an_altered_case_is_asked_again() -> None:
    with pytest.raises(CutOff):
        perform(Options(), assistant(), CASES, cut_after(2))
    second = assistant()
    perform(Options(resume="last"), second, [replace(CASES[0], must=(("新建20家",),)), *CASES[1:]])
    assert len(second.asked) == 3


@pytest.mark.parametrize("name", ["index_hash", "settings_hash", "code_hash", "prompts_hash"])
def test_a_run_does_not_go_on_with_something_else(name: str) -> None:
    _, about = perform(Options(no_store=True), assistant(), CASES)
    old = replace(about, finished="")
    runs.may_go_on(old, old)
    with pytest.raises(UserError, match=name):
        runs.may_go_on(replace(old, **{name: "other"}), old)


def test_nothing_is_kept_where_it_is_not_wanted() -> None:
    perform(Options(no_store=True), assistant(), CASES)
    assert runs.listed() == []
    with pytest.raises(UserError, match="没有中断"):
        perform(Options(resume="last"), assistant(), CASES)


def test_runs_are_found_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="还没有完成"):
        runs.find("last")
    _, about = perform(Options(), assistant(), CASES)
    place = runs.folder() / about.run_id
    assert runs.find("last") == runs.find(about.run_id[:-2]) == runs.find(str(place)) == place
    with pytest.raises(UserError, match="没有这次运行"):
        runs.find("x")
    (tmp_path / "about.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UserError, match="不是一次运行"):
        runs.read(tmp_path)


def test_hashes_follow_what_they_are_of(tmp_path: Path) -> None:
    assert runs.prompts_hash(tmp_path) == ""
    for text in ("甲", "乙"):
        (tmp_path / "prompts").mkdir(exist_ok=True)
        (tmp_path / "prompts" / "answer.md").write_text(text, encoding="utf-8")
        (tmp_path / "index").mkdir(exist_ok=True)
        (tmp_path / "index" / f"{text}.py").write_text("", encoding="utf-8")
    second = (runs.prompts_hash(tmp_path), runs.code_hash(tmp_path))
    (tmp_path / "prompts" / "answer.md").write_text("甲", encoding="utf-8")
    (tmp_path / "index" / "乙.py").unlink()
    assert runs.prompts_hash(tmp_path) != second[0]
    assert runs.code_hash(tmp_path) != second[1]
    changed = [replace(CASES[0], must=()), *CASES[1:]]
    assert runs.cases_hash(changed) != runs.cases_hash(CASES)


def test_the_commit_says_where_files_differ(tmp_path: Path) -> None:
    assert runs.commit(tmp_path) == ""
    named = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], [*named, "commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    clean = runs.commit(tmp_path)
    assert len(clean) == 12
    (tmp_path / "new").write_text("", encoding="utf-8")
    assert runs.commit(tmp_path) == clean + "+"


def test_the_list_of_runs(capsys: pytest.CaptureFixture[str]) -> None:
    from eval import show

    assert show.main([]) == 0
    assert "还没有运行过" in capsys.readouterr().out
    _, about = perform(Options(), assistant(), CASES)
    assert show.main([]) == 0
    assert about.run_id in capsys.readouterr().out
    assert show.main(["没有"]) == 2
    assert json.loads((runs.folder() / about.run_id / "about.json").read_text("utf-8"))
