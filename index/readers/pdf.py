"""Reads a PDF: text and tables by pdfplumber, bookmarks and a second opinion by pypdf.

Knows what a PDF can be (locked, a scan, without a usable text layer) and says so; one page's
layout is pdf_page.py's. Runs in the child process, which limits its memory and time.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pdfplumber
from pdfplumber.utils.exceptions import PdfminerException
from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from index.errors import DocumentError
from index.readers import pdf_guard, pdf_page
from index.readers.cleaning import clean
from index.readers.encoding import plausible_share
from index.readers.pdf_outline import bookmarks, with_levels
from index.readers.pdf_page import PageText
from index.records import Block, RawDocument

# A printed plan has 80 to 400 pages.
MAX_PAGES = 3000
# What one page may draw, unpacked: the densest page of 156 seen has 25 kB, a city map drawn in
# lines can have tens of MB, which take minutes and hold no prose.
MAX_CONTENT_BYTES = 8 * 1024 * 1024
# Fewer characters on a page are a stamp or a page number: the page itself is a picture.
MIN_PAGE_CHARS = 20
# A text layer without a usable character table gives Tibetan, private-use or Latin-1 characters;
# the share of ordinary ones is then near 0, in the real documents at hand over 0.999.
MIN_ORDINARY = 0.8
# A document in Chinese has at least this share of Chinese characters.
MIN_CHINESE = 0.05

# Page numbers stand among a page's first or last lines.
SIMPLE_EDGE = 2
# The title stands on the cover, before this many lines are over.
TITLE_BLOCKS = 80

SCAN = "这个PDF是扫描件，没有可读取的文字。请换用文字版，或先做文字识别。"
GARBAGE = "这个PDF的文字层是乱码（字体缺少文字对照表），不能使用。请换用其他版本，或先做文字识别。"
LOCKED = "文件有密码保护。请先去掉密码再放入。"
BROKEN = "文件已损坏或格式有误，读不出来。请重新下载，或用原软件打开后另存一份再放入。"
NO_TEXT = "这个PDF里没有文字。请检查文件是否完整，或换用文字版。"
TOO_LONG = f"页数超过{MAX_PAGES}页。请拆分成几个文件后再放入。"

_DRAWN = PageText((), 0, True)
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\ue000-\uf8ff]")
_LETTERHEAD = re.compile(r"(?:政府|委员会|办公[厅室]|[局部厅院])\s*文\s*件\s*$")
_LONE_MARK = re.compile(r"\d{1,2}|[①-⑳]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TITLE_NOISE = re.compile(r"^Microsoft\s+\w+\s+-\s+|\.(?:docx?|wps|pdf|pptx?)$", re.I)


def read(data: bytes, name: str) -> RawDocument:
    """The document, a block a printed line; raises DocumentError."""
    pdf_guard.check(data, name)
    reader = _opened(data, name)
    drawings = _drawings(reader, name)
    pages = _pages(data, reader, drawings)
    _require_text(pages, name)
    pages, garbled = _without_garbage(pages, name)
    blocks = tuple(block for page in pages for block in page.blocks)
    return RawDocument(
        blocks=with_levels(blocks, bookmarks(reader)),
        title=_title(reader, blocks),
        hard_lines=True,
        warnings=(*garbled, *_warnings(pages, drawings, name)),
    )


def _opened(data: bytes, name: str) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise DocumentError(name, LOCKED)
        count = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        raise DocumentError(name, BROKEN) from None
    if count > MAX_PAGES:
        raise DocumentError(name, TOO_LONG)
    if count == 0:
        raise DocumentError(name, NO_TEXT)
    return reader


def _drawings(reader: PdfReader, name: str) -> frozenset[int]:
    """The pages (from 1) that draw so much that they are maps; raises DocumentError for a bomb."""
    found: set[int] = set()
    for number, page in enumerate(reader.pages, start=1):
        try:
            contents = page.get_contents()
            size = len(contents.get_data()) if contents is not None else 0
        except LimitReachedError:
            raise DocumentError(name, pdf_guard.BOMB) from None
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
            continue  # pdfminer may still read it
        if size > MAX_CONTENT_BYTES:
            found.add(number)
    return frozenset(found)


def _pages(data: bytes, reader: PdfReader, drawings: frozenset[int]) -> list[PageText]:
    """Every page's text; by pypdf where pdfminer can't take a page or reads the file as garbage."""
    found = _laid_out(data, reader, drawings)
    if found and _ordinary_share(found) >= MIN_ORDINARY:
        return found
    simple = [
        _DRAWN if number in drawings else _simple_page(page, number)
        for number, page in enumerate(reader.pages, start=1)
    ]
    return max((found, simple), key=lambda pages: (_ordinary_share(pages), _chars(pages)))


def _laid_out(data: bytes, reader: PdfReader, drawings: frozenset[int]) -> list[PageText]:
    found: list[PageText] = []
    sizes: Counter[float] = Counter()
    try:
        with pdfplumber.open(io.BytesIO(data), raise_unicode_errors=False) as document:
            for number, page in enumerate(document.pages, start=1):
                if number in drawings:
                    found.append(_DRAWN)
                    continue
                try:
                    found.append(pdf_page.read(page, number, sizes))
                except PdfminerException as error:
                    _pass_on_memory(error)
                    found.append(_simple_page(reader.pages[number - 1], number))
                page.close()
    except PdfminerException as error:
        _pass_on_memory(error)
        return []
    return found


def _pass_on_memory(error: PdfminerException) -> None:
    """pdfplumber wraps every exception, also the one that means the limit was reached."""
    if error.args and isinstance(error.args[0], MemoryError):
        raise MemoryError from error


def _simple_page(page: PageObject, number: int) -> PageText:
    """The page's lines as pypdf reads them: no tables, no sizes.

    A note mark then stands on a line of its own in the middle of a sentence, where it would be
    joined to a number: a line within the page that is nothing but a small number is left out.
    """
    try:
        lines = clean(page.extract_text()).split("\n")
        picture = bool(page.images)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return PageText((), 0, True)
    inner = range(SIMPLE_EDGE, len(lines) - SIMPLE_EDGE)
    kept = [
        Block(line.rstrip(), page=number)
        for place, line in enumerate(lines)
        if not (place in inner and _LONE_MARK.fullmatch(line.strip()))
    ]
    return PageText(tuple(kept), sum(len("".join(line.split())) for line in lines), picture)


def _require_text(pages: Sequence[PageText], name: str) -> None:
    if _chars(pages) >= MIN_PAGE_CHARS * max(1, len(pages) // 4):
        if _ordinary_share(pages) < MIN_ORDINARY:
            raise DocumentError(name, GARBAGE)
        return
    if any(page.has_picture for page in pages):
        raise DocumentError(name, SCAN)
    if _chars(pages) == 0:
        raise DocumentError(name, NO_TEXT)


def _without_garbage(pages: Sequence[PageText], name: str) -> tuple[list[PageText], list[str]]:
    """The pages without those whose own text is garbage, and a warning where there are any."""
    bad = [
        number
        for number, page in enumerate(pages, start=1)
        if page.chars >= MIN_PAGE_CHARS and _ordinary_share([page]) < MIN_ORDINARY
    ]
    kept = [
        replace(page, blocks=()) if number in bad else page
        for number, page in enumerate(pages, start=1)
    ]
    warning = f"{name}：第{_ranges(bad)}页的文字是乱码，没有读取，请核对原文件。"
    return kept, [warning] if bad else []


def _warnings(pages: Sequence[PageText], drawings: frozenset[int], name: str) -> list[str]:
    warnings: list[str] = []
    if drawings:
        warnings.append(f"{name}：第{_ranges(sorted(drawings))}页是复杂图形，其中的文字没有读取。")
    pictures = [
        number
        for number, page in enumerate(pages, start=1)
        if page.has_picture and page.chars < MIN_PAGE_CHARS and number not in drawings
    ]
    if pictures:
        warnings.append(f"{name}：第{_ranges(pictures)}页是图片，图中的文字没有读取。")
    text = _text(pages)
    if len(_CHINESE.findall(text)) < MIN_CHINESE * len(text):
        warnings.append(f"{name}：几乎没有汉字，请核对读取结果是否与原文件一致。")
    return warnings


def _ranges(numbers: Sequence[int]) -> str:
    """1、3—5 for 1, 3, 4, 5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _text(pages: Sequence[PageText]) -> str:
    return "".join(
        "".join("".join((block.text, *sum(block.grid, ()))).split())
        for page in pages
        for block in page.blocks
    )


def _chars(pages: Sequence[PageText]) -> int:
    return sum(page.chars for page in pages)


def _ordinary_share(pages: Sequence[PageText]) -> float:
    """The share of ordinary characters, a character without a known meaning counting as none."""
    text = _UNKNOWN.sub("\ufffd", _text(pages))
    return plausible_share(text, sample=len(text))


def _title(reader: PdfReader, blocks: Sequence[Block]) -> str:
    """The file's own title where the document bears it; '' for a template's or a program's."""
    try:
        stated = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return ""
    if _LETTERHEAD.search(str(stated or "")):
        return ""
    title = clean(_TITLE_NOISE.sub("", str(stated or ""))).strip()
    start = "".join("".join(block.text.split()) for block in blocks[:TITLE_BLOCKS])
    return title if len(title) > 3 and "".join(title.split()) in start else ""
