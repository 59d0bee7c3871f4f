"""A search's results and the glossary as HTML: marked hits, facets, terms. Every text is escaped.

Knows pages.finding and pages.glossary; knows no Gradio.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from pages import finding
from pages.finding import KINDS, Chosen, Found, Results
from pages.glossary import Term
from pages.headings import place
from pages.source import section_link
from pages.theme import icon
from pages.units import Shelf, section_key

_PARTS_SHOWN = 12


def results_html(library: Shelf, query: str, chosen: Chosen) -> str:
    """A search: how many places, the facets, the places with their hits marked."""
    results = finding.search(library, query, chosen)
    titles = {document.doc_id: document.title for document in library.documents()}
    ask = f'<a class="quiet" href="./?{escape(urlencode({"ask": query}))}">{icon("ask")}直接问这个问题</a>'
    head = f"<h1>搜索“{escape(query)}”</h1>"
    if not results.documents:
        nothing = "文件里没有找到这些字，也没有意思相近的段落。可以换一个说法，或者少写几个字。"
        return f'{head}<p>{nothing}</p><p class="panel-tools">{ask}</p>'
    shown = len(results.found)
    more = f"，显示前{shown}处" if results.total > shown else ""
    items = "".join(_found(library, found, titles) for found in results.found)
    return (
        f'{head}<p class="fine" role="status">找到{results.total}处{more}。</p>'
        f'<p class="panel-tools">{ask}</p>{_facets(query, chosen, results, titles)}'
        f'<ol class="found">{items}</ol>'
    )


def _found(library: Shelf, found: Found, titles: Mapping[str, str]) -> str:
    passage = found.passage
    section = library.section_of(passage)
    first = passage.text.split("\n")[0]
    here = next((p for p in section.paragraphs if first and first in p), first)
    words = place(passage.heading_path, passage.lead)
    return (
        f'<li><a href="{escape(section_link(section, here))}" data-doc="{escape(passage.doc_id)}"'
        f' data-section="{section_key(section)}">{escape(words)}</a>'
        f"<p>{_marked(found)}</p>"
        f'<p class="fine">《{escape(titles[passage.doc_id])}》 · {KINDS.get(passage.kind, "正文")}</p></li>'
    )


def _marked(found: Found) -> str:
    pieces, at = [], 0
    for start, end in found.marks:
        pieces.append(
            f"{escape(found.glimpse[at:start])}<mark>{escape(found.glimpse[start:end])}</mark>"
        )
        at = end
    return "".join(pieces) + escape(found.glimpse[at:])


def _facets(query: str, chosen: Chosen, results: Results, titles: Mapping[str, str]) -> str:
    parts = list(results.parts.items())[:_PARTS_SHOWN]
    groups = (
        ("文件", "in", chosen.doc_id, [(d, titles[d], n) for d, n in results.documents.items()]),
        ("篇章", "part", chosen.part, [(part, part, n) for part, n in parts]),
        (
            "类型",
            "kind",
            chosen.kind,
            [(kind, words, n) for kind, words in KINDS.items() if (n := results.kinds.get(kind))],
        ),
    )
    given = {"q": query, "in": chosen.doc_id, "part": chosen.part, "kind": chosen.kind}
    return "".join(_facet(name, key, now, values, given) for name, key, now, values in groups)


def _facet(
    name: str,
    key: str,
    now: str,
    values: Iterable[tuple[str, str, int]],
    given: Mapping[str, str],
) -> str:
    """One row of choices; the one chosen leads back to all."""
    choices = list(values)
    if len(choices) < 2 and not now:
        return ""
    items = []
    for value, words, count in choices:
        asked = {**given, key: "" if value == now else value}
        if key == "in":
            asked["part"] = ""  # another document has other parts
        link = "browse?" + urlencode({k: v for k, v in asked.items() if v})
        current = ' aria-current="true"' if value == now else ""
        items.append(
            f'<li><a href="{escape(link)}" data-find{current}>{escape(words)}'
            f' <span class="count">{count}</span></a></li>'
        )
    return f'<div class="facet"><h2>{name}</h2><ul>{"".join(items)}</ul></div>'


def terms_html(terms: Sequence[Term], titles: Mapping[str, str]) -> str:
    """The glossary: each term with the document's own explanation and its place."""
    if not terms:
        return "<h1>名词</h1><p>现有文件里没有找到带解释的名词。</p>"
    items = "".join(_term(term, titles[term.doc_id]) for term in terms)
    return (
        f"<h1>名词</h1><p>文件里自己作了解释的{len(terms)}个名词，解释都是原文。</p>"
        '<p><input type="search" class="narrow" aria-label="筛选名词" placeholder="筛选名词"></p>'
        f'<dl class="terms">{items}</dl>'
    )


def _term(term: Term, title: str) -> str:
    asked = {"doc": term.doc_id, "section": term.section, "p": term.paragraph}
    link = "browse?" + urlencode(asked)
    return (
        f"<div><dt>{escape(term.term)}</dt><dd>{escape(term.meaning)}"
        f' <a href="{escape(link)}" data-doc="{escape(term.doc_id)}" data-section="{term.section}">'
        f'<span class="fine">《{escape(title)}》{escape(place(term.heading_path))}</span></a></dd></div>'
    )
