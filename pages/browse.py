"""The page 浏览: every document's contents tree and a section's text, each with its own link.

Knows the Library; knows no questions. The link names a section by its headings, so it outlives
a rebuild; one that names nothing any more gets a page that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urlencode

import gradio as gr

from index.records import Section, SourceDoc
from pages import source, tables
from pages.bank import Bank
from pages.headings import split_heading
from pages.site_file import Site
from pages.theme import edition, icon
from pages.units import Shelf, section_key

LOST = "这个链接指向的章节已不在现有文件中，可能是文件更新过。请从目录里重新选择。"
_SHOWN = ("text", "table", "box")


def build(library: Shelf, bank: Bank, site: Site) -> None:
    """The components of the page inside the Blocks that is open."""

    def open_section(request: list[Any]) -> dict[str, str]:
        doc_id, key = (str(part) for part in request)
        return opened(library, doc_id, key)

    def open_tree(request: list[Any]) -> str:
        return tree(library, str(request[0]))

    with gr.Row(elem_id="shelf"):
        gr.HTML(
            contents(library),
            elem_id="contents",
            apply_default_css=False,
            js_on_load="wengui.contents(element, server)",
            server_functions=[open_tree],
        )
        gr.HTML(
            '<article id="reading" tabindex="-1"></article>',
            elem_id="reader",
            apply_default_css=False,
            js_on_load="wengui.reader(element, server)",
            server_functions=[open_section],
        )


def contents(library: Shelf) -> str:
    """One closed <details> a document; its tree comes when it is opened, however many there are."""
    documents = "".join(
        f'<details data-doc="{escape(document.doc_id)}"><summary>{escape(document.title)} '
        f"{edition(document.edition)}</summary><ul></ul></details>"
        for document in library.documents()
    )
    return f'<nav class="contents" aria-label="目录">{documents}</nav>'


def tree(library: Shelf, doc_id: str) -> str:
    """The contents tree of a document: its sections link to themselves; '' of an unknown one."""
    known = {document.doc_id: document for document in library.documents()}
    return _entries(known[doc_id], library.sections(doc_id)) if doc_id in known else ""


def _entries(document: SourceDoc, sections: Sequence[Section]) -> str:
    """Headings in printed order; one without text of its own is a line, not a link."""
    items: list[str] = []
    above: tuple[str, ...] = ()
    for section in _readable(sections):
        path = section.heading_path
        shared = _shared(above, path)
        for depth in range(shared, len(path) - 1):
            items.append(f"<li{_depth(depth)}><span>{escape(path[depth])}</span></li>")
        items.append(_entry(section, document))
        above = path
    return "".join(items)


def _shared(above: Sequence[str], path: Sequence[str]) -> int:
    count = 0
    for one, other in zip(above, path, strict=False):
        if one != other:
            break
        count += 1
    return count


def _depth(depth: int) -> str:
    return f' class="depth-{min(max(depth, 0), 4)}"'


def _entry(section: Section, document: SourceDoc) -> str:
    path = section.heading_path
    words = path[-1] if path else document.title
    return (
        f"<li{_depth(len(path) - 1)}>"
        f'<a href="{escape(source.section_link(section))}"'
        f' data-doc="{escape(section.doc_id)}" data-section="{section_key(section)}">'
        f"{escape(words)}</a></li>"
    )


def _readable(sections: Sequence[Section]) -> list[Section]:
    return [s for s in sections if s.kind in _SHOWN and (s.paragraphs or s.table)]


def opened(library: Shelf, doc_id: str, key: str) -> dict[str, str]:
    """`html` of a section and the `title` of the browser's tab; without a key an introduction."""
    if not key:
        return {"html": _intro(library), "title": "浏览 · 问规"}
    known = {document.doc_id: document for document in library.documents()}
    sections = _readable(library.sections(doc_id)) if doc_id in known else []
    keys = [section_key(section) for section in sections]
    if key not in keys:
        return {"html": f'<p class="notes">{LOST}</p>{_intro(library)}', "title": "浏览 · 问规"}
    at = keys.index(key)
    section = sections[at]
    title = section.heading_path[-1] if section.heading_path else known[doc_id].title
    return {"html": _section(known[doc_id], sections, at), "title": f"{title} · 问规"}


def _intro(library: Shelf) -> str:
    items = "".join(_holding(document) for document in library.documents())
    return (
        "<h1>浏览原文</h1><p>从目录里选一节，就能看到它的全文。</p>"
        f'<ul class="holdings">{items}</ul>'
    )


def _holding(document: SourceDoc) -> str:
    known = " · ".join(filter(None, (document.issuer, document.published)))
    return (
        f"<li>《{escape(document.title)}》 {edition(document.edition)}"
        f'<span class="fine">{escape(known)}</span></li>'
    )


def _section(document: SourceDoc, sections: Sequence[Section], at: int) -> str:
    section = sections[at]
    path = section.heading_path
    title = path[-1] if path else document.title
    body = (
        tables.table_html(replace(section.table, title=""))  # the heading above says it
        if section.table is not None
        else source.paragraphs_html(section.paragraphs, "")
    )
    before, after = _step(sections, at - 1, "上一节"), _step(sections, at + 1, "下一节")
    page = f'<span class="fine">原文第{section.page}页</span>' if section.page else ""
    copy = (
        f'<button type="button" class="quiet" data-act="link">{icon("link")}复制本节链接</button>'
    )
    return (
        f'<p class="doc-title">《{escape(document.title)}》 '
        f"{edition(document.edition)}</p>"
        f'{source.breadcrumb(path[:-1])}<h1>{escape(title)}</h1><div class="text">{body}</div>'
        f'<p class="panel-tools">{_ask_link(title)}{copy}{page}</p>'
        f'<p class="panel-steps">{before}{after}</p>'
    )


def _ask_link(title: str) -> str:
    """To the chat page with a question about the section in the field, not yet sent."""
    _, words = split_heading(title)
    asked = "./?" + urlencode({"q": f"关于“{words or title}”，文件是怎么写的？"})
    return f'<a class="quiet" href="{escape(asked)}">{icon("ask")}问问这一节</a>'


def _step(sections: Sequence[Section], at: int, words: str) -> str:
    if not 0 <= at < len(sections):
        return ""
    section = sections[at]
    name = section.heading_path[-1] if section.heading_path else "正文"
    return (
        f'<a class="quiet" href="{escape(source.section_link(section))}"'
        f' data-doc="{escape(section.doc_id)}" data-section="{section_key(section)}">'
        f"{words}：{escape(name)}</a>"
    )
