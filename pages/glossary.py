"""Coined terms with what the documents themselves say they mean: notes, 是指, “…”即, 简称.

General forms of Chinese official and scholarly writing, no list of terms. Knows the records of
index/; knows no HTML. What a document uses without saying what it means is not in here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.records import Section
from pages.units import Shelf, paragraph_key, section_key

_TERM = r"[^“”‘’（）()，。；：、！？\s]"
_LONGEST = 160  # characters of a definition that is shown; the place has the rest
# 一城两核三片六组团：一城：…；“2+4”高铁枢纽群：即…
_NOTE = re.compile(
    rf"^(?:[①-⑳\d.、]+\s*)?(“?{_TERM}{{2,24}}”?{_TERM}{{0,12}})(?:：|，?是指|，?指|，?即)(.{{4,}})$"
)
# 本办法所称积分落户，是指…。“四沿”是指…。
_CALLED = re.compile(rf"所称(?:的)?“?({_TERM}{{2,20}}?)”?，?是?指(?:的是)?([^。]{{6,}}。)")
_MEANS = re.compile(rf"“([^“”]{{2,16}})”({_TERM}{{0,8}}?)，?(?:是指|指的是|即)，?([^。]{{4,}}。)")
_PLACE = re.compile("[上中下里]")
_LEADING = re.compile("^(?:：|是?指|即)+")
# “三权”（所有权、承包权、经营权）
_LISTED = re.compile(r"“([^“”]{2,12})”（((?:[^（）、]{2,14}、)+[^（）、]{2,14})）")
# 自治、法治、德治“三治”: as many items before the quotes as its numeral says
_COUNTED = re.compile(
    r"((?:[^、，。；：“”（）]{1,12}、)+[^、，。；：“”（）]{1,12}?)“([两二三四五六七八九十])([^“”]{1,8})”"
)
_NUMERALS = {sign: number for number, sign in enumerate("二三四五六七八九十", 2)} | {"两": 2}
# A box named after a term explains it: 锡澄“两高两快七普”道路体系
_NAMED = re.compile(r"“([^“”]{3,12})”")
# 无锡国家高新区（以下简称“高新区”）
_SHORT = re.compile(rf"({_TERM}{{4,24}})（(?:以下|下|以下统)?简?称“([^“”]{{2,12}})”(?:，下同)?）")


@dataclass(frozen=True, slots=True)
class Term:
    """A term, what it means in the document's words, and where that stands."""

    term: str
    meaning: str
    doc_id: str
    section: str  # the section's key in links
    paragraph: str  # the paragraph's
    heading_path: tuple[str, ...]


def glossary(shelf: Shelf) -> list[Term]:
    """The terms of all documents, in the documents' order; of one document a term once."""
    found: dict[tuple[str, str], Term] = {}
    for document in shelf.documents():
        for section in shelf.sections(document.doc_id):
            for term in of_section(section):
                found.setdefault((term.doc_id, term.term), term)
    return list(found.values())


def of_section(section: Section) -> Iterator[Term]:
    """The terms a section explains."""
    paragraphs = section.paragraphs if section.table is None else ()
    named = _NAMED.search(section.heading_path[-1]) if section.kind == "box" else None
    if named and any(p[:2] in named.group(1) for p in paragraphs if p[:2].strip()):
        yield _term(named.group(1), " ".join(paragraphs), section, paragraphs[0])
    for paragraph in paragraphs:
        for term, meaning in explained(paragraph, section.kind == "footnotes"):
            yield _term(term, meaning, section, paragraph)


def _term(term: str, meaning: str, section: Section, paragraph: str) -> Term:
    words = _LEADING.sub("", meaning.strip())
    return Term(
        term,
        words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…",
        section.doc_id,
        section_key(section),
        paragraph_key(paragraph),
        section.heading_path,
    )


def explained(paragraph: str, is_note: bool) -> list[tuple[str, str]]:
    """(term, meaning) pairs of a paragraph; a note explains what it begins with."""
    if is_note and (note := _NOTE.match(paragraph.strip())):
        return [(_bare(note.group(1)), note.group(2).strip())]
    pairs = [(m.group(1), m.group(2)) for m in _CALLED.finditer(paragraph)]
    pairs += [(m.group(1) + _naming(m.group(2)), m.group(3)) for m in _MEANS.finditer(paragraph)]
    pairs += [(m.group(1), m.group(2)) for m in _LISTED.finditer(paragraph)]
    pairs += [(m.group(2), m.group(1)) for m in _SHORT.finditer(paragraph)]
    pairs += [
        (m.group(2) + m.group(3), m.group(1))
        for m in _COUNTED.finditer(paragraph)
        if m.group(1).count("、") + 1 == _NUMERALS[m.group(2)]
    ]
    return pairs


def _naming(rest: str) -> str:
    """What follows the quotes belongs to the name, unless it tells a place (…上, …中)."""
    return "" if _PLACE.search(rest) else rest


def _bare(term: str) -> str:
    return term.removeprefix("“").replace("”", "", 1) if term.startswith("“") else term


def terms_of(notes: Sequence[str]) -> list[str]:
    """The term each note explains, '' where it names none."""
    return [pairs[0][0] if (pairs := explained(note, True)) else "" for note in notes]
