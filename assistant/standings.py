"""Which of several things named is more, from one cited figure of each. Knows no documents.

Figures of unlike units or of different years are shown, but not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.arithmetic import Cited, Told, figures, of_one_city
from assistant.conjuncts import RANKED
from assistant.question import Question
from assistant.statements import Statement


@dataclass(frozen=True, slots=True)
class _Standing:
    item: str
    value: Decimal
    shown: str
    unit: str
    years: frozenset[int]
    statement: Statement


def standings(question: Question, parts: Sequence[Told]) -> list[Statement]:
    """The things in order of size; [] where no order is asked for or one of them has no figure."""
    if not RANKED.search(question.text) or not of_one_city(question, parts):
        return []
    if sum(bool(p.item) for p in parts) < 2:
        return []
    found = [s for p in parts if p.item and (s := _standing(p))]
    if len(found) < 2 or len(found) < sum(bool(p.item) for p in parts):
        return []
    if len({(s.statement.quote, s.value) for s in found}) < len(found):
        return []  # one figure taken for two things
    if len({s.unit for s in found}) > 1:
        units = "、".join(f"{s.item}以{s.unit}计" for s in found)
        return [Statement(f"{units}，单位不同，不能比较大小。")]
    if len({s.years for s in found}) > 1:
        return [Statement("各项数字的年份不同，不能直接比较大小。")]
    order = sorted(found, key=lambda s: -s.value)
    said = order[0].item + order[0].shown
    for before, after in zip(order, order[1:], strict=False):
        sign = "＝" if before.value == after.value else "＞"
        said += f"{sign}{after.item}{after.shown}"
    return [Statement(f"由{{}}比较：{said}", basis=tuple(s.statement for s in found))]


def _standing(part: Told) -> _Standing | None:
    """A part's figure; the change between its two years where it asks for two."""
    cited = figures(part)
    if not cited:
        return None
    first = cited[0]
    dated = {max(c.figure.years): c for c in cited if _same(c, first)}
    if len(part.years) > 1 and len(dated) > 1:
        last, base = dated[max(dated)].figure, dated[min(dated)].figure
        change = last.value - base.value
        unit = "个百分点" if base.unit == "%" else base.unit
        shown = f"（{last.value}−{base.value}={change}{unit}）".replace("=-", "=−")
        years = last.years | base.years
        return _Standing(part.item, change, shown, base.unit, years, first.statement)
    figure = first.figure
    return _Standing(
        part.item, figure.value, figure.shown, figure.unit, figure.years, first.statement
    )


def _same(one: Cited, other: Cited) -> bool:
    return (one.figure.subject, one.figure.unit) == (other.figure.subject, other.figure.unit)
