"""Accounts of the staff pages: roles, passwords, lock-out, sessions.

Passwords are hashed with argon2id (argon2-cffi's defaults). Knows names and tokens; knows no HTTP.
There is no default account and no default password: the first admin is made by the command.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from index.errors import UserError
from pages.records import schema
from pages.records.database import DAMAGED, Database, RecordsUnusable, now

Role = Literal["reader", "editor", "qa", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_NAMES: Mapping[Role, str] = {
    "reader": "查看",
    "editor": "文件管理",
    "qa": "质检",
    "admin": "管理员",
}
# NIST SP 800-63B (2024), 3.1.1.2: length matters, composition rules do not.
PASSWORD_CHARS = (10, 128)
NAME_CHARS = 64
# Wrong passwords in a row before an account rests, and for how long.
TRIES, REST_MINUTES = 5, 15
IDLE_MINUTES, LONGEST_HOURS = 60, 12
CLOCKS_APART = 5  # minutes by which two machines on one database may differ
REFUSED = f"账号或密码不对。连错{TRIES}次的账号要等{REST_MINUTES}分钟，或请管理员重设密码。"

_hasher = PasswordHasher()
# A verification takes 64 MB: a crowd at the sign-in must not take all the memory there is.
_verifying = threading.BoundedSemaphore(4)


@cache
def _nobody() -> str:
    """Verified where a name is unknown, so that the answer takes as long as for a known one.

    Made when it is first needed, which takes 0.3 s and 64 MB: most processes sign nobody in.
    """
    return _hasher.hash(secrets.token_hex(16))


class AccountError(UserError):
    """An account can't be made or used; the message says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in and what for."""

    id: int
    name: str
    role: Role
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in account. `token` goes into the cookie and is kept nowhere; `csrf` into forms."""

    account: Account
    csrf: str
    token: str = ""


class Accounts:
    """The accounts and sessions in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, role: str, password: str) -> Account:
        """A new account; AccountError where name, role or password can't be used."""
        name = unicodedata.normalize("NFKC", name).strip()
        if not name or len(name) > NAME_CHARS or not name.isprintable():
            raise AccountError(f"账号名要有1到{NAME_CHARS}个字，不能有控制字符。")
        if role not in ROLES:
            raise AccountError(f"没有“{role}”这个角色；可以用的有：{'、'.join(ROLES)}。")
        row = {
            "name": name,
            "password_hash": _hashed(password),
            "role": role,
            "created": now(),
            "disabled": False,
            "failures": 0,
            "locked_until": "",
        }
        try:
            with self._database.engine.begin() as connection:
                done = connection.execute(insert(schema.accounts).values(row))
        except IntegrityError as error:
            raise AccountError(f"已经有叫“{name}”的账号，请换一个名字。") from error
        return Account(int(done.inserted_primary_key[0]), name, _role(role))

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(schema.accounts).order_by(schema.accounts.c.name))
            return tuple(_account(row) for row in rows.mappings())

    def set_password(self, name: str, password: str) -> None:
        """A new password; the account's sessions end and its lock is lifted."""
        values = {"password_hash": _hashed(password), "failures": 0, "locked_until": ""}
        self._change(name, values)

    def set_disabled(self, name: str, disabled: bool) -> None:
        """Shuts an account out, or lets it in again; its sessions end."""
        self._change(name, {"disabled": disabled})

    def sign_in(self, name: str, password: str) -> Session:
        """A session; AccountError, in the same words and time whatever was wrong.

        That an account rests is not said either: it would tell which names are accounts, and a right
        guess from a wrong one.
        """
        name = unicodedata.normalize("NFKC", name).strip()
        row = self._row(name) if name.isprintable() else None
        with _verifying:
            nobody = _nobody()  # whatever the name: the first sign-in alone waits for it
            right = _matches(row["password_hash"] if row else nobody, password)
        session = self._judged(row["id"], right, password) if row else None
        if session is None:
            raise AccountError(REFUSED)
        return session

    def _row(self, name: str) -> Mapping[Any, Any] | None:
        own = schema.accounts
        with self._database.reading() as connection:
            return connection.execute(select(own).where(own.c.name == name)).mappings().first()

    def _judged(self, number: int, right: bool, password: str) -> Session | None:
        """What a verified guess leads to. Guesses made side by side are counted one after the other."""
        own = schema.accounts
        with self._database.writing() as connection:
            chosen = select(own).where(own.c.id == number).with_for_update()
            row = connection.execute(chosen).mappings().one()
            # No rest is longer than REST_MINUTES: one that seems so is of a clock that was set back.
            if row["disabled"] or now() < row["locked_until"] <= _in(minutes=REST_MINUTES):
                return None
            if not right:
                _count_failure(connection, row)
                return None
            kept = {"failures": 0, "locked_until": ""}
            if _hasher.check_needs_rehash(row["password_hash"]):
                kept["password_hash"] = _hasher.hash(password)
            connection.execute(update(own).where(own.c.id == number).values(kept))
            return _opened(connection, _account(row))

    def session(self, token: str) -> Session | None:
        """The session of a cookie's token, its idle time begun anew; None where it has ended."""
        own, people = schema.sessions, schema.accounts
        chosen = (
            select(own, people)
            .join(people, people.c.id == own.c.account_id)
            .where(own.c.token_hash == _digest(token))
        )
        with self._database.reading() as connection:
            row = connection.execute(chosen).mappings().first()
        if row is None or row["disabled"]:
            return None
        # Seen in the future: the clock was set back, and how long the session lay idle is unknown.
        if row["expires"] <= now() or not _in(-IDLE_MINUTES) < row["seen"] < _in(CLOCKS_APART):
            self.sign_out(token)
            return None
        if row["seen"] <= _in(minutes=-1):  # one write a minute is enough
            with self._database.writing() as connection:
                seen = update(own).where(own.c.token_hash == _digest(token)).values(seen=now())
                connection.execute(seen)
        return Session(_account(row), row["csrf"])

    def sign_out(self, token: str) -> None:
        """Ends a session."""
        with self._database.writing() as connection:
            own = schema.sessions
            connection.execute(delete(own).where(own.c.token_hash == _digest(token)))

    def _change(self, name: str, values: Mapping[str, Any]) -> None:
        own = schema.accounts
        name = unicodedata.normalize("NFKC", name).strip()
        with self._database.writing() as connection:
            number = connection.scalar(select(own.c.id).where(own.c.name == name))
            if number is None:
                raise AccountError(f"没有叫“{name}”的账号。")
            connection.execute(update(own).where(own.c.id == number).values(values))
            ended = schema.sessions.c.account_id == number
            connection.execute(delete(schema.sessions).where(ended))


def _hashed(password: str) -> str:
    shortest, longest = PASSWORD_CHARS
    if not shortest <= len(password) <= longest:
        raise AccountError(f"密码要有{shortest}到{longest}个字符。")
    if len(set(password)) < 4:
        raise AccountError("密码太简单：请用至少4种不同的字符。")
    return _hasher.hash(password)


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password[: PASSWORD_CHARS[1]])
    except (VerificationError, InvalidHashError):
        return False


def _count_failure(connection: Connection, row: Mapping[Any, Any]) -> None:
    own = schema.accounts
    failures = row["failures"] + 1
    values: dict[str, Any] = {"failures": failures}
    if failures >= TRIES:
        values = {"failures": 0, "locked_until": _in(minutes=REST_MINUTES)}
    connection.execute(update(own).where(own.c.id == row["id"]).values(values))


def _opened(connection: Connection, account: Account) -> Session:
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    connection.execute(delete(schema.sessions).where(schema.sessions.c.expires <= now()))
    connection.execute(
        insert(schema.sessions).values(
            token_hash=_digest(token),
            account_id=account.id,
            csrf=csrf,
            created=now(),
            seen=now(),
            expires=_in(minutes=60 * LONGEST_HOURS),
        )
    )
    return Session(account, csrf, token)


def _in(minutes: int) -> str:
    """That moment, as `now` writes it; negative minutes: past."""
    return (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat(timespec="microseconds")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _role(name: str) -> Role:
    found = next((role for role in ROLES if role == name), None)
    if found is None:
        raise RecordsUnusable(DAMAGED)
    return found


def _account(row: Mapping[Any, Any]) -> Account:
    return Account(row["id"], row["name"], _role(row["role"]), bool(row["disabled"]))
