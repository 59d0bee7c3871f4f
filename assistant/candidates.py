"""Sentences and table rows that may answer, each with its features and its score.

Knows passages and their scores; knows neither files nor how an answer is worded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.features import WEIGHTS, Asked, measure
from assistant.pieces import Piece, Pieces, Vector
from assistant.soft import WordVectors
from assistant.tables import with_units
from index.records import Hit, Passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece that may answer, best ones first after scoring."""

    hit: Hit
    rank: int  # of its passage, from 0
    piece: Piece
    features: Vector
    score: float

    @property
    def passage(self) -> Passage:
        return self.hit.passage

    @property
    def ruling(self) -> str:
        """What it says with its units and with the rule that it is a case of."""
        return with_units(self.passage, self.piece.ruling)


def score(
    asked: Asked,
    words: WordVectors,
    hits: Sequence[Hit],
    pieces: Pieces,
    titles: Mapping[str, frozenset[str]],
) -> list[Candidate]:
    """Every sentence and row of the passages found, best first. `titles`: each document's units."""
    if not hits:
        return []
    cuts = pieces.of([h.passage for h in hits])
    features = measure(asked, hits, cuts, words, titles)
    scores = (features @ WEIGHTS).tolist()
    places = [(rank, piece) for rank, cut in enumerate(cuts) for piece in cut]
    found = [
        Candidate(hits[rank], rank, piece, features[n], scores[n])
        for n, (rank, piece) in enumerate(places)
    ]
    return sorted(found, key=lambda c: -c.score)
