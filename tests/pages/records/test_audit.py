"""The audit log: every change to it shows, old entries leave without breaking it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import delete, update

from pages.records import audit as module
from pages.records.audit import Audit
from pages.records.database import Database
from pages.records.schema import audit as table


def filled(database: Database, number: int = 5) -> Audit:
    log = Audit(database)
    for n in range(number):
        log.add("answer", "device", {"question": f"问题{n}", "n": n})
    return log


def test_entries_come_back_in_order_and_verify(database: Database) -> None:
    log = filled(database)
    entries = list(log.entries())
    assert [e.seq for e in entries] == [1, 2, 3, 4, 5]
    assert json.loads(entries[2].data) == {"question": "问题2", "n": 2}
    assert [e.before for e in entries[1:]] == [e.hash for e in entries[:-1]]
    assert log.verify() == module.Verdict(True, 5)
    assert Audit(database).verify().holds


def test_an_empty_log_holds(database: Database) -> None:
    assert Audit(database).verify() == module.Verdict(True, 0)


@pytest.mark.parametrize(
    "change",
    [
        update(table).where(table.c.seq == 3).values(data='{"n":9}'),
        update(table).where(table.c.seq == 3).values(at="2020-01-01T00:00:00+00:00"),
        update(table).where(table.c.seq == 3).values(actor="another"),
        update(table).where(table.c.seq == 3).values(hash="0" * 64),
        delete(table).where(table.c.seq == 3),
        delete(table).where(table.c.seq == 1),
        delete(table).where(table.c.seq == 5),
        delete(table),
    ],
)
def test_any_change_is_found(database: Database, change: object) -> None:
    log = filled(database)
    with database.writing() as connection:
        connection.execute(change)  # type: ignore[call-overload]
    verdict = log.verify()
    assert not verdict.holds
    assert verdict.problem.startswith("第")


def test_old_entries_leave_and_the_rest_still_verifies(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Audit(database)
    for days in (400, 380, 2, 390, 0):  # the fourth: a clock that was set back
        at = datetime.now(UTC) - timedelta(days=days)
        monkeypatch.setattr(module, "now", lambda at=at: at.isoformat(timespec="microseconds"))
        log.add("answer", "device", {"days": days})
    assert log.rotate(365) == 2
    assert [e.seq for e in log.entries()] == [3, 4, 5]
    assert log.verify() == module.Verdict(True, 3)
    assert log.rotate(365) == 0
    log.add("answer", "device", {})
    assert log.verify().holds


def test_writers_side_by_side_make_one_chain(database: Database) -> None:
    def write() -> None:
        log = Audit(database)
        for n in range(10):
            log.add("answer", "device", {"n": n})

    threads = [Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Audit(database).verify() == module.Verdict(True, 40)


def test_the_export_holds_every_entry(database: Database, tmp_path: Path) -> None:
    log = filled(database)
    assert log.export(tmp_path / "audit.jsonl") == 5
    lines = (tmp_path / "audit.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["seq"] for line in lines] == [1, 2, 3, 4, 5]
