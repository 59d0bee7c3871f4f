"""The documents in the database: what the folder does, for many processes, and nothing is lost."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import UserError
from index.originals import lay_out
from pages.records import Audit, command, open_database
from pages.records.database import Database
from pages.staff import originals as module
from pages.staff.collection import Collection, CollectionError
from pages.staff.folder import Folder
from pages.staff.moving import bring_in, bring_out
from pages.staff.originals import Originals
from tests.pages.conftest import ON_POSTGRES
from tests.pages.staff.sending import OTHER, TEXT, contents, new_database, sent


@pytest.fixture(params=["folder", "sqlite", ON_POSTGRES])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Collection]:
    """Either place; the database is each of the two."""
    if request.param == "postgresql":
        yield Originals(request.getfixturevalue("emptied_postgres"))
    elif request.param == "sqlite":
        with closing(open_database(tmp_path)) as database:
            yield Originals(database)
    else:
        (tmp_path / "docs").mkdir()
        yield Folder(tmp_path / "docs", tmp_path / "data")


def test_both_places_do_the_same(place: Collection) -> None:
    waiting = place.receive("../规划.md", io.BytesIO(TEXT))
    assert (waiting.name, waiting.size, waiting.replaces) == ("规划.md", len(TEXT), False)
    assert [s.heading_path[-1] for s in waiting.parsed.sections if s.paragraphs] == ["第一章 目标"]
    assert place.files() == []
    assert place.take(waiting.token, "张三") == "规划.md"
    again = place.receive("规划.md", io.BytesIO(TEXT))
    assert (again.replaces, again.same) == (True, "规划.md")
    place.drop(again.token)
    place.take(sent(place, "规划.md", OTHER), "李四")
    place.take(sent(place, "甲.md"), "张三")
    (replaced,) = place.trashed()
    assert (replaced.file, replaced.by, replaced.size) == ("规划.md", "李四", len(TEXT))
    assert replaced.at[:2] == "20" and len(replaced.at) == 19
    place.remove("甲.md", "王五")
    assert place.files() == ["规划.md"]
    entries = {one.file: one.id for one in place.trashed()}
    assert entries.keys() == {"甲.md", "规划.md"}
    assert place.restore(entries["甲.md"]) == "甲.md"
    assert place.files() == ["甲.md", "规划.md"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda p: p.take(sent(p, "规划.md") and "no-such-token", "张三"), "重新上传"),
        (lambda p: p.remove("没有.md", "张三"), "没有“没有.md”"),
        (lambda p: p.remove("catalog.csv", "张三"), "没有“catalog.csv”"),
        (lambda p: p.restore("no-such-entry"), "回收站里没有"),
        (lambda p: sent(p, "catalog.csv"), "目录"),
        (lambda p: sent(p, "a.exe"), "不支持"),
        (lambda p: sent(p, "空.md", b""), "空的"),
    ],
)
def test_both_places_say_what_can_not_be(
    place: Collection, wrong: Callable[[Collection], object], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        wrong(place)
    assert place.files() == []


def test_two_who_send_the_same_name_lose_nothing(database: Database) -> None:
    """Each through a process of its own; the second is told, and has the say."""
    one, other = Originals(database), Originals(database)
    first, second = sent(one, "规划.md"), sent(other, "规划.md", OTHER)
    one.take(first, "张三")
    with pytest.raises(CollectionError, match="已由张三换成另一份.*重新上传"):
        other.take(second, "李四")
    assert one.files() == ["规划.md"] and one.trashed() == []
    other.take(sent(other, "规划.md", OTHER), "李四")
    assert contents(database) == {("规划.md", TEXT), ("规划.md", OTHER)}
    with pytest.raises(CollectionError, match="已有“规划.md”.*先移走"):
        one.restore(one.trashed()[0].id)


def test_a_file_too_many_and_files_nobody_takes_in(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Originals(database)
    monkeypatch.setattr(module, "MOST_WAITING", 1)
    first, second = sent(place, "一.md"), sent(place, "二.md")
    with pytest.raises(CollectionError, match="重新上传"):
        place.take(first, "张三")
    place.take(second, "张三")
    monkeypatch.setattr(module, "MOST_FILES", 1)
    with pytest.raises(CollectionError, match="已有1个文件"):
        sent(place, "三.md")
    assert place.take(sent(place, "二.md", OTHER), "张三") == "二.md"


def test_a_folder_comes_in_and_goes_out_again(database: Database, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "附件").mkdir(parents=True)
    (docs / "catalog.csv").write_text("doc_id,file\nplan,规划.md\n", "utf-8")
    (docs / "规划.md").write_bytes(TEXT)
    (docs / "附件" / "表.csv").write_bytes(b"a,b\n1,2\n")
    (docs / "图.png").write_bytes(b"png")
    (docs / ".hidden.md").write_bytes(TEXT)
    place = Originals(database)
    assert place.untouched()
    brought = bring_in(docs, place)
    assert brought.changed == ["catalog.csv", "规划.md", "附件/表.csv"]
    assert brought.problems == ["图.png：不是可以读取的格式，没有收入。"]
    assert place.files() == ["规划.md", "附件/表.csv"] and not place.untouched()
    assert bring_in(docs, place).changed == []
    (docs / "规划.md").write_bytes(OTHER)
    (docs / "附件" / "表.csv").unlink()
    assert bring_in(docs, place).changed == ["规划.md"]
    assert bring_in(docs, place, only_these=True).changed == ["附件/表.csv"]
    assert {(one.file, one.by) for one in place.trashed()} == {
        ("规划.md", "命令行"),
        ("附件/表.csv", "命令行"),
    }
    assert bring_out(database, tmp_path / "out") == 2
    assert (tmp_path / "out" / "规划.md").read_bytes() == OTHER
    with pytest.raises(CollectionError, match="不是空的"):
        bring_out(database, tmp_path / "out")
    assert bring_out(database, tmp_path / "all", trash=True) == 4
    versions = list((tmp_path / "all" / ".trash").rglob("规划.md"))
    assert [v.read_bytes() for v in versions] == [TEXT]
    listed = (tmp_path / "all" / ".trash" / "versions.csv").read_text("utf-8-sig").splitlines()
    assert len(listed) == 3 and "规划.md" in listed[1] and "命令行" in listed[1]
    assert bring_in(tmp_path / "all", place).changed == []


def test_an_older_catalog_is_not_put_back_by_a_button(database: Database, tmp_path: Path) -> None:
    place = Originals(database)
    for text in ("doc_id,file\n", "doc_id,file,title\n"):
        (tmp_path / "catalog.csv").write_text(text, "utf-8")
        place.take_in(tmp_path, ["catalog.csv"], "命令行")
    (older,) = place.trashed()
    with pytest.raises(CollectionError, match="export --trash"):
        place.restore(older.id)


def test_the_command_line_brings_in_backs_up_and_restores(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    url = new_database(postgres, "commanded")
    docs, target = tmp_path / "docs", tmp_path / "backup.tar.gz"
    docs.mkdir()
    (docs / "规划.md").write_bytes(TEXT)
    for name, value in {
        "WENGUI_DATA": str(tmp_path / "data"), "DATABASE_URL": url, "WENGUI_ORIGINALS": "database",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("WENGUI_DOCS", raising=False)
    assert command.main(["documents", "import", str(docs), "--first"]) == 0
    (docs / "规划.md").write_bytes(OTHER)
    assert command.main(["documents", "import", str(docs), "--first"]) == 0
    assert command.main(["backup", str(target)]) == 0
    assert command.main(["documents", "import", str(docs)]) == 0
    database = open_database(tmp_path / "data", url)
    place = Originals(database)
    place.take(sent(place, "新.md"), "张三")
    database.close()
    assert command.main(["restore", str(target)]) == 0
    assert place.files() == ["规划.md"]
    with database.reading() as connection:
        lay_out(connection, tmp_path / "now")
    assert (tmp_path / "now" / "规划.md").read_bytes() == TEXT
    assert {one.file for one in place.trashed()} == {"规划.md", "新.md"}
    assert [e.kind for e in Audit(database).entries()] == ["import"] * 3
    database.close()
    said = capsys.readouterr().out
    assert "数据库里已经有文件，没有改动。" in said and "pg_dump" in said
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("WENGUI_ORIGINALS")
    assert command.main(["documents", "import", str(docs)]) == 1
    assert "DATABASE_URL" in capsys.readouterr().err
