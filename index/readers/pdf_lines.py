"""From the characters of a PDF page to its printed lines, with note marks told from numbers.

Knows positions and sizes, in points from the page's top left; nothing of pages' meaning. The order
is the file's own (content stream), which keeps two columns apart where sorting would mix them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal

# Two characters are on one line where they overlap by this share of the smaller one's height.
OVERLAP = 0.5
# A note mark is at most this share of the text's size (Word sets 0.5 to 0.75, browsers 0.83) and
# stands at least this share of it above the text's base line. Figures merely set smaller than the
# text stand on its base line and must never be taken for marks.
MARK_SIZE = 0.88
MARK_RISE = 0.15
# Alone on a line it has nothing to be lifted from: only its size tells (0.67 was seen), and a value
# set a little smaller than its label must stay.
LONE_MARK_SIZE = 0.7
# A file may lift a mark without moving its base line: its box then ends this share above the text.
BOX_RISE = 0.3
# White space on paper that stands for a space, in ems: between Latin letters or figures, and
# between others (justified Chinese text spreads by up to half an em).
LATIN_GAP = 0.2
WIDE_GAP = 0.8
# The same character printed again this near (points) is the same: bold made by printing twice.
TWICE = 1.0

_MARK = re.compile(r"[\[〔(（]?注?(\d{1,3}|[①-⑳]|[*＊†‡]{1,3})[\]〕)）]?")
_UNIT_BEFORE = re.compile(r"(?<![A-Za-z])[kcdhmnμ]?m$|(?<!\d)10$")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Role = Literal["text", "mark"]


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character; `order` is its place in the content stream."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    base: float  # its base line, upwards
    order: int


@dataclass(slots=True)
class Line:
    """One printed line. `pieces` are runs of text and the note marks between them."""

    chars: list[Char]
    pieces: list[tuple[Role, str]] = field(default_factory=list)
    size: float = 0.0  # of most of its characters

    @property
    def x0(self) -> float:
        return min(char.x0 for char in self.chars)

    @property
    def x1(self) -> float:
        return max(char.x1 for char in self.chars)

    @property
    def top(self) -> float:
        return min(char.top for char in self.chars if char.size >= self.size * MARK_SIZE)

    @property
    def order(self) -> int:
        return self.chars[0].order

    @property
    def label(self) -> str:
        """The note mark the line begins with, '' where none."""
        role, text = self.pieces[0] if self.pieces else ("text", "")
        return text if role == "mark" else ""

    def text(self, notes: frozenset[str] = frozenset()) -> str:
        """The line's text; a mark whose note is among `notes` as [footnoteRef:n], else dropped."""
        line = ""
        for role, text in self.pieces:
            if role == "text":
                line += text
            elif text in notes:
                line += f"[footnoteRef:{text}]"
            elif text in ("2", "3") and line.endswith("米"):  # 元/米², where no note 2 is printed
                line += text.translate(_SUPERSCRIPT)
        return line


def lines(chars: Iterable[Char]) -> list[Line]:
    """The printed lines in the order of the file; lines of nothing but spaces are left out."""
    found: list[Line] = []
    current: list[Char] = []
    for char in _once(chars):
        if current and not _continues(current, char):
            found.append(Line(current))
            current = []
        current.append(char)
    if current:
        found.append(Line(current))
    kept = [line for line in found if any(not char.text.isspace() for char in line.chars)]
    for line in kept:
        _compose(line)
    return kept


def without_lone_marks(found: Sequence[Line]) -> list[Line]:
    """The lines of a cell without note marks that wrapped to a line of their own."""
    kept: list[Line] = []
    for line in found:
        small = bool(kept) and line.size <= kept[-1].size * LONE_MARK_SIZE
        if not (small and _MARK.fullmatch(line.text().strip())):
            kept.append(line)
    return kept


def _once(chars: Iterable[Char]) -> Iterable[Char]:
    seen: dict[str, list[Char]] = {}
    for char in chars:
        near = seen.setdefault(char.text, [])
        if char.text.isspace() or not any(
            abs(char.x0 - other.x0) < TWICE and abs(char.top - other.top) < TWICE
            for other in near[-60:]
        ):
            near.append(char)
            yield char


def _continues(line: Sequence[Char], char: Char) -> bool:
    last = line[-1]
    tallest = max(line[-8:], key=lambda other: other.size)
    overlap = min(tallest.bottom, char.bottom) - max(tallest.top, char.top)
    height = min(tallest.bottom - tallest.top, char.bottom - char.top)
    return overlap >= OVERLAP * height and char.x0 >= last.x1 - max(last.size, char.size)


def _compose(line: Line) -> None:
    sizes: Counter[float] = Counter()
    for char in line.chars:
        sizes[round(char.size, 1)] += 0 if char.text.isspace() else 1
    line.size = max(sizes, key=lambda size: (sizes[size], size))
    run: list[Char] = []
    raised = False
    for char in line.chars:
        if _is_raised(char, line) != raised and run:
            _add_run(line, run, raised)
            run = []
        raised = _is_raised(char, line)
        run.append(char)
    _add_run(line, run, raised)


def _is_raised(char: Char, line: Line) -> bool:
    if char.size > line.size * MARK_SIZE or char.text.isspace():
        return False
    full = [other for other in line.chars if other.size > line.size * MARK_SIZE]
    base = median(other.base for other in full)
    foot = min(other.bottom for other in full)
    lifted = char.base - base >= MARK_RISE * line.size
    return lifted or foot - char.bottom >= BOX_RISE * line.size


def _add_run(line: Line, run: list[Char], raised: bool) -> None:
    text = _spaced(run)
    before = "".join(text for role, text in line.pieces if role == "text")
    mark = _MARK.fullmatch(text.strip()) if raised else None
    if mark and mark.group(1).isdecimal() and _UNIT_BEFORE.search(before):
        line.pieces.append(("text", text.translate(_SUPERSCRIPT)))  # m², 10⁸
    elif mark:
        line.pieces.append(("mark", mark.group(1)))
    else:
        line.pieces.append(("text", text))


def _spaced(run: Sequence[Char]) -> str:
    text = ""
    last: Char | None = None
    for char in run:
        if last and not last.text.isspace() and not char.text.isspace() and _is_gap(last, char):
            text += " "
        text += char.text
        last = char
    return text


def _is_gap(last: Char, char: Char) -> bool:
    latin = last.text[-1:].isascii() and char.text[:1].isascii()
    worded = last.text[-1:].isalnum() and char.text[:1].isalnum()
    share = LATIN_GAP if latin and worded else WIDE_GAP
    return char.x0 - last.x1 > share * max(last.size, char.size)
