"""Example questions for 机关 and 市民, drawn from what is indexed.

Each comes from a heading, a lead phrase or a table row, and is kept only when a search for it
finds that very place, so that it can be answered. Knows the Library; knows no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import Protocol

from index.records import Hit, Passage, Section, SourceDoc, TableRow
from pages.headings import inner_quotes, split_heading

EACH = 3  # questions an audience
_TRIED = 60  # candidates searched at most for an audience; a search takes about a millisecond
_LEAFED_THROUGH = 12  # documents; so that a large library does not slow the start
_LOOKED_AT = 3  # hits among which the question's own place must be
_SHORT, _LONG = 4, 18  # characters of a heading or label that reads well inside a question

# What citizens ask a city about, in the words such documents use for it. Only a preference:
# without any of them a document's other headings serve.
_EVERYDAY = (
    "养老", "托育", "教育", "医疗", "就业", "住房", "社会保障", "交通", "生态", "文化",
    "社区", "食品", "救助", "残疾", "户口", "落户", "补贴", "报销", "公园", "垃圾", "安全", "老龄",
)  # fmt: skip
# A heading that begins so is a measure, and "有哪些安排" can be asked of it.
_ACTIONS = (
    "健全", "完善", "推进", "推动", "加强", "加快", "提升", "提高", "促进", "建设", "构建", "优化",
    "扩大", "实施", "强化", "深化", "发展", "打造", "增强", "保障", "积极", "全面", "大力", "持续",
    "改善", "培育", "壮大", "营造", "落实", "支持", "鼓励", "办好", "做好", "统筹", "建立",
    "规范", "保护", "传承", "丰富", "拓展", "稳定", "关爱", "夯实", "补齐", "防范",
)  # fmt: skip
# Headings of goals and reviews say what is reached, not what is done.
_OUTCOME = re.compile("取得|明显|显著|更加|进展|成效|成就|跃升|新台阶|实现|达到")
_GOAL = "目标"
_YEAR = re.compile(r"((?:19|20)\d{2})年?")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_DIGITS = "一二三四五六七八九十"
_NUMBERING = re.compile(rf"^(?:[{_DIGITS}]+、|[（(][{_DIGITS}\d]+[）)]|[\d.]+[、\s]?)\s*")
_BARE = re.compile(r"^[\u4e00-\u9fff\d、“”《》·\-]+$")


class Searchable(Protocol):
    """What examples ask of the index's Library."""

    def documents(self) -> Sequence[SourceDoc]: ...

    def sections(self, doc_id: str) -> Sequence[Section]: ...

    def passages(self, doc_id: str) -> Sequence[Passage]: ...

    def search(self, query: str, k: int, doc_ids: Sequence[str] | None = None) -> Sequence[Hit]: ...


@dataclass(frozen=True, slots=True)
class Examples:
    """Questions by audience, best first; either may be shorter than EACH for tiny libraries."""

    officials: tuple[str, ...]
    citizens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: str
    doc_id: str
    heading_path: tuple[str, ...]


def examples(library: Searchable, answered: Callable[[str], bool] = bool) -> Examples:
    """Up to EACH findable questions an audience; documents and matters take turns.

    `answered`: whether the assistant answers a question, by default that it is one at all.
    """
    doc_ids = [document.doc_id for document in library.documents()[:_LEAFED_THROUGH]]
    figures = _in_turn([_figures(library, doc_id) for doc_id in doc_ids])
    measures = _in_turn([_measures(library, doc_id) for doc_id in doc_ids])
    matters = _in_turn([_matters(library, doc_id) for doc_id in doc_ids])
    everyday = _everyday_first([*measures, *matters])
    others = [candidate for candidate in measures if candidate not in everyday]
    keep = partial(_kept, library, answered)
    officials = keep(figures, EACH - 1, ())
    officials += keep([*others, *matters], EACH - len(officials), officials)
    return Examples(officials, keep([*everyday, *others, *matters], EACH, officials))


def _in_turn(lists: Sequence[Sequence[_Candidate]]) -> list[_Candidate]:
    rounds = zip_longest(*lists)
    return [candidate for one in rounds for candidate in one if candidate is not None]


def _everyday_first(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates that name an everyday matter, each matter once before any comes again."""
    by_word = [[c for c in candidates if word in c.question] for word in _EVERYDAY]
    return list(dict.fromkeys(_in_turn(by_word)))


def _kept(
    library: Searchable,
    answered: Callable[[str], bool],
    candidates: Sequence[_Candidate],
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


def _findable(library: Searchable, candidate: _Candidate) -> bool:
    hits = library.search(candidate.question, _LOOKED_AT)
    wanted = (candidate.doc_id, candidate.heading_path)
    return any((h.passage.doc_id, h.passage.heading_path) == wanted for h in hits)


def _figures(library: Searchable, doc_id: str) -> list[_Candidate]:
    """One question a table row with a figure for a year; goals first, the groups in turn."""
    groups: dict[tuple[int, str], list[_Candidate]] = {}
    for section in library.sections(doc_id):
        for row in section.table.rows if section.table else ():
            question = _figure_question(row)
            if question:
                group = groups.setdefault((section.order, row.group), [])
                group.append(_Candidate(question, doc_id, section.heading_path))
    spread = _in_turn(list(groups.values()))
    return sorted(spread, key=lambda candidate: _GOAL not in candidate.question)


def _figure_question(row: TableRow) -> str:
    label = _BRACKET.sub("", row.label).strip()
    if row.parent or not _readable(label):
        return ""
    for column, value in reversed(row.cells):
        year = _YEAR.search(column)
        if year and any(sign.isdigit() for sign in value):
            goal = f"的{_GOAL}" if _GOAL in column else ""
            return f"{year.group(1)}年{label}{goal}是多少？"
    return ""


def _measures(library: Searchable, doc_id: str) -> list[_Candidate]:
    """Lead phrases and headings that begin with an action: …有哪些安排？"""
    leads = [(p.lead, p.heading_path) for p in library.passages(doc_id)]
    titles = [(_title(s), s.heading_path) for s in library.sections(doc_id) if _is_written(s)]
    return [
        _Candidate(f"{words}有哪些安排？", doc_id, path)
        for words, path in dict.fromkeys([*leads, *titles])
        if _readable(words) and words.startswith(_ACTIONS) and not _OUTCOME.search(words)
    ]


def _matters(library: Searchable, doc_id: str) -> list[_Candidate]:
    """Headings that name a matter rather than an action: 文件是怎么写“…”的？"""
    return [
        _Candidate(f"文件是怎么写“{inner_quotes(title)}”的？", doc_id, section.heading_path)
        for section in library.sections(doc_id)
        if _is_written(section)
        and _readable(title := _title(section))
        and not title.startswith(_ACTIONS)
    ]


def _is_written(section: Section) -> bool:
    return section.kind == "text" and bool(section.heading_path) and bool(section.paragraphs)


def _title(section: Section) -> str:
    if not section.heading_path:
        return ""
    _, title = split_heading(section.heading_path[-1])
    return _NUMBERING.sub("", title).strip()


def _readable(words: str) -> bool:
    return _SHORT <= len(words) <= _LONG and _BARE.match(words) is not None
