"""Differences, multiples and growth, computed from two cited figures where the question asks for them.

Shown as computed, with both figures and their markers: 由[1]和[2]计算：4.5−1.7=2.8个. Two units are
never set off against each other, nor a five-year sum against a single year's figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.clauses import clauses
from assistant.question import Question
from assistant.stated import Stated, canonical, stated, target_of
from assistant.statements import Statement
from assistant.terms import Terms, units

_TIMES = re.compile("几倍|多少倍|倍数|翻了?几番")
_GROWTH = re.compile(
    r"增幅|增长率|涨幅|降幅|(?:增长|提高|上升|增加|下降|降低)(?:了|率|幅度)?(?:百分之[几多]|几成|多少%)"
)
_GAP = re.compile(
    r"差(?:[额距值](?:是|有|为|达)?(?:多少|多大|几|[？?]|$)|多少|了多少)|相差|还差|(?<![提降减])(?:高|低|多|少)(?:了|出)?(?:多少|几)"
    r"|超[出过额]?了?[^，,。]{0,12}(?:多少|几)"
)
# 要下降多少 may ask for a figure as it stands: it is a difference only between two times or places.
_CHANGE = re.compile("(?:增长|增加|提高|上升|减少|下降|降低|变化|扩大)了?(?:多少|几)")
# A row's figure set against the target for it, not against an earlier year's.
_AGAINST_TARGET = re.compile(
    "(?:比|较|离|距|与|跟|和|超[出过额]?了?|完成|达到|实现)[^，,。]{0,10}目标|目标[^。]{0,10}(?:差|完成|实现|达到|超)"
)
_PERCENT = {"%", "‰"}
_SUM = "（累计）"
# Of what its sentence says of the question, the share a figure's own subject says at least.
_OWN_SUBJECT = 0.5
# Of the question itself, what it says at least: imports are not taken for the product.
_LEAST_SAID = 0.05


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure and the statement that gives it."""

    figure: Stated
    statement: Statement


@dataclass(frozen=True, slots=True)
class Told:
    """What was said for one part of a question, the years that part asks about, and its terms."""

    statements: Sequence[Statement]
    years: frozenset[int]
    terms: Terms
    item: str = ""  # which of several things it is about
    cities: frozenset[str] = frozenset()  # of the document that is said first
    within: str = ""  # the clauses that name this give its figure


def of_one_city(question: Question, parts: Sequence[Told]) -> bool:
    """Whether figures of these parts may be reckoned together: of one city, or of those named."""
    known = [p.cities for p in parts if p.cities]
    return len(set(question.places)) > 1 or not known or bool(frozenset.intersection(*known))


def asks_to_compute(question: Question, parts: int) -> bool:
    """Whether a question of so many parts asks for a difference, a multiple or a growth rate."""
    text = question.text
    if _TIMES.search(text) or _GAP.search(text):
        return True
    two = parts > 1 or len(question.years) in (2, 3)  # more are a whole plan's
    return two and bool(_GROWTH.search(text) or _CHANGE.search(text))


def computed(question: Question, parts: Sequence[Told]) -> list[Statement]:
    """What follows from two figures of the answer; [] where no two stand there or none is asked for."""
    if not asks_to_compute(question, len(parts)) or not of_one_city(question, parts):
        return []
    pair = _pair(question, parts)
    if pair is None:
        return []
    first, second = pair
    if (first.figure, first.statement.quote) == (second.figure, second.statement.quote):
        return []
    if first.figure.unit != second.figure.unit:
        said = f"{first.figure.shown}和{second.figure.shown}的单位或口径不同，不能直接相减或相除。"
        return [Statement(said)]
    return [Statement(_worked(question, first, second), basis=(first.statement, second.statement))]


def _pair(question: Question, parts: Sequence[Told]) -> tuple[Cited, Cited] | None:
    """The two figures: target and outcome, or two years, of one record or sentence; else the first
    of each of two parts.
    """
    cited = [figures(told) for told in parts]
    if len(cited) == 1:
        found = cited[0]
        same = [c for c in found if found and _alike(c.figure, found[0].figure)]
        if _AGAINST_TARGET.search(question.text) and (pair := _target_and_outcome(same)):
            return pair
        by_year = {max(c.figure.years): c for c in reversed(same)}
        wanted = sorted(by_year)
        if len(wanted) > 1:
            return by_year[wanted[0]], by_year[wanted[-1]]
        alone = [replace(parts[0], statements=[s]) for s in parts[0].statements]
        cited = [figures(told) for told in alone]
    firsts = [found[0] for found in cited if found]
    if len(firsts) != 2 or len(cited) != 2:
        return None
    earlier, later = sorted(firsts, key=lambda c: max(c.figure.years))
    return earlier, later


def _target_and_outcome(figures: Sequence[Cited]) -> tuple[Cited, Cited] | None:
    """A row's target and its latest outcome; None where the target is for a later year."""
    passage = figures[0].statement.passage if figures else None
    target = target_of(passage.row) if passage is not None and passage.row is not None else None
    outcomes = [c for c in figures if target and not c.figure.target]
    if target is None or not outcomes:
        return None
    last = max(outcomes, key=lambda c: max(c.figure.years))
    if max(last.figure.years) < max(target.years) or last.figure.unit != target.unit:
        return None
    return Cited(target, last.statement), last


def _alike(figure: Stated, other: Stated) -> bool:
    return figure.subject == other.subject and figure.unit == other.unit


def figures(told: Told) -> list[Cited]:
    """The figures of a part's first statement that has any for its years, the most asked for first."""
    for statement in told.statements:
        for text in _texts(told, statement):
            if found := _asked_in(told, statement, text):
                return found
    return []


def _texts(told: Told, statement: Statement) -> list[str]:
    """What is looked through for a figure: the clauses that name the part's own thing, then all."""
    if statement.passage is None:
        return []
    quote = statement.quote
    own = [quote[a:b] for a, b in clauses(quote) if told.within and told.within in quote[a:b]]
    return [*own, quote] if statement.passage.row is None else [quote]


def _asked_in(told: Told, statement: Statement, text: str) -> list[Cited]:
    """The figures of a text that are asked for: of the part's years, and by their subject."""
    assert statement.passage is not None
    found = [
        f
        for f in stated(statement.passage, text, told.years)
        if (not f.rough or f.least) and (not told.years or f.years & told.years)
    ]
    # 2022年为14850亿元: what it is of stands in a clause before.
    worth = {f: told.terms.coverage(units(f.subject or text)) for f in found}
    # A subject is without its place and without 总额: neither is asked of it.
    least = max(_LEAST_SAID, _OWN_SUBJECT * told.terms.coverage(units(canonical(text))))
    ranked = sorted(found, key=lambda f: -worth[f])
    return [Cited(f, statement) for f in ranked if worth[f] >= least]


def _worked(question: Question, first: Cited, second: Cited) -> str:
    bounds = "（“以上”“超过”的按所列数计）" if first.figure.least or second.figure.least else ""
    return f"由{{}}计算：{_result(question, first.figure, second.figure)}{bounds}"


def _result(question: Question, first: Stated, second: Stated) -> str:
    a, b, unit = first.value, second.value, first.unit.removesuffix(_SUM)
    # The later year less the earlier one; of one year, the larger less the smaller.
    if first.years == second.years and a > b and not first.target:
        a, b = b, a
    if _TIMES.search(question.text) and a:
        return f"{b}÷{a}≈{rounded(b / a)}倍"
    if _GROWTH.search(question.text) and a and unit not in _PERCENT:
        return f"（{b}−{a}）÷{a}≈{rounded((b - a) / a * 100, 1)}%"
    result = f"{b}−{a}={b - a}".replace("=-", "=−")
    return result + ("个百分点" if unit == "%" else unit)


def rounded(value: Decimal, places: int = 2) -> str:
    """A value to so many decimals, without zeros at the end."""
    shown = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return str(shown).rstrip("0").rstrip(".") if "." in str(shown) else str(shown)
