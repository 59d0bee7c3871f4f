"""Decides which paragraphs of a document are headings and how deep they stand.

Brings together the headings without a number and the numbered ones; how each kind is told stands
in its own module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.outline import text as t
from index.outline.contents import Contents
from index.outline.heading import ANNEX, ATTACHMENT, PART, SUBHEADING, Heading
from index.outline.lines import Layout
from index.outline.numbered import numbered
from index.outline.numbering import Marker, attachment_of, marker_of
from index.outline.paragraphs import Para
from index.outline.sequence import pointed_as_bare, read_all
from index.outline.unnumbered import levelled, parts, subheadings


def decide(
    paras: Sequence[Para], taken: set[int], resets: set[int], contents: Contents, layout: Layout
) -> dict[int, Heading]:
    """The headings by the position of their paragraph.

    `taken`: paragraphs of titles, tables and boxes, which hold none; `resets`: where an inner
    document begins and numbering starts anew.
    """
    headings = parts(paras, taken, contents)
    for index in [i for i, heading in headings.items() if heading.end in resets]:
        if _is_attached(paras[index]):  # 附件1 holds the document whose title follows
            headings[index] = replace(headings[index], rank=ANNEX)
    anew = resets | {
        i for i, h in headings.items() if h.rank <= ATTACHMENT and _is_attached(paras[i])
    }
    markers = _markers(paras, taken, headings, anew)
    nodes = read_all(pointed_as_bare(markers))
    headings |= numbered(paras, nodes, contents, set(headings) | resets)
    headings |= levelled(paras, taken, headings, nodes)
    headings = _beside_the_numbered(headings, anew)
    covered = {i for place, heading in headings.items() for i in range(place, heading.end)}
    headings |= subheadings(paras, taken | covered, covered, layout)
    return _over_the_numbered(paras, headings)


# So many headings without a number, each with numbers of its own below, are the document's parts.
_FEWEST_PARTS = 2


def _over_the_numbered(paras: Sequence[Para], headings: dict[int, Heading]) -> dict[int, Heading]:
    """2026年重点工作 stands over the （一）… that begin anew after it, where nothing numbered does."""
    ranks: list[float] = []
    plain: list[int] = []  # without a number since the last numbered heading
    over: list[int] = []
    parents = 0
    for index in sorted(headings):
        heading = headings[index]
        if heading.rank == SUBHEADING:
            plain.append(index)
        elif 0 <= heading.rank < SUBHEADING:
            marker = marker_of(paras[index].text)
            first = marker is not None and marker.number == 1
            if plain and first and not any(rank < heading.rank for rank in ranks):
                over += plain
                parents += 1
            plain = []
            ranks.append(heading.rank)
    if parents < _FEWEST_PARTS:
        return headings
    above = min(ranks) - 0.5
    return headings | {i: replace(headings[i], rank=above) for i in over}


def _beside_the_numbered(headings: dict[int, Heading], anew: set[int]) -> dict[int, Heading]:
    """序言 and 结语 stand beside the outermost numbered headings of their document, not above."""
    bounds = [*sorted({0, *anew}), 1 << 30]
    result = dict(headings)
    for start, end in zip(bounds, bounds[1:], strict=False):
        inside = {i: h for i, h in headings.items() if start <= i < end}
        numbered = [h.rank for h in inside.values() if 0 <= h.rank < SUBHEADING]
        for index, heading in inside.items():
            if numbered and heading.rank == PART and index not in anew:
                result[index] = replace(heading, rank=min(numbered))
    return result


def _markers(
    paras: Sequence[Para], taken: set[int], headings: Mapping[int, Heading], anew: set[int]
) -> list[tuple[int, Marker | None]]:
    markers: list[tuple[int, Marker | None]] = []
    covered = {i for place, heading in headings.items() for i in range(place, heading.end)}
    for place, para in enumerate(paras):
        if place in anew:
            markers.append((place, None))
        if place in taken or place in covered or para.tabbed or para.grid:
            continue
        marker = marker_of(para.text)
        if marker:
            markers.append((place, marker))
    return markers


def _is_attached(para: Para) -> bool:
    return attachment_of(para.text) is not None or t.squeeze(para.text).startswith("附")
