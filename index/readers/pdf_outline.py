"""A PDF's bookmarks as heading levels of the lines they point to.

Knows bookmarks; a line gets a level only where a bookmark bears its words on its page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from index.readers.cleaning import clean
from index.records import Block

# A heading is printed over at most this many lines.
MAX_LINES = 4
# Bookmarks nest no deeper in any file of sense; a file that points back at itself stops here.
MAX_DEPTH = 9


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading as the file's outline names it; white space left out of `title`."""

    title: str
    page: int  # from 1
    level: int  # from 1


def bookmarks(reader: PdfReader) -> list[Bookmark]:
    """The file's bookmarks in order; none where the outline is missing or broken."""
    try:
        return list(_flat(reader, reader.outline, 1))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return []


def _flat(reader: PdfReader, entries: list[Any], level: int) -> Iterator[Bookmark]:
    for entry in entries:
        if isinstance(entry, list):
            if level < MAX_DEPTH:
                yield from _flat(reader, entry, level + 1)
            continue
        page = reader.get_destination_page_number(entry)
        title = "".join(clean(str(entry.title)).split())
        if page is not None and page >= 0 and title:
            yield Bookmark(title, page + 1, level)


def with_levels(blocks: Sequence[Block], marks: Sequence[Bookmark]) -> tuple[Block, ...]:
    """The blocks with levels; a heading printed over several lines becomes one block."""
    wanted: dict[int, list[Bookmark]] = {}
    for mark in marks:
        wanted.setdefault(mark.page, []).append(mark)
    result: list[Block] = []
    place = 0
    while place < len(blocks):
        found = _heading(blocks, place, wanted.get(blocks[place].page or 0, []))
        if found is None:
            result.append(blocks[place])
            place += 1
        else:
            mark, end = found
            text = "".join(block.text.strip() for block in blocks[place:end])
            result.append(Block(text, page=mark.page, level=mark.level))
            wanted[mark.page].remove(mark)
            place = end
    return tuple(result)


def _heading(
    blocks: Sequence[Block], place: int, marks: Sequence[Bookmark]
) -> tuple[Bookmark, int] | None:
    """The bookmark whose words start here and the place after its last line."""
    if not marks or not blocks[place].text.strip():
        return None
    for mark in marks:
        words = ""
        for end in range(place, min(place + MAX_LINES, len(blocks))):
            if blocks[end].grid:
                break
            words += "".join(blocks[end].text.split())
            if words == mark.title:
                return mark, end + 1
            if not mark.title.startswith(words):
                break
    return None
