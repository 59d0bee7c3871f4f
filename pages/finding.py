"""Finding in the documents: by words and meaning, with marked hits, facets and sections alike.

Knows the Library's search; knows no HTML and no questions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.records import Hit, Passage, SectionKind
from pages.units import Shelf, Unit, base_path, units

SHOWN = 40  # places a search lists
_FOUND = 100  # passages asked for; the index compares no more than this of each kind
# Cosine from which a passage counts as found though it shares no stretch of three signs: five queries
# without sense here (量子火箭 …) reached 0.32, everyday ones (娃上学, 停车难) 0.40 and more.
_NEAR = 0.36
_GLIMPSE = 90  # characters of a hit's text
_BEFORE = 24  # of them before the first mark
_QUERY = 400  # characters of a section that stand for its meaning
_ALIKE = 0.5  # cosine from which a section counts as related
KINDS: dict[SectionKind, str] = {
    "text": "正文", "table": "表格", "box": "专栏", "footnotes": "注释"
}  # fmt: skip
_LETTERS = re.compile(r"[\w%％]+")


@dataclass(frozen=True, slots=True)
class Found:
    """One place of a search: its passage, what of it is shown, what in that is marked."""

    passage: Passage
    glimpse: str
    marks: tuple[tuple[int, int], ...]  # start and end in the glimpse


@dataclass(frozen=True, slots=True)
class Chosen:
    """The facets a reader has chosen; '' where none."""

    doc_id: str = ""
    part: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, under the facets chosen, and how many each facet would leave."""

    found: tuple[Found, ...]
    total: int
    documents: dict[str, int]
    parts: dict[str, int]
    kinds: dict[str, int]


def part_of(passage: Passage) -> str:
    """The outermost heading, by which results are narrowed; '' before the first."""
    return passage.heading_path[0] if passage.heading_path else ""


def search(shelf: Shelf, query: str, chosen: Chosen) -> Results:
    """The best places for a query, those that print it as it stands first."""
    doc_ids = [chosen.doc_id] if chosen.doc_id else None
    everywhere = _of_sense(query, shelf.search(query, _FOUND))
    hits = _of_sense(query, shelf.search(query, _FOUND, doc_ids)) if doc_ids else everywhere
    own = [hit.passage for hit in hits]
    in_part = [p for p in own if chosen.part in ("", part_of(p))]
    kept = [p for p in in_part if chosen.kind in ("", p.kind)]
    return Results(
        found=tuple(_found(passage, query) for passage in kept[:SHOWN]),
        total=len(kept),
        documents=dict(Counter(hit.passage.doc_id for hit in everywhere)),
        parts=dict(Counter(part_of(p) for p in own if part_of(p))),
        kinds=dict(Counter(p.kind for p in in_part)),
    )


def _of_sense(query: str, hits: Iterable[Hit]) -> list[Hit]:
    """Hits that share a stretch of the query or its sense; the exact words come first."""
    runs = [run for word in _LETTERS.findall(query) for run in _runs(word, min(3, len(word)))]
    words = "".join(query.split())
    kept = [hit for hit in hits if hit.dense >= _NEAR or _shares(hit.passage, runs)]
    return sorted(kept, key=lambda hit: words not in "".join(hit.passage.text.split()))


def _shares(passage: Passage, runs: Sequence[str]) -> bool:
    words = "\n".join((*passage.heading_path, passage.text))
    return any(run in words for run in runs)


def _runs(word: str, least: int) -> set[str]:
    """Every run of at least so many signs of a word."""
    ends = range(len(word) + 1)
    return {word[i:j] for i in ends for j in ends if j - i >= least}


def stretches(query: str) -> list[str]:
    """Every run of two signs or more of the query's words, the longest first; or the one sign."""
    words = _LETTERS.findall(query)
    runs = {run for word in words for run in _runs(word, min(2, len(word)))}
    return sorted(runs, key=lambda run: (-len(run), run))


def marks(text: str, query: str) -> list[tuple[int, int]]:
    """Where the query's stretches stand in a text, the longest first, none over another."""
    taken: list[tuple[int, int]] = []
    for run in stretches(query):
        for match in re.finditer(re.escape(run), text, re.I):
            start, end = match.span()
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
    return sorted(taken)


def _found(passage: Passage, query: str) -> Found:
    text = " ".join(passage.text.split())
    every = marks(text, query)
    longest = max(every, key=lambda m: m[1] - m[0], default=(0, 0))
    start = max(0, longest[0] - _BEFORE)
    cut = text[start : start + _GLIMPSE]
    glimpse = f"{'…' if start else ''}{cut}{'…' if start + _GLIMPSE < len(text) else ''}"
    return Found(passage, glimpse, tuple(marks(glimpse, query)))


def related(shelf: Shelf, unit: Unit, count: int) -> list[tuple[Unit, bool]]:
    """Sections of the same sense, nearest first, at most `count` of this document and of others.

    The bool says whether it is of another document.
    """
    meaning = "\n".join((*unit.path[-1:], unit.words))[:_QUERY]
    hits = sorted(shelf.search(meaning, _FOUND), key=lambda hit: -hit.dense)
    best: dict[tuple[str, tuple[str, ...]], Unit] = {}
    left = {False: count, True: count}
    for hit in hits:
        section = shelf.section_of(hit.passage)
        place = (section.doc_id, base_path(section))
        foreign = section.doc_id != unit.doc_id
        if hit.dense < _ALIKE or place in best or place == (unit.doc_id, unit.path):
            continue
        if left[foreign]:
            left[foreign] -= 1
            own = units(shelf.sections(section.doc_id))
            best[place] = next(u for u in own if section in u.sections)
    return [(other, other.doc_id != unit.doc_id) for other in best.values()]
