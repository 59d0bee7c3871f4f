"""The truth of an index: documents, sections, tables and passages in SQLite, by SQLAlchemy Core.

Knows how they are written and read back; not how they came to be or how they are searched. A store
is one file, written once by a build and never changed after, so it is read as immutable: no lock
is needed and a read-only disk serves as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Column, Engine, Executable, Select, create_engine, func, select
from sqlalchemy.exc import DatabaseError

from index import codec, schema
from index.batches import batched
from index.errors import IndexUnusable
from index.records import ParsedDocument, Passage, Section, SourceDoc, Table

Vectors = NDArray[np.float32]
Headings = tuple[tuple[tuple[str, ...], str], ...]  # a heading path and a passage id
OWNERS_HELD = 200_000  # of passages whose document was asked for: 150 bytes each, 6 µs to read
AT_ONCE = 500  # ids in one statement; SQLite's own limit is 32,766
READ_AT_ONCE = 2_000  # passages held while all are walked through


class Store:
    """Reads a store. Raises IndexUnusable where it is missing, torn or of another schema."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise IndexUnusable(f"找不到索引文件 {path}，请重新建立索引。")
        self._engine = _read_engine(path)
        self._path = path
        self._owners: dict[str, str] = {}  # doc_id by passage id
        rows = self._all(select(schema.meta))
        self.meta = {str(row["name"]): str(row["value"]) for row in rows}
        if self.meta.get("schema") != schema.SCHEMA_VERSION:
            self.close()
            raise IndexUnusable(f"索引文件 {path} 是另一个版本建立的，请重新建立索引。")

    def close(self) -> None:
        self._engine.dispose()

    @property
    def index_hash(self) -> str:
        """The same for the same files, catalog, model and code; 12 hex digits."""
        return self.meta["fingerprint"][:12]

    def documents(self, in_force: bool = True) -> tuple[SourceDoc, ...]:
        """The documents that are searched, or with in_force=False the 读本 left out."""
        own = schema.documents
        chosen = select(own).where(own.c.in_force.is_(in_force)).order_by(own.c.position)
        return tuple(codec.source_of(row) for row in self._all(chosen))

    def keys(self) -> dict[str, str]:
        """doc_id of each document by its key."""
        own = schema.documents
        chosen = select(own.c.key, own.c.doc_id).where(own.c.in_force.is_(True))
        return {row["key"]: row["doc_id"] for row in self._all(chosen)}

    def sections(self, doc_id: str) -> tuple[Section, ...]:
        tables = self._tables(doc_id)
        own = schema.sections
        chosen = select(own).where(own.c.doc_id == doc_id).order_by(own.c.place)
        rows = self._all(chosen)
        return tuple(codec.section_of(row, tables.get(row["place"])) for row in rows)

    def furniture(self, doc_id: str) -> tuple[str, ...]:
        own = schema.furniture
        chosen = select(own.c.text).where(own.c.doc_id == doc_id).order_by(own.c.place)
        return tuple(row["text"] for row in self._all(chosen))

    def warnings(self, doc_id: str = "") -> tuple[str, ...]:
        """The document's warnings, or with '' those of the folder and of files not read."""
        own = schema.warnings
        chosen = select(own.c.text).where(own.c.doc_id == doc_id).order_by(own.c.place)
        return tuple(row["text"] for row in self._all(chosen))

    def document(self, doc_id: str) -> tuple[ParsedDocument, tuple[Passage, ...], Vectors]:
        """All that is stored of one document, to be copied into a new store."""
        own = schema.documents.c
        titled = select(own.title).where(own.doc_id == doc_id, own.in_force.is_(True))
        parsed = ParsedDocument(
            self._rows(titled)[0][0],
            self.sections(doc_id),
            self.furniture(doc_id),
            self.warnings(doc_id),
        )
        passages = schema.passages.c
        vectors = select(passages.vector).where(passages.doc_id == doc_id)
        vectors = vectors.order_by(passages.position)
        return parsed, self.passages(doc_id), _matrix(self._all(vectors))

    def count(self) -> int:
        """Passages in the index."""
        return int(self._all(select(func.count().label("n")).select_from(schema.passages))[0]["n"])

    def passage_counts(self) -> dict[str, int]:
        """Passages of each document in force, by doc_id; 0 where it has none."""
        found = self._counts(schema.passages.c.doc_id)
        return {d.doc_id: found.get(d.doc_id, 0) for d in self.documents()}

    def section_counts(self) -> dict[str, int]:
        """Sections of each document, by doc_id; one without any is left out."""
        return self._counts(schema.sections.c.doc_id)

    def openings(self, sections: int, characters: int) -> dict[str, list[str]]:
        """The paragraphs of each document's first sections, by doc_id, up to so many characters."""
        own = schema.sections.c
        chosen = select(own.doc_id, own.paragraphs).where(own.place < sections)
        found: dict[str, list[str]] = {}
        left: dict[str, int] = {}
        for doc_id, paragraphs in self._rows(chosen.order_by(own.doc_id, own.place)):
            if (more := left.get(doc_id, characters)) > 0:  # else it need not be decoded
                decoded = codec.strings(paragraphs)
                found.setdefault(doc_id, []).extend(decoded)
                left[doc_id] = more - sum(map(len, decoded))
        return found

    def paragraphs(self, doc_id: str) -> tuple[str, ...]:
        """A document's paragraphs in order, without what else its sections hold."""
        own = schema.sections.c
        chosen = select(own.paragraphs).where(own.doc_id == doc_id).order_by(own.place)
        return tuple(p for (stored,) in self._rows(chosen) for p in codec.strings(stored))

    def with_tables(self, doc_id: str) -> tuple[Section, ...]:
        """A document's sections that are tables."""
        tables = self._tables(doc_id)
        own = schema.sections
        among = own.c.place.in_(list(tables))
        chosen = select(own).where(own.c.doc_id == doc_id, among).order_by(own.c.place)
        return tuple(codec.section_of(row, tables[row["place"]]) for row in self._all(chosen))

    def table_counts(self) -> dict[str, int]:
        """Tables of each document, by doc_id; one without any is left out."""
        return self._counts(schema.tables.c.doc_id)

    def all_warnings(self) -> dict[str, tuple[str, ...]]:
        """The warnings of each document, by doc_id; one without any is left out."""
        own = schema.warnings.c
        found: dict[str, tuple[str, ...]] = {}
        for doc_id, text in self._rows(select(own.doc_id, own.text).order_by(own.place)):
            found[doc_id] = (*found.get(doc_id, ()), text)
        return found

    def passages(self, doc_id: str) -> tuple[Passage, ...]:
        """A document's passages in order."""
        own = schema.passages
        columns = [c for c in own.c if c is not own.c.vector]
        chosen = select(*columns).where(own.c.doc_id == doc_id).order_by(own.c.position)
        return tuple(codec.passage_of(row) for row in self._all(chosen))

    def under(self, doc_id: str, heading_path: tuple[str, ...]) -> tuple[Passage, ...]:
        """A document's passages of one section in order, the others not decoded."""
        own = schema.passages
        columns = [c for c in own.c if c is not own.c.vector]
        path = own.c.heading_path == codec.stored_path(heading_path)
        chosen = select(*columns).where(own.c.doc_id == doc_id, path).order_by(own.c.position)
        return tuple(codec.passage_of(row) for row in self._all(chosen))

    def headings(self, doc_id: str) -> Headings:
        """The heading paths over a document's text in order, each with its first passage's id."""
        own = schema.passages.c
        chosen = select(own.heading_path, own.passage_id)
        chosen = chosen.where(own.doc_id == doc_id, own.kind == "text").order_by(own.position)
        first: dict[str, str] = {}
        for path, passage_id in self._rows(chosen):
            first.setdefault(path, passage_id)
        return tuple((codec.strings(path), passage_id) for path, passage_id in first.items())

    def portions(self) -> Iterator[tuple[list[Passage], Vectors]]:
        """All passages in order with their vectors (one a row), some thousands at a time."""
        own = schema.passages
        for start in range(0, self.count(), READ_AT_ONCE):
            among = own.c.position.between(start, start + READ_AT_ONCE - 1)
            rows = self._all(select(own).where(among).order_by(own.c.position))
            yield [codec.passage_of(row) for row in rows], _matrix(rows)

    def find(self, passage_ids: Sequence[str]) -> dict[str, Passage]:
        """Passages by id; an unknown id is left out."""
        own = schema.passages
        columns = [c for c in own.c if c is not own.c.vector]
        rows = self._by_ids(select(*columns), passage_ids)
        return {row.passage_id: codec.passage_of(row._mapping) for row in rows}

    def owners(self, passage_ids: Sequence[str]) -> dict[str, str]:
        """doc_id by passage id; an unknown id is left out."""
        known = {i: doc_id for i in passage_ids if (doc_id := self._owners.get(i)) is not None}
        own, absent = schema.passages.c, [i for i in passage_ids if i not in known]
        rows = self._by_ids(select(own.passage_id, own.doc_id), absent)
        read: dict[str, str] = dict(rows)
        if len(self._owners) < OWNERS_HELD:
            self._owners |= read
        return known | read

    def vectors(self, passage_ids: Sequence[str]) -> dict[str, Vectors]:
        """Vectors by passage id; an unknown id is left out."""
        own = schema.passages.c
        rows = self._by_ids(select(own.passage_id, own.vector), passage_ids)
        return {passage_id: codec.vector_of(vector) for passage_id, vector in rows}

    def _counts(self, doc_id: Column[str]) -> dict[str, int]:
        counted = self._rows(select(doc_id, func.count()).group_by(doc_id))
        return {name: int(n) for name, n in counted}

    def _tables(self, doc_id: str) -> dict[int, Table]:
        chosen = select(schema.tables).where(schema.tables.c.doc_id == doc_id)
        return {row["place"]: codec.table_of(row) for row in self._all(chosen)}

    def _by_ids(self, chosen: Select[Any], passage_ids: Sequence[str]) -> Iterator[Any]:
        for ids in batched(passage_ids, AT_ONCE):
            # One parameter: SQLAlchemy takes 2 µs for each of a list's.
            among = select(func.json_each(json.dumps(ids)).table_valued("value").c.value)
            yield from self._rows(chosen.where(schema.passages.c.passage_id.in_(among)))

    def _all(self, chosen: Select[Any]) -> Sequence[codec.Stored]:
        return [row._mapping for row in self._rows(chosen)]

    def _rows(self, chosen: Executable) -> Sequence[Any]:
        try:
            with self._engine.connect() as connection:
                return connection.execute(chosen).all()
        except DatabaseError as error:
            raise IndexUnusable(f"索引文件 {self._path} 已损坏，请重新建立索引。") from error


def _matrix(rows: Sequence[codec.Stored]) -> Vectors:
    joined = b"".join(row["vector"] for row in rows)
    return codec.vector_of(joined).reshape(len(rows), -1 if rows else 0)


def _read_engine(path: Path) -> Engine:
    return create_engine(f"sqlite:///file:{quote(str(path))}?immutable=1&uri=true")
