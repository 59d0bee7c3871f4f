"""The tables of the records, in SQLAlchemy Core: the same on SQLite and PostgreSQL.

Knows columns; not what they are used for. A change here needs a step in migrations/versions
(tests/pages/records/test_database.py holds the two against each other). Times are UTC, ISO 8601 in
text, so that both databases sort and compare them alike.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text, TypeDecorator

from index import originals

metadata = MetaData()


def storable(text: str) -> str:
    """A text as every database takes it: halves of characters as ?, without NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


class Sent(TypeDecorator[str]):
    """Text that came from outside, which may hold anything a JSON string can."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else storable(value)


feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("good", Boolean, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("note", Sent, nullable=False),
    Column("question", Sent, nullable=False),
    Column("standalone_question", Sent, nullable=False),
    Column("answer", Sent, nullable=False),
    # JSON: history, citations, evidence, as the answer had them.
    Column("context", Sent, nullable=False),
    Column("settings_hash", String(64), nullable=False),
    Column("index_hash", String(64), nullable=False),
    Column("model", String(200), nullable=False),
    Column("state", String(16), nullable=False),  # new | draft | case | dismissed
    Column("draft", Text, nullable=False),  # JSON of the case made from it; '' before
    Index("feedback_by_state", "state"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("password_hash", String(256), nullable=False),
    Column("role", String(16), nullable=False),  # reader | editor | qa | admin
    Column("created", String(32), nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", String(32), nullable=False),  # '' where not locked
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),  # sha256 of the cookie's token
    Column("account_id", Integer, nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created", String(32), nullable=False),
    Column("seen", String(32), nullable=False),
    Column("expires", String(32), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("kind", String(32), nullable=False),  # answer | refusal | login | upload …
    Column("actor", String(128), nullable=False),  # an account, or a device's hash of the day
    Column("data", Text, nullable=False),  # canonical JSON
    Column("before", String(64), nullable=False),  # hash of the entry before
    Column("hash", String(64), nullable=False),
)

# Single values: the audit log's anchor (the last entry removed), the day's salt.
values = Table(
    "record_values",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

# The original files, where they are kept here: index/ reads them too, and has the tables.
documents = originals.documents.to_metadata(metadata)
pieces = originals.pieces.to_metadata(metadata)
