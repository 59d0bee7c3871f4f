from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexUnusable
from index.records import ParsedDocument, Passage, Section, SourceDoc, Table, TableRow
from index.store import Store
from index.store_writer import StoredDocument, StoreWriter

ROW = TableRow("1", "民生", "", "托位数（个）", "个", (("2025年", "4.5"),), "1 托位数（个） 4.5", 9)
TABLE = Table("表1 指标", ("序号", "指标", "2025年"), (ROW,), note="注：略。", unit="个")
PATH = ("第一章 总则", "第一节 目标")
SECTIONS = (
    Section("plan", PATH, "text", ("第一段。", "第二段。"), 3, 0),
    Section("plan", (*PATH, TABLE.title), "table", (ROW.text,), 9, 1, TABLE),
)
PASSAGES = (
    Passage("p0", "plan", PATH, "导语", "第一段。\n第二段。", "text", 3, 0, 0, 9),
    Passage("p1", "plan", (*PATH, TABLE.title), "", ROW.text, "table", 9, 1, 10, 24, ROW),
)
PLAN = SourceDoc("plan", "规划", "市政府", "纲要", "2021", "原文", "a" * 64, "plan.txt")
READER = SourceDoc("plan", "规划", "", "", "", "读本", "b" * 64, "plan.md")
PARSED = ParsedDocument("规划", SECTIONS, ("— 1 —",), ("有一页是空的。",))
VECTORS = np.array([[0.6, 0.8], [1 / 3, 0]], dtype=np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "带 空格？的文件夹" / "store.sqlite"
    path.parent.mkdir()
    writer = StoreWriter(path)
    writer.add(StoredDocument(PLAN, "key", PARSED, PASSAGES, VECTORS))
    writer.add_superseded(READER)
    writer.warn(["x.pdf：读不了。"])
    writer.finish({"fingerprint": "0123456789abcdef"})
    return path


def test_what_was_written_is_read_back(path: Path) -> None:
    store = Store(path)
    assert store.documents() == (PLAN,)
    assert store.documents(in_force=False) == (READER,)
    assert store.sections("plan") == SECTIONS
    assert store.passages("plan") == PASSAGES
    assert store.furniture("plan") == ("— 1 —",)
    assert store.warnings("plan") == ("有一页是空的。",)
    assert store.warnings() == ("x.pdf：读不了。",)
    assert (store.section_counts(), store.table_counts()) == ({"plan": 2}, {"plan": 1})
    assert store.paragraphs("plan") == tuple(
        p for s in store.sections("plan") for p in s.paragraphs
    )
    assert store.passage_counts() == {"plan": 2}
    assert store.keys() == {"key": "plan"}
    assert store.index_hash == "0123456789ab"


def test_a_document_to_copy_is_whole(path: Path) -> None:
    parsed, passages, vectors = Store(path).document("plan")
    assert (parsed, passages) == (PARSED, PASSAGES)
    assert np.array_equal(vectors, VECTORS)


def test_by_id_and_unknown_ids(path: Path) -> None:
    store = Store(path)
    assert store.find(["p1", "unknown"]) == {"p1": PASSAGES[1]}
    assert np.array_equal(store.vectors(["p1"])["p1"], VECTORS[1])
    assert store.find([]) == store.vectors(["unknown"]) == {}
    assert store.sections("unknown") == ()


def test_portions_hold_everything_once(path: Path) -> None:
    ((passages, rows),) = Store(path).portions()
    assert tuple(passages) == PASSAGES
    assert np.array_equal(rows, VECTORS)


def test_it_is_read_from_a_folder_nobody_may_write(path: Path) -> None:
    before = sorted(path.parent.iterdir())
    Store(path).close()
    assert sorted(path.parent.iterdir()) == before == [path]


def test_missing_torn_and_of_another_version(path: Path, tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="找不到"):
        Store(tmp_path / "none.sqlite")
    torn = tmp_path / "torn.sqlite"
    torn.write_bytes(b"no database at all" * 100)
    with pytest.raises(IndexUnusable, match="已损坏"):
        Store(torn)
    old = tmp_path / "old.sqlite"
    writer = StoreWriter(old)
    writer.finish({})
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("UPDATE meta SET value = '0' WHERE name = 'schema'")
    with pytest.raises(IndexUnusable, match="另一个版本"):
        Store(old)


def test_an_unfinished_store_is_unusable(tmp_path: Path) -> None:
    writer = StoreWriter(tmp_path / "s.sqlite")
    writer.add(StoredDocument(PLAN, "key", PARSED, PASSAGES, VECTORS))
    writer.close()
    with pytest.raises(IndexUnusable):
        Store(tmp_path / "s.sqlite")


def test_parts_are_read_without_the_rest(path: Path) -> None:
    store = Store(path)
    assert store.section_counts() == {"plan": 2}
    assert store.openings(1, 2_000) == {"plan": ["第一段。", "第二段。"]}
    assert store.openings(2, 8) == {"plan": ["第一段。", "第二段。"]}  # the rest is not decoded
    assert store.with_tables("plan") == SECTIONS[1:]
    assert store.owners(["p1", "unknown"]) == {"p1": "plan"}
