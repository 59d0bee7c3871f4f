"""Headings without a number: parts (前言, 附件), what the file format states, sub-headings.

Reads the contents list, the words documents name their parts with, heading levels of the file
format, and the place of short lines between paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from index.outline import text as t
from index.outline.contents import Contents
from index.outline.heading import ATTACHMENT, DOCUMENT, PART, SUBHEADING, Heading
from index.outline.lines import Layout
from index.outline.numbering import Attachment, attachment_of, marker_of
from index.outline.paragraphs import SHORT, Para
from index.outline.regions import is_title
from index.outline.sequence import Node
from index.outline.words import is_formal, is_part, run_in_part

MAX_SENTENCE = 45.0  # a longer sentence is no heading, whatever style it bears
MIN_TEXT = 30.0  # a sub-heading stands before a paragraph, not before another short line
_LIST_TITLE = re.compile(r"^\s*(?:\d{1,2}[.．、]|[（(]?[一二三四五六七八九十]+[）)、])")


def parts(paras: Sequence[Para], taken: set[int], contents: Contents) -> dict[int, Heading]:
    """前言, 附件…, 摘要, and whatever the contents list without a number."""
    later = _places(paras)
    found: dict[int, Heading] = {}
    index = 0
    while index < len(paras):
        para = paras[index]
        index += 1
        if index - 1 in taken or para.tabbed or para.grid or not para.text:
            continue
        heading = _part(paras, index - 1, later, contents, taken)
        if heading:
            found[index - 1] = heading
            index = heading.end
            found |= _annexed(paras, index, heading, taken)
    return found


def _annexed(
    paras: Sequence[Para], index: int, above: Heading, taken: set[int]
) -> dict[int, Heading]:
    """The title line below 附件 where that stands alone on its line."""
    alone = above.rank == PART and not above.once and t.squeeze(above.text) in ("附件", "附录")
    if not alone or index >= len(paras) or index in taken or not is_title(paras[index]):
        return {}
    if marker_of(paras[index].text) or attachment_of(paras[index].text):
        return {}
    return {index: Heading(t.fold(paras[index].text), ATTACHMENT, index + 1)}


def _places(paras: Sequence[Para]) -> dict[str, int]:
    return {t.squeeze(para.text): index for index, para in enumerate(paras) if para.text}


def _part(
    paras: Sequence[Para],
    index: int,
    later: Mapping[str, int],
    contents: Contents,
    taken: set[int],
) -> Heading | None:
    text = paras[index].text
    listed = contents.lists(text) and marker_of(text) is None
    if listed or is_part(text) and not text.rstrip().endswith(("：", ":")):
        return Heading(t.fold(text).rstrip("：:") if not listed else t.fold(text), PART, index + 1)
    cut = run_in_part(text)
    if cut:
        return Heading(cut[0], PART, index + 1, cut[1], once=True)
    attached = attachment_of(text)
    if attached and attached.kind.startswith("附"):
        return _attachment(paras, index, attached, later, taken)
    return None


def _attachment(
    paras: Sequence[Para],
    index: int,
    attached: Attachment,
    later: Mapping[str, int],
    taken: set[int],
) -> Heading | None:
    """附图1 with its title on the same or the next line; None for a list of what is attached."""
    text, title = paras[index].text, attached.title
    if t.ends_sentence(text) or t.width(text) > 80 or _LIST_TITLE.match(title):
        return None
    if title:
        if later.get(t.squeeze(title), index) > index or title.startswith(("，", "、", "和", "及")):
            return None
        return Heading(t.fold(text), ATTACHMENT, index + 1)
    if text.rstrip().endswith(("：", ":")):
        return None
    after = index + 1
    captioned = after < len(paras) and after not in taken and is_title(paras[after])
    if captioned and attached.number and marker_of(paras[after].text) is None:
        return Heading(t.fold(f"{text} {paras[after].text}"), ATTACHMENT, after + 1)
    return Heading(t.fold(text), ATTACHMENT if attached.number else PART, index + 1)


def levelled(
    paras: Sequence[Para], taken: set[int], headings: Mapping[int, Heading], nodes: Sequence[Node]
) -> dict[int, Heading]:
    """Headings the file format states, where they bear no number."""
    known = {paras[n.place].level: n.marker.rank for n in nodes if paras[n.place].level is not None}
    found: dict[int, Heading] = {}
    for index, para in enumerate(paras):
        if para.level is None or index in taken or index in headings or is_formal(para.text):
            continue
        if t.ends_sentence(para.text) and t.width(para.text) > MAX_SENTENCE or not para.text:
            continue
        rank = known.get(para.level, DOCUMENT + 0.1 * para.level)
        deeper = [r for level, r in known.items() if level is not None and level < para.level]
        if para.level not in known and deeper:
            rank = max(deeper) + 0.05
        found[index] = Heading(t.fold(para.text), rank, index + 1)
    return found


def subheadings(
    paras: Sequence[Para], barred: set[int], covered: set[int], layout: Layout
) -> dict[int, Heading]:
    """Short lines without end punctuation between paragraphs."""
    if not layout.terminated:
        return {}
    found: dict[int, Heading] = {}
    for index in range(1, len(paras) - 1):
        if index in barred or not is_title(paras[index]) or marker_of(paras[index].text):
            continue
        if attachment_of(paras[index].text):
            continue  # a figure's caption
        para, before, after = paras[index], paras[index - 1], paras[index + 1]
        fits = not layout.wrapped or t.width(para.text) < SHORT * layout.width
        ended = t.ends_sentence(before.text) or index - 1 in covered
        fits = fits and not re.search("[：:。]", para.text)
        opens_text = t.width(after.text) >= MIN_TEXT and t.ends_sentence(after.text)
        if fits and ended and opens_text and not re.match(r"[（(〔\[【]", para.text):
            found[index] = Heading(t.fold(para.text), SUBHEADING, index + 1)
    return found
