"""A share that no document states, worked out from the figures of the part and of the whole.

Only of one unit and of a year in common, each figure by its own name, and never above 100 %.
Knows statements; knows nothing of how they were found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.arithmetic import Cited, Told, of_one_city, rounded
from assistant.followups import TIME
from assistant.question import Question
from assistant.stated import canonical, stated
from assistant.statements import Statement
from assistant.terms import units

_ASKED = re.compile(
    r"(?P<part>[^，。？?：:]{2,24}?)(?:[要会能将]|大约|大概|一共|目标)*占(?:到|了|据)?(?P<whole>[^，。？?]{2,24}?)"
    r"的?(?:目标)?(?:比[重例]|占比|份额|多少|百分之几|几成|几分之[一几])"
    r"|(?P<part2>[^，。？?：:]{2,24}?)在(?P<whole2>[^，。？?]{2,24}?)[中里]的?(?:占比|比[重例]|份额|占多少)"
)
# A figure is the part's or the whole's whose name says this share of what is asked for.
_NAMED = 0.6
# The same of a share that is stated: 高新产业 for 高新技术产业产值.
_ABBREVIATED = 0.5
_ANY_YEAR = frozenset({0})


@dataclass(frozen=True, slots=True)
class Share:
    """A part and the whole it is a share of, each as a question of its own."""

    part: str
    whole: str
    part_asked: str
    whole_asked: str


def share_asked(question: Question) -> Share | None:
    """What a question asks the share of; None where it asks for none."""
    found = _ASKED.search(question.text)
    if not found:
        return None
    part, whole = found["part"] or found["part2"], found["whole"] or found["whole2"]
    when = TIME.search(question.text)
    lead = (when[0] if when else "") + "".join(question.places[:1])
    target = "目标" if "目标" in question.text else ""
    part, whole = (TIME.sub("", name).strip("的在") for name in (part, whole))
    for place in question.places:
        part = part.replace(f"{place}市", "").replace(place, "")
    if len(part) < 2 or len(whole) < 2:
        return None
    return Share(part, whole, f"{lead}{part}{target}是多少", f"{lead}{whole}{target}是多少")


def states_share(share: Share, statements: Sequence[Statement]) -> bool:
    """Whether what is said gives this share itself: 服务贸易额占进出口总额比重达到12.05%."""
    for statement in statements:
        if statement.passage is None:
            continue
        for figure in stated(statement.passage, statement.quote, _ANY_YEAR):
            part, of, _ = figure.subject.partition("占")
            if of and figure.unit == "%" and _names(share.part, part, _ABBREVIATED):
                return True
    return False


def worked_share(question: Question, share: Share, find: Callable[[str], Told]) -> list[Statement]:
    """Both figures with the share worked out; [] where they are not of one kind.

    `find` answers a question of one figure. The whole is asked for in the part's unit.
    """
    part = find(share.part_asked)
    units_found = [c.figure.unit for c in _named(share.part, part)]
    if not units_found:
        return []
    whole = find(share.whole_asked + units_found[0])
    if not of_one_city(question, (part, whole)):
        return []
    for one in _named(share.part, part):
        for other in _named(share.whole, whole):
            if _of_one_kind(one, other):
                return _said(one, other)
    return []


def _said(one: Cited, other: Cited) -> list[Statement]:
    ratio = one.figure.value / other.figure.value * 100
    worked = f"{one.figure.value}÷{other.figure.value}≈{rounded(ratio, 1)}%"
    least = one.figure.least or other.figure.least
    bounds = "（“以上”“超过”的按所列数计）" if least else ""
    said = f"文件没有直接写出这一占比，由{{}}计算：{worked}{bounds}"
    basis = (one.statement, other.statement)
    return [*dict.fromkeys(basis), Statement(said, basis=basis)]


def _of_one_kind(one: Cited, other: Cited) -> bool:
    a, b = one.figure, other.figure
    return a.unit == b.unit != "%" and bool(a.years & b.years) and 0 < a.value < b.value


def _named(name: str, told: Told) -> list[Cited]:
    """The figures that what was said gives of a thing, by its name."""
    found = []
    for statement in told.statements:
        if statement.passage is None:
            continue
        for figure in stated(statement.passage, statement.quote, told.years):
            subject = figure.subject or canonical(statement.quote)
            if _names(name, subject, _NAMED) and (not figure.rough or figure.least):
                found.append(Cited(figure, statement))
    return sorted(found, key=lambda c: len(c.figure.subject))


def _names(name: str, subject: str, least: float) -> bool:
    """Whether a subject says at least this share of a name."""
    wanted = set(units(canonical(name)))
    return bool(wanted) and len(wanted & set(units(subject))) >= least * len(wanted)
