"""How much of a question a text says in other words: each word's nearest word by its vector.

The late interaction of ColBERT (Khattab and Zaharia, 2020) over static word vectors. Knows the
shipped word vectors; knows no documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.embeddings import StaticEmbeddings

Ids = npt.NDArray[np.int32]
Table = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sought:
    """Expressions to be found in texts: their words' vectors, and each word's share in each.

    `rows`: words x dimension, length one; `shares`: expressions x words, each row's sum 1 or 0.
    """

    rows: Table
    shares: Table


class WordVectors:
    """The shipped model's words at length one, and how heavy each is in a sentence's mean."""

    def __init__(self, model: StaticEmbeddings) -> None:
        self._model = model
        self._rows = model.rows()
        self._lengths = np.linalg.norm(self._rows, axis=1)

    def ids(self, texts: Sequence[str]) -> list[Ids]:
        """The word ids of each text, each word once."""
        return [np.unique(np.asarray(ids, dtype=np.int32)) for ids in self._model.ids(list(texts))]

    def _unit(self, ids: Ids) -> Table:
        """These words at length one. Divided anew each time, 0.2 ms a question: the whole table at
        length one would be 40 MB more.
        """
        unit: Table = self._rows[ids] / np.maximum(self._lengths[ids], 1e-6)[:, None]
        return unit

    def nearest(self, words: Sequence[str], ids: Ids) -> list[float]:
        """For each word the cosine of the nearest of a text's words, 0 to 1."""
        if not words or not len(ids):
            return [0.0] * len(words)
        near = self._model.matrix(list(words)) @ self._unit(ids).T
        return [max(0.0, float(x)) for x in near.max(axis=1)]

    def similar(self, word: str, others: Sequence[str]) -> list[float]:
        """The cosine of a word's vector with each of the others'."""
        matrix = self._model.matrix([word, *others])
        return [float(x) for x in matrix[1:] @ matrix[0]]

    def sought(self, expressions: Sequence[str], whole: Sequence[str] = ()) -> Sought:
        """Expressions word by word, then those of `whole` by one vector each."""
        cut = [ids[self._lengths[ids] > 0] for ids in self.ids(expressions)]
        ids = np.concatenate([np.empty(0, dtype=np.int32), *cut])
        shares = np.zeros((len(cut) + len(whole), len(ids) + len(whole)), dtype=np.float32)
        at = 0
        for n, own in enumerate(cut):
            # A word's length in the trained table is its weight in the mean, much like an idf.
            lengths = self._lengths[own]
            shares[n, at : at + len(own)] = lengths / max(float(lengths.sum()), 1e-6)
            at += len(own)
        for n in range(len(whole)):
            shares[len(cut) + n, at + n] = 1.0
        vectors = self._model.matrix(list(whole))
        return Sought(np.concatenate([self._unit(ids), vectors]), shares)

    def coverage(self, sought: Sought, texts: Sequence[Ids]) -> Table:
        """Expressions x texts: the mean, 0 to 1, of each word's best cosine with a text's words."""
        filled = [n for n, ids in enumerate(texts) if len(ids)]
        nearest = np.zeros((len(sought.rows), len(texts)), dtype=np.float32)
        if filled and len(sought.rows):
            # Only the texts' own words are compared (2,000 of 40,000), all texts in one step.
            among, places = np.unique(
                np.concatenate([texts[n] for n in filled]), return_inverse=True
            )
            near = np.maximum(sought.rows @ self._unit(among).T, 0)
            starts = np.cumsum([0, *(len(texts[n]) for n in filled[:-1])])
            nearest[:, filled] = np.maximum.reduceat(near[:, places], starts, axis=1)
        found: Table = sought.shares @ nearest
        return found
