"""Lists that a document sets out as headings or as lead phrases: 五大支柱产业, 基本原则有哪些.

Knows candidates, the passages of a section and those below it; knows no question kinds. The items
are the headings under a heading, or the leads of a section's paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.candidates import Candidate
from assistant.lists import NEAR, counted
from assistant.question import Question
from assistant.statements import Statement
from assistant.structure import heading_statement, opening
from assistant.terms import Terms, units
from index.records import Passage

Path = tuple[str, ...]
# The headings directly under one, in order, each with the first passage under it.
Below = Callable[[str, Path], Mapping[Path, Passage]]
SectionOf = Callable[[Passage], Sequence[Passage]]

# A heading that says this much of what is asked, and little else, heads the list asked for.
HEADS = 0.7
_FEWEST, _MOST = 3, 12
_CANDIDATES = 12
# Where the name of what is counted ends: 五大支柱产业有哪些.
_NAME_ENDS = re.compile("[是有为的包在都指里讲分各]|哪|什么")
_NUMBER = re.compile(
    r"^\s*(?:第[零〇一二三四五六七八九十百\d]+[编篇章节条]|[（(]?[一二三四五六七八九十\d]+[）)、.．])\s*"
)


def headed(
    question: Question,
    terms: Terms,
    candidates: Sequence[Candidate],
    below: Below,
    section: SectionOf,
    titles: Mapping[str, frozenset[str]],
) -> list[Statement]:
    """The items of the list a question asks for, where headings or leads are its items; else [].

    `titles`: the units of each document's title, which say which document is meant and no more.
    """
    asked = counted(question)
    for doc_id, path in _paths(candidates):
        if asked:
            items = below(doc_id, path)
            if _counts(asked, items, path):
                return [heading_statement(p, passage) for p, passage in items.items()]
    if asked or not candidates or not question.asks_any("list"):
        return []
    named = titles[candidates[0].passage.doc_id] | set(units(" ".join(question.places)))
    subject = Terms({u: w for u, w in terms.weights.items() if u not in named})
    return _of_heading(subject, candidates, below, section)


def _paths(candidates: Sequence[Candidate]) -> list[tuple[str, Path]]:
    """The headings over the best candidates, the nearest ones first."""
    found: dict[tuple[str, Path], None] = {}
    for candidate in candidates[:_CANDIDATES]:
        if candidate.score < candidates[0].score - NEAR:
            break
        path = candidate.passage.heading_path
        for depth in range(len(path), 0, -1):
            found[candidate.passage.doc_id, path[:depth]] = None
    return list(found)


def _counts(asked: tuple[int, str], items: Mapping[Path, Passage], path: Path) -> bool:
    """Whether there are as many headings as are asked for, and they are called so."""
    number, name = asked[0], _NAME_ENDS.split(asked[1])[0]
    if len(items) != number or len(name) < 2:
        return False
    bearing = sum(name[-2:] in p[-1] for p in items) >= number - 1
    return bearing or name[-2:] in path[-1]


def _of_heading(
    terms: Terms, candidates: Sequence[Candidate], below: Below, section: SectionOf
) -> list[Statement]:
    for candidate in candidates[:_CANDIDATES]:
        passage = candidate.passage
        if candidate.score < candidates[0].score - NEAR or not passage.heading_path:
            break
        if terms.match(units(_NUMBER.sub("", passage.heading_path[-1]))) < HEADS:
            continue
        leads = {p.lead: p for p in reversed(section(passage)) if p.lead}
        items = [Statement(lead, opening(p), p, True) for lead, p in reversed(leads.items())]
        if not items:
            children = below(passage.doc_id, passage.heading_path)
            items = [heading_statement(path, p) for path, p in children.items()]
        if _FEWEST <= len(items) <= _MOST:
            return items
    return []
