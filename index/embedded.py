"""The engine in this process: words in tantivy, vectors in Chroma, beside the store.

Knows where each lies and that both must hold the same passages. Where CHROMA_URL is set the vectors
are on that server.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.engine import EngineBroken, Portions, Scores, Step, Vectors, Weights
from index.errors import IndexUnusable
from index.generations import Generation
from index.lexical import WordIndex
from index.vectors import TO_SEARCH, TO_WRITE, VectorIndex, VectorIndexBroken, embedded, served
from index.working import Working

log = logging.getLogger(__name__)

IN_FOLDER = "passages"  # the collection's name where Chroma lies in the generation's folder


@dataclass(frozen=True, slots=True)
class EmbeddedEngine:
    """An index.engine.Engine."""

    words: WordIndex
    vectors: VectorIndex
    working: Working | None = None  # the copy they are read from

    @classmethod
    def create(cls, generation: Generation, chroma_url: str, expected: int) -> EmbeddedEngine:
        """Empty, for `expected` passages. Raises EngineBroken where it can't be written."""
        words = WordIndex(generation.words, create=True)
        return cls(words, _vectors(generation.vectors, generation, chroma_url, expected))

    @classmethod
    def open(cls, generation: Generation, chroma_url: str) -> EmbeddedEngine:
        """What a build has written. Raises EngineBroken where it is not there or torn."""
        if not generation.derived_is_sound:
            raise EngineBroken(f"{generation.folder} is not what was written")
        here = (part for part in (generation.words, generation.vectors) if part.is_dir())
        working = Working(*here)
        words = WordIndex(working.folder / generation.words.name)
        vectors = working.folder / generation.vectors.name
        return cls(words, _vectors(vectors, generation, chroma_url), working)

    def add(self, portions: Portions, step: Step) -> None:
        with self.words.writing() as writer:
            for entries, rows in portions():
                for entry in entries:
                    writer.add(entry.passage_id, entry.doc_id, entry.terms)
                ids, doc_ids = [e.passage_id for e in entries], [e.doc_id for e in entries]
                self.vectors.add(ids, doc_ids, rows)
                step(len(entries))

    def remove(self, doc_id: str) -> None:
        with self.words.writing() as writer:
            writer.remove(doc_id)
        self.vectors.remove(doc_id)

    def count(self) -> int:
        words, vectors = self.words.count(), self.vectors.count()
        if words != vectors:
            raise EngineBroken(f"{words} passages' words, {vectors} vectors")
        return words

    def frequency(self, term: str) -> int:
        return self.words.frequency(term)

    def by_words(
        self, weights: Weights, limit: int, doc_ids: Sequence[str] | None = None
    ) -> Scores:
        return self.words.search(weights, limit, doc_ids)

    def word_scores(self, weights: Weights, passage_ids: Sequence[str]) -> Scores:
        return self.words.scores(weights, passage_ids)

    def by_vector(
        self, vector: Vectors, limit: int, doc_ids: Sequence[str] | None = None
    ) -> Scores:
        return self.vectors.search(vector, limit, doc_ids)

    def close(self) -> None:
        self.vectors.close()
        if self.working is not None:
            self.working.close()


def drop_unused(current: Generation, chroma_url: str) -> None:
    """On a Chroma server, remove the collections of this folder's generations that are no more.

    The index in force is complete by now, so what can't be removed is only said, and tried again by
    the next build.
    """
    if not chroma_url:
        return
    family = current.collection.removesuffix(current.folder.name)
    try:
        with closing(served(chroma_url, TO_WRITE)) as chroma:
            for name in chroma.names():
                number = name.removeprefix(family)
                if name != number and not current.folder.with_name(number).is_dir():
                    chroma.discard(name)
    except (EngineBroken, IndexUnusable) as error:
        log.warning("旧的索引在 Chroma 里没有删完，下次建立索引时再删（%s）。", error)


def _vectors(
    folder: Path, generation: Generation, chroma_url: str, expected: int | None = None
) -> VectorIndex:
    if chroma_url:
        seconds = TO_SEARCH if expected is None else TO_WRITE
        return VectorIndex(served(chroma_url, seconds), generation.collection, expected)
    if expected is None and not folder.is_dir():
        raise VectorIndexBroken(str(folder))
    return VectorIndex(embedded(folder), IN_FOLDER, expected)
