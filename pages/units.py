"""Sections -> units to read: a heading's text with its tables, boxes and notes in place.

The index keeps a table, a box or a footnote as a section of its own; whoever reads wants it where
it is printed. Knows the records of index/ and their Library; knows no HTML.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from index.records import Hit, Passage, Section, SourceDoc

_PATH_DIGITS, _WORD_DIGITS = 8, 4  # of a link's key: the headings' part and the first words'
_FIRST_WORDS = 20
_INSETS = ("table", "box")


class Shelf(Protocol):
    """What the pages ask of the index's Library."""

    def documents(self) -> Sequence[SourceDoc]: ...

    def sections(self, doc_id: str) -> Sequence[Section]: ...

    def passages(self, doc_id: str) -> Sequence[Passage]: ...

    def passage(self, passage_id: str) -> Passage: ...

    def neighbours(self, passage_id: str) -> tuple[Passage | None, Passage | None]: ...

    def section_of(self, passage: Passage) -> Section: ...

    def search(
        self, query: str, k: int = 10, doc_ids: Sequence[str] | None = None
    ) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class Unit:
    """Consecutive sections under one heading. `path`: () for text before the first heading."""

    doc_id: str
    path: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def key(self) -> str:
        return section_key(self.sections[0])

    @property
    def page(self) -> int | None:
        return self.sections[0].page

    @property
    def words(self) -> str:
        """The printed text without its notes, for searches by meaning."""
        shown = (s for s in self.sections if s.kind != "footnotes")
        return "\n".join(paragraph for section in shown for paragraph in section.paragraphs)


def base_path(section: Section) -> tuple[str, ...]:
    """The heading a section is read under: a table or a box under the one it stands in."""
    return section.heading_path[:-1] if section.kind in _INSETS else section.heading_path


def units(sections: Sequence[Section]) -> list[Unit]:
    """A document's units in printed order; headings without any text of their own have none."""
    shown = [s for s in sections if s.kind != "contents" and (s.paragraphs or s.table)]
    return [
        Unit(own[0].doc_id, path, tuple(own))
        for path, group in groupby(shown, key=base_path)
        if (own := list(group))
    ]


def section_key(section: Section) -> str:
    """A section's name in links: its headings' digits, then its first words'.

    The first words tell sections apart that a document prints under one heading path.
    """
    first = section.paragraphs[0][:_FIRST_WORDS] if section.paragraphs else ""
    path = "\n".join((section.doc_id, section.kind, *section.heading_path))
    return f"{_digits(path, _PATH_DIGITS)}{_digits(folded(first), _WORD_DIGITS)}"


def paragraph_key(text: str) -> str:
    """A paragraph's name in links: the same as long as its text stands."""
    return f"p{_digits(folded(text), _PATH_DIGITS)}"


def folded(text: str) -> str:
    """The text without white space, which two printings of the same words may differ in."""
    return "".join(text.split())


def _digits(text: str, count: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:count]


def find_unit(own: Sequence[Unit], key: str, paragraph: str = "") -> Unit | None:
    """The unit a link means: of its section, else of its headings, else of its paragraph.

    So a link outlives a change of the first words, and a paragraph's link a move of the paragraph.
    """
    by_section = {section_key(s): unit for unit in own for s in unit.sections}
    if key in by_section:
        return by_section[key]
    by_path = {known[:_PATH_DIGITS]: unit for known, unit in reversed(by_section.items())}
    if len(key) == _PATH_DIGITS + _WORD_DIGITS and key[:_PATH_DIGITS] in by_path:
        return by_path[key[:_PATH_DIGITS]]
    holding = (u for u in own for s in u.sections if paragraph in map(paragraph_key, s.paragraphs))
    return next(holding, None) if paragraph else None
