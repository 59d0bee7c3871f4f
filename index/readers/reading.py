"""Puts the steps of reading one file together: load, decide the format, parse, check.

Knows which format is parsed where; not how.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from index.errors import DocumentError
from index.readers import csv_cell, html, md, txt, worker
from index.readers.encoding import decode
from index.readers.files import SourceFile, load
from index.readers.kinds import Kind, detect
from index.records import RawDocument


def read_file(path: Path, root: Path | None = None) -> RawDocument:
    """See index.readers.read."""
    source = load(path, root)
    kind, warning = detect(source)
    raw = _parsed(source, kind)
    if not any(block.text.strip() or block.grid for block in raw.blocks):
        raise DocumentError(source.name, "文件里没有文字。请检查内容是否保存完整，再重新放入。")
    return replace(raw, warnings=(warning, *raw.warnings)) if warning else raw


def _parsed(source: SourceFile, kind: Kind) -> RawDocument:
    if kind == "docx" or kind == "pdf":
        return worker.parse(kind, source.name, source.data)
    text, warning = decode(source.data, source.name, html=kind == "html")
    raw = _parsed_text(text, kind, source.name)
    return replace(raw, warnings=(*raw.warnings, warning)) if warning else raw


def _parsed_text(text: str, kind: Kind, name: str) -> RawDocument:
    if kind == "html":
        return html.read(text)
    if kind == "csv":
        return csv_cell.read(text, name)
    if kind == "md" or md.looks_like(text):
        return md.read(text)
    return txt.read(text)
