from __future__ import annotations

from pathlib import Path

from index.embeddings import StaticEmbeddings
from index.library import Library
from index.retriever import LibraryRetriever
from index.settings import Settings


def test_it_is_langchains_retriever(
    docs: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    library = Library.open(docs, settings=settings, model=model)
    hits = library.search("护理型床位占比", 3)
    found = LibraryRetriever(library=library, k=3).invoke("护理型床位占比")
    assert [d.page_content for d in found] == [h.passage.text for h in hits]
    assert found[0].metadata == {
        "doc_id": "plan",
        "title": "云溪市发展规划纲要",
        "heading_path": list(hits[0].passage.heading_path),
        "lead": hits[0].passage.lead,
        "page": hits[0].passage.page,
        "passage_id": hits[0].passage.passage_id,
        "score": hits[0].score,
    }
    only = LibraryRetriever(library=library, doc_ids=("paper",)).invoke("护理型床位占比")
    assert {d.metadata["doc_id"] for d in only} == {"paper"}
