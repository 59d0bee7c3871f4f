"""What a search finds, in either engine, held in memory or not, from many threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import library as library_module
from index.embeddings import StaticEmbeddings
from index.fusion import z_scores
from index.library import Library
from index.records import Hit
from index.settings import Settings
from index.words import term_weights
from tests.index.both_engines import MILVUS, on_both

Open = Callable[..., Library]


def texts(hits: list[Hit]) -> list[str]:
    return [hit.passage.text for hit in hits]


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
