"""Questions that are known to be answered: of a section, and to ask next.

Each candidate is put to the assistant before it is offered, once for the life of the server.
Knows the Library, an assistant's `ask` and the rules of pages.asking; knows no HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from assistant.records import Answer
from index.records import Passage, Section
from pages import asking, units
from pages.units import Shelf, Unit

OFFERED = 4  # questions of a section
NEXT = 3  # questions after an answer
_TRIED = 10  # candidates asked at most for a list; an answer takes about 20 ms
_FROM_THE_SAME = 2  # of the next questions that may come from the section just cited
_LOOKED_BACK = 3  # sections cited that the next questions lean on
_REMEMBERED = 4096


class Bank:
    """`ask`: the default mode's answer to a question, whatever model the pages answer with."""

    def __init__(self, library: Shelf, ask: Callable[[str], Answer]) -> None:
        self._library = library
        self._places = lru_cache(maxsize=_REMEMBERED)(lambda question: _cited(ask(question)))
        self._of_unit = lru_cache(maxsize=_REMEMBERED)(self._verified)

    def of_unit(self, unit: Unit) -> tuple[str, ...]:
        """本节在问什么: questions whose answer cites this very unit."""
        return self._of_unit(unit)

    def following(self, passage_ids: Iterable[str], asked: Sequence[str]) -> tuple[str, ...]:
        """What to ask next: of the sections cited, then of those beside them; nothing asked yet."""
        near: list[str] = []
        beside: list[str] = []
        for unit, around in self._around(passage_ids):
            near += self.of_unit(unit)
            for other in around:
                beside += self.of_unit(other)[:1]
        fresh = [q for q in dict.fromkeys(near) if q not in asked][:_FROM_THE_SAME]
        fresh += [q for q in beside if q not in asked]
        return tuple(dict.fromkeys(fresh))[:NEXT]

    def _around(self, passage_ids: Iterable[str]) -> list[tuple[Unit, list[Unit]]]:
        """The units these passages stand in, each with those printed after and before it."""
        found: dict[tuple[str, str], tuple[Unit, list[Unit]]] = {}
        for passage_id in passage_ids:
            try:
                section = self._library.section_of(self._library.passage(passage_id))
            except KeyError:  # of before a rebuild
                continue
            own = units.units(self._library.sections(section.doc_id))
            at = next(i for i, unit in enumerate(own) if section in unit.sections)
            found.setdefault((section.doc_id, own[at].key), (own[at], _beside(own, at)))
            if len(found) == _LOOKED_BACK:
                break
        return list(found.values())

    def _verified(self, unit: Unit) -> tuple[str, ...]:
        passages = self._library.passages(unit.doc_id)
        here = {section.heading_path for section in unit.sections}
        made = asking.in_turn([asking.of_section(s, _in(passages, s)) for s in unit.sections])
        kept: list[str] = []
        for question in list(dict.fromkeys(c.question for c in made))[:_TRIED]:
            if any((unit.doc_id, path) in self._places(question) for path in here):
                kept.append(question)
            if len(kept) == OFFERED:
                break
        return tuple(kept)


def _cited(answer: Answer) -> frozenset[tuple[str, tuple[str, ...]]]:
    """The places a sure answer cites; none where it is a refusal or only the nearest content."""
    if answer.refused or answer.confidence != "high":
        return frozenset()
    return frozenset((c.doc_id, c.heading_path) for c in answer.citations)


def _in(passages: Sequence[Passage], section: Section) -> list[Passage]:
    return [p for p in passages if p.heading_path == section.heading_path]


def _beside(own: Sequence[Unit], at: int) -> list[Unit]:
    return [*own[at + 1 : at + 3], *own[max(at - 1, 0) : at]]
