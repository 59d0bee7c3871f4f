"""The page 浏览: contents trees, sections, a search and the glossary, each under its own link.

Knows the Library; what it shows is made by pages.reading, pages.finding and pages.glossary. A link
names a section by its headings and first words and a paragraph by its text, so it outlives a
rebuild; one that names nothing any more gets a page that says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

import gradio as gr

from index.records import SourceDoc
from pages.bank import Bank
from pages.finding import Chosen
from pages.glossary import glossary
from pages.reading import aside_html, unit_html
from pages.results import results_html, terms_html
from pages.site_file import Site
from pages.source import section_link
from pages.theme import edition, icon, site_foot
from pages.units import Shelf, Unit, find_unit, section_key, units

LOST = (
    "这个链接指向的章节已不在现有文件中，可能是文件更新过。请从目录里重新选择，或搜索里面的文字。"
)
LONGEST_QUERY = 100  # characters


def build(library: Shelf, bank: Bank, site: Site) -> None:
    """The components of the page inside the Blocks that is open."""
    shelf = Browser(library, bank, site)

    def open_view(request: list[Any]) -> dict[str, str]:
        return shelf.view(_asked(request))

    def open_aside(request: list[Any]) -> str:
        return shelf.aside(_asked(request))

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
            '<article id="reading" tabindex="-1" aria-label="正文"></article>',
            elem_id="reader",
            apply_default_css=False,
            js_on_load="wengui.reader(element, server)",
            server_functions=[open_view, open_aside],
        )
        gr.HTML("", elem_id="beside", apply_default_css=False, js_on_load="wengui.beside(element)")


def _asked(request: list[Any]) -> dict[str, str]:
    """The address's own words as the browser sent them; anything else is dropped."""
    given = request[0] if request and isinstance(request[0], dict) else {}
    return {str(name): str(value) for name, value in given.items()}


class Browser:
    """What the page shows for an address: {"doc", "section", "p"}, {"q", …} or {"view": "terms"}."""

    def __init__(self, library: Shelf, bank: Bank, site: Site) -> None:
        self._library, self._bank, self._site = library, bank, site
        self._terms = cache(lambda: glossary(library))  # some ten milliseconds for five documents

    def view(self, asked: Mapping[str, str]) -> dict[str, str]:
        """`html` of the middle and the `title` of the browser's tab; `section` where it is one."""
        if query := asked.get("q", "").strip()[:LONGEST_QUERY]:
            chosen = Chosen(asked.get("in", ""), asked.get("part", ""), asked.get("kind", ""))
            html = results_html(self._library, query, chosen)
            return self._page(html, f"搜索“{query}”")
        if asked.get("view") == "terms":
            return self._page(terms_html(self._terms(), self._titles()), "名词")
        if not asked.get("section"):
            return self._page(self._intro(), "浏览")
        return self._section(asked)

    def _section(self, asked: Mapping[str, str]) -> dict[str, str]:
        own, at = self._find(asked)
        if at is None:
            return self._page(f'<p class="notes">{LOST}</p>{self._intro()}', "浏览")
        title = own[at].path[-1] if own[at].path else self._titles()[own[at].doc_id]
        page = self._page(unit_html(self._library, own, at), title)
        return page | {"section": own[at].key, "doc": own[at].doc_id}

    def aside(self, asked: Mapping[str, str]) -> str:
        """What stands beside a section: it takes longer, and so comes after the text."""
        own, at = self._find(asked)
        if at is None:
            return ""
        questions = self._bank.of_unit(own[at])
        return aside_html(self._library, own[at], questions, self._titles())

    def _find(self, asked: Mapping[str, str]) -> tuple[list[Unit], int | None]:
        doc_id = asked.get("doc", "")
        if doc_id not in self._titles():
            return [], None
        own = units(self._library.sections(doc_id))
        unit = find_unit(own, asked.get("section", ""), asked.get("p", ""))
        return own, own.index(unit) if unit else None

    def _titles(self) -> dict[str, str]:
        return {document.doc_id: document.title for document in self._library.documents()}

    def _page(self, html: str, title: str) -> dict[str, str]:
        return {"html": html + site_foot(self._site), "title": f"{title} · {self._site.full_name}"}

    def _intro(self) -> str:
        items = "".join(map(_holding, self._library.documents()))
        terms = f'<a href="browse?view=terms" data-view="terms">{icon("terms")}名词：文件自己怎样解释</a>'
        return (
            "<h1>浏览原文</h1><p>从目录里选一节，就能看到它的全文；也可以搜索文件里的文字。</p>"
            f'<p class="last-read" hidden></p><ul class="holdings">{items}</ul>'
            + (f'<p class="to-terms">{terms}</p>' if self._terms() else "")
        )


def _holding(document: SourceDoc) -> str:
    known = " · ".join(filter(None, (document.kind, document.issuer, document.published)))
    return (
        f"<li>《{escape(document.title)}》 {edition(document.edition)}"
        f'<span class="fine">{escape(known)}</span></li>'
    )


def contents(library: Shelf) -> str:
    """The search field, then one closed <details> a document; its tree comes when it is opened."""
    documents = "".join(
        f'<details data-doc="{escape(document.doc_id)}"><summary>{escape(document.title)} '
        f"{edition(document.edition)}</summary><ul></ul></details>"
        for document in library.documents()
    )
    return (
        '<form class="find" role="search" aria-label="搜索文件">'
        f'<input type="search" name="q" maxlength="{LONGEST_QUERY}" aria-label="搜索文件里的文字"'
        ' placeholder="搜索文件里的文字" enterkeyhint="search" autocomplete="off">'
        f'<button type="submit" class="solid" aria-label="搜索">{icon("search")}</button></form>'
        f'<a class="quiet" href="browse?view=terms" data-view="terms">{icon("terms")}名词解释</a>'
        f'<nav class="contents" aria-label="目录">{documents}</nav>'
    )


def tree(library: Shelf, doc_id: str) -> str:
    """The contents tree of a document: its sections link to themselves; '' of an unknown one."""
    known = {document.doc_id: document for document in library.documents()}
    if doc_id not in known:
        return ""
    return _entries(known[doc_id], units(library.sections(doc_id)))


def _entries(document: SourceDoc, own: Sequence[Unit]) -> str:
    """Headings in printed order; one without text of its own is a line, not a link.

    A heading whose text is taken up again after a box has one entry, its first.
    """
    items: list[str] = []
    above: tuple[str, ...] = ()
    for unit in own:
        shared = _shared(above, unit.path)
        for depth in range(shared, len(unit.path) - 1):
            items.append(f"<li{_depth(depth)}><span>{escape(unit.path[depth])}</span></li>")
        if unit.path != above or not items:
            words = unit.path[-1] if unit.path else document.title
            items.append(_entry(unit, unit.key, words, len(unit.path) - 1))
        insets = (s for s in unit.sections if s.kind in ("table", "box"))
        for section in insets:
            key = section_key(section)
            items.append(_entry(unit, key, section.heading_path[-1], len(unit.path)))
        above = unit.path
    return "".join(items)


def _shared(above: Sequence[str], path: Sequence[str]) -> int:
    pairs = enumerate(zip(above, path, strict=False))
    return next((i for i, (one, other) in pairs if one != other), min(len(above), len(path)))


def _depth(depth: int) -> str:
    return f' class="depth-{min(max(depth, 0), 4)}"'


def _entry(unit: Unit, key: str, words: str, depth: int) -> str:
    section = next(s for s in unit.sections if section_key(s) == key)
    return (
        f'<li{_depth(depth)}><a href="{escape(section_link(section))}"'
        f' data-doc="{escape(unit.doc_id)}" data-section="{key}">{escape(words)}</a></li>'
    )
