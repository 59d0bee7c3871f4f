"""What retrieval needs of a search engine: the words and the vectors of one generation's passages.

Two implementations: embedded.py (tantivy and Chroma in this process) and milvus.py (Milvus, or
Milvus Lite). Both give BM25 over the terms of words.py and the cosine of unit vectors, so that
fusion.py and all above it need not know which one answers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexUnusable

log = logging.getLogger(__name__)

Weights = Mapping[str, float]  # a term and what it counts for: 1.0 for each time a query has it
Scores = dict[str, float]  # by passage id, best first
Vectors = NDArray[np.float32]  # one row a passage, of length 1 or 0
Step = Callable[[int], None]  # told how many passages have been written since the last call


class EngineBroken(Exception):
    """What should be there is missing, torn or of another store; it has to be written again."""


class EngineAway(IndexUnusable):
    """A server does not answer, or refuses; the message names it, for those who run it."""


@contextmanager
def explained() -> Iterator[None]:
    """What fails while somebody asks, as IndexUnusable with a sentence for everyone who asks."""
    try:
        yield
    except EngineBroken as error:
        raise IndexUnusable(
            "索引的检索部分读不出来了。请管理员重新启动服务，启动时会自动重建。"
        ) from error
    except EngineAway as error:
        log.warning("%s", error)  # an address is not for everyone
        raise IndexUnusable(
            "检索服务暂时没有回答。请过一会儿再问；一直这样时，请管理员看服务的日志。"
        ) from error


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as an engine sees it; terms hold no white space, repeats count."""

    passage_id: str
    doc_id: str
    terms: Sequence[str]


Portions = Callable[[], Iterator[tuple[list[Entry], Vectors]]]  # may be walked through twice


class Engine(Protocol):
    """The passages of one index. Reading is safe from several threads; writing is a build's alone.

    Raises EngineBroken where what it reads is torn, EngineAway where a server does not answer.
    """

    def add(self, portions: Portions, step: Step) -> None:
        """Add passages that are not there yet."""
        ...

    def remove(self, doc_id: str) -> None:
        """Take all passages of a document out."""
        ...

    def count(self) -> int:
        """Passages that can be found. Raises EngineBroken where its parts differ."""
        ...

    def frequency(self, term: str) -> int:
        """How many passages hold the term."""
        ...

    def by_words(
        self, weights: Weights, limit: int, doc_ids: Sequence[str] | None = None
    ) -> Scores:
        """BM25 of passages with any of the terms, of these documents or of all."""
        ...

    def word_scores(self, weights: Weights, passage_ids: Sequence[str]) -> Scores:
        """BM25 of these passages; one with none of the terms is left out."""
        ...

    def by_vector(
        self, vector: Vectors, limit: int, doc_ids: Sequence[str] | None = None
    ) -> Scores:
        """Cosine of the nearest passages, of these documents or of all."""
        ...

    def close(self) -> None:
        """Lets go of files and memory; nothing can be searched after."""
        ...
