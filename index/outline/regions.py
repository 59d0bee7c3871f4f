"""Regions of a document that are no running text: tables and boxes, with where they begin and end.

Reads tabs, grids, short cell lines with a running number, and lists of 名称：说明 under a title
without a number. Hands a table's lines over as printed; does not read cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.outline import text as t
from index.outline.numbering import Attachment, attachment_of, marker_of
from index.outline.paragraphs import Para
from index.outline.words import is_formal, is_part

MAX_TITLE = 45.0
MAX_CELL = 40.0
MAX_LABEL = 20.0  # 质量基础“跨越”计划：, 高速公路和国省干道：
END_OF_BOX = 2  # so many empty lines end a box without item labels
_NOTE = re.compile(r"^[*＊※]?\s*(?:注|备注|说明|资料来源|数据来源)\s*\d*\s*[:：]")
_UNIT = re.compile(r"^[（(]?单位\s*[:：]")
_LABEL = re.compile(r"^[^。！？：]{1,40}?[：:](?=.)")


@dataclass(frozen=True, slots=True)
class Region:
    """Paragraphs start..end (end not included) of one table or box; `title` '' where none."""

    start: int
    end: int
    kind: Literal["table", "box"]
    title: str
    body: int  # its first paragraph after the title lines


def unglue(paras: Sequence[Para]) -> list[Para]:
    """A box's title that stands at the end of a paragraph becomes a paragraph of its own."""
    result: list[Para] = []
    for index, para in enumerate(paras):
        title = _glued_title(para) if _may_hold_title(paras, index) else ""
        if title:
            result.append(replace(para, text=para.text[: -len(title)].rstrip()))
            result.append(replace(para, text=title, blanks=0, last=title, lines=0))
        else:
            result.append(para)
    return result


def find(paras: Sequence[Para]) -> list[Region]:
    """All regions in order; none overlaps another."""
    regions: list[Region] = []
    index = 0
    while index < len(paras):
        region = _table_at(paras, index) or _numbered_box(paras, index) or _box(paras, index)
        if region:
            regions.append(region)
            index = region.end
        else:
            index += 1
    return regions


def is_title(para: Para) -> bool:
    """A short line that could be the title of a box, a table or a sub-heading."""
    return (
        bool(para.text)
        and para.lines <= 2
        and not (para.tabbed or para.grid)
        and 3 <= t.width(para.text) <= MAX_TITLE
        and not t.ends_sentence(para.text)
        and "。" not in para.text
        and not para.text.endswith(("：", ":", "，", "、", ","))
        and t.chinese_share(para.text) > 0.5
        and not is_formal(para.text)
    )


def _may_hold_title(paras: Sequence[Para], index: int) -> bool:
    after = paras[index + 1] if index + 1 < len(paras) else None
    return after is not None and not after.tabbed and marker_of(after.text) is None


def _glued_title(para: Para) -> str:
    """The words after the last 。 of a long paragraph, where they do not end a sentence."""
    if para.tabbed or para.grid or t.width(para.text) < 60 or t.ends_sentence(para.text):
        return ""
    tail = para.text.rpartition("。")[2]
    title = tail.strip() if "。" in para.text else ""
    plain = not re.search(r"[，、；：,;:\[]", title) and not t.unbalanced(title)
    return title if plain and 6 <= t.width(title) <= MAX_TITLE and tail == title else ""


def _table_at(paras: Sequence[Para], index: int) -> Region | None:
    para = paras[index]
    body = _after_title(paras, index)
    if body < len(paras) and paras[body].grid:
        end = body + 1
        while end < len(paras) and paras[end].grid and not paras[end].text:
            end += 1
        return Region(index, _with_notes(paras, end), "table", _title(paras, index, body), body)
    if body < len(paras) and paras[body].tabbed:
        end = _tabbed_end(paras, body)
        if end - body >= 4:
            return Region(index, _with_notes(paras, end), "table", _title(paras, index, body), body)
    attached = attachment_of(para.text)
    if attached and attached.kind in ("专栏", "表", "附表") and body > index:
        end = _cells_end(paras, body)
        if end > body:
            return Region(index, _with_notes(paras, end), "table", _title(paras, index, body), body)
    return None


def _after_title(paras: Sequence[Para], index: int) -> int:
    """The index after the title (and unit) lines that may stand at `index`."""
    end = index
    if end < len(paras) and is_title(paras[end]) and marker_of(paras[end].text) is None:
        end += 1
    while end < len(paras) and end > index and _UNIT.match(paras[end].text):
        end += 1
    return end


def _title(paras: Sequence[Para], index: int, body: int) -> str:
    return t.fold(paras[index].text) if body > index else ""


def _tabbed_end(paras: Sequence[Para], start: int) -> int:
    """Cells: tab-started lines, and the short lines between them where a cell breaks."""
    end = start
    while end < len(paras):
        ahead = paras[end : end + 4]
        if paras[end].tabbed or _is_cell(paras[end]) and _cell_breaks(ahead):
            end += 1
        else:
            break
    return end


def _cell_breaks(ahead: Sequence[Para]) -> bool:
    """Whether an untabbed line belongs to the cell before it: a tabbed line follows soon."""
    for step, para in enumerate(ahead):
        if para.tabbed:
            return True
        if not _is_cell(para) or step and para.blanks:
            return False
    return len(ahead) < 4 and ahead[0].blanks == 0


def _is_cell(para: Para) -> bool:
    return (
        bool(para.text)
        and t.width(para.text) <= MAX_CELL
        and "。" not in para.text
        and not _NOTE.match(para.text)
        and not _is_numbered_title(para)
    )


def _is_numbered_title(para: Para) -> bool:
    attached = attachment_of(para.text)
    marker = marker_of(para.text)
    return bool(attached and attached.title) or bool(marker and marker.style in ("章", "节", "篇"))


def _cells_end(paras: Sequence[Para], start: int) -> int:
    """Cells one a line without tabs; `start` where the lines hold no running number 1, 2."""
    end = start
    numbers: list[int] = []
    while end < len(paras) and _is_cell(paras[end]) and not _is_heading(paras[end]):
        if re.fullmatch(r"\d{1,3}", paras[end].text):
            numbers.append(int(paras[end].text))
        end += 1
    counted = numbers[:2] == [1, 2] and len(numbers) >= 2
    return end if counted and end - start >= 3 * len(numbers) else start


def _is_heading(para: Para) -> bool:
    marker = marker_of(para.text)
    return marker is not None and bool(marker.rest) and marker.rank <= 8


def _with_notes(paras: Sequence[Para], end: int) -> int:
    while end < len(paras) and not paras[end].tabbed and _NOTE.match(paras[end].text):
        end += 1
    return end


def _numbered_box(paras: Sequence[Para], index: int) -> Region | None:
    """专栏N: its numbered or labelled items, or its paragraphs up to the gap after it."""
    attached = attachment_of(paras[index].text)
    if not attached or attached.kind != "专栏" or t.ends_sentence(paras[index].text):
        return None
    body = index + 1
    if not attached.title and body < len(paras) and is_title(paras[body]):
        body += 1
    end = _items_end(paras, body)
    if end == body:
        end = _gap(paras, body)
    return Region(index, end, "box", _box_title(attached, paras[index:body]), body)


def _box_title(attached: Attachment, lines: Sequence[Para]) -> str:
    return t.fold(" ".join(line.text for line in lines)) if lines else attached.printed


def _items_end(paras: Sequence[Para], start: int) -> int:
    """After the items of a box: 1. 2. 3. counting on, or 名称：说明."""
    end = start
    expected = 1
    style = ""
    while end < len(paras):
        marker = marker_of(paras[end].text)
        if marker and marker.number == expected and marker.style == (style or marker.style):
            style, expected = marker.style, expected + 1
        elif style or not _is_item(paras[end]) or marker:
            break
        end += 1
    return end


def _is_item(para: Para) -> bool:
    """名称：说明."""
    found = _LABEL.match(para.text)
    if not found or para.tabbed or attachment_of(para.text) or _NOTE.match(para.text):
        return False
    return t.width(found.group()) - 1 <= MAX_LABEL and "，" not in found.group()


def _gap(paras: Sequence[Para], start: int) -> int:
    end = start
    while end < len(paras) and not (end > start and paras[end].blanks >= END_OF_BOX):
        para = paras[end]
        if _is_heading(para) or para.grid or para.level is not None or _is_numbered_title(para):
            break
        end += 1
    return end


def _box(paras: Sequence[Para], index: int) -> Region | None:
    """A title without a number and at least two items of the form 名称：说明, or a glued title."""
    para = paras[index]
    if not is_title(para) or marker_of(para.text) or attachment_of(para.text) or is_part(para.text):
        return None
    if para.level is not None:
        return None
    if para.lines == 0:  # unglued from the paragraph before
        end = _gap(paras, index + 1)
        return Region(index, end, "box", t.fold(para.text), index + 1) if end > index + 1 else None
    ended = index > 0 and t.ends_sentence(paras[index - 1].text)
    end = _items_end(paras, index + 1)
    labelled = end - index - 1 >= 2 and all(_is_item(p) for p in paras[index + 1 : end])
    return Region(index, end, "box", t.fold(para.text), index + 1) if ended and labelled else None
