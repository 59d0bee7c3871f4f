"""Writes the truth of an index, once, from the documents a build hands over.

Knows the order of writing and how to leave a complete file; not where the documents come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table as Relation
from sqlalchemy import create_engine, insert, text

from index import codec, schema
from index.batches import batched
from index.records import ParsedDocument, Passage, SourceDoc
from index.store import Vectors

WRITTEN_AT_ONCE = 2_000  # rows in one statement


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """One document as a build hands it over; the same `key` means it may be copied unread."""

    source: SourceDoc
    key: str
    parsed: ParsedDocument
    passages: tuple[Passage, ...]
    vectors: Vectors  # one row a passage


class StoreWriter:
    """Writes a new store; nothing is there for a reader until `finish` has returned."""

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(f"sqlite:///{path}")
        self._connection = self._engine.connect()
        # Speed, not safety: a build that is cut off is thrown away whole.
        self._connection.execute(text("PRAGMA journal_mode=WAL"))
        self._connection.execute(text("PRAGMA synchronous=OFF"))
        schema.metadata.create_all(self._connection)
        self._documents = self._passages = self._warnings = 0

    def add(self, document: StoredDocument) -> None:
        doc_id, parsed = document.source.doc_id, document.parsed
        self._add_source(document.source, document.key, in_force=True)
        self._insert(
            schema.sections,
            (codec.section_columns(s, place) for place, s in enumerate(parsed.sections)),
        )
        self._insert(
            schema.tables,
            (
                codec.table_columns(s.table, doc_id, place)
                for place, s in enumerate(parsed.sections)
                if s.table is not None
            ),
        )
        self._insert(
            schema.furniture,
            (
                {"doc_id": doc_id, "place": place, "text": line}
                for place, line in enumerate(parsed.furniture)
            ),
        )
        self._insert(
            schema.passages,
            (
                codec.passage_columns(passage, self._passages + n, vector)
                for n, (passage, vector) in enumerate(
                    zip(document.passages, document.vectors, strict=True)
                )
            ),
        )
        self._passages += len(document.passages)
        self.warn(parsed.warnings, doc_id)

    def add_superseded(self, source: SourceDoc) -> None:
        """A 读本 that an original stands in front of: its name alone is kept."""
        self._add_source(source, "", in_force=False)

    def warn(self, sentences: Iterable[str], doc_id: str = "") -> None:
        for sentence in sentences:
            row = {"place": self._warnings, "doc_id": doc_id, "text": sentence}
            self._insert(schema.warnings, [row])
            self._warnings += 1

    def finish(self, meta: Mapping[str, str]) -> None:
        """Write the index's own facts and close; the file is complete after."""
        facts = {**meta, "schema": schema.SCHEMA_VERSION}
        self._insert(schema.meta, ({"name": n, "value": v} for n, v in facts.items()))
        self._connection.commit()
        self._connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        self.close()

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    def _add_source(self, source: SourceDoc, key: str, in_force: bool) -> None:
        own = {"position": self._documents, "in_force": in_force, "key": key}
        self._insert(schema.documents, [{**codec.source_columns(source), **own}])
        self._documents += 1

    def _insert(self, relation: Relation, rows: Iterable[codec.Columns]) -> None:
        for batch in batched(rows, WRITTEN_AT_ONCE):
            self._connection.execute(insert(relation), batch)
