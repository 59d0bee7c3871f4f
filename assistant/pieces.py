"""Sentences and table rows of passages, with what does not depend on the question.

Knows passages; knows neither their scores nor how an answer is worded.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.announced import announcers
from assistant.clauses import clauses
from assistant.eras import implied, years_spoken_of
from assistant.figures import normalise_figures, quantities
from assistant.question import Question
from assistant.soft import Ids, WordVectors
from assistant.tables import row_label
from assistant.terms import units
from index.records import Passage
from index.sentences import sentences

Vector = npt.NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vector]

# What a text must hold to answer a question of a kind; figures are found apart.
_HOLDS = {
    "name": re.compile(
        r"[“《][^”》]{2,30}[”》]|[\u4e00-\u9fff]{2,12}(?:公司|集团|中心|大学|学院|实验室|园区|基地|平台|示范区"
        r"|研究院|工程|计划|机场|港|区|市|镇|线)"
    ),
    "time": re.compile(r"(?:19|20)\d\d\s*年|“?十[二三四五六]五|年底|期末|\d+\s*月|世纪"),
    "list": re.compile(r"、.{1,20}、|、[^，。；]{1,20}(?:和|及|与)|；|一是|——|：|\n"),
    # How long, or by when at the latest.
    "lasting": re.compile(
        r"[\d一二两三四五六七八九十百半]+\s*(?:个?(?:工作|自然)?[日天月周]|个?小时|分钟|年(?!度|底|末|初))|当[天日场]|长期|永久|有效期"
    ),
    "definition": re.compile(r"是指|指的是|即|指[“\u4e00-\u9fff]|包括|——|：|就是|是一种|意为|称为"),
    # How many there are, in words: 突破百个, 周铁、万石、芳桥三镇.
    "counted": re.compile(
        "(?:[百千万][余多]?|(?<![第之百千万亿两一二三四五六七八九])[两三四五六七八九十])(?:个|家|对|所|座|项|镇|区|县|市|园|校|园区|校区|片区|中心)"
    ),
    # A place in an order: 排名第五, 位居首位, 名列前茅.
    "rank": re.compile(
        r"第[一二三四五六七八九十\d]+(?![篇章节条届次批期号产轮代个季人把责])|首位|榜首|前列|前茅|末位|位[居列]|排名|倒数|之首|最[前后]"
    ),
    "why": re.compile(r"因为|由于|因此|有利于|为了|以便|从而|旨在|意义|因.{1,20}，|制约|原因"),
}

# Figures as rules write them: 五百元以上, 二倍, 六十周岁, 三个工作日, 十五日内.
_WORDED = re.compile(
    "[零一二两三四五六七八九十百千]+(?:[万亿]?元|倍(?![增])|周岁|个?工作日|个月|日(?=[内前后起以]))"
)
# A sentence that announces cases of one rule: what follows from it follows from each case.
_OF_EACH = re.compile("之一|下列|下述")
_OF_RULE = {"figure", "lasting"}
_ITEM = re.compile(r"^\s*[（(]?\d+[）)、.．]")
# The plan's own years: 与到2020年的目标相衔接，今后五年的目标是：….
_FROM_NOW = re.compile("(?:今后|未来|接下来)(?:的)?五年")
_THOUSANDS = re.compile(r"\d[,，]\d{3}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence (or a whole row) of a passage, with what does not depend on the question."""

    start: int
    end: int
    text: str
    units: frozenset[str]
    context: frozenset[str]  # of its heading path, its lead and the sentence that announces it
    vector: Vector
    ids: Ids  # of its words in the shipped vocabulary
    context_ids: Ids  # with those of its context
    years: frozenset[int]  # it speaks of; of a row, its columns' too
    years_before: frozenset[int]  # named last before it in its passage
    holds: frozenset[str]  # the types of answer it can give (figure, time, definition …)
    clauses: tuple[frozenset[str], ...]  # the units of each of its clauses
    rule: str = (
        ""  # the sentence that announces it as a case of a rule (有下列行为之一的，处…罚款：)
    )

    @property
    def ruling(self) -> str:
        """What it says together with the rule that it is a case of."""
        return self.rule + self.text


class Pieces:
    """Cuts passages into pieces and keeps the last few thousand, vectors included."""

    def __init__(
        self,
        embed: Embed,
        words: WordVectors,
        size: int = 4096,
        periods: Mapping[str, tuple[int, int]] | None = None,
    ) -> None:
        """`periods`: the years of each plan among the documents, by doc_id."""
        self._embed = embed
        self._periods = periods or {}
        self._words = words
        self._size = size
        self._kept: OrderedDict[Hashable, tuple[Piece, ...]] = OrderedDict()

    def of(self, passages: Sequence[Passage]) -> list[tuple[Piece, ...]]:
        """The pieces of each passage, in order; what is new is embedded in one batch."""
        same = [self._same(p) for p in passages]
        new = {s: p for s, p in zip(same, passages, strict=True) if s not in self._kept}
        if new:
            self._add(new)
        found = []
        for key in same:
            self._kept.move_to_end(key)
            found.append(self._kept[key])
        while len(self._kept) > max(self._size, len(passages)):
            self._kept.popitem(last=False)
        return found

    def _same(self, passage: Passage) -> Hashable:
        """All that makes a passage's pieces: another edition's, or a repeated one, has the same."""
        period = self._periods.get(passage.doc_id)
        return passage.text, passage.heading_path, passage.lead, passage.row, period

    def _add(self, new: Mapping[Hashable, Passage]) -> None:
        passages = list(new.values())
        spans = [_spans(p) for p in passages]
        texts = [_embedded(p, s, e) for p, cut in zip(passages, spans, strict=True) for s, e in cut]
        contexts = [_contexts(p, cut) for p, cut in zip(passages, spans, strict=True)]
        known = dict.fromkeys(c for own in contexts for c in own)  # mostly one a section
        around_ids = dict(zip(known, self._words.ids(list(known)), strict=True))
        around_units = {context: frozenset(units(context)) for context in known}
        vectors, ids = iter(self._embed(texts)), iter(self._words.ids(texts))
        for key, passage, cut, over in zip(new, passages, spans, contexts, strict=True):
            pieces: list[Piece] = []
            before: frozenset[int] = frozenset()
            period, row = self._periods.get(passage.doc_id), passage.row is not None
            for (start, end), context in zip(cut, over, strict=True):
                own = next(ids)
                around = np.union1d(own, around_ids[context])
                text, rule = passage.text[start:end], _rule_of(context)
                words, of_clauses = _units(passage, text)
                named = years_spoken_of(f"{text}\n{_columns(passage)}")
                spoken = named
                if not named and not before:
                    spoken = implied(passage.heading_path, period, row)
                pieces.append(
                    Piece(
                        start, end, text, words, around_units[context], next(vectors), own, around,
                        spoken, before, holds(text) | holds(rule) & _OF_RULE, of_clauses, rule,
                    )
                )  # fmt: skip
                before = _carried(pieces[-1], named, period)
            self._kept[key] = tuple(pieces)


def _carried(piece: Piece, named: frozenset[int], period: tuple[int, int] | None) -> frozenset[int]:
    """The years that hold on for the sentences after a piece that names these itself."""
    if (own := _FROM_NOW.split(piece.text))[1:]:
        return years_spoken_of(own[-1])  # what is named before 今后五年 is of another plan
    # A report's sentence that names none is of its year, as the next one is anew.
    of_one_year = period is not None and period[0] == period[1]
    return (named if of_one_year else piece.years) or piece.years_before


def _contexts(passage: Passage, spans: Sequence[tuple[int, int]]) -> list[str]:
    """What stands over each sentence: the headings, the lead, and of a list's item what announces it."""
    heads = announcers(passage.text, spans) if passage.row is None else [None] * len(spans)
    said = (passage.text[slice(*head)] if head else "" for head in heads)
    return ["\n".join((*passage.heading_path, passage.lead, head)) for head in said]


def _columns(passage: Passage) -> str:
    return " ".join(name for name, _ in passage.row.cells) if passage.row is not None else ""


def _units(passage: Passage, text: str) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """The units of a sentence or row, and those of each of its clauses; of a row, its label's."""
    if passage.row is not None:
        return frozenset(units(_row_words(passage))), (frozenset(units(row_label(passage.row))),)
    of_clauses = tuple(frozenset(units(text[start:end])) for start, end in clauses(text))
    if _THOUSANDS.search(text):  # else no unit reaches over a comma
        return frozenset(units(text)), of_clauses
    return frozenset().union(*of_clauses), of_clauses


def _spans(passage: Passage) -> list[tuple[int, int]]:
    if passage.row is not None:
        return [(0, len(passage.text))]
    spans = sentences(passage.text)
    # A lead phrase names its paragraph, it says nothing by itself (城镇化率提高到58% does): it is context.
    lead = passage.lead
    figure = next(quantities(normalise_figures(_ITEM.sub("", lead))), None)
    if (
        lead
        and not figure
        and len(spans) > 1
        and passage.text[slice(*spans[0])].strip("—。：: ") == lead
    ):
        return spans[1:]
    return spans


def _embedded(passage: Passage, start: int, end: int) -> str:
    text = passage.text[start:end]
    return _row_words(passage) if passage.row is not None else text


def _row_words(passage: Passage) -> str:
    row = passage.row
    assert row is not None
    cells = " ".join(f"{name} {value}" for name, value in row.cells)
    return f"{row.group} {row.parent} {row.label} {cells}"


def holds(text: str) -> frozenset[str]:
    """The types of answer a text can give."""
    found = {name for name, pattern in _HOLDS.items() if pattern.search(text)}
    if _WORDED.search(text) or next(quantities(normalise_figures(text)), None) is not None:
        found.add("figure")
    return frozenset(found)


def _rule_of(context: str) -> str:
    """The announcing sentence that ends a context, where its items are cases of it; else ''."""
    head = context.rpartition("\n")[2]
    return head if _OF_EACH.search(head) else ""


_HOW_LONG = re.compile("多久|多长时间|期限|时限|(?:几|多少)个?(?:工作日|[天日月周]|小时)(?!报)")


def fits(question: Question, held: frozenset[str]) -> bool:
    """Whether something that holds these types can answer a question of its kind."""
    if question.asks_any("rank") and "rank" in held:
        return True
    counted = "counted" in held and (question.asks_any("count") or "数量" in question.text)
    if question.asks_any("figure", "count") and "figure" not in held and not counted:
        return False
    if question.asks_any("list") and not question.asks_any("figure", "count"):
        return "list" in held
    if question.asks == {"name"}:
        return "name" in held
    wanted = {"time", "definition", "why"} & question.asks
    if _HOW_LONG.search(question.text):
        wanted = wanted - {"time"} | {"lasting"}
    return wanted <= held
