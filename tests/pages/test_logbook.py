"""What the audit log is told of an answer, and what it is not."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.privacy import WordList
from assistant.records import Answer
from pages import logbook as module
from pages.logbook import Logbook
from pages.records import Audit, Database, open_database

ANSWER = Answer(
    question="我的手机13812345678，公园目标是多少？",
    standalone_question="公园目标是多少？",
    text="到2025年新增公园12个[1]。",
    citations=(),
    evidence=(),
    refused=False,
    dropped_claims=0,
    model="",
    settings_hash="abc",
    seconds=0.02,
)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_database(tmp_path)


def test_an_answer_is_told_without_the_visitors_numbers(database: Database) -> None:
    book = Logbook(database, "index-1", words=WordList(words=("公园",)))
    book.answered(ANSWER, "10.0.0.7", "Browser/1")
    book.answered(replace(ANSWER, refused=True), "10.0.0.7", "Browser/1")
    _, first, second = Audit(database).entries()  # the first tells of the word list
    assert (first.kind, second.kind) == ("answer", "refusal")
    told = json.loads(first.data)
    assert told["question"] == "我的手机***，***目标是多少？"
    assert told["masked"] == ["手机号", "敏感词"]
    assert (told["settings_hash"], told["index_hash"]) == ("abc", "index-1")
    assert "10.0.0.7" not in first.actor + first.data
    assert first.actor == second.actor


def test_a_device_is_another_one_tomorrow(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Logbook(database, "")
    today = book.device("10.0.0.7", "Browser/1")
    assert book.device("10.0.0.8", "Browser/1") != today
    assert Logbook(database, "").device("10.0.0.7", "Browser/1") == today  # another process

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(days=1)

    monkeypatch.setattr(module, "datetime", Tomorrow)
    assert book.device("10.0.0.7", "Browser/1") != today


def test_a_log_that_can_not_be_written_stops_nothing_and_says_so_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    book = Logbook(database, "")
    with database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE audit")
    book.answered(ANSWER, "a", "b")
    book.answered(ANSWER, "a", "b")
    assert not book.works
    assert caplog.text.count("审计记录没有写入") == 1


def test_a_changed_word_list_holds_at_once_and_is_in_the_log_without_its_words(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "words.txt"
    file.write_text("公园\n", "utf-8")
    for _ in range(2):  # a second process, or a restart, has nothing new to tell
        book = Logbook(database, "index-1", WordList(file))
    file.write_text("公园\n目标\n手机  # 代号\n", "utf-8")
    book.answered(ANSWER, "10.0.0.7", "Browser/1")
    file.unlink()  # what can't be read changes nothing
    book.answered(ANSWER, "10.0.0.7", "Browser/1")
    entries = list(Audit(database).entries())
    assert [e.kind for e in entries] == ["words-changed", "words-changed", "answer", "answer"]
    assert [json.loads(e.data)["words"] for e in entries[:2]] == [1, 3]
    assert "目标" not in entries[1].data
    assert all("目标" not in json.loads(e.data)["question"] for e in entries[2:])
    assert Audit(database).verify().holds
