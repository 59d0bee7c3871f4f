"""The originals laid out in a folder: what differs is written, nothing else is, and damage is found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, insert, update

from index.errors import SettingError
from index.originals import (
    IN_USE,
    TRASH,
    OriginalsUnusable,
    _metadata,
    documents,
    laid_out,
    lay_out,
    pieces,
)  # fmt: skip
from index.settings import Settings, from_environment

URL = "postgresql://u:secret-word@127.0.0.1:1/x"


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    _metadata.create_all(engine)
    with engine.begin() as opened:
        yield opened


def keep(connection: Connection, name: str, content: bytes, state: str = IN_USE) -> str:
    digest = hashlib.sha256(content).hexdigest()
    row = {
        "id": uuid4().hex, "name": name, "sha256": digest, "size": len(content),
        "state": state, "seen": "", "added": "", "added_by": "", "removed": "", "removed_by": "",
    }  # fmt: skip
    connection.execute(insert(documents).values(row))
    for number, at in enumerate(range(0, len(content), 4)):
        own = {"document": row["id"], "number": number, "bytes": content[at : at + 4]}
        connection.execute(insert(pieces).values(own))
    return row["id"]


def contents(folder: Path) -> dict[str, bytes]:
    files = (p for p in folder.rglob("*") if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def test_the_folder_holds_what_is_in_use_and_nothing_else(
    connection: Connection, tmp_path: Path
) -> None:
    keep(connection, "规划.md", b"# one\n\ntwo")
    keep(connection, "附件/表.csv", b"a,b\n")
    keep(connection, "旧.md", b"gone", TRASH)
    folder = tmp_path / "originals"
    (folder / "空的").mkdir(parents=True)
    (folder / "别的.md").write_bytes(b"left")
    (folder / ".cut-off.new").write_bytes(b"left")
    assert lay_out(connection, folder) == 2
    assert contents(folder) == {"规划.md": b"# one\n\ntwo", "附件/表.csv": b"a,b\n"}
    assert sorted(p.name for p in folder.iterdir()) == sorted(["规划.md", "附件"])


def test_only_what_differs_is_written(connection: Connection, tmp_path: Path) -> None:
    first, second = keep(connection, "甲.md", b"first"), keep(connection, "乙.md", b"second")
    lay_out(connection, tmp_path)
    before = {p.name: p.stat().st_ino for p in tmp_path.iterdir()}
    connection.execute(update(documents).where(documents.c.id == second).values(state=TRASH))
    keep(connection, "丙.md", b"third")
    (tmp_path / "甲.md").write_bytes(b"spoilt on this disk")
    lay_out(connection, tmp_path)
    assert contents(tmp_path) == {"甲.md": b"first", "丙.md": b"third"}
    after = {p.name: p.stat().st_ino for p in tmp_path.iterdir()}
    lay_out(connection, tmp_path)
    assert {p.name: p.stat().st_ino for p in tmp_path.iterdir()} == after
    assert after["甲.md"] != before["甲.md"] and first


def test_other_bytes_than_were_stored_are_not_taken(connection: Connection, tmp_path: Path) -> None:
    damaged = keep(connection, "规划.md", b"as it was stored")
    (tmp_path / "规划.md").write_bytes(b"the version before")
    own = pieces.c
    connection.execute(
        update(pieces).where(own.document == damaged, own.number == 1).values(bytes=b"????")
    )
    with pytest.raises(OriginalsUnusable, match="“规划.md”与收入时的校验值不符"):
        lay_out(connection, tmp_path)
    assert contents(tmp_path) == {"规划.md": b"the version before"}


def test_a_database_that_is_away_is_explained_without_its_password(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "originals", tmp_path, originals_url=URL)
    with pytest.raises(OriginalsUnusable) as caught, laid_out(settings.docs_dir, settings):
        pass
    assert "连不上" in str(caught.value)
    assert "secret-word" not in str(caught.value)
    with laid_out(tmp_path / "a folder of its own", settings):
        pass  # not what the database is asked for


def test_the_settings_say_where_the_originals_are(tmp_path: Path) -> None:
    data = {"WENGUI_DATA": str(tmp_path), "DATABASE_URL": URL}
    assert from_environment(data).originals_url == ""
    found = from_environment(data | {"WENGUI_ORIGINALS": "database"})
    assert (found.originals_url, found.docs_dir) == (URL, tmp_path / "originals")
    assert "secret-word" not in repr(found)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"WENGUI_ORIGINALS": "postgres", "DATABASE_URL": URL}, "“postgres”不对"),
        ({"WENGUI_ORIGINALS": "database"}, "没有设置 DATABASE_URL"),
        (
            {"WENGUI_ORIGINALS": "database", "DATABASE_URL": URL, "WENGUI_DOCS": "/tmp"},
            "只能设置一个",
        ),
    ],
)
def test_a_setting_that_can_not_be_is_said_by_name(wrong: dict[str, str], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        from_environment(wrong)
