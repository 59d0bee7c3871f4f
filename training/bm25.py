"""BM25 over the product's own terms, all scores at once, to measure the fusion with.

The product asks tantivy instead; parameters and formula are tantivy's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from index.words import terms

K1, B = 1.2, 0.75


def scores(questions: Sequence[str], passages: Sequence[str]) -> NDArray[np.float32]:
    """Questions x passages; 0 where no term is shared."""
    place: dict[str, int] = {}
    counts = _counts(passages, place)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    cells = counts.tocoo()
    frequency = np.bincount(cells.col, minlength=counts.shape[1])
    rarity = np.log(1 + (len(passages) - frequency + 0.5) / (frequency + 0.5))
    damped = cells.data + K1 * (1 - B + B * lengths[cells.row] / lengths.mean())
    values = rarity[cells.col] * cells.data * (K1 + 1) / damped
    weights = sp.csr_matrix((values, (cells.row, cells.col)), shape=counts.shape)
    asked = _counts(questions, dict(place))[:, : counts.shape[1]]
    return np.asarray((asked @ weights.T).todense(), dtype=np.float32)


def _counts(texts: Sequence[str], place: dict[str, int]) -> sp.csr_matrix:
    """Texts x terms; `place` takes up the terms that are new."""
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        for term, count in Counter(terms(text)).items():
            rows.append(row)
            columns.append(place.setdefault(term, len(place)))
            values.append(float(count))
    return sp.csr_matrix((values, (rows, columns)), shape=(len(texts), len(place)))
