"""The word index: BM25 over terms cut beforehand, in tantivy. The only file that imports it.

Knows terms and passage ids; not how text is cut (words.py) or what a score is worth (fusion.py).
It is derived: a build writes it, and it can be written again from the store at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from index.engine import EngineBroken, Weights

WRITER_BYTES = 128 * 1024 * 1024  # 70,000 passages in one segment of a writer


class WordIndexBroken(EngineBroken):
    """The folder holds no word index that can be read or written; it has to be written again."""


@contextmanager
def _told() -> Iterator[None]:
    """tantivy's errors, a full disk among them, as ours."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise WordIndexBroken(str(error)) from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("doc_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class Writer:
    """Adds and removes; nothing shows before `finish`."""

    def __init__(self, index: tantivy.Index, schema: tantivy.Schema) -> None:
        self._index, self._schema = index, schema
        with _told():
            self._writer = index.writer(WRITER_BYTES, 1)

    def add(self, passage_id: str, doc_id: str, terms: Sequence[str]) -> None:
        """One passage; terms hold no white space."""
        columns = {"passage_id": passage_id, "doc_id": doc_id, "terms": " ".join(terms)}
        with _told():
            self._writer.add_document(tantivy.Document.from_dict(columns, self._schema))

    def remove(self, doc_id: str) -> None:
        """All passages of a document that were there before."""
        self._writer.delete_documents_by_term("doc_id", doc_id)

    def finish(self) -> None:
        with _told():
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()


class WordIndex:
    """One index in `folder`. Reading is safe from several threads; writing is a build's alone."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        """Opens the index, or makes an empty one. Raises WordIndexBroken where neither can be."""
        with _told():
            if create:
                folder.mkdir(parents=True, exist_ok=True)
                self._index = tantivy.Index(_schema(), path=str(folder))
            else:
                self._index = tantivy.Index.open(str(folder))
        self._schema = self._index.schema

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer; its passages are there, all at once, after a block without error."""
        writer = Writer(self._index, self._schema)
        yield writer
        writer.finish()

    def count(self) -> int:
        return int(self._index.searcher().num_docs)

    def frequency(self, term: str) -> int:
        """How many passages hold the term."""
        return int(self._index.searcher().doc_freq("terms", term))

    def search(
        self, weights: Weights, limit: int, doc_ids: Sequence[str] | None = None
    ) -> dict[str, float]:
        """BM25 by passage id, best first, of passages with any of the terms."""
        return self._scores(weights, limit, "doc_id", doc_ids)

    def scores(self, weights: Weights, passage_ids: Sequence[str]) -> dict[str, float]:
        """BM25 of these passages; one with none of the terms is left out."""
        return self._scores(weights, len(passage_ids), "passage_id", passage_ids)

    def _scores(
        self, weights: Weights, limit: int, field: str, values: Sequence[str] | None
    ) -> dict[str, float]:
        if not weights or limit <= 0 or (values is not None and not values):
            return {}
        query = Query.boolean_query([(Occur.Should, self._term(t, w)) for t, w in weights.items()])
        if values is not None:
            among = Query.term_set_query(self._schema, field, list(values))
            filtering = (Occur.Must, Query.const_score_query(among, 0.0))
            query = Query.boolean_query([(Occur.Must, query), filtering])
        searcher = self._index.searcher()
        with _told():
            hits = searcher.search(query, limit, count=False).hits
            return {str(searcher.doc(at).get_first("passage_id")): score for score, at in hits}

    def _term(self, term: str, weight: float) -> Query:
        query = Query.term_query(self._schema, "terms", term, "freq")
        return query if weight == 1.0 else Query.boost_query(query, weight)
