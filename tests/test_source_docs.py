"""The 读本 in source_docs/: catalog, head blocks, and faithfulness to the originals.

The originals are no part of the repository; what compares with them is skipped where they are
absent.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from index.catalog import CATALOG
from index.outline import parse
from index.readers import read
from index.records import Section, Table, TableRow

ROOT = Path(__file__).resolve().parents[1]
OURS = ROOT / "source_docs"
ORIGINALS = ROOT.parent / "shared" / "source_docs"
HEAD_KEYS = ["title", "issuer", "published", "edition", "note"]
FIGURES_KEPT = 0.97  # a figure that reads otherwise in our own sentence is no loss
LONGEST_RUN = 40  # characters word for word: the longest official name with what stands around it
# What stands before and behind a figure may be worded otherwise; its digits and unit may not.
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?(?:%|[一-鿿])?")
# Items of a list and cells of a table are facts, so a run ends with them.
_ITEMS = re.compile(r"(?m)^\s*(?:[-*|].*|\d+\..*)$")

needs_originals = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are absent")


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / CATALOG).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


READERS = [row for row in _rows(OURS) if row["edition"] == "读本"]
DOCUMENTS = list(dict.fromkeys(row["doc_id"] for row in READERS))


def _files(doc_id: str) -> list[Path]:
    return [OURS / row["file"] for row in READERS if row["doc_id"] == doc_id]


def _original(doc_id: str) -> Path:
    return next(ORIGINALS / r["file"] for r in _rows(ORIGINALS) if r["doc_id"] == doc_id)


@cache
def _sections(path: Path, title: str) -> tuple[Section, ...]:
    parsed = parse(read(path, path.parent), path.stem, title)
    return tuple(s for s in parsed.sections if s.kind != "contents")


def _title(doc_id: str) -> str:
    return next(row["title"] for row in READERS if row["doc_id"] == doc_id)


def _of_reader(doc_id: str) -> list[Section]:
    return [s for path in _files(doc_id) for s in _sections(path, _title(doc_id))]


def _of_original(doc_id: str) -> tuple[Section, ...]:
    return _sections(_original(doc_id), _title(doc_id))


def _bare(text: str) -> str:
    """Without white space and the colon that may close a printed heading."""
    return re.sub(r"\s", "", text).rstrip("：")


def _paths(sections: Iterable[Section]) -> list[tuple[str, ...]]:
    """Every heading path once, in the order of the text."""
    return list(dict.fromkeys(tuple(map(_bare, s.heading_path)) for s in sections))


def _tables(sections: Iterable[Section]) -> Iterator[Table]:
    return (s.table for s in sections if s.table is not None)


def _cells(row: TableRow) -> tuple[object, ...]:
    return (row.number, row.group, row.parent, row.label, row.unit, row.cells)


def _figures(text: str) -> set[str]:
    """Each number with the character after it; a digit or two alone says nothing."""
    flat = re.sub(r"(?<=\d) +(?=\d)", "|", unicodedata.normalize("NFKC", text)).replace(" ", "")
    found = (m.group(0) for m in _FIGURE.finditer(flat))
    return {f for f in found if len(f) > 2 or "%" in f}


def _squeezed(text: str) -> str:
    """Letters, digits, % and . alone, with a bar wherever a list goes on to its next item."""
    flat = _ITEMS.sub(lambda m: f"|{m.group(0)}|", unicodedata.normalize("NFKC", text))
    kept = ("|" if c in "、;|\t" else c for c in flat if c.isalnum() or c in "%.、;|\t")
    return re.sub(r"\|+", "|", "".join(kept))


def _runs(text: str, length: int) -> Iterator[str]:
    return (r for i in range(len(text) - length + 1) if "|" not in (r := text[i : i + length]))


class TestCatalog:
    def test_rows_and_files_agree(self) -> None:
        # An original that somebody put beside them needs no row.
        marked = {p.name for p in OURS.glob("*.md") if "\nedition: 读本\n" in p.read_text("utf-8")}
        assert {row["file"] for row in READERS} == marked

    def test_every_column_is_filled(self) -> None:
        assert [row for row in READERS if not all(row.values())] == []

    def test_the_readme_names_every_reader(self) -> None:
        about = (OURS / "README.md").read_text(encoding="utf-8")
        assert [d for d in DOCUMENTS if d not in about or _title(d) not in about] == []

    @needs_originals
    def test_documents_are_those_of_the_originals(self) -> None:
        same = ("doc_id", "title", "published")
        assert {tuple(row[k] for k in same) for row in READERS} == {
            tuple(row[k] for k in same) for row in _rows(ORIGINALS)
        }


@pytest.mark.parametrize("row", READERS, ids=lambda row: str(row["file"]))
def test_head_block(row: dict[str, str]) -> None:
    text = (OURS / row["file"]).read_text(encoding="utf-8")
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    said = dict(line.split(": ", 1) for line in head.splitlines())
    assert list(said) == HEAD_KEYS
    assert {k: said[k] for k in HEAD_KEYS[:4]} == {k: row[k] for k in HEAD_KEYS[:4]}
    assert body.strip()


@needs_originals
@pytest.mark.parametrize("doc_id", DOCUMENTS)
class TestFaithful:
    def test_headings_are_the_original_s(self, doc_id: str) -> None:
        assert _paths(_of_reader(doc_id)) == _paths(_of_original(doc_id))

    def test_tables_are_equal_cell_by_cell(self, doc_id: str) -> None:
        ours, theirs = list(_tables(_of_reader(doc_id))), list(_tables(_of_original(doc_id)))
        assert [_bare(t.title) for t in ours] == [_bare(t.title) for t in theirs]
        for our, their in zip(ours, theirs, strict=True):
            assert list(map(_cells, our.rows)) == list(map(_cells, their.rows))

    def test_figures_are_kept(self, doc_id: str) -> None:
        prose = (s for s in _of_original(doc_id) if s.table is None)
        theirs = _figures("\n".join(p for s in prose for p in s.paragraphs))
        ours = _figures("\n".join(p.read_text(encoding="utf-8") for p in _files(doc_id)))
        assert len(theirs & ours) >= FIGURES_KEPT * len(theirs), sorted(theirs - ours)

    def test_sentences_are_our_own(self, doc_id: str) -> None:
        # Every original, not its own alone: they overlap, and any of them could be copied.
        copied = {
            run
            for path in ORIGINALS.glob("*.txt")
            for run in _runs(_squeezed(path.read_text(encoding="utf-8")), LONGEST_RUN + 1)
        }
        ours = "\n".join(p.read_text(encoding="utf-8") for p in _files(doc_id))
        assert sorted(copied & set(_runs(_squeezed(ours), LONGEST_RUN + 1))) == []


def test_a_copied_sentence_is_a_run() -> None:
    sentence = "甲市到年底新建学校若干所并改造道路若干条" * 3
    assert set(_runs(_squeezed(f"前言。{sentence}。"), 41)) & set(_runs(_squeezed(sentence), 41))
    assert not list(_runs(_squeezed("甲学校、乙学校、丙学校、丁学校、戊学校"), 10))


def test_a_figure_is_a_number_with_its_unit() -> None:
    assert _figures("达 12370.48 亿元，占 4.0%，共 5 个") == {"12370.48亿", "4.0%"}
