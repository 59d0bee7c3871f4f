"""The tables of a 读本 hold the same records as those of its original."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.outline import parse
from index.readers import read
from index.records import Table, TableRow

ROOT = Path(__file__).parents[3]
ORIGINALS = ROOT.parent / "shared" / "source_docs"
READER = ROOT / "source_docs" / "wuxi-14fyp-01.md"


def tables(path: Path) -> list[Table]:
    sections = parse(read(path, path.parent), "doc").sections
    return [section.table for section in sections if section.table is not None]


def told(row: TableRow) -> tuple[str, str, str, str, str, list[str]]:
    values = [value.replace("＜", "<") for _, value in row.cells]
    return row.number, row.group, row.parent, row.label, row.unit, values


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are not here")
def test_the_readers_tables_are_the_originals() -> None:
    original = tables(next(ORIGINALS.glob("004_*.txt")))
    reader = tables(READER)
    assert [len(table.rows) for table in reader] == [57, 32]
    numbered = [sum(bool(row.number) for row in table.rows) for table in reader]
    assert numbered == [47, 32]
    for own, other in zip(original, reader, strict=True):
        assert [told(row) for row in other.rows] == [told(row) for row in own.rows]
