"""From a question to scored sentences and rows: its terms, its vectors, the search, the candidates.

Knows the library and each document's period; knows nothing of parts, doubts or answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from assistant.candidates import Candidate, score
from assistant.features import Asked
from assistant.pieces import Pieces, Vector
from assistant.question import Question
from assistant.scope import DocumentScope
from assistant.soft import Sought, WordVectors
from assistant.terms import Terms, stretches, units, weigh
from index.embeddings import StaticEmbeddings, shipped
from index.library import Library
from index.questions import Read, question_model
from index.records import Hit, Passage
from index.thesaurus import Thesaurus

# What a term of the thesaurus counts for in the word search, a word of the question being 1.
EXPANSION = 0.4
# How far the thesaurus's terms turn the question's vector (dev everyday).
TURNED = 0.6


class Finder:
    """Finds what may answer, in the words of the question, of officials and of the question model."""

    def __init__(self, library: Library, scopes: Sequence[DocumentScope], limit: int) -> None:
        """`limit`: passages that one search brings."""
        self.library = library
        self._limit = limit
        static = _static(library)
        self.words = WordVectors(static)
        # The question model's vector is of the shipped model's kind; its words always are.
        self._shipped = isinstance(library.embeddings, StaticEmbeddings)
        self._read = lru_cache(maxsize=256)(question_model(static).read)
        periods = {s.doc.doc_id: s.period for s in scopes if s.period}
        self.pieces = Pieces(self._embed, self.words, periods=periods)
        self.titles = {s.doc.doc_id: frozenset(units(s.doc.title)) for s in scopes}
        self.thesaurus = Thesaurus(static)
        self._matches = lru_cache(maxsize=256)(
            lambda text: self.thesaurus.matches(text, stretches(text))
        )
        self.weighed = lru_cache(maxsize=256)(
            lambda text: weigh(text, self.frequency, library.count(), self._matches(text))
        )
        # A question that is asked as a whole before its parts, or in other words, is searched once.
        self._searched = lru_cache(maxsize=8)(self._search)
        self.frequency = lru_cache(maxsize=50_000)(library.frequency)

    def candidates(self, question: Question, hits: Sequence[Hit]) -> list[Candidate]:
        """Every sentence and row of these hits, scored for the question, best first."""
        return score(self._asked(question), self.words, hits, self.pieces, self.titles)

    def _asked(self, question: Question) -> Asked:
        own = self._vector(question.text)
        official = " ".join(self._expansion(question.text))
        turned = own + TURNED * self._vector(official) if official else own
        length = max(float(np.linalg.norm(turned)), 1e-6)
        turned = (turned / length).astype(np.float32)
        read = self._read(question.text)
        vector = read.vector if self._shipped else own
        words = Sought(read.words, read.weights[None])
        remembered = read.remembered if self._shipped else np.zeros_like(own)
        return Asked(question, self.terms(question), own, turned, vector, words, remembered)

    def _vector(self, text: str) -> Vector:
        return np.asarray(self.library.embeddings.embed_query(text), dtype=np.float32)

    def search(self, question: Question, doc_ids: Sequence[str]) -> list[Hit]:
        """The passages of these documents nearest to the question, best first."""
        return list(self._searched(question.text, tuple(doc_ids)))

    def _search(self, text: str, doc_ids: Sequence[str]) -> tuple[Hit, ...]:
        expansion = self._expansion(text)
        return tuple(self.library.search(text, self._limit, doc_ids, expansion, TURNED))

    def _expansion(self, text: str) -> dict[str, float]:
        """The official terms for a question's everyday words, with what each counts for."""
        found: dict[str, float] = {}
        for match in self._matches(text):
            for term in match.entry.official:
                found[term] = max(found.get(term, 0.0), EXPANSION * match.sure)
        return found

    def section(self, passage: Passage) -> list[Passage]:
        """All passages under a passage's own heading."""
        return list(self.library.under(passage.doc_id, passage.heading_path))

    def below(self, doc_id: str, path: tuple[str, ...]) -> dict[tuple[str, ...], Passage]:
        """The headings directly under one, in order, each with its first passage."""
        depth = len(path)
        first: dict[tuple[str, ...], str] = {}
        for own, passage_id in self.library.headings(doc_id):
            if len(own) > depth and own[:depth] == path:
                first.setdefault(own[: depth + 1], passage_id)
        passages = self.library.found(list(first.values()))
        return {own: passages[passage_id] for own, passage_id in first.items()}

    def terms(self, question: Question) -> Terms:
        """The question's units, weighed over the library."""
        return self.weighed(question.text)

    def read(self, question: Question) -> Read:
        """The question as the question model reads it."""
        return self._read(question.text)

    def _embed(self, texts: Sequence[str]) -> Vector:
        return self.library.embeddings.matrix(list(texts))


def _static(library: Library) -> StaticEmbeddings:
    """The shipped word table, whichever model the index was built with."""
    model = library.embeddings
    return model if isinstance(model, StaticEmbeddings) else shipped()
