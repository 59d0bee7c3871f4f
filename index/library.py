"""The index of one folder, open for reading: documents, sections, passages and search.

Knows where everything lies; nothing of questions or answers. Safe to read from several threads.
A small index is held in memory, of a large one what was asked for last.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from pathlib import Path

import numpy as np

from index import fusion
from index.batches import batched
from index.embeddings import Model, load_embeddings
from index.engine import explained
from index.held import Held
from index.opening import Opened, open_index
from index.passages import cleaned_text
from index.records import Hit, ParsedDocument, Passage, Section, SourceDoc, Table
from index.rerank import DEPTH, Reranker, load_reranker
from index.settings import Settings, from_environment
from index.store import AT_ONCE, Headings, Vectors
from index.words import term_weights

# Up to here everything is read once at open: 700 passages take 3 MB and 30 ms, 5,000 some 20 MB.
HELD_PASSAGES = 5_000
HELD_HEADINGS = 256  # documents whose headings are held; some hundred each
HELD_DOCUMENTS = 16  # documents whose sections are held; 140 passages and 60 sections each
_OPENING_SECTIONS = 20  # read to see how a document begins; of few it is less than is asked for
# A filter that leaves no more than this is compared vector by vector: exact, and at 70,000
# passages 3 ms where Chroma's own filter takes 44 ms.
EXACT_VECTORS = 2_000
# One that leaves more is applied afterwards: to so many times what is expected to be enough, then to
# more, looked at some at a time. At 70,000 passages and a half left that takes 4 ms where Chroma's own
# filter takes 130 ms, a twenty-fifth left 25 and 40 ms; at 557,000 60 and 240 ms, a half 1,000 ms.
SPARE, DEEPEST = (1.5, 10.0, 50.0), 5_000


class Library:
    """An index open for reading; make one with `Library.open`."""

    def __init__(self, opened: Opened, model: Model, reranker: Reranker | None = None) -> None:
        self._opened, self._model = opened, model
        self._store, self._engine = opened.store, opened.engine
        self._reranker = reranker
        self.generation = opened.generation
        self._documents = self._store.documents()
        self._counts = self._store.passage_counts()
        self._section_counts = self._store.section_counts()
        self._by_id = {document.doc_id: document for document in self._documents}
        self._sections: Held[str, tuple[Section, ...]] = Held(HELD_DOCUMENTS)
        self._tables: Held[str, tuple[Section, ...]] = Held(HELD_DOCUMENTS)
        self._of_document: Held[str, tuple[Passage, ...]] = Held(HELD_DOCUMENTS)
        self._texts: Held[str, str] = Held(HELD_DOCUMENTS)
        self._headings: Held[str, Headings] = Held(HELD_HEADINGS)
        self._passages: Held[str, Passage] = Held(HELD_PASSAGES)
        self._vectors: Held[str, Vectors] = Held(HELD_PASSAGES)
        if self.count() <= HELD_PASSAGES:
            self._hold_all()

    @classmethod
    def open(
        cls,
        docs_dir: Path | None = None,
        build_if_needed: bool = True,
        settings: Settings | None = None,
        model: Model | None = None,
    ) -> Library:
        """The index of `docs_dir`, by default what is published in the settings' `index_dir`, or else
        of the settings' folder.

        With build_if_needed it is first brought up to date with the folder, which is a matter of
        hashing where nothing has changed; while another builds, or nothing can be written, the
        index in force is used. A broken word or vector index is written again from the store
        either way. Raises IndexUnusable or SettingError, with a sentence for the user.
        """
        settings = settings or from_environment()
        model = model or load_embeddings(settings.embedding_model)
        opened = open_index(docs_dir, build_if_needed, settings, model)
        return cls(opened, model, load_reranker(settings.reranker_model))

    @property
    def index_hash(self) -> str:
        """The same for the same files, catalog, model and code; 12 hex digits."""
        return self._store.index_hash

    def close(self) -> None:
        self._opened.close()

    def documents(self) -> tuple[SourceDoc, ...]:
        """The documents that are searched, in the catalog's order."""
        return self._documents

    def superseded(self) -> tuple[SourceDoc, ...]:
        """The 读本 that an original stands in front of; they are not searched."""
        return self._store.documents(in_force=False)

    def sections(self, doc_id: str) -> tuple[Section, ...]:
        """A document's sections in order. This and the others raise KeyError on an unknown id."""
        self._require(doc_id)
        return self._sections.get(doc_id, lambda: self._store.sections(doc_id))

    def tables(self, doc_id: str) -> tuple[tuple[Section, Table], ...]:
        self._require(doc_id)
        read = self._sections.peek(doc_id)
        found = self._tables.get(doc_id, lambda: read or self._store.with_tables(doc_id))
        return tuple((s, s.table) for s in found if s.table is not None)

    def text(self, doc_id: str) -> str:
        """The cleaned text that Passage.start and .end count in."""
        return self._texts.get(doc_id, lambda: self._cleaned(doc_id))

    def openings(self, characters: int) -> dict[str, str]:
        """Each document's first characters, by doc_id: `text` up to there, all documents at once."""
        found = self._store.openings(_OPENING_SECTIONS, characters)
        short = {d: "\n".join(found.get(d, ()))[:characters] for d in self._by_id}
        whole = {d for d in short if self._section_counts.get(d, 0) <= _OPENING_SECTIONS}
        return {
            d: text if len(text) == characters or d in whole else self.text(d)[:characters]
            for d, text in short.items()
        }

    def furniture(self, doc_id: str) -> tuple[str, ...]:
        self._require(doc_id)
        return self._store.furniture(doc_id)

    def warnings(self, doc_id: str = "") -> tuple[str, ...]:
        """A document's warnings, or with '' those of the folder and of files left out."""
        return self._store.warnings(doc_id)

    @property
    def embeddings(self) -> Model:
        """The model the index was built with."""
        return self._model

    def frequency(self, term: str) -> int:
        """How many passages hold a term (a word of `index.words.terms`)."""
        return self._engine.frequency(term)

    def count(self, doc_id: str | None = None) -> int:
        """Passages of a document, or of all."""
        return sum(self._counts.values()) if doc_id is None else self._counts[doc_id]

    def section_count(self, doc_id: str) -> int:
        """Sections of a document, none of them read."""
        self._require(doc_id)
        return self._section_counts.get(doc_id, 0)

    def passages(self, doc_id: str | None = None) -> tuple[Passage, ...]:
        """Passages in order; of a large index ask a document at a time."""
        if doc_id is None:
            return tuple(p for d in self._documents for p in self.passages(d.doc_id))
        self._require(doc_id)
        return self._of_document.get(doc_id, lambda: self._store.passages(doc_id))

    def under(self, doc_id: str, heading_path: tuple[str, ...]) -> tuple[Passage, ...]:
        """A document's passages of one section, in order."""
        self._require(doc_id)
        own = self._of_document.peek(doc_id)
        if own is None and self.count() > HELD_PASSAGES:
            return self._store.under(doc_id, heading_path)
        return tuple(p for p in own or self.passages(doc_id) if p.heading_path == heading_path)

    def headings(self, doc_id: str) -> Headings:
        """The heading paths over a document's text in order, each with its first passage's id."""
        return self._headings.get(doc_id, lambda: self._store.headings(doc_id))

    def passage(self, passage_id: str) -> Passage:
        return self.found([passage_id])[passage_id]

    def neighbours(self, passage_id: str) -> tuple[Passage | None, Passage | None]:
        """The passages before and after in the same document."""
        passage = self.passage(passage_id)
        own = self.passages(passage.doc_id)
        before = own[passage.order - 1] if passage.order else None
        return before, own[passage.order + 1] if passage.order + 1 < len(own) else None

    def section_of(self, passage: Passage) -> Section:
        """The section the passage stands in."""
        end = 0
        for section in self.sections(passage.doc_id):
            end += sum(len(paragraph) + 1 for paragraph in section.paragraphs)
            if passage.start < end:
                return section
        raise KeyError(passage.passage_id)

    def search(
        self,
        query: str,
        k: int = 10,
        doc_ids: Sequence[str] | None = None,
        expansion: Mapping[str, float] | None = None,
        turned: float = 0.0,
    ) -> list[Hit]:
        """The k best passages, best first, of these documents or of all.

        `expansion`: further expressions with their weights (a term of the query counts 1); a term
        the query has itself is not counted again. `turned`: how far their vector turns the query's
        (1: as much as its own). Raises IndexUnusable where the files can no
        longer be read or a server does not answer.
        """
        with explained():
            hits = self._hits(query, k, doc_ids, expansion, turned)
        if self._reranker is None:
            return hits
        return [*self._reranker.rerank(query, hits[:DEPTH], DEPTH), *hits[DEPTH:]]

    def _hits(
        self,
        query: str,
        k: int,
        doc_ids: Sequence[str] | None,
        expansion: Mapping[str, float] | None,
        turned: float,
    ) -> list[Hit]:
        if doc_ids is not None and self._by_id.keys() <= set(doc_ids):
            doc_ids = None  # a filter that leaves everything only costs time
        weights = term_weights(query, expansion or {})
        asked = np.asarray(self._model.embed_query(query), dtype=np.float32)
        if expansion and turned:
            other = np.asarray(self._model.embed_query(" ".join(expansion)), dtype=np.float32)
            asked = asked + turned * other
            asked = asked / max(float(np.linalg.norm(asked)), 1e-6)
        lexical = self._engine.by_words(weights, fusion.CANDIDATES, doc_ids)
        dense = self._dense(asked, doc_ids)
        ids = fusion.candidates(lexical, dense)
        lexical |= self._engine.word_scores(weights, [i for i in ids if i not in lexical])
        dense |= self._cosines(asked, [i for i in ids if i not in dense])
        best = fusion.fuse(ids, lexical, dense)[: max(k, 0)]
        found = self.found([passage_id for passage_id, _ in best])
        missing = fusion.MISSING
        return [
            Hit(found[i], score, lexical.get(i, missing), dense.get(i, missing))
            for i, score in best
        ]

    def _dense(self, asked: Vectors, doc_ids: Sequence[str] | None) -> dict[str, float]:
        """Cosines of the nearest passages."""
        chosen = None if doc_ids is None else set(doc_ids) & self._by_id.keys()
        if chosen is None:
            return self._engine.by_vector(asked, fusion.CANDIDATES)
        if (left := sum(map(self.count, chosen))) > EXACT_VECTORS:
            near = self._sifted(asked, chosen, left / self.count())
            return near or self._engine.by_vector(asked, fusion.CANDIDATES, doc_ids)
        ids = [p.passage_id for doc_id in chosen for p in self.passages(doc_id)]
        cosines = self._cosines(asked, ids)
        nearest = sorted(cosines.items(), key=lambda pair: (-pair[1], pair[0]))
        return dict(nearest[: fusion.CANDIDATES])

    def _sifted(self, asked: Vectors, chosen: Container[str], share: float) -> dict[str, float]:
        """The nearest of all, those of the chosen documents kept; {} where too few of them are near."""
        for spare in SPARE:
            depth = round(fusion.CANDIDATES * spare / share)
            if depth > DEEPEST:
                break
            near = self._engine.by_vector(asked, depth)
            kept: dict[str, float] = {}
            for ids in batched(near, AT_ONCE):
                owners = self._store.owners(ids)
                kept |= {i: near[i] for i in ids if owners[i] in chosen}
                if len(kept) >= fusion.CANDIDATES:
                    return dict(list(kept.items())[: fusion.CANDIDATES])
        return {}

    def _cosines(self, asked: Vectors, ids: Sequence[str]) -> dict[str, float]:
        if not ids or not asked.any():
            return {}
        held = {i: self._vectors.peek(i) for i in ids}
        absent = [i for i, vector in held.items() if vector is None]
        read = self._store.vectors(absent)
        rows = [self._vectors.put(i, read[i]) if v is None else v for i, v in held.items()]
        cosines: Vectors = np.stack(rows) @ asked
        return dict(zip(held, cosines.tolist(), strict=True))

    def found(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Passages by id, in this order."""
        held = {i: self._passages.peek(i) for i in ids}
        read = self._store.find([i for i, passage in held.items() if passage is None])
        return {i: self._passages.put(i, read[i]) if p is None else p for i, p in held.items()}

    def _hold_all(self) -> None:
        for passages, rows in self._store.portions():
            for passage, row in zip(passages, rows, strict=True):
                self._passages.put(passage.passage_id, passage)
                self._vectors.put(passage.passage_id, row)

    def _cleaned(self, doc_id: str) -> str:
        self._require(doc_id)
        read = self._sections.peek(doc_id)
        if read is not None:
            return cleaned_text(ParsedDocument("", read))
        return "\n".join(self._store.paragraphs(doc_id))  # a third of the work of its sections

    def _require(self, doc_id: str) -> None:
        if doc_id not in self._by_id:
            raise KeyError(doc_id)
