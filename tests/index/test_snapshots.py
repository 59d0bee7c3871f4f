"""An index published by one and read by others: whole or not at all, and named wherever it fails."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index import publish as publishing
from index.embeddings import StaticEmbeddings
from index.errors import IndexUnusable, SettingError
from index.generations import Home
from index.library import Library
from index.publish import publish
from index.seal import whole
from index.settings import Settings, from_environment
from index.snapshots import KEPT, copies, in_force


@pytest.fixture
def shared(tmp_path: Path, docs: Path, settings: Settings, model: StaticEmbeddings) -> Path:
    """A folder with one published index."""
    folder = tmp_path / "shared"
    assert not publish(folder, docs, settings=settings, model=model).unchanged
    return folder


@pytest.fixture
def reader(tmp_path: Path, shared: Path) -> Settings:
    """The settings of another machine: no documents, a data folder of its own."""
    return Settings(tmp_path / "none", tmp_path / "elsewhere", index_dir=shared)


def numbers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.isdigit())


def add(docs: Path, n: int) -> None:
    (docs / f"new-{n}.md").write_text(
        f"# 新规划{n}\n\n## 第一章 绿道\n\n建成绿道{n}公里。\n", "utf-8"
    )


def test_a_machine_without_the_documents_reads_what_was_published(
    docs: Path, settings: Settings, reader: Settings, model: StaticEmbeddings
) -> None:
    own = Library.open(docs, settings=settings, model=model)
    library = Library.open(settings=reader, model=model)
    assert library.index_hash == own.index_hash
    assert library.generation == in_force(None, reader) == "000001"
    assert [h.passage for h in library.search("养老")] == [h.passage for h in own.search("养老")]


def test_the_same_index_is_published_once(
    docs: Path, shared: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    assert publish(shared, docs, settings=settings, model=model).unchanged
    assert numbers(shared) == ["000001"]


def test_a_new_one_takes_its_place_and_the_last_ones_stay(
    docs: Path, shared: Path, settings: Settings, reader: Settings, model: StaticEmbeddings
) -> None:
    before = Library.open(settings=reader, model=model)
    for n in range(KEPT):
        add(docs, n)
        publish(shared, docs, settings=settings, model=model)
        Library.open(settings=reader, model=model).close()
    after = Library.open(settings=reader, model=model)
    assert len(after.documents()) == len(before.documents()) + KEPT
    own = reader.data_dir / "snapshots" / "shared"
    assert numbers(shared) == ["000002", "000003", "000004"]
    assert numbers(own) == ["000001", *numbers(shared)]  # `before` still reads from the first
    assert in_force(None, reader) == after.generation == "000004"


def test_a_snapshot_that_is_not_whole_is_named_and_the_copy_before_stays(
    docs: Path, shared: Path, settings: Settings, reader: Settings, model: StaticEmbeddings
) -> None:
    copies(shared, reader.data_dir)
    add(docs, 1)
    torn = publish(shared, docs, settings=settings, model=model).folder / "store.sqlite"
    torn.write_bytes(torn.read_bytes()[:-1])
    with pytest.raises(IndexUnusable, match="不完整"):
        Library.open(settings=reader, model=model)
    assert numbers(reader.data_dir / "snapshots" / "shared") == ["000001"]


def test_a_damaged_copy_is_made_again(
    reader: Settings, shared: Path, model: StaticEmbeddings
) -> None:
    copy = copies(shared, reader.data_dir).current()
    assert copy is not None
    (copy.vectors / "chroma.sqlite3").write_bytes(b"")
    library = Library.open(settings=reader, model=model)
    assert library.search("养老")
    assert whole(copy.folder)


def test_a_damaged_snapshot_is_published_again_and_a_damaged_index_is_not(
    docs: Path, shared: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    (shared / "000001" / "store.sqlite").write_bytes(b"")
    assert not publish(shared, docs, settings=settings, model=model).unchanged
    own = Home.of(docs, settings.data_dir).current()
    assert own is not None
    (own.vectors / "chroma.sqlite3").write_bytes(b"")
    (shared / "000002" / "store.sqlite").write_bytes(b"")
    with pytest.raises(IndexUnusable, match="没有发布"):
        publish(shared, docs, settings=settings, model=model)


def test_going_back_to_the_snapshot_before_is_one_line(
    docs: Path, shared: Path, settings: Settings, reader: Settings, model: StaticEmbeddings
) -> None:
    add(docs, 1)
    publish(shared, docs, settings=settings, model=model)
    assert len(Library.open(settings=reader, model=model).documents()) == 3
    (shared / "CURRENT").write_text("000001\n", "ascii")
    assert len(Library.open(settings=reader, model=model).documents()) == 2


def test_a_folder_without_snapshots_is_said_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexUnusable, match=r"index\.publish"):
        copies(tmp_path / "empty", tmp_path / "data")
    with pytest.raises(SettingError, match="WENGUI_INDEX"):
        from_environment({"WENGUI_INDEX": str(tmp_path / "missing")})


def test_a_folder_named_on_the_command_line_has_its_own_index(
    docs: Path, reader: Settings, model: StaticEmbeddings
) -> None:
    add(docs, 1)
    named = replace(reader, docs_dir=docs)
    assert len(Library.open(docs, settings=named, model=model).documents()) == 3
    assert len(Library.open(settings=named, model=model).documents()) == 2


def test_the_command_says_what_it_did(
    tmp_path: Path, docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path / "var"))
    target = tmp_path / "shared"
    assert publishing.main([str(target), "--docs", str(docs)]) == 0
    assert publishing.main([str(target), "--docs", str(docs)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("已发布") and second.startswith("没有变化")
    (tmp_path / "file").touch()
    assert publishing.main([str(tmp_path / "file"), "--docs", str(docs)]) == 1
    assert "写入权限" in capsys.readouterr().err
