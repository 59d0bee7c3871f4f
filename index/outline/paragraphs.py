"""Printed lines to whole paragraphs: joins hard-broken lines, never a heading with its text.

Reads widths, sentence ends, numbers and the contents list. Does not decide what is a heading;
it only keeps apart what could be one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from index.outline import text as t
from index.outline.contents import Contents
from index.outline.lines import Layout, Line
from index.outline.numbering import (
    STRONG,
    attachment_of,
    chapter_spans,
    marker_of,
)

# A line is full when it comes this near to the column (measured: hard lines of the originals
# differ by up to 8 % because digits and latin letters are set narrower than half a character).
FULL = 0.91
INDENT = 2.0  # the first line of a paragraph is printed two characters shorter
SHORT = 0.6  # of the column: below it a line that ends openly is a heading, not a broken sentence
LONG_LINE = 25.0  # where a line is a paragraph: a wider one that ends openly goes on


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, a heading line, a table cell line or a grid, before its role is known."""

    text: str
    page: int | None = None
    level: int | None = None
    grid: tuple[tuple[str, ...], ...] = ()
    blanks: int = 0
    tabbed: bool = False
    lines: int = 1
    bold: bool = False
    last: str = ""  # its last printed line
    source: tuple[int, int] = (0, 0)  # its first and last place among the lines of the document


def assemble(lines: Iterable[Line], layout: Layout, contents: Contents) -> list[Para]:
    """Whole paragraphs in order."""
    paras: list[Para] = []
    for line in _split_run_together(lines):
        if paras and _continues(paras[-1], line, layout, contents):
            paras[-1] = _joined(paras[-1], line)
        else:
            paras.append(_para(line))
    return paras


def _para(line: Line) -> Para:
    return Para(
        line.text, line.page, line.level, line.grid, line.blanks, line.tabbed, 1, line.bold,
        line.text, (line.source, line.source),
    )  # fmt: skip


def _joined(para: Para, line: Line) -> Para:
    return replace(
        para,
        text=t.join(para.text, line.text),
        lines=para.lines + 1,
        last=line.text,
        source=(para.source[0], line.source),
    )


def _split_run_together(lines: Iterable[Line]) -> Iterable[Line]:
    """第三篇…第十三章… printed on one line are two headings."""
    for line in lines:
        cuts = chapter_spans(line.text) if not line.tabbed else []
        if len(cuts) < 2 or cuts[0] != 0 or t.ends_sentence(line.text):
            yield line
            continue
        bounds = [*cuts, len(line.text)]
        pieces = [line.text[a:b].strip() for a, b in zip(bounds, bounds[1:], strict=False)]
        if all(2 < t.width(piece) <= 40 for piece in pieces):
            for number, piece in enumerate(pieces):
                yield replace(line, text=piece, blanks=line.blanks if number == 0 else 0)
        else:
            yield line


def _continues(para: Para, line: Line, layout: Layout, contents: Contents) -> bool:
    """Whether a line goes on with the paragraph before it."""
    if para.tabbed or line.tabbed or para.grid or line.grid or not para.text:
        return False
    if para.level is not None or line.level is not None or para.bold or line.bold:
        return False
    if contents.lists(para.text + line.text):
        return True
    if contents.lists(para.text) or contents.lists(line.text):
        return False
    if contents.begins(para.text) and contents.begins(para.text + line.text):
        return True
    if t.starts_inside(line.text):
        return True
    if layout.wrapped:
        return _continues_wrapped(para, line, layout)
    return layout.terminated and _continues_whole(para, line, layout)


def _continues_wrapped(para: Para, line: Line, layout: Layout) -> bool:
    indent = INDENT if para.lines == 1 else 0.0
    full = t.width(para.last) + indent >= FULL * layout.width
    ended = t.ends_sentence(para.text)
    numbered = marker_of(line.text) is not None or attachment_of(line.text) is not None
    indented = layout.indented and line.indent >= 1
    if ended:
        if line.blanks and not layout.spaced and para.lines > 1:
            return False
        return full and not numbered and not indented and not _stands_alone(line, layout)
    if full:
        return not _may_be_heading(para, line, layout) or not (
            numbered or indented or _is_full(line, layout)
        )
    if numbered or para.text.endswith(("：", ":")):
        return False
    if t.ends_open(para.text) or para.lines <= 3 and t.unbalanced(para.text):
        return True
    if marker_of(para.text) is not None and para.lines <= 2 and "。" not in para.text:
        return False  # a heading on two lines
    broken = t.width(para.last) >= SHORT * layout.width and not _is_heading_line(para)
    return broken and not indented and (para.lines > 1 or any(c in para.text for c in "，。；"))


def _may_be_heading(para: Para, line: Line, layout: Layout) -> bool:
    """Whether a line as wide as the column is all the same a heading.

    第X章 mostly is; of （一） and 第X条 the next line tells: a new paragraph's first line is
    narrower than the column by the indent, a broken sentence's next line is not.
    """
    if not _is_heading_line(para):
        return False
    marker = marker_of(para.text)
    strong = marker is not None and marker.style in STRONG
    return strong or t.width(line.text) <= layout.width - INDENT + 0.5


def _is_full(line: Line, layout: Layout) -> bool:
    return t.width(line.text) + INDENT >= FULL * layout.width


def _stands_alone(line: Line, layout: Layout) -> bool:
    """A short line that does not end a sentence, after one that does: a heading, no remainder."""
    return t.width(line.text) < SHORT * layout.width and not t.ends_sentence(line.text)


def _is_heading_line(para: Para) -> bool:
    """A single line that opens with 第X章, 一、 or the like and holds no sentence."""
    if para.lines > 1 or "。" in para.text:
        return False
    marker = marker_of(para.text)
    return marker is not None and (marker.style in STRONG or t.width(marker.rest) <= 30)


def _continues_whole(para: Para, line: Line, layout: Layout) -> bool:
    """Where lines are paragraphs, only a sentence that is plainly broken goes on."""
    if t.ends_sentence(para.text) or para.text.endswith(("：", ":")):
        return False
    if marker_of(line.text) is not None or attachment_of(line.text) is not None:
        return False
    if t.ends_open(para.text) and not _is_heading_line(para):
        return True
    if line.blanks or layout.indented and line.indent >= 1:
        return False
    if t.unbalanced(para.text) and t.width(para.text) < 400:
        return True
    if layout.indented and t.width(para.text) >= LONG_LINE and not _is_heading_line(para):
        return True
    tail = para.text.rpartition("。")[2].replace(",", "，")  # a glued title has no comma
    return t.width(para.text) >= LONG_LINE and "，" in tail and not _is_heading_line(para)
