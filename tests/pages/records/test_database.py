"""Opening the records: migrations give the schema, wrong addresses and broken files are explained."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from index.errors import SettingError
from pages.records import Feedback, Queue, open_database
from pages.records.database import FILE, Database, RecordsUnusable
from pages.records.schema import metadata


def test_the_migrations_give_the_schema(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    first = open_database(tmp_path)
    Queue(first).add(Feedback(True, "问题", "回答"))
    first.close()
    second = open_database(tmp_path)
    assert Queue(second).counts() == {"有帮助": 1}
    second.close()


def test_a_write_is_undone_when_its_block_fails(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute(metadata.tables["record_values"].insert().values(name="a", value="b"))
        _ = 1 / 0
    with database.reading() as connection:
        assert connection.execute(metadata.tables["record_values"].select()).all() == []


@pytest.mark.parametrize("url", ["mysql://u@h/d", "不是地址", "postgresql://h:port/x"])
def test_an_address_of_another_kind_is_refused_by_name(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingError, match="DATABASE_URL"):
        open_database(tmp_path, url)


def test_a_server_that_is_away_is_explained_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(RecordsUnusable) as caught:
        open_database(tmp_path, "postgresql://u:secret-word@127.0.0.1:1/x")
    assert "连不上" in str(caught.value)
    assert "secret-word" not in str(caught.value)


def test_a_broken_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all" * 500)
    with pytest.raises(RecordsUnusable, match="损坏"):
        open_database(tmp_path)


def test_a_full_disk_is_explained(tmp_path: Path) -> None:
    database = open_database(tmp_path)
    with database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    # SQLite raises the same error where its own limit of pages is reached as where the disk is full.
    with pytest.raises(RecordsUnusable, match="磁盘已满"), database.writing() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        row = {"name": "big", "value": "字" * 100_000}
        connection.execute(metadata.tables["record_values"].insert().values(row))
    database.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written_is_explained(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(RecordsUnusable, match="不能写入"):
        open_database(tmp_path)
    tmp_path.chmod(0o700)


def test_a_writer_that_waits_too_long_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.records.database.BUSY_SECONDS", 0.05)
    database = open_database(tmp_path)
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RecordsUnusable, match="占用"):
        Queue(database).add(Feedback(True, "问", "答"))
    other.close()
    assert Queue(database).add(Feedback(True, "问", "答"))
    database.close()
