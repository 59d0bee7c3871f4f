"""Sections to passages, the unit of retrieval: whole paragraphs or whole sentences of one section.

Knows sections, sentences and table rows; not how a passage is indexed or ranked. A document's
passages stand at character offsets of its `cleaned_text`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.outline import labels_of, lead_of
from index.records import ParsedDocument, Passage, Section, TableRow
from index.sentences import enclosed, sentences
from index.tables import describe

# The size at which the baseline was measured (0.675 of sections first, 0.861 in the first five).
PASSAGE_CHARS = 350
# A paragraph below this may share a passage with its neighbours: items of a list, short articles.
SMALL_PARAGRAPH = 120
# Up to here a box or a note is one passage, and a sentence without any stop stays whole.
WHOLE_CHARS = 700


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage to be: offsets within the section's text."""

    start: int
    end: int
    lead: str = ""
    row: TableRow | None = None


# In an article of a rule a short sentence rules by itself (出生日期不得更改。), it names nothing.
_ARTICLE = re.compile(r"第[零〇一二两三四五六七八九十百千\d]+条")

Spans = list[tuple[int, int]]


def cleaned_text(parsed: ParsedDocument) -> str:
    """All sections' paragraphs in order, a line each: what `start` and `end` count in."""
    return "\n".join(text for section in parsed.sections for text in section.paragraphs)


def split(parsed: ParsedDocument) -> tuple[Passage, ...]:
    """The document's passages in order; contents lists give none.

    For each, cleaned_text(parsed)[start:end] is its text. Together the passages of a section hold
    its whole text but for white space between them.
    """
    passages: list[Passage] = []
    offset = 0
    for section in parsed.sections:
        text = "\n".join(section.paragraphs)
        for piece in _pieces(section):
            own = text[piece.start : piece.end]
            passages.append(_passage(section, piece, own, offset, len(passages)))
        offset += len(text) + 1 if section.paragraphs else 0
    return tuple(passages)


def indexed_text(passage: Passage, doc_title: str) -> str:
    """What goes into the word index and the vectors: where the passage stands, then what it says.

    A table row is given in words with its columns and unit (see index.tables.describe).
    """
    body = describe(passage.row) if passage.row is not None else passage.text
    lead = "" if body.lstrip("—-－– ").startswith(passage.lead) else passage.lead
    place = dict.fromkeys(part for part in (doc_title, *passage.heading_path, lead) if part)
    return "\n".join([" ".join(place), body]) if place else body


def _passage(section: Section, piece: _Piece, text: str, offset: int, order: int) -> Passage:
    start = offset + piece.start
    identity = json.dumps([section.doc_id, start, text, section.heading_path], ensure_ascii=False)
    row = piece.row
    return Passage(
        passage_id=hashlib.sha256(identity.encode("utf-8")).hexdigest()[:16],
        doc_id=section.doc_id,
        heading_path=section.heading_path,
        lead=piece.lead,
        text=text,
        kind=section.kind,
        page=row.page if row is not None and row.page is not None else section.page,
        order=order,
        start=start,
        end=offset + piece.end,
        row=row,
    )


def _pieces(section: Section) -> list[_Piece]:
    if section.kind == "contents":
        return []
    if section.kind == "table" and section.table is not None:
        return _table_pieces(section, section.table.rows)
    if section.kind == "footnotes":
        return [_Piece(start, end) for start, end in _paragraphs(section)]
    text = "\n".join(section.paragraphs)
    if section.kind == "box" and len(text) <= WHOLE_CHARS:
        return [_Piece(start, end) for start, end in _trimmed(text, 0, len(text))]
    leads = not (section.heading_path and _ARTICLE.match(section.heading_path[-1]))
    units = [_paragraph_pieces(text, span, leads) for span in _paragraphs(section)]
    if section.kind == "box":
        return _with_labels(section, [piece for unit in units for piece in unit])
    return _with_labels(section, list(_joined_small(units)))


def _with_labels(section: Section, pieces: list[_Piece]) -> list[_Piece]:
    """The name of a list's item as the lead of the pieces that hold it or a part of it alone."""
    spans = _paragraphs(section)
    own = [text for text in section.paragraphs if text.strip()]
    labels = labels_of(own, box=section.kind == "box")
    named = [(*spans[place], label) for place, label in labels.items()]
    return [
        replace(piece, lead=piece.lead or _label_at(piece, named)) if named else piece
        for piece in pieces
    ]


def _label_at(piece: _Piece, named: Sequence[tuple[int, int, str]]) -> str:
    inside = (label for start, end, label in named if start <= piece.start and piece.end <= end)
    return next(inside, "")


def _paragraphs(section: Section) -> Spans:
    """Spans of the paragraphs in the section's text, white space around them left out."""
    spans: Spans = []
    offset = 0
    for text in section.paragraphs:
        spans.extend((offset + a, offset + b) for a, b in _trimmed(text, 0, len(text)))
        offset += len(text) + 1
    return spans


def _trimmed(text: str, start: int, end: int) -> Spans:
    own = text[start:end]
    bare = own.strip()
    begin = start + len(own) - len(own.lstrip())
    return [(begin, begin + len(bare))] if bare else []


def _table_pieces(section: Section, rows: Sequence[TableRow]) -> list[_Piece]:
    """A piece a row; what is no row (header, note) is text of its own."""
    text = "\n".join(section.paragraphs)
    pieces: list[_Piece] = []
    following = 0
    for start, end in _paragraphs(section):
        own = text[start:end]
        place = next((i for i in range(following, len(rows)) if rows[i].text == own), None)
        if place is not None:
            pieces.append(_Piece(start, end, row=rows[place]))
            following = place + 1
        elif end - start <= WHOLE_CHARS:
            pieces.append(_Piece(start, end))
        else:
            pieces.extend(_paragraph_pieces(text, (start, end), True))
    return pieces


def _paragraph_pieces(text: str, span: tuple[int, int], leads: bool) -> list[_Piece]:
    """A paragraph whole, or cut between its sentences into pieces of about one size."""
    start, end = span
    own = text[start:end]
    lead = lead_of(own) if leads else ""
    if len(own) <= PASSAGE_CHARS:
        return [_Piece(start, end, lead)]
    return [_Piece(start + a, start + b, lead) for a, b in _balanced(_units(own))]


def _units(paragraph: str) -> Spans:
    """The paragraph's sentences; one past WHOLE_CHARS is cut at commas, or else by length."""
    units: Spans = []
    for start, end in sentences(paragraph):
        if end - start <= WHOLE_CHARS:
            units.append((start, end))
        else:
            units.extend(_clauses(paragraph, start, end))
    return units


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inside = enclosed(text)
    begin = start
    for index in range(start, end):
        at_comma = text[index] in "，、,：:" and not inside[index]
        if index + 1 - begin >= PASSAGE_CHARS or at_comma or index + 1 == end:
            yield from _trimmed(text, begin, index + 1)
            begin = index + 1


def _balanced(units: Spans) -> Spans:
    """Groups of neighbouring units, as few as PASSAGE_CHARS allows and as even as that leaves."""
    fewest = len(_packed(units, PASSAGE_CHARS))
    low, high = 1, PASSAGE_CHARS
    while low < high:
        middle = (low + high) // 2
        if len(_packed(units, middle)) <= fewest:
            high = middle
        else:
            low = middle + 1
    return _packed(units, low)


def _packed(units: Spans, size: int) -> Spans:
    groups: Spans = []
    for start, end in units:
        if groups and end - groups[-1][0] <= size:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return groups


def _joined_small(paragraphs: Sequence[list[_Piece]]) -> Iterator[_Piece]:
    """Joins small neighbouring paragraphs that have no lead of their own."""
    held: _Piece | None = None
    for pieces in paragraphs:
        piece = pieces[0] if len(pieces) == 1 and not pieces[0].lead else None
        if held is not None and piece is not None and _may_join(held, piece):
            held = _Piece(held.start, piece.end)
            continue
        if held is not None:
            yield held
        held = piece
        if piece is None:
            yield from pieces
    if held is not None:
        yield held


def _may_join(held: _Piece, piece: _Piece) -> bool:
    small = min(held.end - held.start, piece.end - piece.start) <= SMALL_PARAGRAPH
    return small and piece.end - held.start <= PASSAGE_CHARS
