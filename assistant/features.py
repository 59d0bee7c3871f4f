"""What is measured of a sentence or row against a question, in numbers (pieces x features).

Knows pieces, the question and its terms; knows nothing of how an answer is worded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.measures import has_measure
from assistant.pieces import Piece, Vector, fits
from assistant.question import Question
from assistant.soft import Sought, Table, WordVectors
from assistant.tables import label_match
from assistant.terms import Terms, topic_words, units
from index.records import Hit

# Name, and weight: fitted as python -m training.reader does, but drawn towards the weights before
# (docs/LOG.md), and times 1.12: the best piece then stands as far before the eleventh as it did, for
# which the margins in reader.py and clerk.py are made. Against the weights before, without the two by
# the question model: all facts 90.3 -> 90.9 on open cases, 79.8 -> 81.7 on unseen ones.
# In the order measured below.
_OF_PASSAGE = {
    "passage": 0.04,  # its fused score below the best one's
    "rank": -0.06,
    "section_best": 0.17,  # the best fused score in its section, below the best of all
    "section_sum": 0.09,  # of its section's first three; a missing one costs 1
    "label": 0.0,  # of a row: how well its label is what is asked
    "is_row": 0.19,
    "table_asked": 0.56,
    "abstract": -0.20,
    "title": 1.66,  # share of the question that the document's title says
    "lead": 0.99,  # how well the lead phrase is what is asked
    "passage_coverage": 1.46,
}
_OF_PIECE = {
    "coverage": 0.0,
    "context": 0.09,  # coverage with heading path and lead
    "fits": 0.87,  # holds the type of answer asked for
    "year_in": 0.75,
    "year_off": -0.51,
    "first": -0.08,
    "length": -0.36,
    "place_off": 0.28,
    "clause": -0.13,  # how well its best clause is what is asked, no more and no less
    "unit_off": -1.28,  # the measure word asked for (几座) follows no figure in it
}
CONTEXT = list(_OF_PIECE).index("context")
_BY_VECTORS = {
    "cosine": -1.71,
    "turned_cosine": 1.26,  # with the question turned by its official terms
    "soft": 0.38,
    "soft_context": 1.54,
    "soft_words": 1.90,  # each topic word's nearest, its very characters counting 1
    # The official terms of the question's everyday words; raised from the fitted 2.55 when the
    # thesaurus had grown (docs/LOG.md).
    "soft_official": 3.0,
    "read_cosine": 5.56,  # with the question as the question model reads it
    "read": 9.33,  # each of its words in its context, with heading path and lead
    "soft_lead": 1.00,
    # With what answered the questions most like it, times what no piece says in the question's own
    # words. Its weight alone was chosen (docs/LOG.md), the others are as they were.
    "remembered": 4.5,
}
_WEIGHTED = _OF_PASSAGE | _OF_PIECE | _BY_VECTORS
FEATURES = tuple(_WEIGHTED)
WEIGHTS: Vector = np.asarray(list(_WEIGHTED.values()), dtype=np.float32)
# An abstract repeats what a section says better.
_ABSTRACT = re.compile(r"[【\[]?\s*(?:摘\s*要|内容提要|提\s*要)")
_TABLE_WORDS = re.compile(r"指标|表[一二三四五\d]|约束性|预期性|目标值|预期值|完成情况|序号")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready to be measured against: its terms, its vector as it is, turned and read."""

    question: Question
    terms: Terms
    vector: Vector
    turned: Vector
    read: Vector  # as the question model reads it
    words: Sought  # its words likewise, one expression
    remembered: (
        Vector  # what answered questions like it; zeros where the vectors are of another kind
    )


def is_abstract(headings: Sequence[str]) -> bool:
    """Whether these headings stand over a document's abstract."""
    return any(_ABSTRACT.match(h) for h in headings)


def measure(
    asked: Asked,
    hits: Sequence[Hit],
    cuts: Sequence[Sequence[Piece]],
    words: WordVectors,
    titles: Mapping[str, frozenset[str]],
) -> Table:
    """All pieces of all passages in order x FEATURES. `titles`: each document's units."""
    of_passages = _of_passages(asked, hits, cuts, titles)
    shared = np.repeat(of_passages, [len(cut) for cut in cuts], axis=0)
    own = np.asarray(
        [_of_piece(asked, n, piece) for cut in cuts for n, piece in enumerate(cut)],
        dtype=np.float32,
    )
    # What the documents say in the question's own words needs no remembering.
    unsaid = 1 - float(own[:, CONTEXT].max())
    return np.concatenate([shared, own, _by_vectors(asked, hits, cuts, words, unsaid)], axis=1)


def _of_passages(
    asked: Asked,
    hits: Sequence[Hit],
    cuts: Sequence[Sequence[Piece]],
    titles: Mapping[str, frozenset[str]],
) -> Table:
    top = max(h.score for h in hits)
    sections: dict[tuple[str, tuple[str, ...]], list[float]] = defaultdict(list)
    for hit in hits:
        sections[hit.passage.doc_id, hit.passage.heading_path].append(hit.score - top)
    rows = []
    counted = asked.terms.counted
    for rank, (hit, cut) in enumerate(zip(hits, cuts, strict=True)):
        passage, row, terms = hit.passage, hit.passage.row, asked.terms
        near = sorted(sections[passage.doc_id, passage.heading_path], reverse=True)[:3]
        whole = counted & frozenset().union(*(p.context for p in cut), *(p.units for p in cut))
        rows.append(
            (
                hit.score - top,
                float(rank),
                near[0],
                sum(near) / 3 - (3 - len(near)),
                label_match(row, terms) if row is not None else 0.0,
                float(row is not None),
                float(row is not None and bool(_TABLE_WORDS.search(asked.question.text))),
                float(is_abstract(passage.heading_path)),
                terms.coverage(titles.get(passage.doc_id, frozenset())),
                terms.match(units(passage.lead)) if passage.lead else 0.0,
                terms.coverage(whole),
            )
        )
    return np.asarray(rows, dtype=np.float32)


def _of_piece(asked: Asked, n: int, piece: Piece) -> tuple[float, ...]:
    question, terms, named = asked.question, asked.terms, piece.years
    own = terms.counted & piece.units
    return (
        terms.coverage(own),
        terms.coverage(own | terms.counted & piece.context),
        float(fits(question, piece.holds)),
        float(bool(question.years & named)),
        float(bool(question.years) and bool(named) and not question.years & named),
        float(n == 0),
        min(len(piece.text), 300) / 100,
        float(bool(question.places) and not any(p in piece.text for p in question.places)),
        max((terms.match(clause) for clause in piece.clauses), default=0.0),
        float(bool(question.measure) and not has_measure(question.measure, piece.ruling)),
    )


def _by_vectors(
    asked: Asked,
    hits: Sequence[Hit],
    cuts: Sequence[Sequence[Piece]],
    words: WordVectors,
    unsaid: float,
) -> Table:
    pieces = [piece for cut in cuts for piece in cut]
    terms = asked.terms
    topic = topic_words(asked.question.text)
    official = [term for a in terms.alternatives for term in a.terms]
    sought = words.sought([asked.question.text, *official], topic)
    own = words.coverage(sought, [p.ids for p in pieces])
    around = words.coverage(sought, [p.context_ids for p in pieces])
    leads = words.coverage(
        words.sought([asked.question.text]), words.ids([h.passage.lead for h in hits])
    )
    vectors = np.stack([p.vector for p in pieces])
    columns = (
        vectors @ asked.vector,
        vectors @ asked.turned,
        own[0],
        around[0],
        _words_said(terms, topic, pieces, around[1 + len(official) :]),
        _officially_said(terms, around[1 : 1 + len(official)]),
        vectors @ asked.read,
        words.coverage(asked.words, [p.context_ids for p in pieces])[0],
        np.repeat(leads[0], [len(cut) for cut in cuts]),
        vectors @ asked.remembered * unsaid,
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _words_said(terms: Terms, topic: Sequence[str], pieces: Sequence[Piece], near: Table) -> Vector:
    """How much of the topic words each piece says; a word weighs as its units do."""
    if not topic:
        return np.zeros(len(pieces), dtype=np.float32)
    own = [frozenset(units(word)) for word in topic]
    weights = np.asarray([sum(terms.weights.get(u, 0.0) for u in word) + 0.1 for word in own])
    said = np.asarray([[word <= p.units | p.context for p in pieces] for word in own])
    found: Vector = (weights / weights.sum()) @ np.maximum(near, said)
    return found


def _officially_said(terms: Terms, near: Table) -> Vector:
    """How much of the question each piece says by its official terms, each by its best term."""
    found = np.zeros(near.shape[1], dtype=np.float32)
    at = 0
    for alternative in terms.alternatives:
        share = sum(terms.weights.get(u, 0.0) for u in alternative.asked) / terms.total
        best = near[at : at + len(alternative.terms)].max(axis=0)
        found += share * alternative.sure * best
        at += len(alternative.terms)
    return found
