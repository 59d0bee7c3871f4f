"""The vectors' index, in Chroma: embedded in the index folder, or a server. The only file with it.

Knows vectors, passage ids and doc ids; not what they were made from. It is derived: it is written
by a build, and can be written again from the store. The texts stay in the store alone: writing them
here too made 70,000 passages take 141 s instead of 29 s.
"""

from __future__ import annotations

import weakref
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.api.types import Where
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError
from numpy.typing import NDArray

from index.engine import EngineAway, EngineBroken
from index.errors import IndexUnusable

ADDED_AT_ONCE = 5_000  # Chroma takes 5,461 at most
EF_SEARCH = 1_000
# Seconds a server may take to connect, to search and to write 5,000 vectors: Chroma's own client
# waits for ever, and with it a question.
TO_CONNECT, TO_SEARCH, TO_WRITE = 5.0, 10.0, 600.0


class VectorIndexBroken(EngineBroken):
    """The collection is missing or can't be read or written; it has to be written again."""


@dataclass(frozen=True, slots=True)
class Chroma:
    """A Chroma with its collections, in a folder or at a server's address."""

    client: Client
    server: str = ""  # its address; '': in this process

    @contextmanager
    def asking(self, name: str) -> Iterator[None]:
        """What Chroma refuses as our errors: files here can be written again, a server waited for.

        Raises VectorIndexBroken where the collection `name` is not there or can't be read here, and
        EngineAway where a server does not answer.
        """
        try:
            yield
        except NotFoundError as error:
            raise VectorIndexBroken(name) from error
        except (ChromaError, ValueError, OSError, httpx.HTTPError) as error:
            if not self.server:
                raise VectorIndexBroken(name) from error
            raise EngineAway(
                f"放向量的 Chroma 服务 {self.server} 没有回答或拒绝了请求：请检查它是否正常，然后再试。"
            ) from error

    def names(self) -> list[str]:
        """Of all its collections."""
        with self.asking(self.server):
            return [collection.name for collection in self.client.list_collections()]

    def discard(self, name: str) -> None:
        """Delete a collection if it is there."""
        with suppress(VectorIndexBroken), self.asking(name):
            self.client.delete_collection(name)

    def close(self) -> None:
        """Lets go of files, memory and connections; nothing can be asked after."""
        self.client.close()


# Of indexes that nobody has any more. Chroma keeps each client's folder in memory until it is closed;
# that takes a lock which the thread that Python collects in may hold, so the next to open an index
# closes them.
_unused: deque[Chroma] = deque()


class VectorIndex:
    """One collection. Reading is safe from several threads; writing is a build's alone."""

    def __init__(self, chroma: Chroma, name: str, expected: int | None = None) -> None:
        """Opens the collection `name`, or makes it anew for `expected` vectors.

        Raises as Chroma.asking does.
        """
        self._chroma, self._name = chroma, name
        try:
            self._collection = self._opened() if expected is None else self._created(expected)
        except (VectorIndexBroken, IndexUnusable):
            chroma.close()
            raise
        _close_unused()
        weakref.finalize(self, _unused.append, chroma).atexit = False

    def _opened(self) -> chromadb.Collection:
        with self._chroma.asking(self._name):
            return self._chroma.client.get_collection(self._name, embedding_function=None)

    def _created(self, expected: int) -> chromadb.Collection:
        self._chroma.discard(self._name)
        with self._chroma.asking(self._name):
            return self._chroma.client.create_collection(
                self._name, embedding_function=None, configuration={"hnsw": _graph(expected)}
            )

    def add(self, ids: Sequence[str], doc_ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Add passages: one id, doc id and row each. An id that is there already is left as is."""
        with self._chroma.asking(self._name):
            for at in range(0, len(ids), ADDED_AT_ONCE):
                part = slice(at, at + ADDED_AT_ONCE)
                self._collection.add(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"doc_id": doc_id} for doc_id in doc_ids[part]],
                )

    def close(self) -> None:
        """Lets go of files and memory; nothing can be asked after."""
        self._chroma.close()

    def remove(self, doc_id: str) -> None:
        with self._chroma.asking(self._name):
            self._collection.delete(where={"doc_id": doc_id})

    def count(self) -> int:
        with self._chroma.asking(self._name):
            return self._collection.count()

    def search(
        self, vector: NDArray[np.float32], limit: int, doc_ids: Sequence[str] | None = None
    ) -> dict[str, float]:
        """Cosine by passage id, best first."""
        if limit <= 0 or not vector.any() or (doc_ids is not None and not doc_ids):
            return {}
        among: Where | None = None if doc_ids is None else _among(doc_ids)
        with self._chroma.asking(self._name):
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1),
                n_results=limit,
                where=among,
                include=["distances"],
            )
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

    What Chroma has not written by then, every start would have to add again. One thread: measured no
    slower than two. EF_SEARCH: where the same text stands in many documents, the graph falls into
    groups. Of 126 copies of five documents (70,000 vectors) the 100 nearest are found to 0.71 at 200,
    0.73 with twice the neighbours, 0.95 at 800, which takes 1.2 ms instead of 0.8. A graph of no more
    is walked whole: exact, and the same in every build, for Chroma adds in an order of its own (at
    200, 58 of 400 questions had other 100 nearest of 555 after a second build).
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


def embedded(folder: Path) -> Chroma:
    """The Chroma in a folder of its own; one process writes it, once."""
    try:
        return Chroma(cast(Client, chromadb.PersistentClient(str(folder), settings=_offline())))
    except (ChromaError, ValueError, OSError) as error:
        # Chroma keeps what failed to open and hands it out again under the folder's name: a build
        # on a disk that was full would fail on, with room again, until the server is restarted.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise VectorIndexBroken(str(folder)) from error


def served(url: str, seconds: float) -> Chroma:
    """The Chroma server at `url`, waited for `seconds` at each call.

    Raises IndexUnusable where nothing answers there.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    place = f"{parts.scheme}://{parts.hostname}:{port}"  # without a password
    try:
        # What listens and does not answer would be waited for without end by Chroma's own client.
        httpx.get(f"{place}/api/v2/heartbeat", timeout=TO_CONNECT).raise_for_status()
        client = chromadb.HttpClient(
            host=parts.hostname or "", port=port, ssl=secure, settings=_offline()
        )
        cast(Any, client)._server._session.timeout = httpx.Timeout(seconds, connect=TO_CONNECT)
        return Chroma(cast(Client, client), place)
    except (ChromaError, ValueError, OSError, httpx.HTTPError) as error:
        raise IndexUnusable(
            f"CHROMA_URL 指的 Chroma 服务 {place} 连不上。请先启动它，或去掉这个设置。"
        ) from error
