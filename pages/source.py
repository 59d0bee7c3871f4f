"""The 出处 panel: a passage in its section with the cited sentence marked. Pure HTML.

Knows the records of index/ and their Library; knows no questions and no Gradio. A passage
that a rebuild has removed gets a page of its own that says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

from index.records import Passage, Section
from pages.tables import table_html
from pages.theme import edition, icon
from pages.units import Shelf, paragraph_key, section_key

GONE = "这处原文已不在现有文件中，可能是文件更新过。请重新提问，或到“浏览”中查找。"


def section_link(section: Section, paragraph: str = "") -> str:
    """The shareable address of a section, or of one of its paragraphs, on the 浏览 page."""
    asked = {"doc": section.doc_id, "section": section_key(section)}
    if paragraph:
        asked["p"] = paragraph_key(paragraph)
    return "browse?" + urlencode(asked)


def _find(text: str, quote: str) -> tuple[int, int] | None:
    signs = [sign for sign in quote if not sign.isspace()]
    if not signs:
        return None
    match = re.search(r"\s*".join(map(re.escape, signs)), text)
    return match.span() if match else None


def _spans(paragraphs: Sequence[str]) -> list[tuple[int, int]]:
    """Where each paragraph stands in all of them joined by line ends."""
    spans, at = [], 0
    for paragraph in paragraphs:
        spans.append((at, at + len(paragraph)))
        at += len(paragraph) + 1
    return spans


def _within(span: tuple[int, int], found: tuple[int, int] | None) -> tuple[int, int] | None:
    """The part of a paragraph that was found, counted in the paragraph; None where none is."""
    if found is None:
        return None
    start, end = max(found[0], span[0]), min(found[1], span[1])
    return (start - span[0], end - span[0]) if start < end else None


def paragraphs_html(paragraphs: Sequence[str], quote: str, passage: str = "") -> str:
    """Paragraphs with the quote marked, also where it runs over a paragraph's end.

    Of a `passage` its own paragraphs stand out (class here) from those around it. The quote is
    looked for within the passage first: the same words may stand above it.
    """
    joined = "\n".join(paragraphs)
    own = _find(joined, passage)
    inside = _find(joined[own[0] : own[1]], quote) if own else None
    if own and inside:
        quoted: tuple[int, int] | None = (own[0] + inside[0], own[0] + inside[1])
    else:
        quoted = _find(joined, quote)
    return "".join(
        f"<p{_standing(_within(span, own), passage)}>{_marked(text, _within(span, quoted))}</p>"
        for text, span in zip(paragraphs, _spans(paragraphs), strict=True)
    )


def _standing(found: tuple[int, int] | None, passage: str) -> str:
    if not passage:
        return ""
    return ' class="here"' if found else ' class="around"'


def _marked(text: str, found: tuple[int, int] | None) -> str:
    if found is None:
        return escape(text)
    start, end = found
    return f"{escape(text[:start])}<mark>{escape(text[start:end])}</mark>{escape(text[end:])}"


def panel(shelf: Shelf, passage_id: str, quote: str = "") -> str:
    """The panel's inside for one passage, shown in the section it stands in."""
    try:
        passage = shelf.passage(passage_id)
        section = shelf.section_of(passage)
    except KeyError:
        return f'<p class="notes">{GONE}</p>'
    body = (
        table_html(section.table, quote or passage.text)
        if section.table is not None
        else paragraphs_html(section.paragraphs, quote, passage.text)
    )
    title = document_title(shelf, passage.doc_id)
    steps = _tools(shelf, passage, section, quote)
    return f'{title}{breadcrumb(passage.heading_path)}<div class="passage">{body}</div>{steps}'


def document_title(shelf: Shelf, doc_id: str) -> str:
    """The line that names a document and its edition; '' of an unknown one."""
    for document in shelf.documents():
        if document.doc_id == doc_id:
            title = f"《{escape(document.title)}》 {edition(document.edition)}"
            return f'<p class="doc-title">{title}</p>'
    return ""


def breadcrumb(heading_path: Sequence[str]) -> str:
    """The headings above a text, outermost first."""
    items = "".join(f"<li>{escape(heading)}</li>" for heading in heading_path)
    return f'<ol class="crumbs" aria-label="所在章节">{items}</ol>' if items else ""


def _tools(shelf: Shelf, passage: Passage, section: Section, quote: str) -> str:
    before, after = shelf.neighbours(passage.passage_id)
    page = f'<span class="fine">原文第{passage.page}页</span>' if passage.page else ""
    place = _paragraph_of(section, quote or passage.text)
    link = (
        f'<a class="quiet" href="{escape(section_link(section, place))}">{icon("open")}打开原文</a>'
    )
    return (
        f'<p class="panel-tools">{link}{page}</p><p class="panel-steps">'
        f"{_step(before, 'prev', '上一段')}{_step(after, 'next', '下一段')}</p>"
    )


def _paragraph_of(section: Section, words: str) -> str:
    """The paragraph in which these words begin; the first where they stand in none."""
    found = _find("\n".join(section.paragraphs), words)
    spans = _spans(section.paragraphs)
    inside = (i for i, span in enumerate(spans) if found and span[0] <= found[0] < span[1])
    at = next(inside, 0)
    return section.paragraphs[at] if section.paragraphs else ""


def _step(passage: Passage | None, name: str, words: str) -> str:
    inside = f"{icon(name)}{words}" if name == "prev" else f"{words}{icon(name)}"
    if passage is None:
        return f'<button type="button" class="quiet" disabled>{inside}</button>'
    return (
        f'<button type="button" class="quiet" data-passage="{escape(passage.passage_id)}"'
        f' data-quote="">{inside}</button>'
    )
