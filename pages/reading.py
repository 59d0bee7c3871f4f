"""A unit as HTML: its text with tables, boxes and notes in place, and what stands beside it.

Knows the records of index/ and their Library; knows no questions and no Gradio. Every text is
escaped here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from index.records import Section
from pages.finding import related
from pages.glossary import terms_of
from pages.headings import inner_quotes, place, split_heading
from pages.source import breadcrumb, document_title, section_link
from pages.tables import table_html
from pages.theme import icon
from pages.units import Shelf, Unit, paragraph_key, section_key

ALIKE_SHOWN = 3  # related sections of this document, and as many of others


def unit_html(shelf: Shelf, own: Sequence[Unit], at: int) -> str:
    """The middle of the page: where it stands, its text, the way on."""
    unit = own[at]
    title = unit.path[-1] if unit.path else _title(shelf, unit.doc_id)
    notes = _Notes([p for s in unit.sections if s.kind == "footnotes" for p in s.paragraphs])
    leads = _leads(shelf, unit)
    body = "".join(_section(section, leads, notes) for section in unit.sections)
    page = f'<span class="fine">原文第{unit.page}页</span>' if unit.page else ""
    return (
        f"{document_title(shelf, unit.doc_id)}{breadcrumb(unit.path[:-1])}<h1>{escape(title)}</h1>"
        f'<p class="panel-tools">{_tool("link", "link", "复制本节链接")}'
        f"{_tool('speak', 'speak', '朗读')}{_ask_link(title)}{page}</p>"
        f'<div class="text">{body}</div>{notes.html()}'
        f'<p class="panel-steps">{_step(own, at - 1, "上一节")}{_step(own, at + 1, "下一节")}</p>'
    )


def _title(shelf: Shelf, doc_id: str) -> str:
    return next(d.title for d in shelf.documents() if d.doc_id == doc_id)


def _tool(act: str, sign: str, words: str) -> str:
    return (
        f'<button type="button" class="quiet" data-act="{act}">{icon(sign)}'
        f"<span>{words}</span></button>"
    )


def _ask_link(title: str) -> str:
    """To the chat page with a question about the section in the field, not yet sent."""
    _, words = split_heading(title)
    asked = "./?" + urlencode({"q": f"关于“{inner_quotes(words or title)}”，文件是怎么写的？"})
    return f'<a class="quiet" href="{escape(asked)}">{icon("ask")}问问这一节</a>'


def _leads(shelf: Shelf, unit: Unit) -> tuple[str, ...]:
    """The lead phrases of the unit's paragraphs, each once, in order."""
    here = {section.heading_path for section in unit.sections}
    passages = shelf.passages(unit.doc_id)
    return tuple(dict.fromkeys(p.lead for p in passages if p.lead and p.heading_path in here))


class _Notes:
    """The unit's footnotes: each is tied to the first place in the text that prints its term."""

    def __init__(self, notes: Sequence[str]) -> None:
        self._notes = list(notes)
        self._untied = {term: n for n, term in enumerate(terms_of(notes), 1) if term}

    def tied(self, text: str) -> str:
        """A stretch of text, escaped, with the marks of the notes whose terms it is first to have."""
        for term, number in list(self._untied.items()):
            found = _quoted(term).search(text)
            if found:
                del self._untied[term]
                before, after = text[: found.end()], text[found.end() :]
                return self.tied(before) + self._mark(number) + self.tied(after)
        return escape(text)

    def _mark(self, number: int) -> str:
        note = self._notes[number - 1]
        return (
            f'<sup><a class="cite noteref" id="ref{number}" href="#note{number}"'
            f' aria-label="注释{number}" data-quote="{escape(note)}" data-place="注释{number}">'
            f"注{number}</a></sup>"
        )

    def html(self) -> str:
        if not self._notes:
            return ""
        tied = set(range(1, len(self._notes) + 1)) - set(self._untied.values())
        items = "".join(
            f'<li id="note{n}" tabindex="-1">{escape(note)}'
            + (f' <a class="quiet" href="#ref{n}" aria-label="回到正文">↩</a>' if n in tied else "")
            + "</li>"
            for n, note in enumerate(self._notes, 1)
        )
        return (
            f'<section class="notes-list" aria-label="注释"><h2>注释</h2><ol>{items}</ol></section>'
        )


def _quoted(term: str) -> re.Pattern[str]:
    """A term as the text may print it: with or without quotation marks inside."""
    return re.compile("[“”]?".join(map(re.escape, term)) + "”?")


def _section(section: Section, leads: Sequence[str], notes: _Notes) -> str:
    if section.kind == "footnotes":
        return ""
    key = section_key(section)
    if section.table is not None:
        table = table_html(replace(section.table, title=""), linked=True)
        return _inset(key, "table", section.heading_path[-1], table)
    paragraphs = "".join(_paragraph(section, text, leads, notes) for text in section.paragraphs)
    if section.kind == "box":
        return _inset(key, "box", section.heading_path[-1], paragraphs)
    return paragraphs


def _inset(key: str, kind: str, title: str, body: str) -> str:
    return (
        f'<section class="inset {kind}" id="{key}" tabindex="-1" aria-label="{escape(title)}">'
        f"<h2>{escape(title)}</h2>{body}</section>"
    )


def _paragraph(section: Section, text: str, leads: Sequence[str], notes: _Notes) -> str:
    lead = next((one for one in leads if text.startswith(one)), "")
    strong = f'<strong class="lead">{notes.tied(lead)}</strong>' if lead else ""
    key = paragraph_key(text)
    link = (
        f'<a class="para-link" href="{escape(section_link(section, text))}" data-act="para"'
        f' aria-label="复制这一段的链接">{icon("link")}</a>'
    )
    return f'<p id="{key}" tabindex="-1">{strong}{notes.tied(text[len(lead) :])}{link}</p>'


def _step(own: Sequence[Unit], at: int, words: str) -> str:
    if not 0 <= at < len(own):
        return ""
    return unit_link(own[at], f"{words}：{_name(own[at])}", "quiet")


def _name(unit: Unit) -> str:
    return unit.path[-1] if unit.path else "正文"


def unit_link(unit: Unit, words: str, kind: str = "") -> str:
    """A link that opens a unit on this page without loading it anew."""
    return (
        f'<a class="{kind}" href="{escape(section_link(unit.sections[0]))}"'
        f' data-doc="{escape(unit.doc_id)}" data-section="{unit.key}">{escape(words)}</a>'
    )


def aside_html(
    shelf: Shelf, unit: Unit, questions: Sequence[str], titles: Mapping[str, str]
) -> str:
    """Beside the text: its points, the questions it answers, sections alike here and elsewhere."""
    return _points(shelf, unit) + _questions(questions) + _alike(shelf, unit, titles)


def _points(shelf: Shelf, unit: Unit) -> str:
    leads = _leads(shelf, unit)
    paragraphs = [p for s in unit.sections if s.table is None for p in s.paragraphs]
    pairs = [(lead, next((p for p in paragraphs if p.startswith(lead)), "")) for lead in leads]
    items = "".join(
        f'<li><a href="#{paragraph_key(text)}">{escape(lead)}</a></li>'
        for lead, text in pairs
        if text
    )
    return _group("本节要点", items)


def _questions(questions: Sequence[str]) -> str:
    items = "".join(
        f'<li><a href="./?{_asked(question)}">{escape(question)}</a></li>' for question in questions
    )
    return _group("本节在问什么", items)


def _asked(question: str) -> str:
    return escape(urlencode({"ask": question}))


def _alike(shelf: Shelf, unit: Unit, titles: Mapping[str, str]) -> str:
    found = related(shelf, unit, ALIKE_SHOWN)
    here = "".join(
        f"<li>{unit_link(other, place(other.path))}</li>" for other, foreign in found if not foreign
    )
    elsewhere = "".join(
        f'<li>{unit_link(other, place(other.path))}<span class="fine">《{escape(titles[other.doc_id])}》'
        "</span></li>"
        for other, foreign in found
        if foreign
    )
    return _group("本文件中相关的章节", here) + _group("其他文件中相关的章节", elsewhere)


def _group(title: str, items: str) -> str:
    return f"<section><h2>{title}</h2><ul>{items}</ul></section>" if items else ""
