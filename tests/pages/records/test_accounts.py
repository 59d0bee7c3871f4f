"""Accounts: passwords, lock-out, sessions that end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from pages.records import accounts as module
from pages.records import schema
from pages.records.accounts import TRIES, AccountError, Accounts
from pages.records.database import Database

PASSWORD = "太湖之滨-2025-abc"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(module, "_hasher", hasher)
    monkeypatch.setattr(module, "_nobody", lambda: hasher.hash("nobody at all"))


def later(monkeypatch: pytest.MonkeyPatch, **ahead: float) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(**ahead)

    monkeypatch.setattr(module, "datetime", Clock)
    monkeypatch.setattr(module, "now", lambda: Clock.now().isoformat(timespec="microseconds"))


def test_signing_in_and_out(database: Database) -> None:
    accounts = Accounts(database)
    accounts.add("qa-1", "qa", PASSWORD)
    session = accounts.sign_in("ｑａ-1", PASSWORD)  # full-width letters are the same name
    found = accounts.session(session.token)
    assert found is not None
    assert (found.account.name, found.account.role, found.csrf) == ("qa-1", "qa", session.csrf)
    accounts.sign_out(session.token)
    assert accounts.session(session.token) is None
    assert accounts.session("made up") is None


def test_neither_password_nor_token_is_kept(database: Database) -> None:
    accounts = Accounts(database)
    accounts.add("a", "admin", PASSWORD)
    session = accounts.sign_in("a", PASSWORD)
    with database.reading() as connection:
        kept = repr(connection.execute(select(schema.accounts)).all())
        kept += repr(connection.execute(select(schema.sessions)).all())
    assert PASSWORD not in kept
    assert session.token not in kept
    assert "$argon2id$" in kept


def test_a_wrong_name_and_a_wrong_password_say_the_same(database: Database) -> None:
    accounts = Accounts(database)
    accounts.add("a", "reader", PASSWORD)
    said = set()
    for name, password in (("a", "wrong password"), ("b", PASSWORD)):
        with pytest.raises(AccountError) as caught:
            accounts.sign_in(name, password)
        said.add(str(caught.value))
    assert said == {module.REFUSED}


def test_an_account_rests_after_failures(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = Accounts(database)
    accounts.add("a", "reader", PASSWORD)
    for _ in range(TRIES):
        with pytest.raises(AccountError, match="不对"):
            accounts.sign_in("a", "wrong password")
    with pytest.raises(AccountError, match="不对"):
        accounts.sign_in("a", PASSWORD)
    later(monkeypatch, minutes=module.REST_MINUTES + 1)
    assert accounts.sign_in("a", PASSWORD)


def test_a_locked_name_is_answered_like_any_other_and_checked_as_long(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = Accounts(database)
    accounts.add("a", "reader", PASSWORD)
    checked: list[str] = []
    plain = module._matches
    monkeypatch.setattr(
        module, "_matches", lambda kept, said: checked.append(said) or plain(kept, said)
    )
    said = []
    for name in ("a",) * (TRIES + 1) + ("b", "a\x00b"):
        with pytest.raises(AccountError) as caught:
            accounts.sign_in(name, "wrong password")
        said.append(str(caught.value))
    assert set(said) == {module.REFUSED}
    assert len(checked) == len(said)


def test_guesses_made_side_by_side_are_counted_one_by_one(database: Database) -> None:
    accounts = Accounts(database)
    accounts.add("a", "reader", PASSWORD)
    row = accounts._row("a")
    assert row
    for _ in range(TRIES):  # all were verified before the first was counted
        assert accounts._judged(row["id"], False, "wrong password") is None
    assert accounts._judged(row["id"], True, PASSWORD) is None


@pytest.mark.parametrize(
    "ahead", [{"minutes": module.IDLE_MINUTES + 1}, {"hours": module.LONGEST_HOURS + 1}]
)
def test_a_session_ends_by_itself(
    database: Database, monkeypatch: pytest.MonkeyPatch, ahead: dict[str, float]
) -> None:
    accounts = Accounts(database)
    accounts.add("a", "reader", PASSWORD)
    token = accounts.sign_in("a", PASSWORD).token
    later(monkeypatch, **ahead)
    assert accounts.session(token) is None


def test_a_change_of_password_or_a_disabled_account_ends_sessions(database: Database) -> None:
    accounts = Accounts(database)
    accounts.add("a", "editor", PASSWORD)
    token = accounts.sign_in("a", PASSWORD).token
    accounts.set_password("a", "another password 1")
    assert accounts.session(token) is None
    token = accounts.sign_in("a", "another password 1").token
    accounts.set_disabled("a", True)
    assert accounts.session(token) is None
    with pytest.raises(AccountError, match="不对"):
        accounts.sign_in("a", "another password 1")


@pytest.mark.parametrize(
    ("name", "role", "password", "said"),
    [
        ("", "qa", PASSWORD, "账号名"),
        ("a\n", "qa", "short", "密码要有"),
        ("a\x00b", "qa", PASSWORD, "控制字符"),
        ("a", "root", PASSWORD, "角色"),
        ("a", "qa", "1111111111", "太简单"),
    ],
)
def test_what_can_not_be_used_is_explained(
    database: Database, name: str, role: str, password: str, said: str
) -> None:
    with pytest.raises(AccountError, match=said):
        Accounts(database).add(name, role, password)


def test_a_name_is_taken_once(database: Database) -> None:
    accounts = Accounts(database)
    accounts.add("a", "qa", PASSWORD)
    with pytest.raises(AccountError, match="已经有"):
        accounts.add("a", "admin", PASSWORD)
    with pytest.raises(AccountError, match="没有叫"):
        accounts.set_password("b", PASSWORD)


def test_a_clock_set_back_locks_nobody_out_and_keeps_no_session_alive(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = Accounts(database)
    accounts.add("a", "admin", PASSWORD)
    later(monkeypatch, days=400)  # a clock that runs ahead, and is put right afterwards
    session = accounts.sign_in("a", PASSWORD)
    for _ in range(TRIES):
        with pytest.raises(AccountError):
            accounts.sign_in("a", "wrong password")
    with pytest.raises(AccountError, match="15分钟"):
        accounts.sign_in("a", PASSWORD)
    later(monkeypatch, days=0)
    assert accounts.session(session.token) is None
    again = accounts.sign_in("a", PASSWORD)
    later(monkeypatch, minutes=-2)  # two machines' clocks differ by as much
    assert accounts.session(again.token) is not None
    later(monkeypatch, minutes=-30)
    assert accounts.session(again.token) is None
