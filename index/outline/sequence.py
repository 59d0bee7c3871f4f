"""Numbered lines that count on: which of them form one sequence, and which sequence holds which.

Accepts a number that is the first of its style, the next of its style, or a restart below a new
parent; drops every other (2022 年…, a reference to 第三条 at a line's start). Does not decide
whether a sequence is of headings or of list items.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from index.outline.numbering import STRONG, Marker

MAX_GAP = 3  # missing numbers forgiven of 章, 节, 条: a heading lost in conversion
_COUNTED = STRONG | {"条"}


@dataclass
class Node:
    """A numbered paragraph (by its position), the node above it and the list it belongs to."""

    place: int
    marker: Marker
    parent: Node | None
    group: Group
    rank: float


@dataclass
class Group:
    """Numbered paragraphs that count on in one style, whichever headings they stand in."""

    style: str
    nodes: list[Node] = field(default_factory=list)


@dataclass
class Sequence:
    """Reads markers in order; `restart` forgets all (a new document begins)."""

    nodes: list[Node] = field(default_factory=list)
    _open: list[Node] = field(default_factory=list)
    _latest: dict[str, Node] = field(default_factory=dict)
    _decimal_first: bool = False  # 1 / 1.1 stand outermost, and （一） below them

    def restart(self) -> None:
        self._open.clear()
        self._latest.clear()
        self._decimal_first = False

    def read(self, place: int, marker: Marker) -> Node | None:
        """The node of a marker that fits, or None."""
        rank = self._rank(marker)
        above = [node for node in self._open if node.rank < rank]
        sibling = next((n for n in reversed(self._open) if n.marker.style == marker.style), None)
        group = self._group(marker, sibling, above)
        if group is None:
            return None
        if not above and _is_decimal(marker):
            self._decimal_first = True
            rank = self._rank(marker)
        node = Node(place, marker, above[-1] if above else None, group, rank)
        group.nodes.append(node)
        self._open = [*above, node]
        self._latest[marker.style] = node
        self.nodes.append(node)
        return node

    def _rank(self, marker: Marker) -> float:
        return marker.rank - 3.0 if self._decimal_first and _is_decimal(marker) else marker.rank

    def _group(self, marker: Marker, sibling: Node | None, above: list[Node]) -> Group | None:
        if marker.style.startswith("1.1"):
            return self._decimal(marker, sibling, above)
        before = sibling or self._latest.get(marker.style)
        step = marker.number - before.marker.number if before else 0
        inserted = step == 0 and "之" in marker.printed  # 第二十条之一
        if before and (step == 1 or inserted):
            return before.group
        first = marker.number == 1 or marker.number == 0 and marker.style == "1"
        if first and self._may_restart(marker, sibling):
            return Group(marker.style)
        if before is None and marker.style == "一、" and not self._open:
            return Group(marker.style)  # an excerpt may begin at 三、
        if marker.style in _COUNTED and (before is None or 1 < step <= MAX_GAP):
            return before.group if before else Group(marker.style)
        return None

    def _may_restart(self, marker: Marker, sibling: Node | None) -> bool:
        """一 anew: below a new parent always; beside its own kind only as a list in a section."""
        return sibling is None or marker.style not in ("1", "一、") or not self._counted(sibling)

    @staticmethod
    def _counted(sibling: Node) -> bool:
        return len(sibling.group.nodes) == 1

    def _decimal(self, marker: Marker, sibling: Node | None, above: list[Node]) -> Group | None:
        """1.2.3 stands below 1.2, or a 章 or 一、 of that number, and counts on from 1.2.2."""
        prefix = marker.numbers[:-1]
        before = self._latest.get(marker.style)
        if before and before.marker.numbers[:-1] == prefix:
            step = marker.number - before.marker.number
            return before.group if 0 < step <= 2 else None
        holder = above[-1].marker if above else None
        fits = (
            holder is None
            or holder.numbers[-len(prefix) :] == prefix
            or (holder.numbers == prefix[: len(holder.numbers)] or len(prefix) == 1)
        )
        return Group(marker.style) if marker.number == 1 and fits else None


def _is_decimal(marker: Marker) -> bool:
    return marker.style == "1" or marker.style.startswith("1.1")


def read_all(markers: Iterable[tuple[int, Marker | None]]) -> list[Node]:
    """All nodes; a None in place of a marker is where a new document begins."""
    sequence = Sequence()
    for place, marker in markers:
        if marker is None:
            sequence.restart()
        else:
            sequence.read(place, marker)
    return sequence.nodes


def pointed_as_bare(markers: list[tuple[int, Marker | None]]) -> list[tuple[int, Marker | None]]:
    """1. is the level above 1.1 where a document counts 1. / 1.1 / 1.2 / 2."""
    seconds = {m.numbers[0] for _, m in markers if m is not None and m.style == "1.1"}
    bare = any(m is not None and m.style == "1" for _, m in markers)
    if len(seconds) < 2 or bare:
        return markers
    result: list[tuple[int, Marker | None]] = []
    chapter = item = 0
    for index, (place, marker) in enumerate(markers):
        if marker is None:
            chapter = item = 0
        elif marker.style == "1." and marker.number == chapter + 1:
            if (
                _next_second(markers, index) == marker.number
                or marker.number != item + 1
                and chapter
            ):
                chapter, item = chapter + 1, 0
                marker = Marker("1", marker.numbers, marker.printed, marker.rest)
            else:
                item = marker.number
        elif marker.style == "1.":
            item = marker.number
        result.append((place, marker))
    return result


def _next_second(markers: list[tuple[int, Marker | None]], index: int) -> int:
    """The first number of the next a.b marker below, 0 where none follows."""
    for _, marker in markers[index + 1 :]:
        if marker is None:
            return 0
        if marker.style == "1.1":
            return marker.numbers[0]
    return 0
