"""The suite as the 质检 page uses it: runs, comparisons, and complaints made into cases."""

import json
import threading
from dataclasses import replace

import pytest

from eval import accepted, runs
from eval.cases import CaseError, load
from eval.desk import Desk, Stopped
from tests.eval.eval_fakes import CHAPTER, FakeAssistant, answer

COMPLAINT = {
    "question": "托位到2025年有多少个？",
    "history": [{"role": "user", "content": "托育"}],
    "standalone_question": "托育托位到2025年有多少个？",
    "answer": "没有数字[1]。",
    "reason": "数字不对",
    "note": "应为4.5",
    "citations": [{"doc_id": "plan", "heading_path": list(CHAPTER), "quote": "托位"}] * 2,
    "evidence": [{"doc_id": "plan", "heading_path": list(CHAPTER), "text": "托位", "score": 1.0}],
    "index_hash": "i", "settings_hash": "s", "model": "",
}  # fmt: skip
REPAIRED = {"gold": [{"doc": "plan", "path": ["第二章", "第三节"]}], "must": [["4.5"]]}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    """One that knows two of the three questions; the third raises a user's error."""
    monkeypatch.setattr("eval.accepted.CASES", accepted.file().parent / "repository", raising=True)
    folder = accepted.CASES
    folder.mkdir(parents=True)
    gold = [{"doc": "plan", "path": ["第二章", "第三节"]}]
    items = [
        {"id": n, "group": g, "question": q, "gold": gold, "must": [["4.5"]]}
        for n, g, q in (("a", "甲", "一？"), ("b", "甲", "二？"), ("c", "乙", "三？"))
    ]
    (folder / "dev-x.jsonl").write_text("\n".join(map(json.dumps, items)), "utf-8")
    return FakeAssistant({q: answer(q) for q in ("一？", "二？")})


def nothing(*_: int) -> None:
    pass


def test_a_run_is_started_with_progress_and_read(fake: FakeAssistant) -> None:
    desk, seen = Desk(fake), []
    name = desk.start(lambda n, of: seen.append((n, of)), threading.Event())
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    (kept,) = desk.runs()
    assert kept["run_id"] == name
    assert kept["counts"] == {"right": 2, "wrong": 0, "failed": 1, "unscored": 0}
    data = desk.run(name)
    assert {c["id"]: c["status"] for c in data["cases"]} == {
        "a": "right",
        "b": "right",
        "c": "failed",
    }
    assert data["run"]["index_hash"] == "i"
    assert "<!doctype html>" in desk.page(name)
    json.dumps([desk.runs(), data, desk.figures(), desk.groups(), desk.sections()])
    assert desk.groups() == ["乙", "甲"]


def test_two_runs_are_compared(fake: FakeAssistant) -> None:
    desk = Desk(fake)
    first = desk.start(nothing, threading.Event())
    fake.replies = {"一？": answer("一？", text="不知道[1]。"), "三？": answer("三？")}
    second = desk.start(nothing, threading.Event())
    found = desk.compare(first, second)
    kinds = {c["id"]: c["kind"] for c in found["cases"]}
    assert kinds == {"a": "broke", "b": "broke", "c": "mended"}
    assert desk.run(second, against=first)["diff"] == found
    with pytest.raises(CaseError, match="没有这次运行"):
        desk.compare("x", second)


def test_a_run_is_stopped_and_another_may_start(fake: FakeAssistant) -> None:
    desk, stop = Desk(fake), threading.Event()
    with pytest.raises(Stopped, match="已停止"):
        desk.start(lambda n, of: stop.set() if n == 2 else None, stop)
    (cut,) = runs.listed()
    assert not cut.finished
    assert len(runs.answered(runs.folder() / cut.run_id)) == 2
    assert desk.start(nothing, threading.Event(), only="乙")


def test_one_run_at_a_time(fake: FakeAssistant) -> None:
    desk, said = Desk(fake), []

    def again(done: int, _of: int) -> None:
        if done == 1:
            with pytest.raises(CaseError) as raised:
                desk.start(nothing, threading.Event())
            said.append(str(raised.value))

    desk.start(again, threading.Event())
    assert "正在进行" in said[0]


@pytest.mark.usefixtures("fake")
def test_a_complaint_becomes_a_draft_with_all_that_is_known(fake: FakeAssistant) -> None:
    draft = Desk(fake).draft(COMPLAINT)
    assert draft["question"] == COMPLAINT["question"]
    assert draft["history"] == COMPLAINT["history"]
    assert draft["gold"] == [{"doc": "plan", "path": list(CHAPTER), "lead": ""}]
    for name in ("standalone_question", "evidence", "index_hash", "settings_hash", "reason"):
        assert draft["origin"][name] == COMPLAINT[name]
    assert draft["id"] == Desk(fake).draft(COMPLAINT)["id"]
    assert Desk(fake).draft({"question": "问"})["gold"] == []


def test_a_draft_is_accepted_after_lint(fake: FakeAssistant) -> None:
    desk = Desk(fake)
    draft = desk.draft(COMPLAINT)
    assert [f["message"] for f in desk.findings(draft) if f["error"]] == [
        "没有要点：收下之前请写上回答里必须出现的内容"
    ]
    with pytest.raises(CaseError, match="没有要点"):
        desk.accept(draft)
    wrong = draft | {"must": [["5.5"]]}
    with pytest.raises(CaseError, match=r"要点“5\.5”不在出处"):
        desk.accept(wrong)
    assert not accepted.file().exists()
    taken = desk.accept(draft | REPAIRED)
    (case,) = load([accepted.file()])
    assert (case.id, case.must, case.file) == (draft["id"], (("4.5",),), "dev-accepted.jsonl")
    assert case.origin["reason"] == "数字不对"
    assert taken["gold"][0]["path"] == ["第二章", "第三节"]


def test_accepting_again_replaces_and_a_second_like_it_is_refused(fake: FakeAssistant) -> None:
    desk = Desk(fake)
    draft = desk.draft(COMPLAINT) | REPAIRED
    desk.accept(draft)
    desk.accept(draft | {"must": [["4.5个"]]})
    (case,) = load([accepted.file()])
    assert case.must == (("4.5个",),)
    with pytest.raises(CaseError, match="重复"):
        desk.accept(draft | {"id": "other"})
    with pytest.raises(CaseError, match="expect"):
        desk.accept(draft | {"expect": "maybe"})


def test_accepted_cases_are_run_with_the_others(fake: FakeAssistant) -> None:
    desk = Desk(fake)
    desk.accept(desk.draft(COMPLAINT) | REPAIRED)
    question = str(COMPLAINT["question"])
    fake.replies = {question: replace(answer(question), seconds=0.2)}
    name = desk.start(nothing, threading.Event(), only="complaint")
    assert [c["status"] for c in desk.run(name)["cases"]] == ["right"]
    assert "complaint" in desk.groups()
