"""The figures a sentence or a row states, each with its subject, unit and year. Knows no questions.

Made for setting two figures side by side, so it rather leaves one out than takes it for another's:
only the first figure of a clause counts, with what stands before it as its subject; several only
where as many names stand before them (雏鹰、瞪羚企业分别达到4200家、2400家).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import rjieba

from assistant.clauses import clauses
from assistant.eras import years_spoken_of
from assistant.figures import Quantity, fold, normalise_figures, quantities
from assistant.followups import TIME
from assistant.places import places
from assistant.scope import plan_periods
from assistant.tables import row_label
from index.records import Passage, TableRow

_SCALED = re.compile(
    r"^\s*([万亿]{0,2}(?:标箱|吨标煤|千瓦时?|头|只|册|斤)"
    r"|[万亿]{1,2}(?:美元|元|吨|人次|人|[平立]方米|平方公里|公里|公顷|亩|件|辆|户|度|张|条|家|个)?)"
)
_TARGET = "目标"  # in the name of a column of targets
_CUMULATIVE = re.compile(r"^\[.*\]$|累计")
# Figures that only bound the value, and words that say a figure changes rather than what it is.
_ROUGH = re.compile(
    "突破|超过?|(?<!规模)以上|(?<!规模)以下|以内|约|近|左右|不低于|不高于|不少于|不超过|[<>≥≤＞＜]|每年|分别|其中"
)
# A lower bound: the value is at least what is said.
_LEAST = re.compile("突破|超过?|以上|不低于|不少于|[>≥＞]")
_SEVERALLY = re.compile("分别")
_JOINT = re.compile("、|以及|和|及|与")
_HIGHER_THAN = re.compile("比[^，；]*[高低多少快慢]$")
# 增加值, 增长率 and the like are names of figures.
_NAMES = re.compile("增加值|增长(?:率|值|贡献率?)|(?:下降|降低|提高)率|增值")
_CHANGE = re.compile("增长|提高|下降|降低|减少|增加|新增|上升|降|增")
# A change that names the value it leads to.
_REACHED = re.compile("(?:增长|提高|提升|增加|上升|下降|降低|减少|增|降)[到至]")
_VERBS = re.compile(
    "拥有|配备|达到|达|实现|完成|预计|将|为|是|有|超|增至|增加到|提高到|提升至|提升到|下降到|降到|降至|稳定在|保持在|占据?(?=$)|全长|要"
)
_WHOLE_AREA = re.compile("全[市省区县]|[我本][市省区县]|的|市(?=[^\\s])|城市$")
# A city that no list of places holds, at a subject's beginning.
_OWN_AREA = re.compile(r"^(?!.{0,3}城市)[\u4e00-\u9fff]{2,4}?[市县](?=[\u4e00-\u9fff]{2})")
_BRACKETS = re.compile(r"（[^（）]*）|\([^()]*\)")
_SAME_NAME = (
    (re.compile("gdp"), "地区生产总值"),
    (re.compile("所?占的?比重?例?|比重|比例"), "占比"),
    (re.compile("总额|总量|总数|数量|数$"), ""),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure: `subject` in a canonical form, `years` it is for, `shown` as printed (4.5个)."""

    subject: str
    value: Decimal
    unit: str
    years: frozenset[int]
    shown: str
    rough: bool = False  # a bound or a change, not the value itself
    least: bool = False  # rough by being a lower bound, and by nothing else
    target: bool = False  # of a column of targets

    def same_thing(self, other: Stated) -> bool:
        """Whether both are figures of one subject, in one unit, for a year in common."""
        return (
            bool(self.subject)
            and (self.subject, self.unit) == (other.subject, other.unit)
            and bool(self.years & other.years)
            and not self.rough
            and not other.rough
        )

    def agrees(self, other: Stated) -> bool:
        """Whether both values are one, the coarser one being rounded from the finer."""
        places = min(_decimals(self.value), _decimals(other.value))
        return round(self.value, places) == round(other.value, places)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def stated(passage: Passage, text: str, years: frozenset[int] = frozenset()) -> list[Stated]:
    """The figures of a row, or of a piece of a passage that speaks of `years` as a whole."""
    if passage.row is not None:
        return list(_of_row(passage.row))
    return list(_of_sentence(normalise_figures(text), years))


def canonical(subject: str) -> str:
    """A subject in one form: time, place, verbs and brackets out, GDP as 地区生产总值."""
    text = _BRACKETS.sub("", fold(subject))
    text = TIME.sub("", text)
    for place in places(text):
        text = re.sub(f"{re.escape(place)}市?", "", text)
    text = _VERBS.sub("", _WHOLE_AREA.sub("", _OWN_AREA.sub("", text)))
    for pattern, name in _SAME_NAME:
        text = pattern.sub(name, text)
    return re.sub(r"[^\w%.]", "", text)


def _plain(unit: str) -> str:
    """A unit without what it is counted by, which a sentence often leaves out (万元/人 -> 万元)."""
    return unit.split("/")[0]


def target_of(row: TableRow) -> Stated | None:
    """The target a row gives for the end of the plan that its column names; None where it has none."""
    for column, value in row.cells:
        years = years_spoken_of(column) or frozenset(end for _, end in plan_periods(column)[:1])
        if _TARGET in column and years and (found := _of_cell(row, column, value, years)):
            return found
    return None


def _of_row(row: TableRow) -> Iterator[Stated]:
    for column, value in row.cells:
        years = years_spoken_of(column)
        if years and (found := _of_cell(row, column, value, years)):
            yield found


def _of_cell(row: TableRow, column: str, value: str, years: frozenset[int]) -> Stated | None:
    found = next(quantities(normalise_figures(value.strip("[]"))), None)
    if found is None:
        return None
    return Stated(
        subject=canonical(row_label(row)),
        value=Decimal(found.value),
        unit=_plain(row.unit) + ("（累计）" if _CUMULATIVE.match(value) else ""),
        years=years,
        shown=found.value + row.unit,
        rough=bool(_ROUGH.search(value)) or "年均" in value,
        target=_TARGET in column,
    )


def _of_sentence(text: str, years: frozenset[int]) -> Iterator[Stated]:
    current = years if len(years) == 1 else frozenset()
    for start, end in clauses(text):
        clause = text[start:end]
        named = years_spoken_of(clause)
        if several := list(_severally(clause, named or current)):
            yield from several
            continue
        current = named or current
        found = next((q for q in quantities(clause) if q.unit), None)
        if found is None or len(current) != 1:
            continue
        yield _of_clause(clause, found, current)


def _severally(clause: str, years: frozenset[int]) -> Iterator[Stated]:
    """One figure for each of as many names, or years, as stand before 分别."""
    word = _SEVERALLY.search(clause)
    if not word:
        return
    found = [q for q in quantities(clause) if q.unit and q.start > word.start()]
    names = _JOINT.split(clause[: word.start()])
    if len(names) != len(found) or len(found) < 2:
        return
    own = [years_spoken_of(name) for name in names]
    by_year = all(own)
    # The last name carries what all of them are (准独角兽入库企业), the years' last what is counted.
    head = names[-1] if by_year else str(rjieba.cut(names[-1])[-1])
    for name, spoken, figure in zip(names, own, found, strict=True):
        said = head if by_year else name if name.endswith(head) else name + head
        current = spoken if by_year else years
        if len(current) == 1:
            yield replace(_of_clause(clause, figure, current), subject=canonical(said))


def _of_clause(clause: str, found: Quantity, years: frozenset[int]) -> Stated:
    before = clause[: found.start]
    scaled = _SCALED.match(clause[found.start + len(found.value) :])
    unit = _plain(scaled[1] if scaled else found.unit)
    if _CUMULATIVE.search(before):
        unit += "（累计）"
    before = before.replace("分别", "")
    after = re.match("以上|以下|以内|左右", clause[found.end :])
    bounds = _ROUGH.findall(before) + ([after[0]] if after else [])
    changes = bool(
        _CHANGE.search(_REACHED.sub("", _NAMES.sub("", before))) or _HIGHER_THAN.search(before)
    )
    least = bool(bounds) and not changes and all(_LEAST.fullmatch(b) for b in bounds)
    # A figure right at the clause's start belongs to what the clause before speaks of.
    subject = canonical(re.sub("累计", "", before))
    shown = found.value + unit.split("（")[0]
    rough = bool(bounds) or changes
    return Stated(subject, Decimal(found.value), unit, years, shown, rough, least)
