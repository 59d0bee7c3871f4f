from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import library as library_module
from index import opening
from index.embeddings import StaticEmbeddings
from index.errors import IndexUnusable
from index.fusion import z_scores
from index.generations import Home
from index.library import Library
from index.passages import indexed_text
from index.records import Hit
from index.settings import Settings
from index.words import term_weights
from tests.index.both_engines import MILVUS, on_both

Open = Callable[..., Library]


@pytest.fixture
def reopen(docs: Path, settings: Settings, model: StaticEmbeddings) -> Open:
    return lambda **given: Library.open(docs, **{"settings": settings, "model": model, **given})


@pytest.fixture
def library(reopen: Open) -> Library:
    return reopen()


def texts(hits: list[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]


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


def test_a_filter_of_most_documents_is_as_good_afterwards(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "EXACT_VECTORS", 0)
    monkeypatch.setattr("index.fusion.CANDIDATES", 2)
    sifted = library.search("养老床位", doc_ids=["plan"])
    monkeypatch.setattr(library_module, "SPARE", (0.01, 10.0))  # the first look finds too few
    deeper = library.search("养老床位", doc_ids=["plan"])
    monkeypatch.setattr(library_module, "DEEPEST", 0)  # never: the engine's own filter
    filtered = library.search("养老床位", doc_ids=["plan"])
    assert [h.passage for h in sifted] == [h.passage for h in filtered]
    assert [h.passage for h in deeper] == [h.passage for h in filtered]
    assert {h.passage.doc_id for h in sifted} == {"plan"}


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


@on_both
def test_search_finds_the_sentence_and_the_table_row(library: Library) -> None:
    assert "65%" in texts(library.search("护理型床位占比是多少"))[0]
    hit = library.search("森林覆盖率 2025年", 1)[0]
    assert hit.passage.row is not None and hit.passage.row.label == "森林覆盖率"
    assert hit.lexical > 0 and hit.dense > 0


@on_both
def test_scores_are_the_fused_scores_of_both(library: Library) -> None:
    hits = library.search("养老", 100)
    assert len(hits) == library.count()
    lexical, dense = z_scores([h.lexical for h in hits]), z_scores([h.dense for h in hits])
    assert [h.score for h in hits] == pytest.approx((lexical + dense).tolist())
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


@on_both
def test_k_and_the_filter(library: Library) -> None:
    assert len(library.search("云溪市", 2)) == 2
    assert library.search("云溪市", 0) == []
    assert {h.passage.doc_id for h in library.search("云溪市", 50, ["paper"])} == {"paper"}
    assert library.search("云溪市", 5, []) == library.search("云溪市", 5, ["unknown"]) == []


@on_both
@pytest.mark.parametrize("query", ["", "，。？", "   ", "\0", "规划: AND (", "x" * 5000])
def test_odd_queries_are_no_failure(library: Library, query: str) -> None:
    assert isinstance(library.search(query), list)


@on_both
def test_an_expansion_brings_in_what_the_question_does_not_say(library: Library) -> None:
    plain = library.search("给奶娃娃找个去处", 10)
    wider = library.search("给奶娃娃找个去处", 10, expansion={"托位": 3.0})
    assert "托位" in texts(wider)[0]
    own = {h.passage.passage_id: h.lexical for h in plain}
    best = wider[0]
    assert best.lexical > own.get(best.passage.passage_id, 0.0)


def test_an_expansion_never_doubles_the_querys_own_terms() -> None:
    assert term_weights("养老", {"养老院": 0.2}) == {
        "养": 1.0, "老": 1.0, "养老": 1.0, "院": 0.2, "老院": 0.2, "养老院": 0.2,
    }  # fmt: skip
    assert term_weights("好好", {}) == {"好": 2.0, "好好": 1.0}
    assert "床" not in term_weights("养老", {"床": 0.0})


@on_both
def test_a_large_index_answers_the_same(
    reopen: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if nothing could be held and every filter left too much to compare one by one.
    monkeypatch.setattr(library_module, "HELD_PASSAGES", 2)
    monkeypatch.setattr(library_module, "EXACT_VECTORS", 1)
    large = reopen()
    for doc_ids in (None, ["plan"], ["plan", "paper"]):
        small_hits = library.search("2025年养老机构护理型床位占比", 5, doc_ids)
        large_hits = large.search("2025年养老机构护理型床位占比", 5, doc_ids)
        assert [h.passage for h in large_hits] == [h.passage for h in small_hits]
        assert [h.score for h in large_hits] == pytest.approx(
            [h.score for h in small_hits], abs=1e-4
        )


@on_both
def test_the_same_search_from_many_threads(
    reopen: Open, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "HELD_PASSAGES", 2)
    shared = reopen()
    wanted = texts(library.search("养老服务", 3))
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append(texts(shared.search("养老服务", 3))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 8


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


@pytest.mark.parametrize("settings", [MILVUS], indirect=True)
def test_milvus_answers_as_the_embedded_engine_does(
    docs: Path, settings: Settings, model: StaticEmbeddings, tmp_path: Path
) -> None:
    plain = replace(settings, milvus_url="", data_dir=tmp_path / "plain")
    first, second = (Library.open(docs, settings=s, model=model) for s in (plain, settings))
    for query in ("护理型床位占比是多少", "森林覆盖率 2025年", "云溪市产业", "。"):
        wanted = first.search(query, 50, expansion={"老年人": 0.4}, turned=0.3)
        found = second.search(query, 50, expansion={"老年人": 0.4}, turned=0.3)
        assert [h.passage for h in found] == [h.passage for h in wanted]
        for own in ("score", "lexical", "dense"):
            assert [getattr(h, own) for h in found] == pytest.approx(
                [getattr(h, own) for h in wanted], abs=1e-4
            )
    assert second.frequency("云溪") == first.frequency("云溪") > 0


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
