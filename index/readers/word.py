"""Reads Word documents: paragraphs, tables, text boxes and notes in the order of the file.

Knows the document's body; a paragraph's words are word_text.py's, its number word_numbers.py's.
Headers and footers are page furniture and are not read. Runs in the child process.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from index.errors import DocumentError
from index.readers.cleaning import clean
from index.readers.grids import is_layout, joined, trimmed
from index.readers.lines import are_hard
from index.readers.txt import plain_lines
from index.readers.word_numbers import Numbering
from index.readers.word_styles import Styles
from index.readers.word_text import Notes, W, bare_pieces, boxes, children, text_of
from index.records import Block, RawDocument

# What a .docx may unpack to: all of it, and one part of XML (151 articles take 0.6 MB).
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_XML_BYTES = 50 * 1024 * 1024
# Tables within tables; layout tables were seen four deep.
MAX_DEPTH = 30
# A line this long (characters) that ends inside a sentence goes on after a forced line break.
BROKEN_LINE = 20

BROKEN = "文件已损坏，打不开。请重新下载，或用Word打开后另存为docx。"
LOCKED = "文件有密码保护。请先去掉密码再放入。"
BOMB = "文件展开后异常庞大，已停止读取。请用Word另存一份，或压缩其中的图片后再放入。"

_SENTENCE_END = "。！？；：…”’）)》】.!?;:"
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class _Source:
    styles: Styles
    numbering: Numbering
    notes: Notes
    hard: bool  # its lines, forced breaks included, are printed lines


def read(data: bytes, name: str) -> RawDocument:
    """The document, a block a paragraph; raises DocumentError."""
    _check(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        source = _Source(Styles(document), Numbering(document), Notes(document), _is_hard(body))
    except (OpcError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError):
        raise DocumentError(name, BROKEN) from None
    blocks = tuple(_blocks(body, source, 0))
    return RawDocument(
        blocks=blocks,
        title=_title(document, source.styles, blocks),
        hard_lines=source.hard,
    )


def _check(data: bytes, name: str) -> None:
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise DocumentError(name, BROKEN) from None
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise DocumentError(name, LOCKED)
    # What the archive claims is what zipfile will read: it never unpacks more than that.
    xml = [entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    whole = sum(entry.file_size for entry in entries)
    if whole > MAX_UNPACKED_BYTES or max(xml, default=0) > MAX_XML_BYTES:
        raise DocumentError(name, BOMB)


def _is_hard(body: etree._Element) -> bool:
    texts = ("".join(bare_pieces(paragraph)) for paragraph in body.iter(W + "p"))
    return are_hard(line for text in texts for line in text.split("\n"))


def _blocks(container: etree._Element, source: _Source, depth: int) -> Iterator[Block]:
    if depth > MAX_DEPTH:
        return
    for element in children(container):
        if element.tag == W + "p":
            yield from _paragraph(element, source, depth)
        elif element.tag == W + "tbl":
            yield from _table(element, source, depth)


def _paragraph(element: etree._Element, source: _Source, depth: int) -> Iterator[Block]:
    text, notes = text_of(element, source.notes)
    level = source.styles.level(element)
    number = source.numbering.next(element, source.styles.number(element))
    lines = plain_lines((number if text.strip() else "") + text)
    if level is not None and text.strip():
        yield Block(joined(lines) + notes, level=level)
    else:
        whole = lines if source.hard else _mended(lines)
        whole[-1:] = [whole[-1] + notes] if whole else []
        yield from map(Block, whole)
    for box in boxes(element):
        yield from _blocks(box, source, depth + 1)


def _mended(lines: list[str]) -> list[str]:
    """The lines of a paragraph, those joined that a forced break cut inside a sentence."""
    result: list[str] = []
    for line in lines:
        last = result[-1].rstrip() if result else ""
        cut = len(last) >= BROKEN_LINE and last[-1] not in _SENTENCE_END
        if cut and line[:1].strip():
            result[-1] = joined([result[-1], line])
        else:
            result.append(line)
    return result


def _table(table: etree._Element, source: _Source, depth: int) -> Iterator[Block]:
    """A grid; of a layout table, the blocks of its cells one after another."""
    rows = [row for row in children(table) if row.tag == W + "tr"]
    cells = [[cell for cell in children(row) if cell.tag == W + "tc"] for row in rows]
    nested = any(next(cell.iter(W + "tbl"), None) is not None for row in cells for cell in row)
    texts = [[_cell_text(cell, source) for cell in row] for row in cells]
    grid = trimmed(
        [_expanded(row, mine, words) for row, mine, words in zip(rows, cells, texts, strict=True)]
    )
    if nested or not grid or is_layout(grid):
        for row_cells in cells:
            for cell in row_cells:
                if not _goes_on(cell):
                    yield from _blocks(cell, source, depth + 1)
    else:
        yield Block("", grid=grid)


def _expanded(row: etree._Element, cells: list[etree._Element], texts: list[str]) -> list[str]:
    before = _number(row, "w:trPr/w:gridBefore")
    result = [""] * before
    for cell, text in zip(cells, texts, strict=True):
        span = max(_number(cell, "w:tcPr/w:gridSpan"), 1)
        result += ["" if _goes_on(cell) else text, *[""] * (span - 1)]
    return result


def _number(element: etree._Element, path: str) -> int:
    found = element.find(path, element.nsmap | {"w": W[1:-1]})
    value = "" if found is None else found.get(W + "val", "")
    return min(int(value), 200) if value.isdecimal() else 0


def _goes_on(cell: etree._Element) -> bool:
    """True for a cell that is the lower part of one merged downwards."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _cell_text(cell: etree._Element, source: _Source) -> str:
    """A cell's words. Its numbers are only counted where the cell is read as text."""
    lines: list[str] = []
    for paragraph in cell.iter(W + "p"):
        text, notes = text_of(paragraph, source.notes)
        lines += plain_lines(text + notes)
    return joined([line.strip() for line in lines if line.strip()])


def _title(document: Document, styles: Styles, blocks: tuple[Block, ...]) -> str:
    """The paragraph styled as title, else the file's own title where the document bears it."""
    for paragraph in document.element.body.iter(W + "p"):
        if styles.is_title(paragraph):
            text = "".join(node.text or "" for node in paragraph.iter(W + "t")).strip()
            if text:
                return clean(text)
    try:
        stated = clean(document.core_properties.title or "").strip()
    except (KeyError, ValueError, etree.XMLSyntaxError):
        return ""
    body = "".join("".join(block.text.split()) for block in blocks)
    return stated if len(stated) > 3 and "".join(stated.split()) in body else ""
