"""Rows that a question picks from whole tables: by group, by a shared value, or by what it puts in order.

Knows the library's tables and the question; knows nothing of parts or doubts.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.finder import Finder
from assistant.question import Question
from assistant.rankings import ranked_rows
from assistant.scope import Scope
from assistant.statements import Statement
from assistant.superlatives import superlative
from assistant.tables import chosen_rows, latest_year, say_rows

# Up to so many documents' tables are leafed through for a group of rows; of more, those of the first
# few documents that the search has found.
_LEAFED, _FOUND = 16, 5


def leading_rows(question: Question, allowed: Scope, finder: Finder) -> list[Statement]:
    """The rows of a table that lead in what a question puts in order; [] where it asks for none.

    Of more documents than can be leafed through, those that the search finds first.
    """
    if superlative(question.text) is None or len(question.places) > 1:
        return []
    library, leafed = finder.library, allowed.allowed
    if len(leafed) > _LEAFED:
        hits = finder.search(question, leafed)
        leafed = tuple(dict.fromkeys(h.passage.doc_id for h in hits))[:_FOUND]
    tables = [t for doc_id in leafed for t in library.tables(doc_id)]
    rows = {p.row: p for i in leafed for p in library.passages(i) if p.row}
    return ranked_rows(question, tables, rows, finder.weighed)


def picked_rows(
    question: Question, doc_ids: Sequence[str], candidates: Sequence[Candidate], finder: Finder
) -> list[Statement]:
    """The rows of a table that a question picks by group or by a shared value; [] where none."""
    if not question.asks_any("list", "count") or not candidates:
        return []
    library, terms = finder.library, finder.terms(question)
    first, chosen = candidates[0].passage.doc_id, set(doc_ids)
    found_in = doc_ids if len(doc_ids) <= _LEAFED else [c.passage.doc_id for c in candidates]
    leafed = [i for i in dict.fromkeys((first, *found_in)) if i in chosen]
    for doc_id in leafed if len(doc_ids) <= _LEAFED else leafed[:_FOUND]:
        found = [
            (section, table, rows)
            for section, table in library.tables(doc_id)
            if (rows := chosen_rows(question, section, table, terms))
        ]
        if found:
            # Of several tables with such a group the latest counts: the plan's own targets.
            section, _, rows = max(found, key=lambda f: latest_year(f[1]))
            passages = {p.row: p for p in library.passages(doc_id) if p.row}
            return say_rows(question, section, rows, [passages[r] for r in rows])
    return []
