"""The vectors' index, in Chroma: embedded in the index folder, or a server. The only file with it.

Knows vectors, passage ids and doc ids; not what they were made from. It is derived: it is written
by a build, and can be written again from the store. The texts stay in the store alone: writing them
here too made 70,000 passages take 141 s instead of 29 s.
"""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.api.types import Where
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError
from numpy.typing import NDArray

from index.engine import EngineBroken
from index.errors import IndexUnusable

ADDED_AT_ONCE = 5_000  # Chroma takes 5,461 at most
EF_SEARCH = 200


# Clients of indexes that nobody has any more. Chroma keeps each client's folder in memory until it is
# closed; that takes a lock which the thread that Python collects in may hold, so the next to open
# an index closes them.
_unused: deque[Client] = deque()


class VectorIndexBroken(EngineBroken):
    """The collection is missing or can't be read or written; it has to be written again."""


class VectorIndex:
    """One collection. Reading is safe from several threads; writing is a build's alone."""

    def __init__(self, client: Client, name: str, expected: int | None = None) -> None:
        """Opens the collection `name`, or makes it anew for `expected` vectors.

        Raises VectorIndexBroken where it is not there or can't be read.
        """
        self._client, self._name = client, name
        try:
            if expected is not None:
                discard(client, name)
                self._collection = client.create_collection(
                    name,
                    embedding_function=None,
                    configuration={"hnsw": _graph(expected)},
                )
            else:
                self._collection = client.get_collection(name, embedding_function=None)
        except (ChromaError, ValueError, OSError) as error:
            client.close()
            raise VectorIndexBroken(name) from error
        _close_unused()
        weakref.finalize(self, _unused.append, client).atexit = False

    def add(self, ids: Sequence[str], doc_ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Add passages: one id, doc id and row each. An id that is there already is left as is."""
        try:
            for at in range(0, len(ids), ADDED_AT_ONCE):
                part = slice(at, at + ADDED_AT_ONCE)
                self._collection.add(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"doc_id": doc_id} for doc_id in doc_ids[part]],
                )
        except (ChromaError, ValueError, OSError) as error:
            raise VectorIndexBroken(self._name) from error

    def close(self) -> None:
        """Lets go of files and memory; nothing can be asked after."""
        self._client.close()

    def remove(self, doc_id: str) -> None:
        self._collection.delete(where={"doc_id": doc_id})

    def count(self) -> int:
        try:
            return self._collection.count()
        except (ChromaError, ValueError) as error:
            raise VectorIndexBroken(self._name) from error

    def search(
        self, vector: NDArray[np.float32], limit: int, doc_ids: Sequence[str] | None = None
    ) -> dict[str, float]:
        """Cosine by passage id, best first."""
        if limit <= 0 or not vector.any() or (doc_ids is not None and not doc_ids):
            return {}
        among: Where | None = None if doc_ids is None else _among(doc_ids)
        try:
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=limit,
                where=among,
                include=["distances"],
            )
        except (ChromaError, ValueError) as error:
            raise VectorIndexBroken(self._name) from error
        distances = (found["distances"] or [[]])[0]
        return {i: 1.0 - d for i, d in zip(found["ids"][0], distances, strict=True)}


def _close_unused() -> None:
    with suppress(IndexError):
        while True:
            _unused.pop().close()


def _among(doc_ids: Sequence[str]) -> Where:
    return {"doc_id": cast(dict[Literal["$in", "$nin"], list[Any]], {"$in": [*doc_ids]})}


def _graph(expected: int) -> CreateHNSWConfiguration:
    """The graph's settings for a collection of `expected` vectors, written to disk at the last.

    What Chroma has not written by then, every start would have to add again. One thread, so that
    the same vectors always give the same graph; measured no slower than two. EF_SEARCH: recall@100
    1.000 over 70,000 vectors at 3.5 ms p95 (Chroma's own 100: 0.998).
    """
    at_last = max(expected, 2)
    return {
        "space": "cosine",
        "ef_search": EF_SEARCH,
        "num_threads": 1,
        "sync_threshold": at_last,
        "batch_size": min(100, at_last),
    }


def _offline() -> ChromaSettings:
    """Anew each time: Chroma writes a client's folder into the settings it is given."""
    return ChromaSettings(anonymized_telemetry=False)


def embedded(folder: Path) -> Client:
    """The Chroma in a folder of its own; one process writes it, once."""
    try:
        return cast(Client, chromadb.PersistentClient(str(folder), settings=_offline()))
    except (ChromaError, ValueError, OSError) as error:
        # Chroma keeps what failed to open and hands it out again under the folder's name: a build
        # on a disk that was full would fail on, with room again, until the server is restarted.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise VectorIndexBroken(str(folder)) from error


def served(url: str) -> Client:
    """The Chroma server at `url`. Raises IndexUnusable where nothing answers there."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        client = chromadb.HttpClient(
            host=parts.hostname or "",
            port=parts.port or (443 if secure else 80),
            ssl=secure,
            settings=_offline(),
        )
        return cast(Client, client)
    except (ChromaError, ValueError, OSError) as error:
        raise IndexUnusable(
            f"CHROMA_URL 指的 Chroma 服务 {url} 连不上。请先启动它，或去掉这个设置。"
        ) from error


def discard(client: Client, name: str) -> None:
    """Delete a collection if it is there."""
    try:
        client.delete_collection(name)
    except (NotFoundError, ValueError):
        return
