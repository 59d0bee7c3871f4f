"""A text read for checking: each figure with what it is a figure of, and when and where it holds.

Knows how Chinese sentences hang a figure on its name, year and place; no documents. Passages and
sentences are read alike, so that only the two readings have to be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.claims.amounts import Amount, amounts
from assistant.claims.listing import BOUNDARY, LISTED, items_of
from assistant.claims.moments import Moment, moments
from assistant.claims.phrases import core, pairs

_SENTENCE = re.compile("[^。！？\n]+")
# 居江苏省第二, 占全省, 比南京高: named beside the subject, not as one.
_RANKED_BEFORE = re.compile("(?:位列|位居|排名|居|列|占|比|较|不及)$")
_GOVERNS = re.compile(r"的?\d")  # 比云溪的612亿元多
_RANKED_AFTER = re.compile("省?(?:第|首位|前列|平均)")
_BASE_BEFORE = re.compile("(?:比|较|与|相比|以|对比|相较于?|在)$")
_BASE_AFTER = re.compile(r"^(?:的)?(?:基础上|相比|为基|水平的基础|\d[\d.]*(?:倍|%))")
_FROM_BEFORE = re.compile("[由从]$")
_AIM_BEFORE = re.compile("(?<!截)[到至]$")
_TRANSITION = re.compile("[到至为]")
_JOINED_PLACES = re.compile("市?[、和与及]")
_HEADINGS = frozenset({"章", "节", "编", "篇"})
# Figures that are part of a name: 2号线, 二级医院, 3岁以下婴幼儿, 80周岁老年人.
_NAMING = frozenset({"号线", "岁", "级", "届", "期"})
_GOES_ON = re.compile("(?:及?以[上下])?(?:[的及]*)[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in its sentence. `years`, `places`: empty where none is named.

    `label`: the words it is a figure of, as its clause has them or else an earlier one; `wide`: with
    the earlier one's where its own are few. `own`: whether its clause names it well enough to be told
    from its neighbours. `naming`: it is part of a name. `aimed`: its year is one to be reached.
    """

    amount: Amount
    label: str
    wide: str
    own: bool
    naming: bool
    aimed: bool
    years: frozenset[int]
    places: frozenset[str]
    clause: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause with the years and places that hold in it, its own or an earlier clause's.

    `aimed`: the year is one to be reached (到2030年).
    """

    text: str
    years: frozenset[int]
    places: frozenset[str]
    own_years: bool
    own_places: bool
    aimed: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's figures and clauses in order."""

    text: str
    figures: tuple[Figure, ...]
    clauses: tuple[Clause, ...]


@lru_cache(maxsize=1024)
def read(text: str, names: tuple[str, ...]) -> Reading:
    """A plain text read; `names`: the places to look for."""
    figures: list[Figure] = []
    clauses: list[Clause] = []
    carried = _Carried()
    for match in _SENTENCE.finditer(text):
        sentence = _Sentence(match[0], names, carried)
        figures += sentence.figures()
        clauses += sentence.clauses()
        carried = sentence.carries()
    return Reading(text, tuple(figures), tuple(clauses))


@dataclass(frozen=True, slots=True)
class _Carried:
    """The year that a sentence hands on to the next, and whether it is one to be reached."""

    years: frozenset[int] = frozenset()
    aimed: bool = False


def place_spans(text: str, names: Iterable[str]) -> list[tuple[int, str]]:
    """Where a text names places; the longer name wins (江口县 over 江口)."""
    ordered = sorted(names, key=len, reverse=True)
    if not ordered:
        return []
    pattern = re.compile("|".join(map(re.escape, ordered)))
    found = [(m.start(), m[0], m.end()) for m in pattern.finditer(text)]
    return [
        (at, name)
        for at, name, end in found
        if _GOVERNS.match(text[end:])
        or not (_RANKED_BEFORE.search(text[:at]) or _RANKED_AFTER.match(text[end:]))
    ]


def _names(amount: Amount, text: str) -> bool:
    """Whether a figure belongs to a name rather than measuring something."""
    if amount.dimension == "岁":
        return bool(_GOES_ON.match(text[amount.end :]))
    return amount.dimension in _NAMING


class _Sentence:
    """One sentence while it is read."""

    def __init__(self, text: str, names: tuple[str, ...], carried: _Carried) -> None:
        self.text = text
        self.carried = carried
        found = [a for a in amounts(text) if a.dimension not in _HEADINGS]
        self.naming = [a for a in found if _names(a, text)]
        self.amounts = [a for a in found if a not in self.naming]
        self.moments = [m for m in moments(text) if m.years and not self._is_base(m)]
        self.places = place_spans(text, names)
        self.cuts = [-1, *(m.start() for m in BOUNDARY.finditer(text)), len(text)]

    def figures(self) -> list[Figure]:
        found: list[Figure] = []
        lists = items_of(self.text, self.amounts)
        for index, amount in enumerate(self.amounts):
            found.append(
                self._listed(amount, lists[index]) if index in lists else self._single(index, found)
            )
        return found + [self._figure(a, self._clause_of(a.start), "", False) for a in self.naming]

    def _single(self, index: int, earlier: Sequence[Figure]) -> Figure:
        own = self._own_label(index)
        named = len(pairs(own)) > 1
        before = "" if named else self._inherited(index, earlier)
        return self._figure(
            self.amounts[index], own if core(own) else before, f"{before}#{own}", named
        )

    def _listed(self, amount: Amount, item: str) -> Figure:
        """A figure of a list with 分别, which has its item's label, year and place."""
        figure = self._figure(amount, item, item, True)
        years = [m.years for m in moments(item) if m.years]
        places = frozenset(name for _, name in self.places if name in item)
        if not core(item):
            label = self._clause_of(amount.start)
            figure = replace(figure, label=label, wide=label, own=False)
        return replace(
            figure, years=years[0] if years else figure.years, places=places or figure.places
        )

    def _figure(self, amount: Amount, label: str, wide: str, own: bool) -> Figure:
        return Figure(
            amount=amount,
            label=label,
            wide=wide or label,
            own=own,
            naming=amount in self.naming,
            aimed=self._aimed_at(amount.start),
            years=self._years_at(amount.start) or self.carried.years,
            places=self._places_at(amount.start),
            clause=self._clause_of(amount.start),
            sentence=self.text,
        )

    def clauses(self) -> list[Clause]:
        found: list[Clause] = []
        for start, end in zip(self.cuts, self.cuts[1:], strict=False):
            text = self.text[start + 1 : end]
            if not text.strip():
                continue
            own = [m.years for m in self.moments if start < m.start < end]
            here = [name for at, name in self.places if start < at < end]
            years = (
                frozenset().union(*own) if own else self._years_at(start + 1) or self.carried.years
            )
            places = frozenset(here) if here else self._places_at(start + 1)
            found.append(Clause(text, years, places, bool(own), bool(here), self._aimed_at(end)))
        return found

    def carries(self) -> _Carried:
        """The year that the next sentence inherits: the last named, one a change starts from aside."""
        kept = [m for m in self.moments if not _FROM_BEFORE.search(self.text[: m.start])]
        return _Carried(kept[-1].years, self._aims(kept[-1])) if kept else self.carried

    def _aims(self, moment: Moment) -> bool:
        return bool(_AIM_BEFORE.search(self.text[: moment.start]))

    def _aimed_at(self, at: int) -> bool:
        before = [m for m in self.moments if m.start < at]
        return self._aims(before[-1]) if before else self.carried.aimed

    def _is_base(self, moment: Moment) -> bool:
        """Whether the year is what a change is measured from (比2020年提高)."""
        before, after = self.text[: moment.start], self.text[moment.end :]
        return bool(
            _BASE_AFTER.match(after) or _BASE_BEFORE.search(before) and "在" not in before[-1:]
        )

    def _years_at(self, at: int) -> frozenset[int]:
        """The years that govern a place: named in its clause before it, behind it, or earlier.

        由2020年的x增加到y: the year behind 由 holds for x alone.
        """
        start = max((c for c in self.cuts if c < at), default=-1)
        end = min((c for c in self.cuts if c >= at), default=len(self.text))
        if self.text[end : end + 1] in ("（", "("):  # 95%（2030年）
            end = min((c for c in self.cuts if c > end), default=len(self.text))
        before = [m for m in self.moments if m.start < at and self._reaches(m, at)]
        behind = [m for m in self.moments if at <= m.start < end]
        if before and (before[-1].start > start or not behind):
            return before[-1].years
        return behind[0].years if behind else frozenset()

    def _reaches(self, moment: Moment, at: int) -> bool:
        changed = _FROM_BEFORE.search(self.text[: moment.start])
        return not changed or not _TRANSITION.search(self.text[moment.end : at])

    def _places_at(self, at: int) -> frozenset[str]:
        """The place named last before a spot, with those it is joined to (云溪和平江)."""
        before = [(start, name) for start, name in self.places if start < at]
        found = before[-1:]
        for start, name in reversed(before[:-1]):
            if not _JOINED_PLACES.fullmatch(self.text[start + len(name) : found[-1][0]]):
                break
            found.append((start, name))
        return frozenset(name for _, name in found)

    def _clause_of(self, at: int) -> str:
        start = max((c for c in self.cuts if c < at), default=-1)
        end = min((c for c in self.cuts if c >= at), default=len(self.text))
        return self.text[start + 1 : end]

    def _own_label(self, index: int) -> str:
        """The words around a figure in its clause, up to its neighbours' shares of them."""
        amount = self.amounts[index]
        start = max((c for c in self.cuts if c < amount.start), default=-1) + 1
        end = min((c for c in self.cuts if c >= amount.end), default=len(self.text))
        before, after = self.text[start : amount.start], self.text[amount.end : end]
        if index and self.amounts[index - 1].end > start:
            between = self.text[self.amounts[index - 1].end : amount.start]
            cut = LISTED.search(between)
            before = between[cut.end() :] if cut else between
        if index + 1 < len(self.amounts) and self.amounts[index + 1].start < end:
            between = self.text[amount.end : self.amounts[index + 1].start]
            cut = LISTED.search(between)
            after = between[: cut.start()] if cut else ""
        return self._placeless(f"{before}#{after}")

    def _placeless(self, text: str) -> str:
        """The place is compared by itself; it does not make a label."""
        for name in {name for _, name in self.places}:
            text = re.sub(f"{re.escape(name)}[市省县区]?", "#", text)
        return text

    def _inherited(self, index: int, earlier: Sequence[Figure]) -> str:
        """The label of a figure whose clause names nothing: the nearest one before it, or behind it."""
        start = max((c for c in self.cuts if c < self.amounts[index].start), default=-1)
        last = self.amounts[index - 1].end if index else 0
        between = [t for t in BOUNDARY.split(self.text[last : max(last, start)]) if core(t)]
        if between:
            return between[-1]
        if earlier:
            return earlier[-1].label
        rest = [t for t in BOUNDARY.split(self.text[self.amounts[index].end :]) if core(t)]
        return rest[0] if rest else ""
