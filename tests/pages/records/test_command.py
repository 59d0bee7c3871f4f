"""The operator's command line over the records."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.records import Audit, command, open_database
from pages.records.schema import audit


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def said(*passwords: str) -> command.Callable[[str], str]:
    left = iter(passwords)
    return lambda _: next(left)


def test_the_first_admin_is_made_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    password = "a long enough one"
    assert command.main(["account", "add", "admin-1", "admin"], said(password, password)) == 0
    assert command.main(["account", "list"]) == 0
    assert "admin-1\t管理员" in capsys.readouterr().out


def test_two_passwords_that_differ_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["account", "add", "a", "qa"], said("one password 1", "another 12")) == 1
    assert "不一样" in capsys.readouterr().err
    assert command.main(["account", "list"]) == 0
    assert capsys.readouterr().out == ""


def test_the_log_is_verified_and_exported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = open_database(folder)
    Audit(database).add("answer", "device", {"question": "问"})
    assert command.main(["audit", "verify"]) == 0
    assert command.main(["audit", "export", str(folder / "out.jsonl")]) == 0
    assert command.main(["audit", "export", str(folder / "no" / "out.jsonl")]) == 1
    with database.writing() as connection:
        connection.execute(audit.update().values(actor="x"))
    database.close()
    assert command.main(["audit", "verify"]) == 1
    shown = capsys.readouterr()
    assert "记录不完整" in shown.out
    assert "请换一个位置" in shown.err
