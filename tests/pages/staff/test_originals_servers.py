"""Several servers on one database of documents: one is killed, one waits, one builds; a dump has all."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, select

from index.build import build
from index.generations import BeingBuilt
from index.library import Library
from index.originals import OriginalsUnusable, engine_of, laid_out
from index.settings import Settings
from pages.records import open_database
from pages.records.database import Database
from pages.records.schema import documents, pieces
from pages.staff import originals as module
from pages.staff.collection import CollectionError
from pages.staff.originals import Originals
from tests.pages.staff.sending import OTHER, TEXT, contents, new_database, sent
from tests.postgres import binaries

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
