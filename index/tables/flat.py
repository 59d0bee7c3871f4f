"""Cells in one long run to rows, where only running numbers and blanks tell where a row begins.

Finds the one cutting that uses every cell; gives None rather than choose among doubtful ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from index.tables.values import is_integer, numeric, squeeze

_NUMBER_NAME = re.compile(r"序号|编号|项次|序|No\.?")
_BROKEN_NAME = re.compile(r"(?:\d年?|”|（[^）]*)$")
MAX_COLUMNS = 20

Cut = tuple[int, int]  # a row's end, and the running number that comes next
Cuts = Callable[[int, int], Iterator[Cut]]


def tabbed_rows(cells: Sequence[str]) -> list[list[str]] | None:
    """Rows of cells that include blank ones: each as long as the header, or one longer where
    its label is split into two cells. None where they do not come out even."""
    place = _number_place(cells)
    if place is None:
        return None
    start, offset = place
    header = list(cells[:start])

    def cuts(begin: int, number: int) -> Iterator[Cut]:
        if list(cells[begin : begin + start]) == header:
            yield begin + start, number
            return
        own = cells[begin + offset] if begin + offset < len(cells) else ""
        if own not in ("", str(number)) or (not own and number == 1):
            return
        following = number + 1 if own else number
        for length in (start, start + 1):
            if begin + length <= len(cells):
                yield begin + length, following

    return _cut(cells, start, cuts, header)


def numbered_rows(cells: Sequence[str]) -> list[list[str]] | None:
    """Rows of printed cells alone, blank ones left out: the number and a fixed count after it,
    before it perhaps a category. None where the numbers 1, 2, 3 … do not cut them evenly."""
    place = _number_place(cells)
    if place is None:
        return None
    start, offset = place
    for header in _headers(list(cells[:start]), offset):
        rows = _cut_numbered(cells, start, header, offset)
        if rows is not None:
            return rows
    return None


def _number_place(cells: Sequence[str]) -> tuple[int, int] | None:
    """Where the first row begins, and how far into a row its number stands."""
    named = [i for i, cell in enumerate(cells) if _NUMBER_NAME.fullmatch(squeeze(cell))]
    first = next((i for i, cell in enumerate(cells) if cell == "1"), None)
    if first is None or not named or named[0] > first:
        return None
    start, offset = first - named[0], named[0]
    if not 1 < start <= MAX_COLUMNS or named[0] >= start:
        return None
    if any(is_integer(cell) or numeric(cell) is not None for cell in cells[:start]):
        return None
    return start, offset


def _headers(lines: list[str], offset: int) -> Iterator[list[str]]:
    """The header as it stands, then with names closed up that seem broken over two lines."""
    yield lines
    closed = lines[:1]
    for line in lines[1:]:
        if _BROKEN_NAME.search(closed[-1]):
            closed[-1] += line
        else:
            closed.append(line)
    if len(closed) < len(lines) and offset < len(closed):
        yield closed


def _cut_numbered(
    cells: Sequence[str], start: int, header: list[str], offset: int
) -> list[list[str]] | None:
    after = len(header) - offset

    def cuts(begin: int, number: int) -> Iterator[Cut]:
        for lead in range(offset + 1):
            at = begin + lead
            ends = at + after
            if ends <= len(cells) and cells[at] == str(number):
                yield ends, number + 1

    rows = _cut(cells, start, cuts, header)
    if rows is None or len(rows) < 3:
        return None
    return [rows[0], *([""] * (len(header) - len(row)) + row for row in rows[1:])]


def _cut(cells: Sequence[str], start: int, cuts: Cuts, header: list[str]) -> list[list[str]] | None:
    """Depth first through the cuts until every cell is used, each place tried once."""
    path: list[tuple[int, Iterator[Cut]]] = [(start, cuts(start, 1))]
    failed: set[Cut] = set()
    while path and path[-1][0] < len(cells):
        step = next((cut for cut in path[-1][1] if cut not in failed), None)
        if step is None:
            path.pop()
        else:
            failed.add(step)
            path.append((step[0], cuts(*step)))
    if not path:
        return None
    ends = [begin for begin, _ in path]
    pairs = zip(ends, ends[1:], strict=False)
    return [header, *(list(cells[begin:end]) for begin, end in pairs)]
