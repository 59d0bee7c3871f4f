"""BM25 as tantivy computes it, for an engine that only knows inner products of sparse vectors.

A passage's vector holds what its term frequencies are worth, a query's the terms' rarity times
their weights; the inner product is the score, to float32's precision the same as lexical.py's. So
one engine can take the other's place and no threshold measured on one is off on the other.

Robertson and Zaragoza (2009), with Lucene's one-byte lengths as tantivy has them.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.engine import EngineBroken, Weights

K1, B = 1.2, 0.75
PRESENT = 0  # the id no term has: each passage holds it, for an empty vector is not allowed
_IDS = 2**32 - 3  # sparse ids run to 2**32 - 2, without PRESENT
_EXACT = 24  # lengths below are kept as they are
_AT_LEAST = 1_000_000  # ids gathered before they are counted

Sparse = dict[int, float]


def term_id(term: str) -> int:
    """The term's place in a sparse vector, the same everywhere.

    Two of ten million terms share theirs with a chance of 1 in 4 billion, so one term in 400 does.
    """
    return 1 + zlib.crc32(term.encode("utf-8", "surrogatepass")) % _IDS


def kept_length(length: int) -> int:
    """The length as one byte keeps it: exact up to 40, then to four binary digits."""
    if length < _EXACT:
        return length
    rest = length - _EXACT
    cut = max(rest.bit_length() - 4, 0)
    return _EXACT + (rest >> cut << cut)


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many passages hold each term, and how long passages are, over a whole index."""

    passages: int
    length: int  # terms of all passages
    ids: NDArray[np.int64]  # ascending
    counts: NDArray[np.int64]

    @classmethod
    def none(cls) -> Statistics:
        nothing = np.zeros(0, dtype=np.int64)
        return cls(0, 0, nothing, nothing)

    @classmethod
    def read(cls, path: Path) -> Statistics:
        """From a file, mapped and not held. Raises EngineBroken where it is missing or torn."""
        try:
            table = np.load(path, mmap_mode="r")
            head, body = table[:, 0], table[:, 1:]
            return cls(int(head[0]), int(head[1]), body[0], body[1])
        except (OSError, ValueError, IndexError, EOFError) as error:
            raise EngineBroken(str(path)) from error

    def write(self, path: Path) -> None:
        """Complete or not at all."""
        head = np.array([[self.passages], [self.length]], dtype=np.int64)
        draft = path.with_suffix(".new.npy")
        np.save(draft, np.hstack([head, np.stack([self.ids, self.counts])]))
        draft.replace(path)

    def frequency(self, term: str) -> int:
        wanted = term_id(term)
        at = int(np.searchsorted(self.ids, wanted))
        return int(self.counts[at]) if at < len(self.ids) and self.ids[at] == wanted else 0

    def passage_vector(self, terms: Sequence[str]) -> Sparse:
        """What the terms of one passage are worth; sums to the score with a query's vector."""
        average = self.length / max(self.passages, 1)
        grown = K1 * (1 - B + B * kept_length(len(terms)) / max(average, 1e-9))
        times = Counter(map(term_id, terms))
        return {PRESENT: 1.0} | {i: (1 + K1) * n / (n + grown) for i, n in times.items()}

    def query_vector(self, weights: Weights) -> Sparse:
        """The terms that any passage holds, by rarity and weight."""
        vector: Sparse = {}
        for term, weight in weights.items():
            held = self.frequency(term)
            if held and weight > 0:
                rarity = math.log(1 + (self.passages - held + 0.5) / (held + 0.5))
                place = term_id(term)
                vector[place] = vector.get(place, 0.0) + weight * rarity
        return vector


class Tally:
    """Counts passages one by one into the statistics of all; holds no passage."""

    def __init__(self, known: Statistics) -> None:
        self._known = known
        self._passages, self._length = known.passages, known.length
        self._seen = array("q")

    def add(self, terms: Sequence[str]) -> None:
        self._passages += 1
        self._length += len(terms)
        self._seen.extend({term_id(term) for term in terms})
        # Sorting all that is known for every few passages would grow with the square of them.
        if len(self._seen) >= max(_AT_LEAST, 4 * len(self._known.ids)):
            self._count()

    def finish(self) -> Statistics:
        self._count()
        return Statistics(self._passages, self._length, self._known.ids, self._known.counts)

    def _count(self) -> None:
        new, times = np.unique(np.frombuffer(self._seen, dtype=np.int64), return_counts=True)
        ids, place = np.unique(np.concatenate([self._known.ids, new]), return_inverse=True)
        counts = np.bincount(place, np.concatenate([self._known.counts, times]), len(ids))
        self._known = Statistics(0, 0, ids, counts.astype(np.int64))
        self._seen = array("q")
