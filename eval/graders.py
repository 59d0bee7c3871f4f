"""The graders: pure functions from a case and what came back to a figure between 0 and 1.

Nothing here knows the assistant, a file or a mean; a figure that does not apply is the caller's
business (eval/grade.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from eval.places import inside, same_heading, same_lead, same_place
from eval.records import Case, Gold, GotCitation, GotEvidence
from eval.text import fold, squeeze, stands_in, without_markers

Place = GotEvidence | GotCitation
Targets = Sequence[Sequence[Gold]]


def targets(case: Case) -> list[tuple[Gold, ...]]:
    """What has to be found: each gold section (all), any one of them (any), one a document."""
    if case.gold_mode == "any":
        return [case.gold] if case.gold else []
    if case.gold_mode == "each-doc":
        docs = dict.fromkeys(gold.doc for gold in case.gold)
        return [tuple(g for g in case.gold if g.doc == doc) for doc in docs]
    return [(gold,) for gold in case.gold]


def _hits(wanted: Sequence[Gold], place: Place, lead: bool) -> bool:
    return any(
        same_place(gold, place.doc_id, place.heading_path)
        and (not lead or same_lead(gold, place.lead))
        for gold in wanted
    )


def found(wanted: Targets, places: Sequence[Place], lead: bool = False) -> float:
    """The share of the targets that at least one of the places meets."""
    if not wanted:
        return 0.0
    return sum(any(_hits(w, p, lead) for p in places) for w in wanted) / len(wanted)


def recall_at(case: Case, evidence: Sequence[GotEvidence], k: int, lead: bool = False) -> float:
    """Share of the targets met by the first k passages; `lead` asks for the paragraph as well."""
    return found(targets(case), evidence[:k], lead)


def reciprocal_rank(case: Case, evidence: Sequence[GotEvidence]) -> float:
    """1 / rank of the first passage that meets a target, 0 where none does."""
    wanted = targets(case)
    ranks = (i for i, e in enumerate(evidence, 1) if any(_hits(w, e, False) for w in wanted))
    first = next(ranks, None)
    return 1 / first if first else 0.0


def ndcg_at(case: Case, evidence: Sequence[GotEvidence], k: int = 10) -> float:
    """Binary nDCG in which a target counts once: its second passage gains nothing."""
    left = targets(case)
    ideal = sum(1 / math.log2(i + 1) for i in range(1, min(len(left), k) + 1))
    if not ideal:
        return 0.0
    gain = 0.0
    for rank, passage in enumerate(evidence[:k], 1):
        met = [w for w in left if _hits(w, passage, False)]
        left = [w for w in left if w not in met]
        gain += len(met) / math.log2(rank + 1)
    return min(gain / ideal, 1.0)  # one passage may meet two nested targets


def citation_recall(case: Case, citations: Sequence[GotCitation]) -> float:
    """Share of the targets among the sections cited."""
    return found(targets(case), citations)


def citation_precision(case: Case, citations: Sequence[GotCitation]) -> float:
    """Share of the sections cited that are gold or also_ok; 0 where nothing is cited."""
    cited = {(c.doc_id, c.heading_path): c for c in citations}.values()
    good = (*case.gold, *case.also_ok)
    return sum(_hits(good, c, False) for c in cited) / len(cited) if cited else 0.0


def citation_level(case: Case, citations: Sequence[GotCitation]) -> float:
    """Of the sections cited on a gold section's line, the share that name it or a place under it.

    A citation of its chapter alone is on the line and too high. 0 where nothing is on the line.
    """
    golds = (*case.gold, *case.also_ok)
    cited = {(c.doc_id, c.heading_path): c for c in citations}.values()
    deep = [c for c in cited if _hits(golds, c, False)]
    high = [c for c in cited if c not in deep and any(_above(c, gold) for gold in golds)]
    return len(deep) / (len(deep) + len(high)) if deep else 0.0


def _above(citation: GotCitation, gold: Gold) -> bool:
    """Whether a citation ends at a heading that the gold path names on its way."""
    path = citation.heading_path
    if gold.doc != citation.doc_id or not path:
        return False
    on_the_way = range(1, len(gold.path))
    return any(
        same_heading(gold.path[n - 1], path[-1]) and inside(gold.path[:n], path) for n in on_the_way
    )


def faithful(citation: GotCitation, squeezed_texts: Mapping[str, str]) -> bool:
    """Whether the quote stands word for word in its document (white space aside, and only that).

    `squeezed_texts`: doc_id -> cleaned text without white space. An empty quote is unfaithful.
    """
    quote = squeeze(citation.quote)
    return bool(quote) and quote in squeezed_texts.get(citation.doc_id, "")


def unfaithful_markers(
    citations: Sequence[GotCitation], squeezed_texts: Mapping[str, str]
) -> tuple[int, ...]:
    """The markers whose quote does not stand in the document."""
    return tuple(c.marker for c in citations if not faithful(c, squeezed_texts))


def answer_for_facts(text: str, citations: Sequence[GotCitation]) -> str:
    """The answer's text folded, its citation markers taken out."""
    return fold(without_markers(text, tuple(c.marker for c in citations)))


def missing_facts(case: Case, folded: str) -> tuple[str, ...]:
    """The groups of facts of which no alternative stands in the folded text."""
    return tuple(
        " / ".join(group) for group in case.facts if not any(stands_in(a, folded) for a in group)
    )


def forbidden_facts(case: Case, folded: str) -> tuple[str, ...]:
    """The `must_not` texts that stand in the folded text."""
    return tuple(fact for fact in case.must_not if stands_in(fact, folded))


def corrected(case: Case, folded: str, citations: Sequence[GotCitation]) -> bool:
    """A false premise put right: the right facts are given, nothing forbidden, with the source."""
    return all_facts(case, folded) and (not case.gold or citation_recall(case, citations) > 0)


def fact_share(case: Case, folded: str) -> float:
    """Share of the groups of facts met (1 where only must_not is given and holds)."""
    if not case.must:
        return 0.0 if forbidden_facts(case, folded) else 1.0
    return 1 - len(missing_facts(case, folded)) / len(case.facts)


def all_facts(case: Case, folded: str) -> bool:
    """Every `must` group met and nothing of `must_not` said."""
    return not missing_facts(case, folded) and not forbidden_facts(case, folded)


def refusal_right(case: Case, refused: bool, facts_met: bool) -> bool:
    """Refused where it should, not where it should not.

    A false premise (expect=correct) is to be put right; a refusal that gives the right figure
    has done that as well.
    """
    if case.expect == "refuse":
        return refused
    if case.expect == "correct":
        return not refused or (bool(case.must) and facts_met)
    return not refused
