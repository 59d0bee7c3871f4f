"""The stages a document passes through, one frozen dataclass each. Imports nothing local."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SectionKind = Literal["text", "table", "box", "footnotes", "contents"]
Edition = Literal["原文", "读本"]


@dataclass(frozen=True, slots=True)
class SourceDoc:
    """One file of the documents folder, with what the catalog says of it."""

    doc_id: str
    title: str
    issuer: str
    kind: str  # 规划纲要, 论文, 报纸专版 …, as in the catalog; '' where unknown
    published: str  # a year or a date as in the catalog; '' where unknown
    edition: Edition
    sha256: str  # of the file's bytes (several files of one document: of their hashes in order)
    path: str  # the file's name relative to the documents folder
    replaced_by: str = ""  # doc_id of the document that holds in its stead; '' while it is in force


@dataclass(frozen=True, slots=True)
class Block:
    """One printed line, one paragraph, or one table, in reading order, as a reader found it.

    `text` keeps leading white space and tabs of .txt files, because the outline reads them.
    `level` is a heading level only where the file format itself states one (md '#', html h1-h6,
    docx heading styles, PDF bookmarks), counted from 1. `grid` is a table whose cells the format
    itself separates (html, docx, md, pdf): rows of cell texts, a merged cell repeated as '' after
    its first place. `page` is the printed order of the page, from 1.
    """

    text: str
    page: int | None = None
    level: int | None = None
    grid: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class RawDocument:
    """What a reader makes of one file; knows nothing of sections."""

    blocks: tuple[Block, ...]
    title: str = ""  # as the format's own metadata or first heading states it
    hard_lines: bool = False  # True: blocks are printed lines; False: blocks are whole paragraphs
    warnings: tuple[str, ...] = ()  # Chinese sentences for the operator


@dataclass(frozen=True, slots=True)
class TableRow:
    """One record of a table.

    `text` is the row exactly as printed (its own cells in order, joined by one space), the quote of
    a citation. `cells` pairs each value column with its value; a value that spans columns is repeated.
    """

    number: str  # the printed running number ("17"), '' where the table has none
    group: str  # the category cell that spans rows (经济强), '' where none
    parent: str  # the row label above a sub-row (主要污染物排放减少（%）), '' where none
    label: str  # 每千人口拥有3岁以下婴幼儿托位数（个）
    unit: str  # from the label's, parent's or column's bracket: 个
    cells: tuple[
        tuple[str, str], ...
    ]  # (("2020年预计值/实际值", "1.7"), ("2025年目标值", "4.5"), ("属性", "预期性"))
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table as records; `title` as printed ('' where none), `columns` are all headers in order."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    note: str = ""  # the 注： under it
    unit: str = ""  # a 单位： above it


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading, up to the next heading of any level.

    A table or a box is a section of its own whose heading_path is its place's plus its title.
    Footnotes are a section of kind 'footnotes' with the heading_path of the section they stand in.
    `paragraphs` are whole (hard lines joined); of a table, one a row as printed, then its note.
    """

    doc_id: str
    heading_path: tuple[str, ...]  # () for text before the first heading
    kind: SectionKind
    paragraphs: tuple[str, ...]
    page: int | None
    order: int
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document as sections. `furniture` is what was dropped (page numbers, contents lists, banners)."""

    title: str
    sections: tuple[Section, ...]
    furniture: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one section, the unit of retrieval. `start`/`end`: characters in the cleaned document."""

    passage_id: str
    doc_id: str
    heading_path: tuple[str, ...]
    lead: str  # the paragraph's lead phrase without its 。 ('' where none)
    text: str
    kind: SectionKind
    page: int | None
    order: int
    start: int
    end: int
    row: TableRow | None = None  # of a table: the record this passage is


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with its fused score (z-score units) and the two scores behind it."""

    passage: Passage
    score: float
    lexical: float = 0.0  # BM25, 0 where no word matches
    dense: float = 0.0  # cosine
