"""Questions that a section answers, made by rule from its rows, goals, lead phrases and headings.

Only a candidate is made here; `pages.bank` asks the assistant before anyone sees it. Knows the
records of index/; knows no library, no assistant and no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from index.records import Passage, Section, TableRow
from pages.headings import inner_quotes, split_heading

_SHORT, _LONG = 4, 18  # characters of a heading or label that reads well inside a question

# A heading that begins so is a measure, and "有哪些安排" can be asked of it.
ACTIONS = (
    "健全", "完善", "推进", "推动", "加强", "加快", "提升", "提高", "促进", "建设", "构建", "优化",
    "扩大", "实施", "强化", "深化", "发展", "打造", "增强", "保障", "积极", "全面", "大力", "持续",
    "改善", "培育", "壮大", "营造", "落实", "支持", "鼓励", "办好", "做好", "统筹", "建立",
    "规范", "保护", "传承", "丰富", "拓展", "稳定", "关爱", "夯实", "补齐", "防范",
)  # fmt: skip
# Headings of goals and reviews say what is reached, not what is done.
_OUTCOME = re.compile("取得|明显|显著|更加|进展|成效|成就|跃升|新台阶|实现|达到")
GOAL = "目标"
_YEAR = re.compile(r"((?:19|20)\d{2})年?")
_BRACKET = re.compile(r"[（(][^（）()]*[）)]")
_DIGITS = "一二三四五六七八九十"
_NUMBERING = re.compile(rf"^(?:[{_DIGITS}]+、|[（(][{_DIGITS}\d]+[）)]|[\d.]+[、\s]?)\s*")
_BARE = re.compile(r"^[\u4e00-\u9fff\d、“”《》·\-]+$")
# 到2025年，全市养老机构护理型床位占比达到65%
_REACHED = re.compile(
    r"(?:到|至)((?:19|20)\d{2})年(?:底|末)?，?(?:全市|全省|全县|全区|力争)?"
    r"([\u4e00-\u9fff\d“”]{4,22}?)(?:要|将|力争)?(?:达到?|提高到|提升到|增加到|保持在|控制在|突破)"
    r"(?=约?\d)"
)
# “四沿”即沿江、沿湖、沿路、沿河；“16+4”先进制造业集群：…
_COINED = re.compile(r"“([^“”]{2,12})”(?:[\u4e00-\u9fff]{0,8})(?:，?是指|：|，?即)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with the place that should answer it."""

    question: str
    doc_id: str
    heading_path: tuple[str, ...]


def in_turn(lists: Sequence[Sequence[Candidate]]) -> list[Candidate]:
    """The first of each list, then the second of each, and so on."""
    rounds = zip_longest(*lists)
    return [candidate for one in rounds for candidate in one if candidate is not None]


def of_section(section: Section, passages: Sequence[Passage]) -> list[Candidate]:
    """All candidates of a section, kinds in turn; `passages` are those that stand in it."""
    leads = [passage.lead for passage in passages]
    kinds = [figures(section), goals(section), coined(section), measures(section, leads)]
    return list(dict.fromkeys([*in_turn(kinds), *matters(section)]))


def figures(section: Section) -> list[Candidate]:
    """One question a table row with a figure for a year; the groups in turn."""
    groups: dict[str, list[Candidate]] = {}
    for row in section.table.rows if section.table else ():
        if question := _figure_question(row):
            groups.setdefault(row.group, []).append(_of(section, question))
    return in_turn(list(groups.values()))


def _figure_question(row: TableRow) -> str:
    label = _BRACKET.sub("", row.label).strip()
    if row.parent or not readable(label):
        return ""
    for column, value in reversed(row.cells):
        year = _YEAR.search(column)
        if year and any(sign.isdigit() for sign in value):
            goal = f"的{GOAL}" if GOAL in column else ""
            return f"{year.group(1)}年{label}{goal}是多少？"
    return ""


def goals(section: Section) -> list[Candidate]:
    """到2025年，…达到…: what is to be reached, and by when."""
    found = (m for text in _written(section) for m in _REACHED.finditer(text))
    return [_of(section, f"到{m.group(1)}年，{m.group(2)}要达到多少？") for m in found]


def coined(section: Section) -> list[Candidate]:
    """Terms in quotation marks that the section itself explains."""
    found = (m.group(1) for text in _written(section) for m in _COINED.finditer(text))
    return [_of(section, f"“{term}”是什么意思？") for term in dict.fromkeys(found)]


def measures(section: Section, leads: Sequence[str]) -> list[Candidate]:
    """Lead phrases and a heading that begin with an action: …有哪些安排？"""
    titles = [_title(section)] if is_written(section) else []
    return [
        _of(section, f"{words}有哪些安排？")
        for words in dict.fromkeys([*leads, *titles])
        if readable(words)
        and len(words) > _SHORT  # 发展基础 and 建设用地 are no measures
        and words.startswith(ACTIONS)
        and not _OUTCOME.search(words)
    ]


def matters(section: Section) -> list[Candidate]:
    """A heading that names a matter rather than an action: 文件是怎么写“…”的？"""
    title = _title(section)
    if not is_written(section) or not readable(title) or title.startswith(ACTIONS):
        return []
    return [_of(section, f"文件是怎么写“{inner_quotes(title)}”的？")]


def readable(words: str) -> bool:
    """Whether words read well inside a question: short, and nothing but Chinese and figures."""
    return _SHORT <= len(words) <= _LONG and _BARE.match(words) is not None


def is_written(section: Section) -> bool:
    return section.kind == "text" and bool(section.heading_path) and bool(section.paragraphs)


def _written(section: Section) -> Iterator[str]:
    yield from section.paragraphs if section.table is None else ()


def _of(section: Section, question: str) -> Candidate:
    return Candidate(question, section.doc_id, section.heading_path)


def _title(section: Section) -> str:
    if not section.heading_path:
        return ""
    _, title = split_heading(section.heading_path[-1])
    return _NUMBERING.sub("", title).strip()
