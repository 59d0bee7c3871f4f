"""读本 and 原文: which original a 读本 gives way to, and what the original takes over from it.

Compares doc ids, titles and, where an original prints no title, contents. Knows no files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.catalog import Listed
from index.records import ParsedDocument

# An original without a title is a 读本's own where so much of the headings (of the longer list) and
# of the figures (of the shorter) is the same. Measured: all of both for the plan and its 读本; two
# other documents have at most 0.58 of the headings, or fewer figures than FEWEST.
ALIKE = 0.8
FEWEST = 8  # headings, and figures: below it likeness may be chance
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SMALL = 2  # characters of a figure that stands in any text: 5, 12


def same_title(one: str, other: str) -> bool:
    """True where two titles differ in nothing but white space, width and punctuation."""
    bare = _bare(one)
    return bool(bare) and bare == _bare(other)


def superseded(documents: Sequence[Listed], parsed: Sequence[ParsedDocument]) -> dict[int, int]:
    """For each 读本 that gives way, its index, and the index of the original before it.

    Titles must be known by now; `parsed` holds the text of each document. An original stands before
    a 读本 of its doc_id or title; one without a title, before a 读本 of the same contents.
    """
    originals = [at for at, document in enumerate(documents) if document.edition == "原文"]
    untitled = [at for at in originals if _is_untitled(documents[at])]
    marks = {at: _marks(parsed[at]) for at in untitled}
    found: dict[int, int] = {}
    for place, reader in enumerate(documents):
        if reader.edition != "读本":
            continue
        named = (at for at in originals if _same_name(documents[at], reader))
        at = next(named, None)
        if at is None and untitled:
            own = _marks(parsed[place])
            at = next((at for at in untitled if _alike(marks[at], own)), None)
        if at is not None:
            found[place] = at
    return found


def in_place_of(original: Listed, reader: Listed) -> Listed:
    """An original with what catalog or head block leave out filled in from its 读本.

    One without a row takes over the 读本's doc_id and title too.
    """
    stated = original.in_catalog
    return replace(
        original,
        doc_id=original.doc_id if stated else reader.doc_id,
        title=original.title if stated and original.title else reader.title or original.title,
        issuer=original.issuer or reader.issuer,
        kind=original.kind or reader.kind,
        published=original.published or reader.published,
        replaced_by=original.replaced_by or reader.replaced_by,
    )


def _same_name(original: Listed, reader: Listed) -> bool:
    return original.doc_id == reader.doc_id or same_title(original.title, reader.title)


def _is_untitled(document: Listed) -> bool:
    """Whether nothing but the file's name has given the title."""
    return document.title == Path(document.files[0]).stem


@dataclass(frozen=True, slots=True)
class _Marks:
    headings: frozenset[str]
    figures: frozenset[str]


def _marks(parsed: ParsedDocument) -> _Marks:
    paths = (section.heading_path for section in parsed.sections)
    texts = (text for section in parsed.sections for text in section.paragraphs)
    figures = (figure for text in texts for figure in _FIGURE.findall(text))
    return _Marks(
        frozenset(_bare(path[-1]) for path in paths if path),
        frozenset(figure for figure in figures if len(figure) > _SMALL),
    )


def _alike(one: _Marks, other: _Marks) -> bool:
    headings = sorted((len(one.headings), len(other.headings)))
    figures = min(len(one.figures), len(other.figures))
    return (
        min(headings[0], figures) >= FEWEST
        and len(one.headings & other.headings) >= ALIKE * headings[1]
        and len(one.figures & other.figures) >= ALIKE * figures
    )


def _bare(title: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", title)).lower()
