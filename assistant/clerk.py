"""The default mode: from a question to the statements of an answer, without a chat model.

Knows the library, the question and its parts; knows nothing of histories, pages or models. Reads top to
bottom: structure -> parts -> search -> candidates -> doubt -> choice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from assistant.announced import introduced
from assistant.arithmetic import Told, computed
from assistant.as_one import as_one
from assistant.brackets import falls
from assistant.candidates import Candidate
from assistant.completing import left_out
from assistant.counted import named_in_one
from assistant.definitions import defined
from assistant.differences import differing, side_by_side
from assistant.drafts import Draft, Part, cited_first, drafted
from assistant.enumerated import enumerated
from assistant.facets import Facet, facets, fits_kind
from assistant.figures import squeeze
from assistant.finder import Finder
from assistant.headed import headed
from assistant.lists import labelled, listing
from assistant.looking_back import looking_back
from assistant.measures import lacks
from assistant.navigator import Navigator
from assistant.premises import put_right, unclaimed
from assistant.question import Question, analyse
from assistant.reader import choose, of_type
from assistant.refusal import Doubt, doubt
from assistant.scope import Scope, describe, scope, speaks_of_place
from assistant.settings import Settings
from assistant.shares import share_asked, states_share, worked_share
from assistant.single_fact import is_single_fact
from assistant.standings import standings
from assistant.statements import Statement
from assistant.tabled import leading_rows, picked_rows
from assistant.tallies import miscounted
from assistant.terms import Terms
from assistant.unsaid import Said, said_of, unsaid
from assistant.weaknesses import weak_first
from index.library import Library

# Characters of a document's opening that are read for its city and its years.
_OPENING = 2000
# What is taken off the doubt where only a place in the document is asked for (dev navigation).
WHERE_CREDIT = 2.5
# The same where a list of the very name and number that are asked for was found (tests, dev lists).
LIST_CREDIT = 1.0
# The same where another part of the question is answered beside it (dev two-docs).
PART_CREDIT = 0.8
# Best piece of another year: how many after it are tried, how far below it, how sure (unseen +0.2).
NEXT_TRIED, NEXT_MARGIN, NEXT_DOUBT = 4, 2.5, 0.0
# The same where the question's number falls in a bracket of the best piece (own questions).
BRACKET_CREDIT = 1.0


class Clerk:
    """Answers from the documents' own sentences and table cells."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self.library = library
        self.settings = settings
        openings = library.openings(_OPENING)
        self.scopes = tuple(describe(d, openings[d.doc_id]) for d in library.documents())
        self.finder = Finder(library, self.scopes, settings.retrieve_k)
        self.navigator = Navigator(library, self.scopes)
        self.words = self.finder.words
        self._begins = {s.doc.doc_id: s.period[0] for s in self.scopes if s.period}

    def draft(self, text: str, doc_ids: Sequence[str] | None = None, before: str = "") -> Draft:
        """The statements that answer a standalone question; `doc_ids` narrows the documents.

        `before`: what was said already and is not to be said again, where more is asked for.
        """
        question = analyse(text)
        allowed = scope(question, self.scopes, doc_ids)
        asked = facets(question, allowed, self.scopes, doc_ids)
        where = question.asks_any("where")
        told = [] if where else self.navigator.of_each(question, allowed, asked)
        if told:
            hits = self.finder.search(question, allowed.allowed)
            return Draft(tuple(told), cited_first(told, hits), False, "high", told=True)
        if lacking := self.navigator.lacking(question, allowed):
            hits = self.finder.search(question, allowed.allowed)
            return Draft((), tuple(hits), True, "none", (lacking,))
        if told := leading_rows(question, allowed, self.finder):
            hits = self.finder.search(question, allowed.allowed)
            return Draft(tuple(told), cited_first(told, hits), False, "high")
        parts: list[Part] = []
        one = as_one(question, allowed, asked, self.finder, self.scopes)
        for facet in [one] if one else asked:
            said = said_of([s for p in parts for s in p.statements])
            parts.append(self._part(facet, allowed, said, squeeze(before)))
        if len(parts) > 1 and all(p.doubt.refuses for p in parts):
            # None of its parts has an answer: the question is asked as one.
            whole = self._part(
                Facet(question, allowed.allowed), allowed, frozenset(), squeeze(before)
            )
            parts = parts if whole.doubt.refuses else [whole]
        parts += self._left_out(parts, allowed)
        if told := self._share(question, parts, allowed):
            return Draft(tuple(told), cited_first(told, parts[0].hits), False, "high")
        return drafted(parts, self._computed(question, parts))

    def _left_out(self, parts: Sequence[Part], allowed: Scope) -> list[Part]:
        """Parts for what an answer in one part left out of several things asked about together."""
        if len(parts) != 1 or parts[0].doubt.refuses or parts[0].facet.question.asks_any("where"):
            return []
        own = parts[0].facet
        added = [
            self._part(
                replace(own, question=analyse(text), of=2, item=item), allowed, frozenset(), ""
            )
            for item, text in left_out(own.question.text, parts[0].statements)
        ]
        return [p for p in added if p.statements and not p.doubt.refuses]

    def _share(self, question: Question, parts: Sequence[Part], allowed: Scope) -> list[Statement]:
        """A share that nothing found states, from the figures of its part and its whole; else []."""
        share = share_asked(question)
        if share is None or len(parts) != 1 or states_share(share, parts[0].statements):
            return []
        years = question.years or parts[0].facet.question.years

        def found(text: str) -> Told:
            of = replace(parts[0].facet, question=replace(analyse(text), years=years), of=2)
            return self._told(self._part(of, allowed, frozenset(), ""))

        return worked_share(question, share, found)

    def _told(self, part: Part) -> Told:
        facet, said = part.facet, () if part.doubt.refuses else part.statements
        terms = self.finder.terms(facet.question)
        docs = {s.passage.doc_id for s in said[:1] if s.passage}
        cities = frozenset(p for s in self.scopes if s.doc.doc_id in docs for p in s.places)
        within = facet.item or (facet.label if facet.label in facet.question.places else "")
        item = facet.item or facet.label
        return Told(said, facet.question.years, terms, item, cities, within)

    def _computed(self, question: Question, parts: Sequence[Part]) -> list[Statement]:
        """What a question asks to be computed from the figures its parts found."""
        told = [self._told(p) for p in parts if not p.doubt.refuses]
        years = frozenset(y for p in parts for y in p.facet.question.years)
        return [*standings(question, told), *computed(replace(question, years=years), told)]

    def _part(self, facet: Facet, allowed: Scope, said: Said, before: str) -> Part:
        part = self._looked_up(facet, allowed, said, before)
        asked = set(facet.doc_ids)
        others = tuple(i for i in allowed.others if i not in asked)
        if not part.doubt.refuses or not others or len(facet.question.places) != 1:
            return part
        # Another city's document may speak of the one asked for; what is said then names it.
        elsewhere = replace(facet, doc_ids=others)
        other = self._looked_up(elsewhere, allowed, said, before, facet.question.places[0])
        if other.doubt.refuses or any(_lacks(facet.question, s) for s in other.statements[:1]):
            return part
        return other if other.statements else part

    def _looked_up(
        self, facet: Facet, allowed: Scope, said: Said, before: str, naming: str = ""
    ) -> Part:
        """One part in its documents; `naming`: only what names this place."""
        question, claim = unclaimed(facet.question)
        own = tuple(p for p in allowed.foreign if p in question.places)
        allowed = replace(allowed, foreign=own)
        of_place = speaks_of_place(question, self.scopes)
        terms = self.finder.terms(question)
        hits = self.finder.search(question, facet.doc_ids)
        hits = [h for h in hits if fits_kind(h.passage, facet.kind) and naming in h.passage.text]
        hits = [h for h in hits if of_place(h.passage, h.passage.text)]
        candidates = self.finder.candidates(question, hits)
        candidates = [
            c for c in candidates if of_place(c.passage, c.piece.text) and naming in c.piece.text
        ]
        candidates.sort(key=lambda c: c.piece.text != facet.said if facet.said else False)
        fact = is_single_fact(question)
        ranked = of_type(question, candidates)
        # What another part asks for may well be said better: it speaks against this one in nothing.
        against = candidates if facet.of == 1 else ranked
        about = self._doubt(question, terms, ranked, allowed, fact, against)
        if about.conflict == "year" and fact:
            about, ranked = self._of_the_year(question, terms, ranked, allowed, against, about)
            candidates = candidates if about.conflict else list(ranked)
        if facet.of > 1:
            about = replace(about, value=about.value - PART_CREDIT)
        if ranked and falls(question.text, ranked[0].ruling):
            about = replace(about, value=about.value - BRACKET_CREDIT)
        told = self.navigator.whereabouts.everywhere(question, hits)
        if question.asks_any("where"):
            # A place is shown where anything at all is near: whoever looks can judge it.
            about = replace(about, value=about.value - WHERE_CREDIT, conflict="")
            told = told or self.navigator.whereabouts.where(question, terms, hits)
        else:
            suited = weak_first(question.text, candidates)
            suited = looking_back(question.years, suited, self._begins)
            fresh = unsaid(suited, facet, said, before)
            told = told or picked_rows(question, facet.doc_ids, fresh, self.finder)
            if told:
                # Rows picked by group, value or number are what was asked, whatever the best piece.
                about = Doubt(0.0)
            # A list may begin with what another part of the question was told.
            whole = suited if facet.of > 1 and not before else fresh
            if not told and (told := self._listed(question, terms, whole)):
                # How many there are is told by naming them.
                why = "" if len(told) > 1 and about.conflict == "kind" else about.conflict
                about = replace(about, value=about.value - LIST_CREDIT, conflict=why)
            if not told:
                told = introduced(choose(question, terms, fresh, self.settings, facet.of))
                first, after = put_right(question, terms, claim, told, candidates)
                if fact and facet.of == 1:
                    after += self._differing(question, told, candidates)
                told = [*first, *told, *after]
        told = [*told, *miscounted(question, told)]
        ranking = list(dict.fromkeys(c.hit for c in candidates))
        return Part(facet, tuple(told), cited_first(told, ranking), about)

    def _listed(
        self, question: Question, terms: Terms, fresh: Sequence[Candidate]
    ) -> list[Statement]:
        """The definition or the list that a question asks for; [] where none is set out."""
        finder = self.finder
        told = defined(question, terms, fresh)
        if not told and not question.asks_any("figure", "time", "who"):
            told = (
                labelled(question, fresh)
                or listing(question, fresh, finder.section)
                or headed(question, terms, fresh, finder.below, finder.section, finder.titles)
                or named_in_one(question, fresh)
            )
        return told or enumerated(question, terms, fresh, finder.section)

    def _of_the_year(
        self,
        question: Question,
        terms: Terms,
        ranked: Sequence[Candidate],
        allowed: Scope,
        against: Sequence[Candidate],
        about: Doubt,
    ) -> tuple[Doubt, Sequence[Candidate]]:
        """The first near candidate that is of the year asked for, with those after it; else as given."""
        for n, candidate in enumerate(ranked[1 : 1 + NEXT_TRIED], 1):
            if candidate.score < ranked[0].score - NEXT_MARGIN:
                break
            of_all = ranked[n:] if against is ranked else against
            other = self._doubt(question, terms, ranked[n:], allowed, True, of_all)
            if not other.refuses and other.value < NEXT_DOUBT:
                return other, ranked[n:]
        return about, ranked

    def _differing(
        self, question: Question, told: Sequence[Statement], candidates: Sequence[Candidate]
    ) -> list[Statement]:
        """The other figures that the documents state for the one told first."""
        others = differing(question, self.finder.terms(question), told, candidates)
        if not others:
            return []
        return side_by_side(told[0], others, {s.doc.doc_id: s.doc.title for s in self.scopes})

    def _doubt(
        self,
        question: Question,
        terms: Terms,
        candidates: Sequence[Candidate],
        allowed: Scope,
        fact: bool,
        of_all: Sequence[Candidate],
    ) -> Doubt:
        if not candidates:
            return Doubt(math.inf)
        doc_id = candidates[0].passage.doc_id
        about = next(s for s in self.scopes if s.doc.doc_id == doc_id)
        return doubt(
            question,
            terms,
            self.words,
            candidates,
            allowed,
            about.period,
            about.places,
            fact,
            of_all,
            self.finder.read(question),
        )


def _lacks(question: Question, said: Statement) -> bool:
    """Whether a figure in a measure is asked for (多少家) and what is said gives none in such."""
    return said.passage is not None and lacks(question.text, said.passage, said.text)
