"""Finds a document's contents list, takes it out, and keeps its entries as evidence of headings.

Knows no page numbers' meaning and no levels; an entry is just a text that may come again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from index.outline.lines import Line
from index.outline.numbering import chapter_spans, marker_of
from index.outline.text import ends_sentence, squeeze, width

MIN_ENTRIES = 4
MAX_ENTRY = 60.0  # characters; a wider line is text
_HEADING = re.compile(r"^(?:目录|目次|目錄|CONTENTS|Contents)(?:[:：])?")
_LEADER = re.compile(r"(?:[.．…·•⋯]{2,}|[.．·]\s[.．·]|\t|\s{2,})[\s.．…·•]*[（(]?\d{1,4}[)）]?$")
_PAGE = re.compile(r"[\s\t　.．…·•⋯—\-]*(?:[\s\t.．…·•⋯][（(]?\d{1,4}[)）]?)?$")


@dataclass(frozen=True)
class Contents:
    """The entries of a contents list, without white space and page numbers."""

    entries: tuple[str, ...] = ()
    _set: frozenset[str] = field(init=False, default=frozenset())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_set", frozenset(self.entries))

    def lists(self, text: str) -> bool:
        """Whether the text, white space aside, is an entry."""
        return squeeze(text) in self._set

    def begins(self, text: str) -> bool:
        """Whether the text is the beginning of an entry, but not all of it."""
        start = squeeze(text)
        return len(start) >= 4 and any(e.startswith(start) and e != start for e in self.entries)


def take(lines: Sequence[Line]) -> tuple[Contents, list[Line], list[str]]:
    """The contents, the lines without it, and the texts taken out."""
    start = _start(lines)
    if start is None:
        return Contents(), list(lines), []
    first = start + 1 if squeeze(lines[start].text) in ("目录", "目次", "目錄") else start
    entries, end, rest = _read(lines, first)
    if len(entries) < MIN_ENTRIES:
        return Contents(), list(lines), []
    taken = [line.text for line in lines[start:end]]
    return Contents(tuple(entries)), [*lines[:start], *rest, *lines[end:]], taken


def entry_of(text: str) -> str:
    """A contents line without its leader and page number, white space removed."""
    text = _HEADING.sub("", text.strip()) if _HEADING.match(text.strip()) else text
    return squeeze(_PAGE.sub("", text.strip()))


def _start(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines):
        text = squeeze(line.text)
        if text in ("目录", "目次", "目錄") or _HEADING.match(text) and _headed(text):
            return index
    for index in range(len(lines) - MIN_ENTRIES):
        run = lines[index : index + MIN_ENTRIES]
        if all(_LEADER.search(line.text.strip()) and not line.tabbed for line in run):
            return index
    return _repeated_run(lines)


def _headed(text: str) -> bool:
    """Whether 目录 is followed at once by entries on the same line."""
    rest = _HEADING.sub("", text)
    return bool(rest) and (marker_of(rest) is not None or rest in _FRONT)


_FRONT = frozenset({"序言", "前言", "引言", "序", "导言", "总则", "绪论"})


def _repeated_run(lines: Sequence[Line]) -> int | None:
    """Where a run of headings without text stands that all come again later: an untitled list."""
    texts = [squeeze(line.text) for line in lines]
    last = {text: i for i, text in enumerate(texts)}
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and _could_be_entry(lines[end]):
            end += 1
        repeated = [i for i in range(index, end) if last[texts[i]] >= end]
        run = end - index
        if run >= 6 and len(repeated) >= 5:
            start = repeated[0]
            numbered = sum(marker_of(lines[i].text) is not None for i in range(start, end))
            if numbered >= 0.5 * (end - start):
                return start
        index = max(end, index + 1)
    return None


def _could_be_entry(line: Line) -> bool:
    return (
        bool(line.text)
        and not (line.tabbed or line.grid)
        and width(line.text) <= MAX_ENTRY
        and not ends_sentence(line.text)
    )


def _read(lines: Sequence[Line], first: int) -> tuple[list[str], int, list[Line]]:
    """Entries from `first` on, the index after the list, and a body heading glued to its end."""
    entries: list[str] = []
    index = first
    while index < len(lines):
        line = lines[index]
        pieces = _pieces(line.text)
        if len(pieces) == 1 and (not _could_be_entry(line) and not _LEADER.search(line.text)):
            return entries, _back(lines, first, index, entries), []
        for piece in pieces:
            if len(entries) >= MIN_ENTRIES - 1 and piece == entries[0]:
                return entries, index, []
            if entries and _is_number_alone(entries[-1]):
                entries[-1] += piece
            elif len(entries) >= MIN_ENTRIES and piece.endswith(entries[0]):
                entries.append(piece[: -len(entries[0])])
                body = replace(line, text=entries[0])
                return entries, index + 1, [body]
            elif piece:
                entries.append(piece)
        index += 1
    return entries, _back(lines, first, len(lines), entries), []


def _pieces(text: str) -> list[str]:
    """The entries of one line; a run-together line is cut before each 第X篇/章/节."""
    text = _HEADING.sub("", text.strip())
    cuts = sorted({0, *chapter_spans(text), len(text)})
    pieces = [entry_of(text[a:b]) for a, b in zip(cuts, cuts[1:], strict=False)]
    return [piece for piece in pieces if piece]


def _is_number_alone(entry: str) -> bool:
    marker = marker_of(entry)
    return marker is not None and not marker.rest


def _back(lines: Sequence[Line], first: int, end: int, entries: list[str]) -> int:
    """Where the body's own headings begin, when text came before the first entry came again."""
    del_from = end
    seen: set[str] = set()
    for index in range(first, end):
        entry = entry_of(lines[index].text)
        marker = marker_of(lines[index].text)
        again = entry in seen and entry
        restart = marker is not None and marker.number == 1 and marker.style in ("篇", "章", "编")
        if again or restart and len(seen) >= MIN_ENTRIES:
            del_from = index
            break
        seen.add(entry)
    else:
        if not _paged(lines, first, end):
            return end
    kept = len([line for line in lines[first:del_from] if line.text])
    entries[:] = entries[: max(kept, MIN_ENTRIES)]
    return del_from if del_from < end else _after_paged(lines, first, end)


def _paged(lines: Sequence[Line], first: int, end: int) -> bool:
    numbered = sum(bool(_LEADER.search(line.text.strip())) for line in lines[first:end])
    return numbered >= 0.5 * (end - first)


def _after_paged(lines: Sequence[Line], first: int, end: int) -> int:
    """After the last line with a page number, where the list prints page numbers."""
    for index in range(end - 1, first, -1):
        if _LEADER.search(lines[index].text.strip()):
            return index + 1
    return end


__all__ = ["Contents", "entry_of", "take"]
