"""The audit log: entries that can be added and read, never changed; each holds the hash of the last.

Knows entries and their chain; not who writes which (callers name kind, actor and data). Old
entries leave from the front alone, after an export if one is asked for, and the log keeps the
last removed entry's hash as its anchor, so that what stays can still be verified.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from index.errors import UserError
from pages.records import schema
from pages.records.database import DAMAGED, Database, RecordsUnusable, now

KEEP_DAYS = 365
_ANCHOR = "audit-anchor"  # seq and hash of the last entry removed from the front
_END = "audit-end"  # of the last entry written: entries cut off the end are missed
_START = "0" * 64
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `data` is canonical JSON: sorted keys, no spaces."""

    seq: int
    at: str
    kind: str
    actor: str
    data: str
    before: str
    hash: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain holds; where it does not, the first wrong entry and why, in Chinese."""

    holds: bool
    entries: int
    problem: str = ""


class Audit:
    """The log in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, kind: str, actor: str, data: Mapping[str, Any]) -> Entry:
        """Appends one entry; it is on the disk when this returns."""
        with self._database.writing(in_turn=True) as connection:
            return _added(connection, kind, actor, data)

    def changed(self, name: str, state: str, kind: str, data: Mapping[str, Any]) -> Entry | None:
        """Appends an entry of the server's own where what is called `name` has come into another state.

        None where the log was told of this state last, by whichever process; '' is the first state.
        """
        own = schema.values
        with self._database.writing(in_turn=True) as connection:
            before = connection.scalar(select(own.c.value).where(own.c.name == name))
            if (before or "") == state:
                return None
            _put(connection, name, state)
            return _added(connection, kind, "server", data)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """All entries in order, from the one after `after` on."""
        while True:
            own = schema.audit
            chosen = select(own).where(own.c.seq > after).order_by(own.c.seq).limit(_AT_ONCE)
            with self._database.reading() as connection:
                found = [_entry(row) for row in connection.execute(chosen).mappings()]
            yield from found
            if len(found) < _AT_ONCE:
                return
            after = found[-1].seq

    def verify(self) -> Verdict:
        """Walks the chain from its anchor to the end that the log says it has."""
        with self._database.reading() as connection:
            seq, before = _marked(connection, _ANCHOR)
            end = _marked(connection, _END)
        entries = 0
        for entry in self.entries():
            if entry.seq > end[0]:
                break  # written since
            if entry.seq != seq + 1:
                return Verdict(False, entries, f"第{seq + 1}条不见了。")
            if entry.before != before or entry.hash != _seal(entry):
                return Verdict(False, entries, f"第{entry.seq}条（{entry.at}）与它的校验值不符。")
            seq, before, entries = entry.seq, entry.hash, entries + 1
        if end != (seq, before) and end[0]:
            return Verdict(False, entries, f"第{seq + 1}条及以后的记录不见了。")
        return Verdict(True, entries)

    def rotate(self, keep_days: int = KEEP_DAYS, archive: Path | None = None) -> int:
        """Removes the entries before the last `keep_days` days from the front; how many.

        `archive`: the folder into which they are written first; where that fails, none is removed.
        """
        limit = (datetime.now(UTC) - timedelta(days=keep_days)).isoformat()
        own = schema.audit
        with self._database.writing(in_turn=True) as connection:
            # A clock that was set back must not let a young entry go: all up to the last old one
            # before the first young one.
            young = connection.scalar(select(func.min(own.c.seq)).where(own.c.at >= limit))
            old = select(own).order_by(own.c.seq.desc()).limit(1)
            if young is not None:
                old = old.where(own.c.seq < young)
            last = connection.execute(old).mappings().first()
            if last is None:
                return 0
            if archive is not None:
                _archived(connection, last["seq"], archive)
            _put(connection, _ANCHOR, f"{last['seq']} {last['hash']}")
            return connection.execute(delete(own).where(own.c.seq <= last["seq"])).rowcount

    def export(self, path: Path) -> int:
        """Writes every entry to a .jsonl file, oldest first; how many."""
        written = 0
        with path.open("w", encoding="utf-8") as out:
            for entry in self.entries():
                out.write(_line(entry))
                written += 1
        return written


def canonical(data: Mapping[str, Any]) -> str:
    """The same text for the same data."""
    return schema.storable(
        json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    )


def _added(connection: Connection, kind: str, actor: str, data: Mapping[str, Any]) -> Entry:
    seq, before = _last(connection)
    entry = _sealed(seq + 1, now(), kind, schema.storable(actor), canonical(data), before)
    connection.execute(insert(schema.audit).values(_row(entry)))
    _put(connection, _END, f"{entry.seq} {entry.hash}")
    return entry


def _archived(connection: Connection, last: int, folder: Path) -> None:
    """The entries up to the last as audit-FIRST-LAST.jsonl, whole and on the disk or not there."""
    own = schema.audit
    rows = connection.execute(select(own).where(own.c.seq <= last).order_by(own.c.seq)).mappings()
    entries = [_entry(row) for row in rows]
    target = folder / f"audit-{entries[0].seq}-{last}.jsonl"
    draft = target.with_suffix(".new")
    try:
        with draft.open("w", encoding="utf-8") as out:
            out.writelines(_line(entry) for entry in entries)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    except OSError as error:
        raise UserError(f"过期的审计记录写不进 {folder}，没有删去：请检查空间和权限。") from error


def _line(entry: Entry) -> str:
    return json.dumps(_row(entry), ensure_ascii=False, sort_keys=True) + "\n"


def _sealed(seq: int, at: str, kind: str, actor: str, data: str, before: str) -> Entry:
    open_entry = Entry(seq, at, kind, actor, data, before, "")
    return Entry(seq, at, kind, actor, data, before, _seal(open_entry))


def _seal(entry: Entry) -> str:
    parts = (str(entry.seq), entry.at, entry.kind, entry.actor, entry.data, entry.before)
    return hashlib.sha256("\n".join(f"{len(p)}:{p}" for p in parts).encode()).hexdigest()


def _last(connection: Connection) -> tuple[int, str]:
    own = schema.audit
    row = connection.execute(select(own.c.seq, own.c.hash).order_by(own.c.seq.desc())).first()
    return (row[0], row[1]) if row else _marked(connection, _ANCHOR)


def _marked(connection: Connection, name: str) -> tuple[int, str]:
    own = schema.values
    kept = connection.scalar(select(own.c.value).where(own.c.name == name))
    if not kept:
        return 0, _START
    seq, _, digest = kept.partition(" ")
    if not seq.isdecimal():
        raise RecordsUnusable(DAMAGED)
    return int(seq), digest


def _put(connection: Connection, name: str, value: str) -> None:
    own = schema.values
    done = connection.execute(update(own).where(own.c.name == name).values(value=value))
    if not done.rowcount:
        connection.execute(insert(own).values(name=name, value=value))


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "actor": entry.actor,
        "data": entry.data,
        "before": entry.before,
        "hash": entry.hash,
    }


def _entry(row: Mapping[Any, Any]) -> Entry:
    return Entry(**{name: row[name] for name in Entry.__slots__})
