"""First vectors for the words: which words stand near each other, reduced to 256 numbers.

Knows bags of ids in reading order. Positive pointwise mutual information within six words, then a
truncated singular value decomposition.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

from training.bags import Bags

Vectors = NDArray[np.float32]
NEAR = 6  # words apart
NEAREST_WEIGH = 1.5  # times as much as the others: words one or two apart
RARE = 1.5  # a pair's weight below this is chance
FREQUENT = 50  # texts with the word, for the mean that is taken off
HIGHEST_IDF = 9.0


def word_vectors(texts: Bags, words: int, dimension: int) -> Vectors:
    """Words x dimension; a vector's length grows with how rare the word is."""
    frequency = _document_frequency(texts, words)
    near = _near(texts, words)
    rows, values, _ = randomized_svd(
        _mutual_information(near), n_components=dimension, n_iter=2, n_oversamples=10,
        random_state=0,
    )  # fmt: skip
    vectors = (rows * np.sqrt(values)).astype(np.float32)
    vectors -= vectors[frequency > FREQUENT].mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    rarity = np.log((len(texts) + 1) / (frequency + 1)) * (frequency > 0)
    scaled: Vectors = vectors * (np.minimum(rarity, HIGHEST_IDF)[:, None] / 6).astype(np.float32)
    return scaled


def _document_frequency(texts: Bags, words: int) -> NDArray[np.int64]:
    seen = sp.csr_matrix(
        (np.ones(len(texts.ids), np.float32), texts.ids, texts.starts), shape=(len(texts), words)
    )
    seen.sum_duplicates()
    return np.bincount(seen.indices, minlength=words)


def _near(texts: Bags, words: int) -> sp.csr_matrix:
    """How often two words stand near each other, symmetric."""
    owner = np.repeat(np.arange(len(texts)), np.diff(texts.starts))
    total = sp.csr_matrix((words, words), dtype=np.float32)
    for apart in range(1, NEAR + 1):
        same = owner[apart:] == owner[:-apart]
        pair = texts.ids[:-apart][same], texts.ids[apart:][same]
        weight = np.full(len(pair[0]), 1 if apart < 3 else 1 / NEAREST_WEIGH, np.float32)
        total = total + sp.coo_matrix((weight, pair), shape=(words, words)).tocsr()
    total = (total + total.T).tocsr()
    total.data[total.data < RARE] = 0
    total.eliminate_zeros()
    return total


def _mutual_information(near: sp.csr_matrix) -> sp.csr_matrix:
    """Positive PMI; contexts' counts to the power of 0.75, as word2vec does."""
    total = near.sum()
    sums = np.asarray(near.sum(axis=1)).ravel()
    contexts = sums**0.75
    contexts = contexts / contexts.sum() * total
    pairs = near.tocoo()
    values = np.log(pairs.data * total / (sums[pairs.row] * contexts[pairs.col] + 1e-9))
    positive = np.maximum(values, 0).astype(np.float32)
    found = sp.csr_matrix((positive, (pairs.row, pairs.col)), shape=near.shape)
    found.eliminate_zeros()
    return found
