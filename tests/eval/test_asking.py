"""Asking in one process and in two gives the same answers in the same order."""

from pathlib import Path

import pytest

from eval import asking
from eval.asking import Opening, jobs_for, replies
from index.settings import Settings as IndexSettings
from tests.eval.eval_fakes import FakeAssistant, answer, case

DOCUMENT = "# 规划\n\n## 第一章 托育\n\n到2025年，新建托育园{}家。\n"


@pytest.mark.parametrize(
    ("cases", "wanted", "mode", "jobs"),
    [(10, 0, "default", 1), (2000, 1, "default", 1), (3, 5, "default", 3), (2000, 0, "model", 1)],
)
def test_processes_where_they_are_worth_it(cases: int, wanted: int, mode: str, jobs: int) -> None:
    assert jobs_for(cases, wanted, mode) == jobs


def test_one_a_core_for_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking.os, "cpu_count", lambda: 2)
    assert jobs_for(2000, 0, "default") == 2


def test_replies_come_as_they_are_made() -> None:
    fake = FakeAssistant({"一": answer("一"), "二": answer("二")})
    coming = replies(fake, Opening(), [case(question="一"), case(question="二")])
    assert next(coming)[1].question == "一"
    assert len(fake.asked) == 1
    coming.close()
    assert len(fake.asked) == 1


@pytest.mark.long
def test_two_processes_answer_as_one(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "plan.md").write_text(DOCUMENT.format(12), "utf-8")
    opening = Opening(docs, changes={"retrieve.k": "3"})
    assistant = opening.open()
    cases = [case(id=f"c{i}", question=f"新建托育园多少家？{'？' * i}") for i in range(5)]
    one = list(replies(assistant, opening, cases, 1))
    two = list(replies(assistant, opening, cases, 2))
    assert [c.id for c, _ in two] == [c.id for c in cases]
    assert [g.text for _, g in two] == [g.text for _, g in one]
    assert "12" in two[0][1].text


def test_an_index_that_one_process_alone_can_open_is_asked_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = IndexSettings(milvus_url="/data/lite.db")
    monkeypatch.setattr(asking, "index_from_environment", lambda: one)
    assert jobs_for(2000, 2, "default") == 1
