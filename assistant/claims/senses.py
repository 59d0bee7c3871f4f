"""Whether a sentence turns a passage round: negation, direction, permission, certainty.

A sentence's clause is laid beside the clause of the passages that is most like it; opposite words
on one axis, or a negation on one side alone, are a contradiction. Knows the language, no documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.claims.axes import AXES, DONE, WHOLE, opposed
from assistant.claims.bearing import Passage
from assistant.claims.phrases import all_pairs, likeness, numbered, pairs
from assistant.claims.reading import Reading
from assistant.claims.records import Problem

# How much of a clause a passage's clause must hold to be laid beside it (python -m eval.lies).
_ALIKE = 0.5
_TIE = 0.05


_PLANNED = re.compile(
    "计划|将(?!近)|拟|开工建设|启动建设|规划(?:研究|建设|新建)|力争|加快(?:建设|推进)|推进|预计|争取|目标|到20[2-9]\\d年|前(?:建成|完成|开通)|谋划|开展.{0,6}前期"
)
_ONLY_PLANNED = re.compile("计划|将(?!近)|拟(?!合)|力争|预计|规划研究|争取|谋划")
_NEGATION = re.compile(
    "(?:不(?!断|仅|同|足|低于|超过|少于|高于|小于|大于|多于|动产|良|锈|但|管|论|过|止)|未(?!来)|没有?|尚无|并无|无(?!锡|障碍|人机|线|缝|害|偿|纸|疑|论|废)|并非|而非|不是|非(?!遗|公|常|物质|洲))"
    "(?:[均都曾再会予以够太甚是有能]{0,2}(?:存在|具有|出现|发生|构成|属于)?)([\u4e00-\u9fff]{2})"
)
_ANY_NEGATION = re.compile(
    "不(?!断|仅|同|低于|超过|少于|高于|小于|大于|多于|动产|锈|但|管|论|过|止)|未(?!来)|没|无(?!锡|障碍|人机|线|缝|害|偿|纸|疑|论|废)|非(?!遗|公|常|物质|洲)|禁|缺|取消|停止|限制"
)


def sense_problems(claim: Reading, passages: Sequence[Passage]) -> Iterator[Problem]:
    """The clauses that contradict the passage's clause they are most like."""
    held = "".join(p.reading.text for p in passages)
    for axis in WHOLE:
        if opposed(axis, claim.text, held):
            yield Problem("polarity", claim.text)
    for clause in claim.clauses:
        beside = _beside(clause.text, passages)
        if beside and all(_contradicts(clause.text, *those) for those in beside):
            yield Problem("polarity", clause.text)


def _beside(clause: str, passages: Sequence[Passage]) -> list[tuple[str, str, bool]]:
    """The passages' clauses most like this one, each with its neighbours; [] where none is like it."""
    own = pairs(clause)
    if len(own) < 2:
        own = all_pairs(clause)
    if len(own) < 2:
        return []
    scored = [
        (likeness(own, c.text, numbered(clause)), n, p)
        for p in passages
        for n, c in enumerate(p.reading.clauses)
    ]
    best = max((score for score, _, _ in scored), default=0.0)
    if best < _ALIKE:
        return []
    return [
        (
            p.reading.clauses[n].text,
            "，".join(c.text for c in p.reading.clauses[max(0, n - 1) : n + 2]),
            p.reading.clauses[n].aimed,
        )
        for score, n, p in scored
        if score >= best - _TIE
    ]


def _contradicts(clause: str, beside: str, around: str, aimed: bool) -> bool:
    return (
        any(opposed(axis, clause, beside) for axis in AXES)
        or _done_or_planned(clause, beside, around, aimed)
        or _denied(clause, beside)
        or _denied(beside, clause)
    )


def _done_or_planned(clause: str, beside: str, around: str, aimed: bool) -> bool:
    """Whether one side says it is done and the other that it is planned."""
    if DONE.search(clause) and not DONE.search(beside):
        scope = beside if _PLANNED.search(beside) else around
        return aimed or (bool(_PLANNED.search(scope)) and not DONE.search(scope))
    return bool(
        _ONLY_PLANNED.search(clause)
        and not DONE.search(clause)
        and DONE.search(beside)
        and not _PLANNED.search(beside)
    )


def _denied(one: str, other: str) -> bool:
    """Whether `one` denies a word that `other` states, with no negation of its own."""
    stems = [m[1] for m in _NEGATION.finditer(one)]
    return any(stem in other for stem in stems) and not _ANY_NEGATION.search(other)
