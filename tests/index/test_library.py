from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import library as library_module
from index import opening
from index.embeddings import StaticEmbeddings
from index.errors import IndexUnusable
from index.generations import Home
from index.library import Library
from index.passages import indexed_text
from index.records import Hit
from index.settings import Settings
from tests.index.both_engines import on_both

Open = Callable[..., Library]


def test_documents_sections_tables_and_text(library: Library) -> None:
    assert [d.doc_id for d in library.documents()] == ["plan", "paper"]
    assert library.superseded() == ()
    headings = [s.heading_path[-1] for s in library.sections("plan") if s.heading_path]
    assert "第二章 托育服务" in headings
    ((section, table),) = library.tables("plan")
    assert table.rows[0].label == "森林覆盖率" and section.kind == "table"
    for passage in library.passages():
        assert library.text(passage.doc_id)[passage.start : passage.end] == passage.text


def test_what_is_counted_and_begun_without_reading_it(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = reopen()
    for doc_id in ("plan", "paper"):
        assert library.section_count(doc_id) == len(library.sections(doc_id))
    for sections in (1, 20):  # with too few of them the document itself is asked
        monkeypatch.setattr(library_module, "_OPENING_SECTIONS", sections)
        for characters in (5, 60, 10_000):
            whole = {d.doc_id: library.text(d.doc_id)[:characters] for d in library.documents()}
            assert library.openings(characters) == whole


def test_tables_are_the_same_before_and_after_the_sections_are_read(reopen: Open) -> None:
    fresh = reopen()
    tables = fresh.tables("plan")
    read = reopen()
    assert [s for s in read.sections("plan") if s.table] == [s for s, _ in tables]
    assert read.tables("plan") == tables


def test_what_stands_under_a_heading_is_the_same_whether_held_or_not(
    reopen: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = reopen()
    monkeypatch.setattr(library_module, "HELD_PASSAGES", 0)
    read = reopen()
    for path in {p.heading_path for p in held.passages("plan")}:
        own = tuple(p for p in held.passages("plan") if p.heading_path == path)
        assert own == held.under("plan", path) == read.under("plan", path)
    assert read.text("plan") == held.text("plan")


def test_headings_come_with_the_first_passage_under_them(library: Library) -> None:
    own = [p for p in library.passages("plan") if p.kind == "text"]
    first = {p.heading_path: p.passage_id for p in reversed(own)}
    headings = library.headings("plan")
    assert dict(headings) == first
    assert [path for path, _ in headings] == list(dict.fromkeys(p.heading_path for p in own))
    ids = [passage_id for _, passage_id in headings]
    assert list(library.found(ids)) == ids


def test_every_passage_stands_in_its_section(library: Library) -> None:
    for passage in library.passages():
        section = library.section_of(passage)
        assert section.heading_path == passage.heading_path
        assert passage.text in "\n".join(section.paragraphs)


def test_neighbours_stay_in_the_document(library: Library) -> None:
    own = library.passages("plan")
    assert library.neighbours(own[0].passage_id) == (None, own[1])
    assert library.neighbours(own[1].passage_id) == (own[0], own[2])
    assert library.neighbours(own[-1].passage_id) == (own[-2], None)


def test_passages_by_id_and_counts(library: Library) -> None:
    every = library.passages()
    assert [library.passage(p.passage_id) for p in every] == list(every)
    assert library.count() == len(every) == library.count("plan") + library.count("paper")


@pytest.mark.parametrize("method", ["sections", "tables", "passages", "text", "passage"])
def test_an_unknown_id_is_a_key_error(library: Library, method: str) -> None:
    with pytest.raises(KeyError):
        getattr(library, method)("unknown")


def test_it_builds_only_where_it_may(reopen: Open) -> None:
    with pytest.raises(IndexUnusable, match="python -m index.build"):
        reopen(build_if_needed=False)
    assert reopen().index_hash == reopen(build_if_needed=False).index_hash


@on_both
def test_a_new_file_is_there_at_the_next_open(reopen: Open, docs: Path) -> None:
    reopen()
    (docs / "new.txt").write_text("一、新章\n\n全新的一句正文在这里。\n", "utf-8")
    assert len(reopen(build_if_needed=False).documents()) == 2
    assert len(reopen().documents()) == 3


def test_while_another_builds_the_index_in_force_is_used(
    reopen: Open,
    docs: Path,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.0)
    home = Home.of(docs, settings.data_dir)
    with home.writing(), pytest.raises(IndexUnusable, match="另一个程序正在"):
        reopen()
    before = reopen().index_hash
    (docs / "new.txt").write_text("一、新章\n\n全新的一句正文在这里。\n", "utf-8")
    with home.writing():
        assert reopen().index_hash == before
    assert "先使用原来的索引" in caplog.text
    assert len(reopen().documents()) == 3


def test_what_was_left_out_is_told_once(
    reopen: Open, docs: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (docs / "bad.pdf").write_bytes(b"%PDF-1.7")
    reopen()
    assert "bad.pdf" in caplog.text
    caplog.clear()
    assert any("bad.pdf" in said for said in reopen().warnings())
    assert caplog.text == ""


def texts(hits: list[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]


def ruin_words(folder: Path) -> None:
    for path in (folder / "words").iterdir():
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def ruin_vectors(folder: Path) -> None:
    (folder / "vectors" / "chroma.sqlite3").write_bytes(b"no database")


@pytest.mark.parametrize(
    "ruin",
    [
        lambda folder: shutil.rmtree(folder / "words"),
        lambda folder: shutil.rmtree(folder / "vectors"),
        ruin_words,
        ruin_vectors,
    ],
    ids=["no words", "no vectors", "torn words", "torn vectors"],
)
@pytest.mark.parametrize("build_if_needed", [True, False])
def test_a_broken_part_is_written_again_without_reading_a_file(
    ruin: Callable[[Path], None],
    build_if_needed: bool,
    docs: Path,
    settings: Settings,
    model: StaticEmbeddings,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    before = Library.open(docs, settings=settings, model=model)
    wanted = texts(before.search("养老服务"))
    # Under another data folder, for the open Chroma of this process keeps its files.
    other = replace(settings, data_dir=tmp_path / "copy")
    shutil.copytree(settings.data_dir, other.data_dir)
    current = Home.of(docs, other.data_dir).current()
    assert current is not None
    ruin(current.folder)
    mended = Library.open(docs, build_if_needed, settings=other, model=model)
    assert texts(mended.search("养老服务")) == wanted
    assert mended.index_hash == before.index_hash
    assert "正在从数据库重建" in caplog.text
    caplog.clear()
    Library.open(docs, build_if_needed, settings=other, model=model)
    assert caplog.text == ""


def test_a_broken_store_is_built_anew(
    docs: Path, settings: Settings, model: StaticEmbeddings, library: Library
) -> None:
    current = Home.of(docs, settings.data_dir).current()
    assert current is not None
    current.store.write_bytes(b"no database at all" * 200)
    with pytest.raises(IndexUnusable, match="已损坏"):
        Library.open(docs, build_if_needed=False, settings=settings, model=model)
    again = Library.open(docs, settings=settings, model=model)
    assert again.index_hash == library.index_hash


def test_another_models_index_is_refused(docs: Path, settings: Settings, library: Library) -> None:
    other = StaticEmbeddings()
    other.identity = replace(other.identity, name="别的模型")
    with pytest.raises(IndexUnusable, match="EMBEDDING_MODEL"):
        Library.open(docs, build_if_needed=False, settings=settings, model=other)
    assert Library.open(docs, settings=settings, model=other).count() == library.count()


@on_both
def test_vectors_are_of_what_is_indexed(library: Library, model: StaticEmbeddings) -> None:
    titles = {d.doc_id: d.title for d in library.documents()}
    asked = model.matrix(["森林覆盖率"])[0]
    for hit in library.search("森林覆盖率", 50):
        own = model.matrix([indexed_text(hit.passage, titles[hit.passage.doc_id])])[0]
        assert hit.dense == pytest.approx(float(own @ asked), abs=1e-4)
