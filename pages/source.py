"""The 出处 panel: a passage in its section with the cited sentence marked. Pure HTML.

Knows the records of index/ and their Library; knows no questions and no Gradio. A passage
that a rebuild has removed gets a page of its own that says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from html import escape
from typing import Protocol
from urllib.parse import urlencode

from index.records import Passage, Section, SourceDoc
from pages.tables import table_html
from pages.theme import edition, icon

GONE = "这处原文已不在现有文件中，可能是文件更新过。请重新提问，或到“浏览”中查找。"


class Shelf(Protocol):
    """What the pages ask of the index's Library."""

    def documents(self) -> Sequence[SourceDoc]: ...

    def sections(self, doc_id: str) -> Sequence[Section]: ...

    def passage(self, passage_id: str) -> Passage: ...

    def neighbours(self, passage_id: str) -> tuple[Passage | None, Passage | None]: ...

    def section_of(self, passage: Passage) -> Section: ...


def section_key(section: Section) -> str:
    """A section's name in links: it survives a rebuild as long as its headings and first words do.

    The first words tell sections apart that a document prints under one heading path.
    """
    first = section.paragraphs[0][:20] if section.paragraphs else ""
    words = "\n".join((section.doc_id, section.kind, *section.heading_path, first))
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def section_link(section: Section) -> str:
    """The shareable address of a section on the 浏览 page."""
    return "browse?" + urlencode({"doc": section.doc_id, "section": section_key(section)})


def mark(text: str, quote: str) -> str:
    """`text` escaped, with the first standing of `quote` in <mark>; white space aside."""
    found = _find(text, quote)
    if found is None:
        return escape(text)
    start, end = found
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"


def _find(text: str, quote: str) -> tuple[int, int] | None:
    signs = [sign for sign in quote if not sign.isspace()]
    if not signs:
        return None
    match = re.search(r"\s*".join(map(re.escape, signs)), text)
    return match.span() if match else None


def paragraphs_html(paragraphs: Sequence[str], quote: str) -> str:
    """Paragraphs with the quote marked, also where it runs over a paragraph's end."""
    joined = "\n".join(paragraphs)
    found = _find(joined, quote)
    pieces, at = [], 0
    for paragraph in paragraphs:
        end = at + len(paragraph)
        start_in, end_in = (max(found[0], at), min(found[1], end)) if found else (0, 0)
        if found and start_in < end_in:
            inner = mark(paragraph, paragraph[start_in - at : end_in - at])
        else:
            inner = escape(paragraph)
        pieces.append(f"<p>{inner}</p>")
        at = end + 1
    return "".join(pieces)


def panel(shelf: Shelf, passage_id: str, quote: str = "", whole: bool = False) -> str:
    """The panel's inside for one passage; `whole` opens the section it stands in."""
    try:
        passage = shelf.passage(passage_id)
        section = shelf.section_of(passage)
    except KeyError:
        return f'<p class="notes">{GONE}</p>'
    title = _document(shelf, passage.doc_id)
    body = _section_body(section, quote) if whole else _passage_body(passage, section, quote)
    tools = _tools(shelf, passage, section, whole)
    return f"{title}{breadcrumb(passage.heading_path)}{body}{tools}"


def _document(shelf: Shelf, doc_id: str) -> str:
    for document in shelf.documents():
        if document.doc_id == doc_id:
            title = f"《{escape(document.title)}》 {edition(document.edition)}"
            return f'<p class="doc-title">{title}</p>'
    return ""


def breadcrumb(heading_path: Sequence[str]) -> str:
    """The headings above a text, outermost first."""
    items = "".join(f"<li>{escape(heading)}</li>" for heading in heading_path)
    return f'<ol class="crumbs" aria-label="所在章节">{items}</ol>' if items else ""


def _passage_body(passage: Passage, section: Section, quote: str) -> str:
    if section.table is not None:
        return _section_body(section, quote or passage.text)
    paragraphs = [line for line in passage.text.split("\n") if line.strip()]
    return f'<div class="passage">{paragraphs_html(paragraphs, quote)}</div>'


def _section_body(section: Section, quote: str) -> str:
    if section.table is not None:
        return f'<div class="passage">{table_html(section.table, quote)}</div>'
    return f'<div class="passage whole">{paragraphs_html(section.paragraphs, quote)}</div>'


def _tools(shelf: Shelf, passage: Passage, section: Section, whole: bool) -> str:
    before, after = shelf.neighbours(passage.passage_id)
    page = f'<span class="fine">原文第{passage.page}页</span>' if passage.page else ""
    opened = (
        ""
        if whole or section.table is not None
        else f'<button type="button" class="quiet" data-act="whole">{icon("open")}打开原文</button>'
    )
    link = f'<a class="quiet" href="{escape(section_link(section))}">{icon("link")}在浏览中查看</a>'
    return (
        f'<p class="panel-tools">{opened}{link}{page}</p><p class="panel-steps">'
        f"{_step(before, 'prev', '上一段')}{_step(after, 'next', '下一段')}</p>"
    )


def _step(passage: Passage | None, name: str, words: str) -> str:
    inside = f"{icon(name)}{words}" if name == "prev" else f"{words}{icon(name)}"
    if passage is None:
        return f'<button type="button" class="quiet" disabled>{inside}</button>'
    return (
        f'<button type="button" class="quiet" data-passage="{escape(passage.passage_id)}"'
        f' data-quote="">{inside}</button>'
    )
