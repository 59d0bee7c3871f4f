"""The documents in the database as operators change them: one collection for every process anywhere.

A version is written whole in one transaction and never again: taken in, replaced, removed, restored
are changes of its state. Who is killed in between has changed nothing. What was replaced or removed
is in the trash. Knows rows; what is in a file is read by index/.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from index.catalog import CATALOG
from index.intake import look
from index.originals import IN_USE, PIECE, TRASH, WAITING, documents, pieces, waited_too_long
from pages.records.database import Database, now
from pages.staff.collection import (
    MOST_FILES,
    MOST_WAITING,
    CollectionError,
    Trashed,
    Waiting,
    bounded,
    checked,
    replaced_meanwhile,
)  # fmt: skip

# PostgreSQL's advisory lock that puts changes in a row; any fixed number of our own.
_CHANGING = 7_860_003
BUSY_SECONDS = 30  # how long one change waits for another, which sends 60 MB at most
_own = documents.c


class Originals:
    """The documents of the records' database; a Collection."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def files(self) -> list[str]:
        """The readable files in use by name."""
        with self._database.reading() as connection:
            return _readable(connection)

    def receive(self, name: str, content: BinaryIO) -> Waiting:
        """Reads a sent file and keeps it for all processes; raises DocumentError or CollectionError."""
        name = checked(name)
        with TemporaryDirectory(prefix="wengui-") as scratch:
            path = Path(scratch) / name
            _spooled(path, content)
            parsed = look(path)
            with self._changing() as connection:
                _require_room(connection, name)
                _make_room(connection)
                before = _in_use(connection, name)
                seen = before.sha256 if before else ""
                row = _added(connection, name, path, seen)
                alike = select(_own.name).where(_own.state == IN_USE, _own.sha256 == row["sha256"])
                same = connection.scalar(alike.order_by(_own.name).limit(1)) or ""
            return Waiting(row["id"], name, row["size"], before is not None, same, parsed)

    def take(self, token: str, by: str) -> str:
        """Puts a kept file in use, the one of its name before into the trash; its name."""
        with self._changing() as connection:
            waiting = _one(connection, token, WAITING)
            if waiting is None:
                raise CollectionError("这个文件已不在等候区，请重新上传。")
            _require_room(connection, waiting.name)
            before = _in_use(connection, waiting.name)
            if before is not None and before.sha256 != waiting.seen:
                raise replaced_meanwhile(waiting.name, before.added_by, _local(before.added))
            _put(connection, waiting.id, before, by)
            return str(waiting.name)

    def drop(self, token: str) -> None:
        """Forgets a kept file."""
        with self._changing() as connection:
            gone = delete(documents).where(_own.id == token, _own.state == WAITING)
            connection.execute(gone)

    def remove(self, file: str, by: str) -> None:
        """Moves a file in use into the trash."""
        with self._changing() as connection:
            before = _in_use(connection, file) if file != CATALOG else None
            if before is None:
                raise CollectionError(f"没有“{file}”，可能已被移走。请刷新页面。")
            _to_trash(connection, before.id, by)

    def restore(self, entry: str) -> str:
        """Puts a file of the trash back in use; its name."""
        with self._changing() as connection:
            chosen = _one(connection, entry, TRASH)
            if chosen is None:
                raise CollectionError("回收站里没有这个文件，可能已被恢复。请刷新页面。")
            if chosen.name == CATALOG:
                raise CollectionError(
                    f"{CATALOG} 不能在这里恢复。请管理员用 documents export --trash 取出以前的，改好再 import。"
                )
            if _in_use(connection, chosen.name) is not None:
                raise CollectionError(f"已有“{chosen.name}”。请先移走它，再恢复这一份。")
            _require_room(connection, chosen.name)
            back = {"state": IN_USE, "removed": "", "removed_by": ""}
            connection.execute(update(documents).where(_own.id == chosen.id).values(back))
            return str(chosen.name)

    def trashed(self) -> list[Trashed]:
        """What is in the trash, the newest first."""
        query = select(documents).where(_own.state == TRASH)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(_own.removed.desc(), _own.id)).all()
        return [Trashed(r.id, r.name, _local(r.removed), r.removed_by, r.size) for r in rows]

    def take_in(
        self, folder: Path, files: Iterable[str], by: str, only_these: bool = False
    ) -> list[str]:
        """Brings files of a folder in, all or none; the names of those that were changed by it.

        What is there already is left as it is. `only_these`: all others go into the trash.
        """
        changed = []
        names = list(files)
        with self._changing() as connection:
            for name in names:
                path = folder / name
                before = _in_use(connection, name)
                if before is None or before.sha256 != _sha256(path):
                    row = _added(connection, name, path)
                    _put(connection, row["id"], before, by)
                    changed.append(name)
            if only_these:
                others = select(documents).where(_own.state == IN_USE, _own.name.not_in(names))
                for row in connection.execute(others).all():
                    _to_trash(connection, row.id, by)
                    changed.append(row.name)
            if len(_readable(connection)) > MOST_FILES:
                raise CollectionError(
                    f"超过{MOST_FILES}个文件，没有收入。请分成几个库，或合并一些。"
                )
        return changed

    def untouched(self) -> bool:
        """Whether nothing was ever taken in."""
        with self._database.reading() as connection:
            query = select(_own.id).where(_own.state != WAITING).limit(1)
            return connection.scalar(query) is None

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """One change at a time, in this process and others."""
        with self._database.writing() as connection:
            if connection.dialect.name == "postgresql":
                _wait_for_turn(connection)
            yield connection


def _wait_for_turn(connection: Connection) -> None:
    connection.execute(select(func.set_config("lock_timeout", f"{BUSY_SECONDS * 1000:.0f}", True)))
    try:
        connection.execute(select(func.pg_advisory_xact_lock(_CHANGING)))
    except DBAPIError as error:
        if waited_too_long(error):
            raise CollectionError("别人正在改动文件，请过一会儿再试。") from error
        raise


def _readable(connection: Connection) -> list[str]:
    query = select(_own.name).where(_own.state == IN_USE).order_by(_own.name)
    return [n for n in connection.scalars(query) if PurePosixPath(n).name != CATALOG]


def _one(connection: Connection, document: str, state: str) -> Row[Any] | None:
    query = select(documents).where(_own.id == document, _own.state == state)
    return connection.execute(query).first()


def _in_use(connection: Connection, name: str) -> Row[Any] | None:
    query = select(documents).where(_own.name == name, _own.state == IN_USE)
    return connection.execute(query).first()


def _put(connection: Connection, document: str, before: Row[Any] | None, by: str) -> None:
    """In use, in the place of what was: in this order, since a name is in use once."""
    if before is not None:
        _to_trash(connection, before.id, by)
    taken = {"state": IN_USE, "added": now(), "added_by": by}
    connection.execute(update(documents).where(_own.id == document).values(taken))


def _to_trash(connection: Connection, document: str, by: str) -> None:
    gone = {"state": TRASH, "removed": now(), "removed_by": by}
    connection.execute(update(documents).where(_own.id == document).values(gone))


def _added(connection: Connection, name: str, path: Path, seen: str = "") -> dict[str, Any]:
    """A version with its bytes, which waits."""
    row = {
        "id": secrets.token_hex(8), "name": name, "sha256": _sha256(path),
        "size": path.stat().st_size, "state": WAITING, "seen": seen,
        "added": now(), "added_by": "", "removed": "", "removed_by": "",
    }  # fmt: skip
    connection.execute(insert(documents).values(row))
    with path.open("rb") as file:
        for number, piece in enumerate(iter(lambda: file.read(PIECE), b"")):
            own = {"document": row["id"], "number": number, "bytes": piece}
            connection.execute(insert(pieces).values(own))
    return row


def _require_room(connection: Connection, name: str) -> None:
    files = _readable(connection)
    if name not in files and len(files) >= MOST_FILES:
        raise CollectionError(f"已有{MOST_FILES}个文件，不能再收入。请先移走不用的。")


def _make_room(connection: Connection) -> None:
    """The oldest files that nobody took in give way."""
    query = select(_own.id).where(_own.state == WAITING).order_by(_own.added.desc(), _own.id)
    over = connection.scalars(query.offset(MOST_WAITING - 1)).all()
    connection.execute(delete(documents).where(_own.id.in_(over)))


def _spooled(path: Path, content: BinaryIO) -> None:
    try:
        with path.open("wb") as out:
            out.writelines(bounded(path.name, content))
    except OSError as error:
        raise CollectionError(
            f"文件没有收到：请检查临时文件夹 {path.parent.parent} 的磁盘空间和写入权限。"
        ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _local(moment: str) -> str:
    """A moment as people here read it."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")
