"""The engine in Milvus: words and vectors in one collection. The only file that imports pymilvus.

A path ending in .db is Milvus Lite, in this process and for this process alone; an address is a
server or a cluster, by the same calls. The passages' texts stay in the store.

Words are sparse vectors of our own terms (bm25.py), not Milvus's BM25 function: that takes text,
where an expansion's terms can't count for less; its analyzers differ between Lite and a server; and
Lite knows rarity by segment alone. The two scores are fused by fusion.py, not in Milvus's hybrid
search, which gives one number where the answer's sentences are chosen by both. What each of these
found: docs/LOG.md, 2026-11-26.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import grpc

from index.batches import batched
from index.bm25 import Sparse, Statistics, Tally
from index.engine import EngineAway, EngineBroken, Entry, Portions, Scores, Step, Vectors, Weights
from index.errors import IndexUnusable
from index.generations import Generation, numbers_before
from index.settings import Settings, shield_from_pymilvus

shield_from_pymilvus()
from pymilvus import DataType, MilvusClient, MilvusException  # noqa: E402

log = logging.getLogger(__name__)

ADDED_AT_ONCE = 1_000  # rows of some 5 kB; Milvus takes 64 MB at most
# Up to here vectors are compared one by one: exact, the same every time, 10 ms. Above, a graph.
COMPARED = 100_000
GRAPH = {"M": 16, "efConstruction": 200}
EF_SEARCH = 200  # as index/vectors.py
MOST_HITS = 16_384  # Milvus's own limit
TO_CONNECT, TO_SEARCH, TO_WRITE = 10.0, 10.0, 600.0  # seconds for one call
# Asked for signs of life every 10 s, as pymilvus does, Lite's server hangs up.
LITES_OPTIONS = {"grpc.keepalive_time_ms": 3_600_000}
NOT_LOADED = 101  # Milvus's code for a collection that is not in memory
WORDS, VECTOR, DOCUMENT, PASSAGE = "words", "vector", "document", "passage_id"

# They write a traceback for every refused call; what matters is in our own sentences.
for _theirs in ("pymilvus", "milvus_lite"):
    logging.getLogger(_theirs).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Connection:
    """A client, and what to say where it fails."""

    client: MilvusClient
    place: str  # without a password
    lite: bool

    @property
    def to_search(self) -> float:
        """Seconds. Lite reads all words at the first search: at 55,700 passages more than 10 s."""
        return TO_WRITE if self.lite else TO_SEARCH

    @contextmanager
    def asking(self) -> Iterator[None]:
        """What Milvus refuses as our errors: Lite's files can be written again, a server waited for.

        What is slow to answer must not look broken: filling a cluster again takes hours.
        """
        try:
            yield
        except (MilvusException, grpc.RpcError) as error:
            if self.lite and isinstance(error, MilvusException):
                raise EngineBroken(f"{self.place}: {error}") from error
            log.warning("Milvus: %s", error)
            raise EngineAway(
                f"检索用的 Milvus（{self.place}）没有回答或拒绝了请求：请检查它是否正常、"
                "MILVUS_TOKEN 是否正确，然后再试。"
            ) from error


def connected(settings: Settings) -> Connection:
    """To what MILVUS_URL names. Raises IndexUnusable where nothing can be opened there."""
    uri, lite = settings.milvus_url, settings.one_process
    parts = urlsplit(uri)
    place = uri if lite else f"{parts.scheme}://{parts.hostname}:{parts.port or '…'}"
    try:
        client = MilvusClient(
            uri,
            token=settings.milvus_token,
            timeout=TO_CONNECT,
            **({"grpc_options": LITES_OPTIONS} if lite else {}),
        )
    except (MilvusException, grpc.RpcError) as error:
        raise IndexUnusable(
            f"MILVUS_URL 指的 {place} 打不开："
            + (
                "Milvus Lite 同一时间只能由一个程序使用，请先停止另一个程序；或换一个路径。"
                if lite
                else "请检查地址、MILVUS_TOKEN 和 Milvus 是否在运行，或去掉这个设置。"
            )
        ) from error
    return Connection(client, place, lite)


class MilvusEngine:
    """An index.engine.Engine: one collection a generation, and its terms' statistics in a file."""

    def __init__(self, to: Connection, generation: Generation, statistics: Statistics) -> None:
        self._to, self._name = to, generation.collection
        self._path, self._statistics = generation.statistics, statistics

    @classmethod
    def create(
        cls, generation: Generation, settings: Settings, expected: int, dimension: int
    ) -> MilvusEngine:
        """Empty, for `expected` passages; what a build that was cut off has left is removed."""
        to, name = connected(settings), generation.collection
        with to.asking():
            _drop(to.client, name)
            _create(to.client, name, expected, dimension)
        return cls(to, generation, Statistics.none())

    @classmethod
    def open(cls, generation: Generation, settings: Settings) -> MilvusEngine:
        """What a build has written. Raises EngineBroken where it is not there."""
        if not generation.statistics_are_sound:
            raise EngineBroken(f"{generation.statistics} is not what was written")
        to, name = connected(settings), generation.collection
        with to.asking():
            if not to.client.has_collection(name, timeout=TO_SEARCH):
                raise EngineBroken(name)
            to.client.load_collection(name, timeout=TO_WRITE)
        return cls(to, generation, Statistics.read(generation.statistics))

    def add(self, portions: Portions, step: Step) -> None:
        """Walks through twice: a passage's vector needs the average length of all.

        What was there before keeps the average it was written with until the next generation.
        """
        tally = Tally(self._statistics)
        for entries, _ in portions():
            for entry in entries:
                tally.add(entry.terms)
        statistics = tally.finish()
        with self._to.asking():
            for entries, rows in portions():
                for batch in batched(zip(entries, rows, strict=True), ADDED_AT_ONCE):
                    written = [_row(entry, statistics, row) for entry, row in batch]
                    self._to.client.insert(self._name, written, timeout=TO_WRITE)
                step(len(entries))
            self._to.client.flush(self._name, timeout=TO_WRITE)
        statistics.write(self._path)
        self._statistics = statistics

    def remove(self, doc_id: str) -> None:
        """The statistics count it until the next generation, as tantivy's do until it merges."""
        with self._to.asking():
            among = _among(DOCUMENT, [_document(doc_id)])
            self._to.client.delete(self._name, filter=among, timeout=TO_WRITE)

    def count(self) -> int:
        with self._to.asking():
            found = self._to.client.query(
                self._name,
                output_fields=["count(*)"],
                timeout=TO_WRITE,
                consistency_level="Strong",
            )
        return int(found[0]["count(*)"])

    def frequency(self, term: str) -> int:
        return self._statistics.frequency(term)

    def by_words(
        self, weights: Weights, limit: int, doc_ids: Sequence[str] | None = None
    ) -> Scores:
        return self._words(weights, limit, DOCUMENT, _documents(doc_ids))

    def word_scores(self, weights: Weights, passage_ids: Sequence[str]) -> Scores:
        return self._words(weights, len(passage_ids), PASSAGE, passage_ids)

    def by_vector(
        self, vector: Vectors, limit: int, doc_ids: Sequence[str] | None = None
    ) -> Scores:
        if not vector.any():
            return {}
        return self._search(VECTOR, vector.tolist(), limit, DOCUMENT, _documents(doc_ids))

    def close(self) -> None:
        """Nothing: engines of one address share a connection, which ends with the process."""

    def _words(
        self, weights: Weights, limit: int, field: str, values: Sequence[str] | None
    ) -> Scores:
        asked = self._statistics.query_vector(weights)
        return self._search(WORDS, asked, limit, field, values) if asked else {}

    def _search(
        self,
        by: str,
        asked: Sparse | list[float],
        limit: int,
        field: str,
        values: Sequence[str] | None,
    ) -> Scores:
        if limit <= 0 or (values is not None and not values):
            return {}
        request: dict[str, Any] = {
            "data": [asked],
            "anns_field": by,
            "limit": min(limit, MOST_HITS),
            "filter": "" if values is None else _among(field, values),
            "search_params": {"params": {"ef": max(EF_SEARCH, limit)} if by == VECTOR else {}},
            "timeout": self._to.to_search,
        }
        with self._to.asking():
            return self._found(request)

    def _found(self, request: dict[str, Any]) -> Scores:
        """A collection that the server has let go of, as at a restart, is loaded again."""
        try:
            (hits,) = self._to.client.search(self._name, **request)
        except MilvusException as error:
            if error.code != NOT_LOADED:
                raise
            self._to.client.load_collection(self._name, timeout=TO_WRITE)
            (hits,) = self._to.client.search(self._name, **request)
        return {str(hit[PASSAGE]): float(hit["distance"]) for hit in hits}


def drop_unused(current: Generation, settings: Settings) -> None:
    """Remove the collections of this folder's generations that are no more.

    By their numbers: Lite lists none where one is torn. The index in force is complete by now, so
    what can't be removed is only said, and tried again by the next build.
    """
    earlier = (Generation(current.folder.with_name(n)) for n in numbers_before(current))
    try:
        to = connected(settings)
        with to.asking():
            for generation in earlier:
                if not generation.folder.is_dir():
                    _drop(to.client, generation.collection)
    except (EngineBroken, IndexUnusable) as error:
        log.warning("旧的索引在 Milvus 里没有删完，下次建立索引时再删（%s）。", error)


def _drop(client: MilvusClient, name: str) -> None:
    """Servers differ in whether they take it well where there is none."""
    if client.has_collection(name, timeout=TO_SEARCH):
        client.drop_collection(name, timeout=TO_WRITE)


def _create(client: MilvusClient, name: str, expected: int, dimension: int) -> None:
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(PASSAGE, DataType.VARCHAR, is_primary=True, max_length=64)
    schema.add_field(DOCUMENT, DataType.VARCHAR, max_length=64)
    schema.add_field(WORDS, DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field(VECTOR, DataType.FLOAT_VECTOR, dim=dimension)
    indexes = client.prepare_index_params()
    indexes.add_index(DOCUMENT, index_type="INVERTED")
    indexes.add_index(WORDS, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    # Rows have length 1, or 0 where no word is known: an inner product is the cosine.
    graph: dict[str, Any] = {"index_type": "HNSW", "params": GRAPH}
    kind = graph if expected > COMPARED else {"index_type": "FLAT"}
    indexes.add_index(VECTOR, metric_type="IP", **kind)
    client.create_collection(name, schema=schema, timeout=TO_WRITE)
    # An empty collection's indexes are there at once; waiting for each takes half a second.
    client.create_index(name, indexes, timeout=TO_WRITE, sync=False)
    client.load_collection(name, timeout=TO_WRITE)


def _row(entry: Entry, statistics: Statistics, vector: Vectors) -> dict[str, Any]:
    return {
        PASSAGE: entry.passage_id,
        DOCUMENT: _document(entry.doc_id),
        WORDS: statistics.passage_vector(entry.terms),
        VECTOR: vector,
    }


def _documents(doc_ids: Sequence[str] | None) -> list[str] | None:
    return None if doc_ids is None else [_document(doc_id) for doc_id in doc_ids]


def _document(doc_id: str) -> str:
    """A catalog may hold any character; a filter's text must not."""
    return hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _among(field: str, values: Sequence[str]) -> str:
    """`values` hold letters and digits alone."""
    return f"{field} in {json.dumps(list(values))}"
