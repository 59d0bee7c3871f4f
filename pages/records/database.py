"""One database for the records: SQLite in the data folder, or PostgreSQL by DATABASE_URL.

Knows how to open, bring up to date and write in turn; knows no table's meaning. Errors of the
database become RecordsUnusable, a sentence that says what to do.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from filelock import FileLock
from filelock import Timeout as LockTimeout
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from index.errors import UserError
from index.locks import InUse
from index.originals import engine_of

_STEPS = Path(__file__).parent / "migrations"
FILE = "records.db"
USE = "records.use"  # a file that every process with the records open marks as in use
RESTORING = "restoring"  # there while a restore is half done; its text: the backup
BUSY_SECONDS = 10  # how long one writer waits for another
# PostgreSQL's advisory lock that puts the audit log's writers in a row; any fixed number.
_TURN = 7_860_001


class RecordsUnusable(UserError):
    """The records can't be opened or written; the message says why and what to do."""


def now() -> str:
    """This moment in UTC, ISO 8601 with microseconds: text that sorts by time."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Database:
    """An engine over the records' tables, which are brought up to date when it is opened."""

    def __init__(self, engine: Engine, use: InUse | None = None) -> None:
        self.engine = engine
        self._use = use

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for queries."""
        with _explained(), self.engine.execution_options(reading=True).connect() as connection:
            yield connection

    @contextmanager
    def writing(self, in_turn: bool = False) -> Iterator[Connection]:
        """A transaction, kept when the block ends without an error.

        `in_turn`: no other transaction of this kind runs meanwhile, in this process or another.
        """
        with _explained(), self.engine.begin() as connection:
            if in_turn and self.engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _TURN})
            yield connection

    def close(self) -> None:
        self.engine.dispose()
        if self._use is not None:
            self._use.close()


def open_database(data_dir: Path, url: str = "") -> Database:
    """The records in `data_dir`/records.db, or in the PostgreSQL database that `url` names.

    Raises SettingError where the URL is no database's, RecordsUnusable where it can't be opened.
    """
    engine = engine_of(url, pool_pre_ping=True) if url else _sqlite(data_dir)
    use = _marked_in_use(data_dir)  # waits for a restore that is under way
    try:
        _require_no_half_restore(data_dir)
        with _explained(), _upgrade_lock(data_dir, bool(url)), engine.begin() as connection:
            if url:
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _TURN})
            else:
                _require_sound(connection)
            config = Config()
            config.set_main_option("script_location", str(_STEPS))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except UserError:
        Database(engine, use).close()
        raise
    return Database(engine, use)


def _require_no_half_restore(data_dir: Path) -> None:
    try:
        backup = (data_dir / RESTORING).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return
    raise RecordsUnusable(
        "上一次恢复没有完成，现在的文件和记录不是一套。"
        f"请再运行一次 python -m pages.records.command restore {backup} 再启动。"
    )


def _marked_in_use(data_dir: Path) -> InUse | None:
    """So that a restore is refused meanwhile; where nothing can be written, none can be made."""
    try:
        (data_dir / USE).touch()
        return InUse(data_dir / USE)
    except OSError:
        return None


def _require_sound(connection: Connection) -> None:
    """SQLite opens a file with a torn page all the same, and says so when the page is needed."""
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise RecordsUnusable(DAMAGED)


@contextmanager
def _upgrade_lock(data_dir: Path, elsewhere: bool) -> Iterator[None]:
    if elsewhere:
        yield
        return
    lock = FileLock(data_dir / f"{FILE}.lock", timeout=BUSY_SECONDS * 3)
    try:
        lock.acquire()
    except LockTimeout as error:
        raise RecordsUnusable(
            f"{data_dir / FILE} 正被另一个程序占用，请等它结束后再启动。"
        ) from error
    except OSError as error:
        raise RecordsUnusable(
            f"文件夹 {data_dir} 写不进去：请检查磁盘空间和写入权限，或用 WENGUI_DATA 换一个文件夹。"
        ) from error
    try:
        yield
    finally:
        lock.release()


def _sqlite(data_dir: Path) -> Engine:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordsUnusable(
            f"不能建立文件夹 {data_dir}：请检查磁盘空间和写入权限，或用 WENGUI_DATA 换一个文件夹。"
        ) from error
    if not os.access(data_dir, os.W_OK):
        raise RecordsUnusable(
            f"文件夹 {data_dir} 不能写入：请改正权限，或用 WENGUI_DATA 换一个文件夹。"
        )
    engine = create_engine(f"sqlite:///{data_dir / FILE}", connect_args={"timeout": BUSY_SECONDS})

    # pysqlite begins a transaction at the first write alone; ours begin when they are opened, so
    # that what is read in one still holds when it writes (SQLAlchemy's own recipe).
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def _explained() -> Iterator[None]:
    """Database errors as one sentence; its own text may hold an address or password and stays out."""
    try:
        yield
    except DBAPIError as error:
        here = isinstance(error.orig, sqlite3.Error)
        raise RecordsUnusable(_reason(str(error.orig), here)) from error
    except CommandError as error:
        raise RecordsUnusable(
            "记录是由另一个版本的程序写的，或已损坏：请用写它的版本启动，或用备份恢复"
            "（python -m pages.records.command restore）。"
        ) from error
    except SQLAlchemyError as error:
        raise RecordsUnusable(_reason("", False)) from error


def _reason(said: str, here: bool) -> str:
    """`here`: SQLite said it, of our own file."""
    if "full" in said:
        return "磁盘已满，记录没有写入：请清理磁盘后重试。"
    if "readonly" in said or "read-only" in said:
        return "记录文件只能读、不能写：请检查它的权限和所在的磁盘。"
    if "locked" in said:
        return "记录正被别的程序占用，请稍后再试。"
    if "unable to open" in said or "disk I/O" in said:
        return "记录文件打不开或读写出错：请检查它所在的磁盘、磁盘空间和权限。"
    if here:
        return DAMAGED
    return "连不上记录数据库：请检查数据库是否在运行、DATABASE_URL 是否正确。"


DAMAGED = (
    "记录文件已损坏：请停止服务，用备份恢复（python -m pages.records.command restore），"
    "或把 records.db 移走后重新启动。"
)
