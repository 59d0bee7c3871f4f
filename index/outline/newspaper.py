"""Newspaper pages as text: narrow columns whose headlines stand after their texts.

Such a page opens with text, and each text is followed by a headline of one to three short lines
between empty lines. Two headlines in a row: the second is the page's banner, and a text after the
last headline is the editor's note, which belongs to the banner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.outline import text as t
from index.outline.lines import Layout, Line
from index.outline.numbering import marker_of
from index.outline.paragraphs import FULL, INDENT

MIN_HEADLINES = 2
MAX_LINES = 4
MAX_SHARE = 2.0  # a headline is set larger: it may be wider than a column, but not twice as wide
WIDE_COLUMN = 30.0  # characters; newspaper columns are narrower


@dataclass(frozen=True, slots=True)
class Piece:
    """One text of the page: its headline and its lines. `banner`: the page's own headline."""

    headline: str
    lines: tuple[Line, ...]
    banner: bool = False


def pieces_of(lines: Sequence[Line], layout: Layout) -> list[Piece]:
    """The pieces in the order of the page; [] where the document is no such page."""
    if not layout.wrapped or layout.width > WIDE_COLUMN or not _opens_with_text(lines, layout):
        return []
    groups = _headlines(lines, layout)
    if len(groups) < MIN_HEADLINES:
        return []
    pieces: list[Piece] = []
    banner = ""
    text_start = 0
    for start, end in groups:
        headline = _join(lines[start:end])
        if start == text_start:
            banner = headline
        else:
            pieces.append(Piece(headline, tuple(lines[text_start:start])))
        text_start = end
    note = tuple(lines[text_start:])
    if note or banner:
        pieces.append(Piece(banner, note, banner=True))
    return pieces


def _opens_with_text(lines: Sequence[Line], layout: Layout) -> bool:
    first = lines[:3]
    return len(first) == 3 and all(
        t.width(line.text) + INDENT >= FULL * layout.width
        and t.width(line.text) <= 1.2 * layout.width
        and marker_of(line.text) is None
        for line in first
    )


def _headlines(lines: Sequence[Line], layout: Layout) -> list[tuple[int, int]]:
    """Groups of headline lines as (start, end); a —— line continues the group before it."""
    groups: list[tuple[int, int]] = []
    index = 1
    while index < len(lines):
        end = index
        while (
            end < len(lines)
            and (end == index or lines[end].blanks == 0)
            and (_is_headline(lines[end], layout) and lines[end].indent == 0)
        ):
            end += 1
        if end > index and _is_group(lines, index, end, layout, groups):
            if groups and groups[-1][1] == index and _is_subtitle(lines[index]):
                groups[-1] = (groups[-1][0], end)
            else:
                groups.append((index, end))
            index = end
        else:
            index += 1
    return groups


def _is_headline(line: Line, layout: Layout) -> bool:
    return (
        not t.ends_sentence(line.text)
        and "。" not in line.text
        and not t.ends_open(line.text)
        and not t.starts_inside(line.text)
        and t.width(line.text) <= MAX_SHARE * layout.width
    )


def _is_subtitle(line: Line) -> bool:
    return line.text.startswith(("——", "—", "－－", "--"))


def _is_group(
    lines: Sequence[Line], start: int, end: int, layout: Layout, groups: list[tuple[int, int]]
) -> bool:
    """Empty lines around it, a finished sentence or a headline before it, and not column-wide."""
    if lines[start].blanks == 0 or end - start > MAX_LINES:
        return False
    before = t.ends_sentence(lines[start - 1].text) or bool(groups) and groups[-1][1] == start
    after = end == len(lines) or lines[end].blanks > 0 or lines[end].indent > 0
    return (
        before
        and after
        and any(
            _is_subtitle(line) or not 0.85 <= t.width(line.text) / layout.width <= 1.05
            for line in lines[start:end]
        )
    )


def _join(lines: Sequence[Line]) -> str:
    """Lines of one headline by spaces, its —— sub-title directly."""
    headline = ""
    for line in lines:
        text = t.fold(line.text)
        headline += text if not headline or _is_subtitle(line) else f" {text}"
    return headline
