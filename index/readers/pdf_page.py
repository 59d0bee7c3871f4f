"""One PDF page as blocks: its lines, tables in their place, its footnotes put together.

Knows one page at a time. Running headers and page numbers are left in: only the whole document
shows that they repeat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pdfplumber.page import Page

from index.readers.cleaning import clean
from index.readers.grids import joined
from index.readers.pdf_lines import Char, Line, lines
from index.readers.pdf_tables import PageTable, tables
from index.records import Block

# A gap this many times the page's usual distance between lines sets paragraphs apart.
BLANK_GAP = 1.5
# A line starts a column of its own where this many lines start at its place, this share of the
# page's width to the right of the first column.
COLUMN_LINES = 5
COLUMN_SHARE = 0.35
# Where more of the lines than this step up the page, the file's order is not reading order.
DISORDER = 0.2
# Footnotes are set smaller than the text, by at least this much.
NOTE_SIZE = 0.92
# Indents are told in full-width spaces, up to a centred title's.
MAX_INDENT = 20
_SAME_PLACE = 3.0  # points within which line starts count as aligned


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's blocks, with what the document's checks need to know of it."""

    blocks: tuple[Block, ...]
    chars: int  # printed characters, spaces aside
    has_picture: bool


def read(page: Page, number: int, sizes: Counter[float]) -> PageText:
    """The page's blocks in reading order, each with the page's number (from 1).

    `sizes` counts the characters of each size (points) so far in the document and is added to: a
    page of one table and its notes does not show by itself what size the text has.
    """
    chars = _chars(page)
    found = tables(page, chars)
    inside = frozenset[int]().union(*(table.inside for table in found))
    printed = _ordered(lines(char for char in chars if char.order not in inside))
    for line in printed:
        sizes[round(line.size, 1)] += len(line.chars)
    size = max(sizes, key=lambda size: sizes[size], default=0.0)
    notes, texts = _split_notes(printed, size)
    labels = frozenset(note[0].label for note in notes)
    blocks = _merged(_placed_lines(texts, labels, size, page.width), found, number)
    blocks += [Block(_note_text(note), page=number) for note in notes]
    shown = sum(1 for char in chars if not char.text.isspace())
    return PageText(tuple(blocks), shown, bool(page.images))


def _chars(page: Page) -> list[Char]:
    """The upright characters; a watermark across the page is no text."""
    return [
        Char(
            clean(char["text"]),
            char["x0"],
            char["x1"],
            char["top"],
            char["bottom"],
            char["size"],
            char["matrix"][5],
            order,
        )  # fmt: skip
        for order, char in enumerate(page.chars)
        if char["upright"] and not _is_slanted(char["matrix"]) and clean(char["text"])
    ]


def _is_slanted(matrix: Sequence[float]) -> bool:
    return abs(matrix[1]) > 0.1 * abs(matrix[0])


def _ordered(found: list[Line]) -> list[Line]:
    up = sum(1 for a, b in zip(found, found[1:], strict=False) if b.top < a.top - a.size)
    if up <= max(2, DISORDER * len(found)):
        return found
    return sorted(found, key=lambda line: (round(line.top / max(line.size, 1)), line.x0))


def _split_notes(printed: Sequence[Line], size: float) -> tuple[list[list[Line]], list[Line]]:
    """Footnotes (each its lines) and the rest; a note is small print whose mark the text bears."""
    used = {
        text
        for line in printed
        for place, (role, text) in enumerate(line.pieces)
        if role == "mark" and (place or not _is_small(line, size))
    }
    notes: list[list[Line]] = []
    rest: list[Line] = []
    within = False
    for line in printed:
        if _is_small(line, size) and line.label in used:
            notes.append([line])
            within = True
        elif within and _is_small(line, size) and not line.label:
            notes[-1].append(line)
        else:
            rest.append(line)
            within = False
    return notes, rest


def _is_small(line: Line, size: float) -> bool:
    return line.size <= size * NOTE_SIZE


def _note_text(note: Sequence[Line]) -> str:
    """The note in the form that text exports have: [2: 新增建设用地：……。]"""
    texts = [line.text().strip() for line in note]
    return f"[{note[0].label}: {joined(texts)}]"


def _placed_lines(
    texts: Sequence[Line], notes: frozenset[str], size: float, width: float
) -> list[tuple[int, str]]:
    """Each line's text with its indent, by place in the file; '' where the paper leaves a gap."""
    lefts = _lefts(texts, width)
    steps = [b.top - a.top for a, b in zip(texts, texts[1:], strict=False) if b.top > a.top]
    usual = median(steps) if steps else 0.0
    placed: list[tuple[int, str]] = []
    last: Line | None = None
    for line in texts:
        if last and line.top - last.top > BLANK_GAP * max(usual, last.size):
            placed.append((line.order, ""))
        placed.append((line.order, _indented(line, lefts, notes, size)))
        last = line
    return placed


def _indented(line: Line, lefts: Sequence[float], notes: frozenset[str], size: float) -> str:
    text = line.text(notes).rstrip()
    if _is_small(line, size) and line.label and line.label not in notes:
        text = f"{line.label} {text.lstrip()}"  # a note whose mark is elsewhere, on paper too
    left = max((left for left in lefts if left <= line.x0 + _SAME_PLACE), default=line.x0)
    indent = min(round((line.x0 - left) / max(line.size, 1)), MAX_INDENT)
    spaces = len(text) - len(text.lstrip())
    return "\u3000" * max(indent, min(spaces, indent + 1)) + text.lstrip()


def _lefts(texts: Sequence[Line], width: float) -> list[float]:
    """Where the page's columns start, from the left."""
    starts = Counter(round(line.x0 / _SAME_PLACE) for line in texts)
    first = min((line.x0 for line in texts), default=0.0)
    columns = [
        place * _SAME_PLACE
        for place, count in starts.items()
        if count >= COLUMN_LINES and place * _SAME_PLACE > first + COLUMN_SHARE * width
    ]
    return [first, *sorted(columns)]


def _merged(placed: list[tuple[int, str]], found: Sequence[PageTable], number: int) -> list[Block]:
    """Lines and tables in the order of the file."""
    waiting = sorted(found, key=lambda table: table.order, reverse=True)
    blocks: list[Block] = []
    for order, text in placed:
        while waiting and waiting[-1].order < order:
            blocks.append(Block("", page=number, grid=waiting.pop().grid))
        blocks.append(Block(text, page=number))
    blocks += [Block("", page=number, grid=table.grid) for table in reversed(waiting)]
    return blocks
