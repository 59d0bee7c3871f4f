"""The original files where they lie in PostgreSQL: their tables, and a folder laid out from them.

    documents, document_pieces -> laid_out -> <data>/originals/ -> a build as of any other folder

Knows rows, hashes and a folder of its own; reads alone. What changes the rows is in pages/, and so
are the steps that make the tables.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    func,
    select,
    text,
)  # fmt: skip
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    NoSuchModuleError,
    ProgrammingError,
    SQLAlchemyError,
)  # fmt: skip

from index.errors import IndexUnusable, NotWritten, SettingError
from index.generations import BeingBuilt
from index.settings import Settings

IN_USE, TRASH, WAITING = "in_use", "trash", "waiting"
PIECE = 1 << 20  # bytes of a row: whatever the file, a process holds one such piece of it
IMPORT = "python -m pages.records.command documents import 文件夹"
# PostgreSQL's advisory lock that whoever builds holds; any fixed number of our own.
_BUILDING = 7_860_002
_LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's code where lock_timeout has passed

_metadata = MetaData()
_one_in_use = text(f"state = '{IN_USE}'")
# A row is one version of one file. Rows in the trash are the versions before, and what was removed.
documents = Table(
    "documents",
    _metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(500), nullable=False),  # within the folder, '/' between
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("state", String(16), nullable=False),  # waiting | in_use | trash
    Column("seen", String(64), nullable=False),  # sha256 of what it was to replace; '' for nothing
    # UTC, ISO 8601; '' where that has not been. `added` of a file that waits: when it was sent.
    Column("added", String(32), nullable=False),
    Column("added_by", String(64), nullable=False),
    Column("removed", String(32), nullable=False),
    Column("removed_by", String(64), nullable=False),
    Index(
        "documents_in_use",
        "name",
        unique=True,
        postgresql_where=_one_in_use,
        sqlite_where=_one_in_use,
    ),
)
pieces = Table(
    "document_pieces",
    _metadata,
    Column(
        "document", String(32), ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("bytes", LargeBinary, nullable=False),
)


class OriginalsUnusable(IndexUnusable):
    """The originals can't be read from the database; the message says why and what to do."""


def engine_of(url: str, **options: Any) -> Engine:
    """A PostgreSQL database by its address. Raises SettingError where it is no such address."""
    wrong = SettingError(
        "DATABASE_URL 的值不对：请填写 PostgreSQL 的地址，例如 postgresql://用户:密码@127.0.0.1/wengui。"
    )
    try:
        parts = make_url(url)
        if not parts.drivername.startswith(("postgresql", "postgres")):
            raise wrong
        parts = parts.set(drivername="postgresql+psycopg")
        return create_engine(parts, connect_args={"connect_timeout": 5}, **options)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise wrong from error


@contextmanager
def laid_out(docs_dir: Path, settings: Settings, wait: float = 0.0) -> Iterator[None]:
    """The originals in `docs_dir` for as long as the block runs, where it is for them; else nothing.

    No other process, on whatever machine, is in such a block meanwhile. Raises BeingBuilt where one
    is and has not ended in `wait` seconds, OriginalsUnusable where the database can't be read or has
    no files yet, NotWritten where the folder can't be written.
    """
    with ExitStack() as held:
        if settings.originals_url and docs_dir == settings.docs_dir:
            engine = engine_of(settings.originals_url, isolation_level="AUTOCOMMIT")
            held.callback(engine.dispose)  # the lock goes with its connection
            with _explained():
                connection = held.enter_context(closing(engine.connect()))
                _wait_for_turn(connection, wait)
                found = lay_out(connection, docs_dir)
            if not found:
                raise OriginalsUnusable(
                    "数据库里还没有文件：请在工作人员页面的“文件”里上传，"
                    f"或运行 {IMPORT} 收入，再更新索引。"
                )
        yield


def lay_out(connection: Connection, folder: Path) -> int:
    """Makes a folder hold the files in use and nothing else; how many. What is there stays as it is.

    Raises OriginalsUnusable where the database gives other bytes than were stored, NotWritten where
    the folder can't be written.
    """
    own = documents.c
    query = select(own.id, own.name, own.sha256).where(own.state == IN_USE).order_by(own.name)
    rows = connection.execute(query).all()
    wanted = {folder.joinpath(*row.name.split("/")): row for row in rows}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _remove_all_but(wanted.keys(), folder)
        for path, row in wanted.items():
            if not (path.is_file() and _sha256(path) == row.sha256):
                write(connection, row.id, row.sha256, path)
    except OSError as error:
        raise NotWritten(f"文件没有从数据库取出：请检查 {folder} 的磁盘空间和写入权限。") from error
    return len(rows)


def _content(connection: Connection, document: str) -> Iterator[bytes]:
    for number in range(10**6):
        query = select(pieces.c.bytes).where(
            pieces.c.document == document, pieces.c.number == number
        )
        piece = connection.scalar(query)
        if piece is None:
            return
        yield piece


def waited_too_long(error: DBAPIError) -> bool:
    """Whether a lock was not had within PostgreSQL's lock_timeout."""
    return getattr(error.orig, "sqlstate", "") == _LOCK_NOT_AVAILABLE


def write(connection: Connection, document: str, sha256: str, path: Path) -> None:
    """A version as a file, whole and as stored, or not at all (see lay_out for what is raised)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft, digest = path.with_name(f".{document}.new"), hashlib.sha256()
    with draft.open("wb") as out:
        for piece in _content(connection, document):
            digest.update(piece)
            out.write(piece)
    if digest.hexdigest() != sha256:
        draft.unlink()
        raise OriginalsUnusable(
            f"数据库里的“{path.name}”与收入时的校验值不符，索引没有更新。"
            "请重新上传这个文件，或用 pg_dump 的备份恢复。"
        )
    draft.replace(path)


def _remove_all_but(wanted: Collection[Path], folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder, then the folder
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _wait_for_turn(connection: Connection, wait: float) -> None:
    busy = BeingBuilt("另一个进程正在用数据库里的文件建立索引，请等它完成后再试。")
    if not wait:
        if not connection.scalar(select(func.pg_try_advisory_lock(_BUILDING))):
            raise busy
        return
    connection.execute(select(func.set_config("lock_timeout", f"{int(wait * 1000)}ms", False)))
    try:
        connection.execute(select(func.pg_advisory_lock(_BUILDING)))
    except DBAPIError as error:
        if waited_too_long(error):
            raise busy from error
        raise
    connection.execute(select(func.set_config("lock_timeout", "0", False)))


@contextmanager
def _explained() -> Iterator[None]:
    """Database errors as one sentence; its own text may hold an address or password and stays out."""
    try:
        yield
    except ProgrammingError as error:
        raise OriginalsUnusable(
            f"数据库里还没有存放文件的表：请先运行 {IMPORT} 收入文件，或启动一次 app.py。"
        ) from error
    except SQLAlchemyError as error:
        raise OriginalsUnusable(
            "连不上存放文件的数据库，索引没有更新：请检查数据库是否在运行、DATABASE_URL 是否正确。"
        ) from error
