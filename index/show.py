"""What was made of a folder's documents: `python -m index.show [--docs DIR] [DOC_ID] [--json]`.

Knows how sections, tables and what was dropped are told; parses nothing.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict

from index.errors import IndexUnusable, UserError
from index.library import Library
from index.records import Section, SectionKind, SourceDoc, Table, TableRow

KINDS: dict[SectionKind, str] = {
    "text": "",
    "table": "表",
    "box": "专栏",
    "footnotes": "脚注",
    "contents": "目录",
}


class ShownSection(TypedDict):
    heading_path: list[str]
    kind: SectionKind
    chars: int
    page: int | None


class ShownRow(TypedDict):
    number: str
    group: str
    parent: str
    label: str
    unit: str
    cells: list[list[str]]  # [column, value] pairs, in order


class ShownTable(TypedDict):
    title: str
    columns: list[str]
    rows: list[ShownRow]


class ShownDocument(TypedDict):
    doc_id: str
    title: str
    file: str
    edition: str
    sections: list[ShownSection]
    tables: list[ShownTable]
    furniture: list[str]
    warnings: list[str]


def show(library: Library, doc_id: str | None = None) -> list[ShownDocument]:
    """One document, or all of them. Raises IndexUnusable where doc_id is not one of them."""
    sources = [d for d in library.documents() if doc_id in (None, d.doc_id)]
    if not sources:
        known = "、".join(d.doc_id for d in library.documents())
        raise IndexUnusable(f"没有编号为“{doc_id}”的文件；现有的编号：{known}。")
    return [_document(library, source) for source in sources]


def _document(library: Library, source: SourceDoc) -> ShownDocument:
    return {
        "doc_id": source.doc_id,
        "title": source.title,
        "file": source.path,
        "edition": source.edition,
        "sections": [_section(section) for section in library.sections(source.doc_id)],
        "tables": [_table(table) for _, table in library.tables(source.doc_id)],
        "furniture": list(library.furniture(source.doc_id)),
        "warnings": list(library.warnings(source.doc_id)),
    }


def _section(section: Section) -> ShownSection:
    return {
        "heading_path": list(section.heading_path),
        "kind": section.kind,
        "chars": sum(len(paragraph) for paragraph in section.paragraphs),
        "page": section.page,
    }


def _table(table: Table) -> ShownTable:
    return {
        "title": table.title,
        "columns": list(table.columns),
        "rows": [_row(row) for row in table.rows],
    }


def _row(row: TableRow) -> ShownRow:
    return {
        "number": row.number,
        "group": row.group,
        "parent": row.parent,
        "label": row.label,
        "unit": row.unit,
        "cells": [list(cell) for cell in row.cells],
    }


def described(document: ShownDocument, furniture: bool = False) -> str:
    """The document in Chinese, for a terminal; with `furniture` also what was dropped."""
    return "\n".join(_lines(document, furniture))


def _lines(document: ShownDocument, furniture: bool) -> Iterator[str]:
    origin = f"{document['edition']}，{document['file']}"
    yield f"{document['doc_id']}《{document['title']}》（{origin}）"
    for section in document["sections"]:
        yield _section_line(section)
    for table in document["tables"]:
        yield f"  表：{table['title'] or '（无标题）'}，列：{'、'.join(table['columns'])}"
        yield from (_row_line(row) for row in table["rows"])
    if furniture:
        yield from (f"  未收入：{line}" for line in document["furniture"])
    yield from (f"  提示：{line}" for line in document["warnings"])


def _section_line(section: ShownSection) -> str:
    path = section["heading_path"]
    kind = f"【{KINDS[section['kind']]}】" if KINDS[section["kind"]] else ""
    page = f"，第 {section['page']} 页" if section["page"] is not None else ""
    heading = path[-1] if path else "（标题之前的正文）"
    return f"{'  ' * max(len(path), 1)}{kind}{heading}（{section['chars']} 字{page}）"


def _row_line(row: ShownRow) -> str:
    named = " · ".join(part for part in (row["group"], row["parent"], row["label"]) if part)
    cells = "；".join(f"{column}：{value}" for column, value in row["cells"])
    number = f"{row['number']} " if row["number"] else ""
    return f"    {number}{named}｜{cells}"


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; 1 with one Chinese sentence where there is nothing to show."""
    parser = argparse.ArgumentParser(
        prog="python -m index.show", description="显示每个文件的章节、表格和提示"
    )
    parser.add_argument("doc_id", nargs="?", default=None, help="只显示这个编号的文件")
    parser.add_argument("--docs", type=Path, default=None, help="文件所在的文件夹")
    parser.add_argument("--json", action="store_true", help="按 JSON 输出")
    parser.add_argument("--furniture", action="store_true", help="同时显示没有收入的页码、目录等")
    parser.add_argument("--warnings", action="store_true", help="同时显示哪些文件没有收入及原因")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    try:
        library = Library.open(given.docs)
        documents = show(library, given.doc_id)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    for problem in library.warnings() if given.warnings else ():
        print(f"提示：{problem}", file=sys.stderr)
    if given.json:
        print(json.dumps(documents, ensure_ascii=False, indent=1))
    else:
        print("\n\n".join(described(document, given.furniture) for document in documents))
    return 0


if __name__ == "__main__":
    sys.exit(main())
