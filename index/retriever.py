"""A Library as LangChain's retriever, to stand in any chain that takes one.

Knows both shapes; searches nothing itself.
"""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from index.library import Library
from index.records import Hit


class LibraryRetriever(BaseRetriever):
    """`LibraryRetriever(library=…, k=10).invoke("…")`: the best passages as Documents.

    `doc_ids` None searches all documents. A Document's metadata: doc_id, title, heading_path (a
    list), lead, page (None where unknown), passage_id, score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    k: int = 10
    doc_ids: tuple[str, ...] | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        titles = {document.doc_id: document.title for document in self.library.documents()}
        hits = self.library.search(query, self.k, self.doc_ids)
        return [as_document(hit, titles[hit.passage.doc_id]) for hit in hits]


def as_document(hit: Hit, title: str) -> Document:
    passage = hit.passage
    return Document(
        id=passage.passage_id,
        page_content=passage.text,
        metadata={
            "doc_id": passage.doc_id,
            "title": title,
            "heading_path": list(passage.heading_path),
            "lead": passage.lead,
            "page": passage.page,
            "passage_id": passage.passage_id,
            "score": hit.score,
        },
    )
