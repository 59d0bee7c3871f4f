"""What the server does every night, with nights that pass at once."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from pages.records import audit as module
from pages.records.audit import Audit
from pages.records.database import Database
from pages.records.nightly import nightly, seconds_to, tidied


@pytest.mark.parametrize(
    ("now", "hours"), [("2026-03-01T01:30", 2), ("2026-03-01T03:30", 24), ("2026-12-31T04:30", 23)]
)
def test_the_next_night_is_reckoned(now: str, hours: int) -> None:
    assert seconds_to(time(3, 30), datetime.fromisoformat(now)) == hours * 3600


def test_the_work_is_done_at_once_and_every_night_until_the_end() -> None:
    done, nights, over = [], iter([False, False, True]), threading.Event()

    def wait(_: threading.Event, seconds: float) -> bool:
        assert 0 < seconds <= 24 * 3600
        ended = next(nights)
        if ended:
            over.set()
        return ended

    with nightly(lambda: done.append(1), wait=wait):
        assert over.wait(20)
    assert len(done) == 3


def aged(database: Database, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """A log with two old entries and a young one."""
    log = Audit(database)
    for days in (400, 390, 1):
        at = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds")
        with monkeypatch.context() as clock:
            clock.setattr(module, "now", lambda at=at: at)
            log.add("answer", "device", {"days": days})
    return log


def test_old_entries_leave_into_the_archive_and_the_log_says_so(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = aged(database, monkeypatch)
    archive = tmp_path / "archive"
    archive.mkdir()
    assert tidied(log, 365, archive) == 2
    assert [(e.seq, e.kind) for e in log.entries()] == [(3, "answer"), (4, "audit-rotated")]
    assert log.verify() == module.Verdict(True, 2)
    (file,) = archive.iterdir()
    assert file.name == "audit-1-2.jsonl"
    left = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert left[0]["hash"] == left[1]["before"]
    assert left[1]["hash"] == next(log.entries()).before  # the chain runs on over the cut
    assert tidied(log, 365, archive) == 0
    assert len(list(log.entries())) == 2


def test_what_can_not_be_archived_stays(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = aged(database, monkeypatch)
    assert tidied(log, 365, tmp_path / "nowhere") == 0
    assert "没有删去" in capsys.readouterr().err
    assert len(list(log.entries())) == 3
