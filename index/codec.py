"""Records to the store's columns and back. Knows both shapes; opens nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.records import Passage, Section, SourceDoc, Table, TableRow

Columns = dict[str, Any]
# A database row by column name; values come as the driver gives them.
Stored = Mapping[Any, Any]

SOURCE_FIELDS = (
    "doc_id", "title", "issuer", "kind", "published", "edition", "sha256", "path",
    "replaced_by",
)  # fmt: skip


def source_columns(source: SourceDoc) -> Columns:
    return {name: getattr(source, name) for name in SOURCE_FIELDS}


def source_of(stored: Stored) -> SourceDoc:
    return SourceDoc(**{name: stored[name] for name in SOURCE_FIELDS})


def section_columns(section: Section, place: int) -> Columns:
    return {
        "doc_id": section.doc_id,
        "place": place,
        "heading_path": _dump(section.heading_path),
        "kind": section.kind,
        "paragraphs": _dump(section.paragraphs),
        "page": section.page,
    }


def section_of(stored: Stored, table: Table | None) -> Section:
    return Section(
        doc_id=stored["doc_id"],
        heading_path=strings(stored["heading_path"]),
        kind=stored["kind"],
        paragraphs=strings(stored["paragraphs"]),
        page=stored["page"],
        order=stored["place"],
        table=table,
    )


def table_columns(table: Table, doc_id: str, place: int) -> Columns:
    return {
        "doc_id": doc_id,
        "place": place,
        "title": table.title,
        "columns": _dump(table.columns),
        "rows": _dump([_row_values(row) for row in table.rows]),
        "note": table.note,
        "unit": table.unit,
    }


def table_of(stored: Stored) -> Table:
    return Table(
        title=stored["title"],
        columns=strings(stored["columns"]),
        rows=tuple(_row_of(values) for values in json.loads(stored["rows"])),
        note=stored["note"],
        unit=stored["unit"],
    )


def passage_columns(passage: Passage, position: int, vector: NDArray[np.float32]) -> Columns:
    return {
        "position": position,
        "passage_id": passage.passage_id,
        "doc_id": passage.doc_id,
        "heading_path": _dump(passage.heading_path),
        "lead": passage.lead,
        "text": passage.text,
        "kind": passage.kind,
        "page": passage.page,
        "place": passage.order,
        "start": passage.start,
        "end": passage.end,
        "row": None if passage.row is None else _dump(_row_values(passage.row)),
        "vector": np.asarray(vector, dtype="<f4").tobytes(),
    }


def passage_of(stored: Stored) -> Passage:
    return Passage(
        passage_id=stored["passage_id"],
        doc_id=stored["doc_id"],
        heading_path=strings(stored["heading_path"]),
        lead=stored["lead"],
        text=stored["text"],
        kind=stored["kind"],
        page=stored["page"],
        order=stored["place"],
        start=stored["start"],
        end=stored["end"],
        row=None if stored["row"] is None else _row_of(json.loads(stored["row"])),
    )


def stored_path(heading_path: tuple[str, ...]) -> str:
    """A heading path as it is stored, to be looked for."""
    return _dump(heading_path)


def vector_of(stored: bytes) -> NDArray[np.float32]:
    return np.frombuffer(stored, dtype="<f4")


def _row_values(row: TableRow) -> list[Any]:
    own = [row.number, row.group, row.parent, row.label, row.unit]
    return [*own, [list(cell) for cell in row.cells], row.text, row.page]


def _row_of(values: list[Any]) -> TableRow:
    number, group, parent, label, unit, cells, text, page = values
    pairs = tuple((column, value) for column, value in cells)
    return TableRow(number, group, parent, label, unit, pairs, text, page)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def strings(stored: str) -> tuple[str, ...]:
    return tuple(json.loads(stored))
