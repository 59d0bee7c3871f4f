"""The model while it is trained: a vector for each word and one for each character.

A word's row is its own vector plus the sum of its characters' over the root of their number, so
that rare words take part in what common ones learn. Knows nothing of pairs or losses.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from training.cooccurrence import Vectors
from training.vocabulary import is_han

CHARACTERS_SPREAD = 0.15  # of their first random vectors; the words' are of length 0.5 to 1.5


class WordTable(nn.Module):
    """Words x dimension, words and characters trained, folded into one table to be used."""

    def __init__(self, first: Vectors, words: list[str]) -> None:
        super().__init__()
        size, dimension = first.shape
        # The same for every seed: tables that start alike can be averaged.
        random = np.random.default_rng(0).standard_normal((size, dimension))
        spread = CHARACTERS_SPREAD / np.sqrt(dimension)
        self.own = nn.Parameter(torch.from_numpy(first.astype(np.float32)))
        self.characters = nn.Parameter(torch.from_numpy((random * spread).astype(np.float32)))
        self.register_buffer("parts", _parts(words))

    def forward(self) -> Tensor:
        """The folded table."""
        return self.own + torch.sparse.mm(self.parts, self.characters)


def pooled(table: Tensor, ids: Tensor, offsets: Tensor) -> Tensor:
    """The bags' vectors, of length one."""
    bags = nn.functional.embedding_bag(ids, table, offsets, mode="sum")
    return nn.functional.normalize(bags, dim=1)


def _parts(words: list[str]) -> Tensor:
    """Words x words: where a word has a character, 1 over the root of its length."""
    place = {word: i for i, word in enumerate(words)}
    found = [
        (i, place[character], 1 / np.sqrt(len(word)))
        for i, word in enumerate(words)
        if is_han(word) or len(word) == 1
        for character in word
        if character in place
    ]
    rows, columns, weights = zip(*found, strict=True)
    return torch.sparse_coo_tensor(
        torch.tensor([rows, columns]), torch.tensor(weights, dtype=torch.float32),
        (len(words), len(words)),
    ).coalesce()  # fmt: skip
