"""Texts as bags of word ids, all in one flat array. Knows ids; not which words they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

AT_ONCE = 5_000  # texts given to the tokenizer
WHOLE = 2  # a text of so many words or fewer loses none: nothing might be left of a synonym


@dataclass(frozen=True, slots=True)
class Bags:
    """Bag i is ids[starts[i]:starts[i + 1]]."""

    ids: NDArray[np.int32]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def keys(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """A hash of each of these bags: equal bags have equal keys."""
        return np.array(
            [hash(self.ids[self.starts[i] : self.starts[i + 1]].tobytes()) for i in rows]
        )

    def take(
        self, rows: NDArray[np.int64], dropped: float, rng: np.random.Generator
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(ids, offsets) of these bags as torch's embedding_bag takes them, words dropped."""
        first, sizes = self.starts[rows], np.diff(self.starts)[rows]
        before = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        ids = self.ids[np.repeat(first - before, sizes) + np.arange(sizes.sum())]
        if dropped:
            owner = np.repeat(np.arange(len(rows)), sizes)
            kept = (rng.random(len(ids)) >= dropped) | (sizes <= WHOLE)[owner]
            ids, sizes = ids[kept], np.bincount(owner[kept], minlength=len(rows))
            before = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        return ids.astype(np.int64), before.astype(np.int64)


def encode(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> Bags:
    """The first `longest` known words of each text."""
    pieces: list[NDArray[np.int32]] = [np.zeros(0, np.int32)]
    for start in range(0, len(texts), AT_ONCE):
        batch = list(texts[start : start + AT_ONCE])
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            pieces.append(np.array([i for i in encoding.ids if i][:longest], np.int32))
    return Bags(np.concatenate(pieces), np.cumsum([len(p) for p in pieces]))
