"""How much of a question a text says in other words: each word's nearest word by its vector.

The late interaction of ColBERT (Khattab and Zaharia, 2020) over static word vectors. Knows the
shipped word vectors; knows no documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from index.embeddings import StaticEmbeddings

Ids = npt.NDArray[np.int32]
Table = npt.NDArray[np.float32]


class SoftMatch:
    """The nearness of one question's words to every word of the vocabulary."""

    def __init__(self, near: Table, weights: Table) -> None:
        self._near = near  # question words x vocabulary, cosines
        self._weights = weights  # of the question's words, sum 1

    def coverage(self, ids: Ids) -> float:
        """The weighted mean, 0 to 1, of each question word's best cosine with a text's words."""
        if not len(ids) or not len(self._weights):
            return 0.0
        return float(self._near[:, ids].max(axis=1) @ self._weights)


class WordVectors:
    """The shipped model's words at length one, and how heavy each is in a sentence's mean."""

    def __init__(self, model: StaticEmbeddings) -> None:
        self._model = model
        rows = model.rows()
        lengths = np.linalg.norm(rows, axis=1)
        self._unit = rows / np.maximum(lengths, 1e-6)[:, None]
        self._lengths = lengths

    def ids(self, texts: Sequence[str]) -> list[Ids]:
        """The word ids of each text, each word once."""
        return [np.unique(np.asarray(ids, dtype=np.int32)) for ids in self._model.ids(list(texts))]

    def nearest(self, words: Sequence[str], ids: Ids) -> list[float]:
        """For each word the cosine of the nearest of a text's words, 0 to 1."""
        if not words or not len(ids):
            return [0.0] * len(words)
        near = self._model.matrix(list(words)) @ self._unit[ids].T
        return [max(0.0, float(x)) for x in near.max(axis=1)]

    def similar(self, word: str, others: Sequence[str]) -> list[float]:
        """The cosine of a word's vector with each of the others'."""
        matrix = self._model.matrix([word, *others])
        return [float(x) for x in matrix[1:] @ matrix[0]]

    def match(self, question: str, texts: Iterable[Ids]) -> SoftMatch:
        """A question ready to be held against these texts (and no others)."""
        ids = self.ids([question])[0]
        ids = ids[self._lengths[ids] > 0]
        near = np.zeros((len(ids), len(self._unit)), dtype=np.float32)
        # Only the texts' own words are compared: 2,000 of 40,000.
        among = np.unique(np.concatenate([np.empty(0, dtype=np.int32), *texts]))
        near[:, among] = np.maximum(self._unit[ids] @ self._unit[among].T, 0)
        # A word's length in the trained table is its weight in the mean, much like an idf.
        weights = self._lengths[ids] / max(float(self._lengths[ids].sum()), 1e-6)
        return SoftMatch(near, weights.astype(np.float32))
