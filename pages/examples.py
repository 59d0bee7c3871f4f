"""Example questions for 机关 and 市民, drawn from what is indexed.

Each comes from a heading, a lead phrase or a table row, and is kept only when a search for it
finds that very place, so that it can be answered. Knows the Library; knows no HTML.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pages.asking import GOAL, Candidate, figures, in_turn, matters, measures
from pages.site_file import Site
from pages.units import Shelf

log = logging.getLogger(__name__)

EACH = 3  # questions an audience
_TRIED = 60  # candidates searched at most for an audience; a search takes about a millisecond
_LEAFED_THROUGH = 12  # documents; so that a large library does not slow the start
_LOOKED_AT = 3  # hits among which the question's own place must be

# What citizens ask a city about, in the words such documents use for it. Only a preference:
# without any of them a document's other headings serve.
_EVERYDAY = (
    "养老", "托育", "教育", "医疗", "就业", "住房", "社会保障", "交通", "生态", "文化",
    "社区", "食品", "救助", "残疾", "户口", "落户", "补贴", "报销", "公园", "垃圾", "安全", "老龄",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions by audience, best first; either may be shorter than EACH for tiny libraries."""

    officials: tuple[str, ...]
    citizens: tuple[str, ...]


def examples(
    library: Shelf, answered: Callable[[str], bool] = bool, site: Site | None = None
) -> Examples:
    """Up to EACH findable questions an audience; documents and matters take turns.

    `answered`: whether the assistant answers a question, by default that it is one at all. A site's
    own questions come first; one that is not answered is left out and logged.
    """
    site = site or Site()
    doc_ids = [document.doc_id for document in library.documents()[:_LEAFED_THROUGH]]
    tables = in_turn([_figures(library, doc_id) for doc_id in doc_ids])
    actions = in_turn([_measures(library, doc_id) for doc_id in doc_ids])
    others = in_turn([_matters(library, doc_id) for doc_id in doc_ids])
    everyday = _everyday_first([*actions, *others])
    plain = [candidate for candidate in actions if candidate not in everyday]
    keep = partial(_kept, library, answered)
    officials = _own(site.officials, answered)
    if not officials:
        officials = keep(tables, EACH - 1, ())
        officials += keep([*plain, *others], EACH - len(officials), officials)
    citizens = _own(site.citizens, answered)
    return Examples(officials, citizens or keep([*everyday, *plain, *others], EACH, officials))


def _own(questions: Sequence[str], answered: Callable[[str], bool]) -> tuple[str, ...]:
    for question in questions:
        if not answered(question):
            log.warning("网站设置里的示例问题“%s”在现有文件中没有答案，首页不显示它。", question)
    return tuple(question for question in questions if answered(question))


def _everyday_first(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that name an everyday matter, each matter once before any comes again."""
    by_word = [[c for c in candidates if word in c.question] for word in _EVERYDAY]
    return list(dict.fromkeys(in_turn(by_word)))


def _kept(
    library: Shelf,
    answered: Callable[[str], bool],
    candidates: Sequence[Candidate],
    count: int,
    taken: Sequence[str],
) -> tuple[str, ...]:
    kept: list[str] = []
    for candidate in candidates[:_TRIED]:
        if len(kept) == count:
            break
        question = candidate.question
        if question not in (*kept, *taken) and _findable(library, candidate) and answered(question):
            kept.append(question)
    return tuple(kept)


def _findable(library: Shelf, candidate: Candidate) -> bool:
    hits = library.search(candidate.question, _LOOKED_AT)
    wanted = (candidate.doc_id, candidate.heading_path)
    return any((h.passage.doc_id, h.passage.heading_path) == wanted for h in hits)


def _figures(library: Shelf, doc_id: str) -> list[Candidate]:
    """A document's table rows, goals first."""
    found = [candidate for section in library.sections(doc_id) for candidate in figures(section)]
    return sorted(found, key=lambda candidate: GOAL not in candidate.question)


def _measures(library: Shelf, doc_id: str) -> list[Candidate]:
    leads: dict[tuple[str, ...], list[str]] = {}
    for passage in library.passages(doc_id):
        leads.setdefault(passage.heading_path, []).append(passage.lead)
    return [
        candidate
        for section in library.sections(doc_id)
        for candidate in measures(section, leads.get(section.heading_path, ()))
    ]


def _matters(library: Shelf, doc_id: str) -> list[Candidate]:
    return [candidate for section in library.sections(doc_id) for candidate in matters(section)]
