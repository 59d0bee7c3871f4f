"""The documents in the database: what the folder does, for many processes, and nothing is lost."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, select

from index.build import build
from index.errors import UserError
from index.generations import BeingBuilt
from index.library import Library
from index.originals import OriginalsUnusable, engine_of, laid_out, lay_out
from index.settings import Settings
from pages.records import Audit, command, open_database
from pages.records.database import Database
from pages.records.schema import documents, pieces
from pages.staff import originals as module
from pages.staff.collection import Collection, CollectionError
from pages.staff.folder import Folder
from pages.staff.moving import bring_in, bring_out
from pages.staff.originals import Originals
from tests.pages.conftest import ON_POSTGRES
from tests.postgres import binaries

TEXT = "# 云溪市规划\n\n## 第一章 目标\n\n到2027年，新建公园33个。\n".encode()
OTHER = TEXT.replace(b"33", b"44")


def sent(place: Collection, name: str, content: bytes = TEXT) -> str:
    return place.receive(name, io.BytesIO(content)).token


def contents(database: Database) -> set[tuple[str, bytes]]:
    """Every version by its name, whole and as its hash says."""
    found = set()
    with database.reading() as connection:
        for row in connection.execute(select(documents)).all():
            own = select(pieces.c.bytes).where(pieces.c.document == row.id)
            content = b"".join(connection.scalars(own.order_by(pieces.c.number)))
            assert hashlib.sha256(content).hexdigest() == row.sha256, row.name
            found.add((row.name, content))
    return found


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


ACTS: dict[str, Callable[[Originals], object]] = {
    "replace": lambda p: p.take(sent(p, "规划.md", OTHER), "张三"),
    "remove": lambda p: p.remove("规划.md", "张三"),
    "restore": lambda p: p.restore(p.trashed()[0].id),
}


@pytest.mark.server
@pytest.mark.parametrize("act", ACTS)
def test_kill_9_at_every_statement_leaves_the_old_or_the_new(
    act: str, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PIECE", 16)  # an upload of several statements
    url = new_database(postgres, f"killed_{act}")
    database = open_database(tmp_path, url)
    place = Originals(database)
    place.take(sent(place, "规划.md"), "张三")
    place.take(sent(place, "删去.md"), "张三")
    place.remove("删去.md", "张三")
    before, step, died = contents(database), 0, True
    database.close()  # no connection goes into the child
    while died:
        died = killed_at(step, ACTS[act], url)
        assert contents(database) >= before
        database.close()
        step += 1
    assert step > 3
    with database.reading() as connection:
        orphans = select(pieces.c.document).where(pieces.c.document.not_in(select(documents.c.id)))
        assert connection.execute(orphans).all() == []
    database.close()


def new_database(postgres: str, name: str) -> str:
    with psycopg.connect(postgres.format(name="postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return postgres.format(name=name)


def killed_at(step: int, act: Callable[[Originals], object], url: str) -> bool:
    """The act in a process of its own that kills itself before that statement; False past the end."""
    child = os.fork()
    if child == 0:
        try:
            database, done = Database(engine_of(url)), iter(range(10**6))

            @event.listens_for(database.engine, "before_cursor_execute")
            def _die(*_: object) -> None:
                if next(done) == step:
                    os.kill(os.getpid(), signal.SIGKILL)

            act(Originals(database))
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


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


def test_a_change_that_waits_too_long_says_so(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_database(postgres, "busy")
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    with closing(open_database(tmp_path, url)) as database:
        place = Originals(database)
        token = sent(place, "规划.md")
        with place._changing(), pytest.raises(CollectionError, match="别人正在改动文件"):
            place.take(token, "张三")
        assert place.take(token, "张三") == "规划.md"


@pytest.mark.server
def test_one_builds_at_a_time_and_a_killed_builder_is_no_hindrance(
    postgres: str, tmp_path: Path
) -> None:
    url = new_database(postgres, "building")
    settings = Settings(tmp_path / "one" / "originals", tmp_path / "one", originals_url=url)
    with pytest.raises(OriginalsUnusable, match="还没有存放文件的表"):
        build(settings=settings)
    database = open_database(tmp_path / "records", url)
    with pytest.raises(OriginalsUnusable, match="还没有文件"):
        build(settings=settings)
    place = Originals(database)
    place.take(sent(place, "规划.md"), "张三")
    database.close()
    other = Settings(tmp_path / "two" / "originals", tmp_path / "two", originals_url=url)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with laid_out(other.docs_dir, other):
            os.write(writing, b".")
            signal.pause()
    os.read(reading, 1)
    for wait in (0.0, 0.05):
        with pytest.raises(BeingBuilt, match="另一个进程"):
            build(settings=settings, wait=wait)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    first = build(settings=settings, wait=60)
    second = build(settings=other)
    assert first.index_hash == second.index_hash and len(first.documents) == 1
    assert build(settings=settings).unchanged
    place.take(sent(place, "规划.md", OTHER), "张三")
    with closing(Library.open(settings=other)) as library:  # opening brings it up to date, too
        assert library.index_hash != first.index_hash
        assert "44个" in library.search("新建公园")[0].passage.text
    database.close()


def test_a_dump_of_the_database_has_every_version(postgres: str, tmp_path: Path) -> None:
    programs = binaries()
    assert programs is not None
    url, again = new_database(postgres, "dumped"), new_database(postgres, "dumped_again")
    database = open_database(tmp_path, url)
    place = Originals(database)
    place.take(sent(place, "规划.md"), "张三")
    place.take(sent(place, "规划.md", OTHER), "李四")
    dump = subprocess.run([programs / "pg_dump", url], capture_output=True, check=True).stdout
    restoring = [programs / "psql", "-q", "-v", "ON_ERROR_STOP=1", again]
    subprocess.run(restoring, input=dump, capture_output=True, check=True)
    with closing(open_database(tmp_path, again)) as restored:
        assert contents(restored) == contents(database) == {("规划.md", TEXT), ("规划.md", OTHER)}
        assert Originals(restored).trashed() == place.trashed()
    database.close()


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
