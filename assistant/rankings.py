"""Rows of one table put in order: which is the highest, which rises most, which three lead.

Only cells of one unit are compared, five-year sums never with single years; what a row leaves open
(年均, 左右, >50) is not compared. Knows records; knows neither files nor pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.arithmetic import rounded
from assistant.figures import YEAR, fold, normalise_figures
from assistant.question import Question
from assistant.scope import plan_periods
from assistant.statements import Statement
from assistant.superlatives import Superlative, superlative
from assistant.tables import label_match, latest_year, plain_unit, row_label, row_whole, say_row
from assistant.terms import Terms, topic_units, units
from index.records import Passage, Section, Table, TableRow

_UNITS_APART = "各项的单位或口径不同，不能放在一起比大小，下面只比较单位相同的："
_RATES_APART = "各项单位不同，下面比的是各自的增幅，以%计的另按百分点比较："
Key = tuple[str, bool]  # a unit, and whether the figures are five-year sums
TermsOf = Callable[[str], Terms]

_PLAIN = re.compile(r"(\[)?(-?\d+(?:\.\d+)?)%?(?(1)\])")
_TARGET = re.compile("目标|计划")
_AGAINST_TARGET = re.compile("完成|实际|超出|超过|高出")
_BEYOND_TARGET = re.compile("超额|超目标")
_WHICH_YEAR = re.compile("哪一?年|哪个年[份度]|什么时候")
_TABLE_NUMBER = re.compile(r"表\s*(?:\d+|[一二三四五六七八九十]+)")
_PERCENT = re.compile("百分[比点数率]|%|占比|比重|比例")
_SUM = re.compile("累计|五年合计")
# Words of every question about a table: they pick no row.
_ANY_ROW = re.compile(
    r"表\s*(?:\d+|[一二三四五六七八九十]+)|(?:未来|今后|[近这上下本]一?个?)?五年|主要指标|指标|目标值?|数值|数据|“?十[一二三四五]五”?(?:期间|时期|末)?|规划|纲要|主要|"
    "以?按?用?百分[比点数率]计?算?的?|现状|预[计期]|实际|完成|情况|比例|比重|占比|比|类别?|各[项个]?|所有|全部|其中|这些|累计|减排|"
    "这一?[个类项组种]?|几[个种项类]|哪一?[个项种类家些几]|哪[一二两三四五六七八九十]+[个项种类]|的?是|得|无锡市?|表[格里中]?|约束性|预期性|[里中内以计按]"
)
# A row is meant whose label says this share of what the best one says of the question.
_NEARLY = 0.6
_LEAST_SAID = 0.3
# Where no table is spoken of, how much like a label the question's words are: GDP is not 研发占GDP比重.
_LEAST_ALIKE = 0.3
# Units set apart in one answer, rows said of each.
_MOST_UNITS = 3
_MOST_ROWS = 5


@dataclass(frozen=True, slots=True)
class _Entry:
    row: TableRow
    value: Decimal  # what is put in order
    worked: str  # how a change was worked out; '' of a value
    counts: bool = True  # False of a change the other way


def ranked_rows(
    question: Question,
    tables: Sequence[tuple[Section, Table]],
    passages: Mapping[TableRow, Passage],
    terms_of: TermsOf,
) -> list[Statement]:
    """What leads among a table's rows, shown with how it was worked out; [] where no table is asked."""
    asked = superlative(question.text)
    if asked is None:
        return []
    fitting = [(fit, t) for t in tables if (fit := _fit(question, *t)) >= 0]
    for _, (section, table) in sorted(fitting, key=lambda f: -f[0]):
        rows = _rows_meant(question, asked, table, terms_of)
        if asked.of == "value" and _WHICH_YEAR.search(question.text):
            # A label is about what it begins with: GDP is not 研发经费占GDP比重.
            rows = [r for r in rows if units(row_label(r))[0] in units(question.text)]
            if rows and (said := _best_year(asked, rows[0], passages[rows[0]])):
                return said
            continue
        columns = _columns(question, asked, table)
        if len(rows) < 2 or not columns:
            continue
        plain = [(r, v) for r in rows if (v := _plain(r, columns))]
        entries = _of_kind(question, _entries(asked, plain))
        if sum(len(e) for e in entries.values()) > 1:
            skipped = len(rows) - len(plain)
            return _Said(asked, columns, passages, section, skipped).all(entries)
    return []


def _best_year(asked: Superlative, row: TableRow, passage: Passage) -> list[Statement]:
    """In which of its columns a row is highest or lowest; [] where it has no two to compare."""
    dated = [(name, plain) for name, _ in row.cells if YEAR.search(name)
             and (plain := _plain(row, (name,)))]  # fmt: skip
    if len(dated) < 2 or len({summed for _, (summed, _) in dated}) > 1:
        return []
    order = sorted(dated, key=lambda d: -d[1][1][0] if asked.most else d[1][1][0])
    sign = "＞" if asked.most else "＜"
    said = sign.join(f"{_bare(name)}{values[0]}" for name, (_, values) in order)
    first = row_whole(passage)
    return [first, Statement(f"由{{}}比较：{said}", basis=(first,))]


def _bare(column: str) -> str:
    return re.sub(r"\s+", "", column)


def _fit(question: Question, section: Section, table: Table) -> float:
    """How well a table is the one asked about: by its number, its plan, its years."""
    heading = section.heading_path[-1].replace(" ", "")
    named = _TABLE_NUMBER.search(question.text)
    if named and not heading.startswith(named[0].replace(" ", "")):
        return -1.0
    plans = set(plan_periods(question.text)) & set(plan_periods(heading))
    own = {int(y) for name in table.columns for y in YEAR.findall(name)}
    years = len(question.years & own)
    if question.years and not years:
        return -1.0
    return 100.0 * bool(named) + 20.0 * len(plans) + 10.0 * years + latest_year(table) / 10_000


def _rows_meant(
    question: Question, asked: Superlative, table: Table, terms_of: TermsOf
) -> list[TableRow]:
    """The rows a question is about: of a group, a property, a unit, or whose labels it names."""
    text = fold(question.text)
    of_table = "指标" in text or "目标" in text or _TABLE_NUMBER.search(question.text)
    rows = list(table.rows)
    groups = {r.group for r in rows if r.group and fold(r.group) in text}
    rows = [r for r in rows if not groups or r.group in groups]
    for word in ("约束性", "预期性"):
        if word in text:
            rows = [r for r in rows if word in (v for _, v in r.cells)]
    rest = asked.rest
    for group in groups:
        rest = rest.replace(group, " ")
    left = _ANY_ROW.sub(" ", normalise_figures(rest))
    if topic_units(left):
        terms = terms_of(left)
        said = {r: terms.coverage(units(row_label(r)) + units(r.group)) for r in rows}
        best = max(said.values(), default=0.0)
        alike = max((label_match(r, terms) for r in rows), default=0.0)
        if best < _LEAST_SAID or (not of_table and alike < _LEAST_ALIKE):
            return []
        return sorted((r for r in rows if said[r] >= _NEARLY * best), key=lambda r: -said[r])
    if _PERCENT.search(question.text):
        rows = [r for r in rows if r.unit == "%"]
    # 增幅最大的是哪个: where no thing is named at all, the table's own are meant.
    return rows if asked.of == "change" or of_table else []


def _columns(question: Question, asked: Superlative, table: Table) -> tuple[str, ...]:
    """The column put in order, or the two that a change lies between, the earlier first."""
    dated = sorted(
        ((max(map(int, YEAR.findall(n))), n) for n in table.columns if YEAR.search(n)),
    )
    names = [n for y, n in dated if y in question.years] or [n for _, n in dated]
    undated = [n for n in table.columns if _TARGET.search(n) and not YEAR.search(n)]
    text = question.text
    against = _TARGET.search(text) and _AGAINST_TARGET.search(text) or _BEYOND_TARGET.search(text)
    if asked.of == "change":
        names = [undated[0], dated[-1][1]] if against and undated and dated else names
        if len(names) < 2:
            names = [n for _, n in dated]
        return (names[0], names[-1]) if len(names) > 1 else ()
    if undated and _TARGET.search(question.text) and not question.years:
        return (undated[0],)
    return (names[-1],) if names else ()


def _plain(row: TableRow, columns: Sequence[str]) -> tuple[bool, tuple[Decimal, ...]] | None:
    """Whether a row's figures in these columns are sums, and the figures; None where one is open."""
    cells = dict(row.cells)
    found = [_PLAIN.fullmatch(fold(cells.get(name, ""))) for name in columns]
    kinds = {bool(p[1]) for p in found if p}
    if not all(found) or len(kinds) != 1:
        return None
    return kinds.pop(), tuple(Decimal(p[2]) for p in found if p)


def _entries(
    asked: Superlative, plain: Sequence[tuple[TableRow, tuple[bool, tuple[Decimal, ...]]]]
) -> dict[Key, list[_Entry]]:
    """The rows that can be compared, by unit, the one asked for first."""
    found: dict[Key, list[_Entry]] = defaultdict(list)
    for row, (summed, values) in plain:
        found[row.unit, summed].append(_entry(asked, row, values))
    if asked.of == "change" and asked.relative:
        found = _by_rate(found)
    for entries in found.values():
        entries.sort(key=lambda e: -e.value if asked.most else e.value)
    return dict(found)


def _of_kind(question: Question, entries: dict[Key, list[_Entry]]) -> dict[Key, list[_Entry]]:
    """Five-year sums where they are asked for, else none of them where percentages are."""
    summed = bool(_SUM.search(question.text))
    if not summed and not _PERCENT.search(question.text):
        return entries
    return {k: e for k, e in entries.items() if k[1] == summed} or entries


def _entry(asked: Superlative, row: TableRow, values: Sequence[Decimal]) -> _Entry:
    if asked.of == "value":
        return _Entry(row, values[0], "")
    before, after = values
    change = after - before
    counts = asked.sign * change > 0 if asked.sign else True
    unit = (
        "个百分点" if row.unit == "%" else row.unit if plain_unit(row.unit) else f"（{row.unit}）"
    )
    if asked.relative and row.unit != "%" and before:
        rate = change / before * 100
        worked = f"（{after}−{before}）÷{before}≈{rounded(rate, 1)}%"
        return _Entry(row, abs(rate), worked, counts)
    worked = f"{after}−{before}={change}{unit}".replace("=-", "=−")
    return _Entry(row, abs(change), worked, counts)


def _by_rate(found: Mapping[Key, Sequence[_Entry]]) -> dict[Key, list[_Entry]]:
    """Growth rates are of one kind whatever they are rates of; percentages and sums stay apart."""
    merged: dict[Key, list[_Entry]] = defaultdict(list)
    for (unit, summed), entries in found.items():
        merged[("%" if unit == "%" else "增幅", summed)].extend(entries)
    return merged


@dataclass(frozen=True, slots=True)
class _Said:
    """Words the order found."""

    asked: Superlative
    columns: tuple[str, ...]
    passages: Mapping[TableRow, Passage]
    section: Section
    skipped: int  # rows that leave open what is compared

    def all(self, entries: Mapping[Key, list[_Entry]]) -> list[Statement]:
        """Each unit by itself, the largest first; units of one row only where there is no other."""
        moved = {k: e for k, e in entries.items() if any(x.counts for x in e)} or entries
        several = {k: e for k, e in moved.items() if len(e) > 1}
        order = sorted(several or moved, key=lambda k: (k[0] != "增幅", -len(entries[k])))
        said: list[Statement] = []
        if len(entries) > 1:
            rates = any(unit == "增幅" for unit, _ in entries)
            said.append(Statement(_RATES_APART if rates else _UNITS_APART))
        for n, key in enumerate(order[: _MOST_UNITS if several else _MOST_ROWS]):
            if several:
                said.append(Statement(self._head(key, entries[key], self.skipped if not n else 0)))
            said += self._led_by(entries[key])
        return said

    def _head(self, key: Key, entries: Sequence[_Entry], skipped: int) -> str:
        """How many rows of which unit are compared by which columns, and in which order."""
        unit, summed = key
        kind = "" if unit == "增幅" else f"以{unit}计、" if unit else "没有单位、"
        kind = ("五年累计、" if summed else "") + kind
        between = "和".join(map(_bare, self.columns))
        heading = self.section.heading_path[-1]
        title = named[0] if (named := _TABLE_NUMBER.match(heading)) else heading
        aside = f"（另有{skipped}项写作年均、约数、上下限或没有列数，没有比较）" if skipped else ""
        head = f"{title}中{kind}列有{between}的{len(entries)}项{aside}，"
        what = {1: "增加", -1: "减少", 0: "变化"}[self.asked.sign]
        if not any(e.counts for e in entries):
            return f"{head}没有{what}的，各项为："
        what = "数值" if self.asked.of == "value" else "增幅" if unit == "增幅" else what
        return f"{head}{what}由{'大到小' if self.asked.most else '小到大'}依次为："

    def _led_by(self, entries: Sequence[_Entry]) -> list[Statement]:
        """Those that lead, and the one behind them."""
        counted = [e for e in entries if e.counts] or entries
        return [self._one(e) for e in counted[: self._leading(counted) + 1]]

    def _leading(self, entries: Sequence[_Entry]) -> int:
        """As many as are asked for, with those level with the last of them."""
        top = min(self.asked.top, len(entries))
        while top < len(entries) and entries[top].value == entries[top - 1].value:
            top += 1
        return min(top, _MOST_ROWS)

    def _one(self, entry: _Entry) -> Statement:
        passage = self.passages[entry.row]
        said = say_row(entry.row, self.columns)
        worked = f"，计算得{entry.worked}" if entry.worked else ""
        return Statement(said + worked, entry.row.text, passage, item=True)
