"""Blocks to lines: one Line a printed line, with what its place tells (blank lines, indent, tab).

Also measures the layout of a document: whether its lines are hard-broken, and how wide they are.
Knows nothing of headings beyond the marks a format itself prints (#, **).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.outline.text import ends_sentence, width
from index.records import Block, RawDocument

# Lines shorter than this say nothing about where a printer breaks lines (measured on the five
# originals: the narrowest column is 18 characters wide).
MIN_COLUMN = 14.0
# Of the lines that end inside a sentence, the share near one width that makes lines hard-broken.
# Hard-broken originals: 0.86-0.99; one paragraph a line: 0.05-0.3.
WRAPPED_SHARE = 0.6
HINTED_SHARE = 0.35
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})[\s\u3000]+")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_RUNS = re.compile(r"[^\S\n\t]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. `blanks`: empty lines before it; `tabbed`: it opened with a tab."""

    text: str
    page: int | None = None
    level: int | None = None
    grid: tuple[tuple[str, ...], ...] = ()
    blanks: int = 0
    indent: float = 0.0
    tabbed: bool = False
    bold: bool = False
    source: int = 0  # its place among all printed lines, blank ones included


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document's lines break: `width` of a full line, 0 where a line is a paragraph."""

    width: float
    terminated: bool  # long lines end in 。 as sentences do; False where the file has lost its 。
    indented: bool  # paragraphs open with an indent
    spaced: bool  # so many lines have an empty line before them that it tells no paragraph

    @property
    def wrapped(self) -> bool:
        return self.width > 0


def lines_of(raw: RawDocument) -> list[Line]:
    """Every printed line of the document that is not blank, in order."""
    lines: list[Line] = []
    blanks = 0
    for source, (text, block) in enumerate(printed(raw)):
        if block.grid:
            lines.append(Line("", block.page, grid=block.grid, blanks=blanks, source=source))
        elif text.strip():
            lines.append(replace(_line(text, block), blanks=blanks, source=source))
        else:
            blanks += 1
            continue
        blanks = 0
    return lines


def printed(raw: RawDocument) -> list[tuple[str, Block]]:
    """Every printed line, blank ones included, with its block; a grid counts as one line."""
    return [
        (text, block)
        for block in raw.blocks
        for text in ([""] if block.grid else block.text.split("\n"))
    ]


def _line(text: str, block: Block) -> Line:
    level = block.level
    tabbed = text.startswith("\t")
    marked = _MARKDOWN_HEADING.match(text.lstrip("\ufeff"))
    if marked:
        level, text = level or len(marked.group(1)), text.lstrip("\ufeff")[marked.end() :]
    text = text.lstrip("\ufeff").rstrip()
    bare = text.lstrip()
    plain = _BOLD.sub(r"\1", bare)
    bold = plain != bare and _BOLD.fullmatch(bare) is not None
    indent = sum(1.0 if c == "\u3000" else 0.5 for c in text[: len(text) - len(bare)])
    return Line(plain, block.page, level, indent=indent, tabbed=tabbed, bold=bold)


def layout_of(lines: Sequence[Line], hard: bool = False) -> Layout:
    """Whether lines are hard-broken, read from the widths of lines that end inside a sentence.

    `hard`: the reader says so of the whole file, and less evidence is enough.
    """
    texts = [line for line in lines if line.text and not line.tabbed and not line.grid]
    long = [line for line in texts if width(line.text) >= MIN_COLUMN]
    indented = sum(line.indent >= 1 for line in long)
    enough = HINTED_SHARE if hard else WRAPPED_SHARE
    column = _column((width(line.text) for line in long if not ends_sentence(line.text)), enough)
    if len(long) and column and not _fits(column, (width(line.text) for line in long)):
        column = 0.0
    ended = sum(ends_sentence(line.text) for line in (texts if column else long))
    share = ended / len(texts if column else long) if long else 0.0
    return Layout(
        width=column,
        terminated=share > (0.02 if column else 0.2),
        indented=bool(long) and indented / len(long) > 0.08,
        spaced=sum(line.blanks > 0 for line in long) > 0.4 * len(long),
    )


def _column(open_widths: Iterable[float], enough: float) -> float:
    """The width at which sentences are broken, or 0 where no width stands out."""
    widths = list(open_widths)
    if len(widths) < 8:
        return 0.0
    rounded = Counter(round(value) for value in widths)
    peak = max(rounded, key=lambda w: sum(rounded[w + step] for step in (-2, -1, 0, 1)))
    near = sum(peak - 3.0 <= value <= peak + 2.0 for value in widths)
    peak = max((peak - 2, peak - 1, peak, peak + 1), key=lambda w: rounded[w])
    return float(peak) if near / len(widths) >= enough else 0.0


def _fits(column: float, widths: Iterable[float]) -> bool:
    """Whether hardly any line is much wider than the column, as must be where lines are broken."""
    values = list(widths)
    return sum(value > column * 1.3 for value in values) <= 0.1 * len(values)
