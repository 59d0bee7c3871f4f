"""A plain contradiction between a question and the piece that comes closest to it.

Another city, another year, another line's number, nothing of the kind that is asked for: each
refuses by itself. Knows the question and the piece; knows nothing of weights.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.clauses import clauses
from assistant.eras import implied
from assistant.figures import years
from assistant.measures import counts, has_measure, lacks, lacks_figure
from assistant.particulars import lacks_particular
from assistant.places import region_of
from assistant.question import Question, lacks_asked_kind, local_places
from assistant.scope import Scope, plan_periods
from assistant.tables import with_units
from assistant.terms import Terms, topic_units, units
from assistant.unlisted import unlisted

_ORDINAL = re.compile(r"(\d+)(?=号线|号楼|号|期工程)")
# How large a product is: a passage that names none gives the figure of another thing.
_PRODUCT = re.compile(
    r"(?:GDP|生产总值)(?:总量|总额)?(?:[到至]?时候|具体|到底|大概|大约|一共|总共|是|为|有|达到?)*多少"
)
_IS_PRODUCT = re.compile("GDP|生产总值|经济总量")
# Asks whether something is done, states nothing: 收不收费, 要不要钱.
_OPEN = re.compile(r"(?![是对能会算行]不)([\u4e00-\u9fff])不\1")
# Where a piece of the asked year stands this far below one of another year that says more of what is
# asked, the figure is there for the other year alone (dev refuse 6 of 6 so, 1 of 325 other facts).
_OTHER_YEAR = 1.6


def conflict(
    question: Question,
    terms: Terms,
    best: Candidate,
    candidates: Sequence[Candidate],
    scope: Scope,
    period: tuple[int, int] | None,
    own_places: Sequence[str],
    fact: bool,
) -> str:
    """place | year | number | kind; '' for none. `candidates`: of whatever type, best first.

    `own_places`: the cities the document is about, which it need not repeat.
    """
    passage = best.passage
    text = best.ruling if fact else with_units(passage, passage.text)
    around = text + "".join(passage.heading_path) + passage.lead
    claim = _claims(question)
    foreign = [p for p in scope.foreign if not _on_the_way(p, question.text)]
    if not claim and any(not _names(place, around) for place in foreign):
        return "place"
    if lacks_asked_kind(question.text, text) or lacks_particular(question.text, passage.text):
        return "kind"
    if unlisted(question, passage, _section(best, candidates)):
        return "kind"
    if not claim and (fact or passage.row is not None):
        meant = _years_meant(best, period)
        # 现在 and 目标 stand for years that a text without any need not name.
        told = meant or years(question.text) or _lacks_measure(question, best)
        if question.years and told and not _years_asked(question) & meant:
            return "year"
        if not _of_asked_plan(question, around, period, meant):
            return "year"
    if fact and _PRODUCT.search(question.text) and not _IS_PRODUCT.search(passage.text):
        return "kind"  # imports are no gross product
    if not claim and _lacks_figure(question, best, text, fact):
        return "kind"
    if fact and not claim and _of_another_standard(question, best):
        return "kind"
    if not fact:
        return ""
    if not claim and _lacks_year(question, best, around):
        return "kind"
    if not claim and _of_another_year(question, terms, best, candidates[0], own_places):
        return "year"
    own = {*own_places, *map(region_of, own_places)}
    named = [p for p in local_places(question.text) if re.sub("[市省]$|地区$", "", p) not in own]
    named = [p for p in named if not _on_the_way(p, question.text)]
    if named and not claim:
        spoken_of = around + _section(best, candidates)
        if any(re.sub("[市区县镇]$", "", place) not in spoken_of for place in named):
            return "place"
    numbers = set(re.findall(r"\d+", passage.text))
    return "number" if any(n not in numbers for n in _ORDINAL.findall(question.text)) else ""


# Where one comes from or goes to (去北京的车次, 从上海回来，社保断了) is not what is asked about, nor whose
# people and firms are spoken of (我是韩国人).
_FROM_OR_TO = "(?:从|去|往|飞|奔|回|来自|通[往到]|接到|拿到)"


def _on_the_way(place: str, text: str) -> bool:
    name = re.escape(place)
    return (
        re.search(f"{_FROM_OR_TO}{name}|{name}(?:籍|人(?![口均才大])|企业|公司|客商)", text)
        is not None
    )


def _claims(question: Question) -> bool:
    """Whether a question states something to be told whether it is so: 是15%吗, not 收不收费."""
    if question.text.rstrip("？?。").endswith("吧"):
        return True
    return question.asks_any("yesno") and not _OPEN.search(question.text)


def _years_asked(question: Question) -> frozenset[int]:
    """The years a question is about; one that names a five-year plan and no year, all of the plan's."""
    if years(question.text):
        return question.years
    spans = (range(start, end + 1) for start, end in plan_periods(question.text))
    return question.years.union(*spans)


def _section(best: Candidate, candidates: Sequence[Candidate]) -> str:
    """What was found of a piece's section: a place named at its beginning is meant to its end."""
    own = best.passage
    found = (c.passage for c in candidates)
    same = [p for p in found if (p.doc_id, p.heading_path) == (own.doc_id, own.heading_path)]
    return own.text + "".join(dict.fromkeys(p.text for p in same))


def _lacks_measure(question: Question, best: Candidate) -> bool:
    return bool(question.measure) and not has_measure(question.measure, best.piece.text)


def _lacks_figure(question: Question, best: Candidate, text: str, fact: bool) -> bool:
    """Whether a figure is asked for and none stands there, or none in such a measure."""
    if question.asks_any("rank") and "rank" in best.piece.holds:
        return False  # 第三 answers 第几名 without its measure
    if lacks(question.text, best.passage, text):
        # Things that are listed need not be counted: 有几个，分别叫什么.
        return not (question.asks_any("list") and counts(question.text))
    asked = fact and question.asks_any("figure", "count") and not question.asks_any("compare")
    return asked and best.passage.row is None and lacks_figure(text)


# How much one gets or pays (最低工资每月多少元): texts list many such standards in one sentence.
_STANDARD = re.compile(
    "(?:每?(?:个?月|年|人)|一(?:个?月|年)|[到至]|标准).{0,6}(?:多少|几[十百千])(?:块|元|钱)"
)
# A clause's share of what is asked below which its figure is of another thing, where a clause without
# a figure says this much more of it.
_NOT_SAID, _SAID_BESIDE = 0.15, 0.25


def _of_another_standard(question: Question, best: Candidate) -> bool:
    """Whether a standard is asked for that a sentence names without a figure, giving another's."""
    asked = set(topic_units(question.text))
    if best.passage.row is not None or best.piece.rule:
        return False  # a case of a rule has the figure of its rule
    if not asked or not _STANDARD.search(question.text):
        return False
    parts = [best.piece.text[start:end] for start, end in clauses(best.piece.text)]
    shares = [(len(asked & set(units(p))) / len(asked), lacks_figure(p)) for p in parts]
    with_figure = max((share for share, none in shares if not none), default=0.0)
    without = max((share for share, none in shares if none), default=0.0)
    return with_figure < _NOT_SAID and without - with_figure > _SAID_BESIDE


_WHICH_YEAR = re.compile("哪一?年|几几年")
_TIME = re.compile("[年月日]|世纪|期末|期间")
# A work that is under way or only planned (加快建设崇明线) has no year yet, the report's least of all.
_UNDER_WAY = re.compile("加快|推[进动]|争取|力争|谋划|前期|筹[建设备]|启动|开工|建设|规划|研究")
_DONE = re.compile(
    "建成|通车|投[产用运入]|竣工|完[工成]|开[通馆]|举办|召开|实现|启用|挂牌|成立|落成|达到|贯通|全线"
)
_OWN_TIME = re.compile(r"\d+[月日]|年底|季度|五年|期末|十[一二三四五六]五")


def _lacks_year(question: Question, best: Candidate, around: str) -> bool:
    """Whether a year is asked for and neither the piece nor what stands around it says any time.

    Who asks 什么时候 is helped by what is planned, too (everyday cases).
    """
    if not _WHICH_YEAR.search(question.text) or question.asks_any("figure", "count"):
        return False
    piece = best.piece
    if not (piece.years or piece.years_before or _TIME.search(around)):
        return True
    if best.passage.row is not None or years(piece.text) or _OWN_TIME.search(piece.text):
        return False
    clause = _clause_about(question, piece.text)
    return bool(_UNDER_WAY.search(clause)) and not _DONE.search(clause)


def _clause_about(question: Question, text: str) -> str:
    """The clause of a sentence that says most of what is asked."""
    asked = set(topic_units(question.text))
    parts = [text[start:end] for start, end in clauses(text)]
    return max(parts, key=lambda part: len(asked & set(units(part))), default=text)


def _of_another_year(
    question: Question,
    terms: Terms,
    best: Candidate,
    first: Candidate,
    own_places: Sequence[str],
) -> bool:
    if not question.years or question.years & first.piece.years:
        return False
    # The document's own city need not be repeated where it is asked for, nor what it makes with the
    # next word (无锡地区生产总值: 锡地).
    own = [p for p in own_places if p in question.places]
    named = {u for p in own for around in _around(p, question.text) for u in units(around)}
    of_first = terms.coverage(first.piece.units | first.piece.context | named)
    more = of_first > terms.coverage(best.piece.units | best.piece.context | named)
    return more and first.score - best.score > _OTHER_YEAR


def _around(place: str, text: str) -> list[str]:
    """A place with the character on each side, wherever the text names it; alone where it doesn't."""
    return re.findall(f".?{re.escape(place)}.?", text) or [place]


# The one character by which a text calls a region, where that character says hardly anything else.
_CALLED = (
    "重庆渝 上海沪 广东粤 江西赣 湖南湘 湖北鄂 安徽皖 浙江浙 山东鲁 山西晋 河南豫 河北冀 北京京 天津津 "
    "海南琼 贵州黔 云南滇 广西桂 福建闽 四川川 内蒙古蒙 香港港 澳门澳 台湾台"
)
_SHORT = {word[:-1]: word[-1] for word in _CALLED.split()}
# A line is called by one character of each end (西延高铁).
_LINE = re.compile(r"([\u4e00-\u9fff]{2,4})(?:高铁|铁路|高速|城际|运河)")


def _names(place: str, text: str) -> bool:
    """Whether a text names a place: its name, its one character, or a line that ends there."""
    if place in text or _SHORT.get(place, place) in text:
        return True
    return any(set(place) & set(line) for line in _LINE.findall(text))


def _of_asked_plan(
    question: Question, around: str, period: tuple[int, int] | None, meant: frozenset[int]
) -> bool:
    """Whether a piece is of the five-year plan that a question names, its document's or another."""
    asked = plan_periods(question.text)
    if not asked or period is None or period in asked or set(plan_periods(around)) & set(asked):
        return True
    return any(start <= year <= end for start, end in asked for year in meant)


def _years_meant(best: Candidate, period: tuple[int, int] | None) -> frozenset[int]:
    """The years a piece names, else those named before it, else those its plan speaks of unnamed."""
    piece, passage = best.piece, best.passage
    in_headings = years("".join(passage.heading_path))
    # A target's year holds on for the sentences after it, a year of the past does not.
    earliest = period[0] if period else 0
    named = piece.years or frozenset(y for y in piece.years_before if y >= earliest)
    if named or period is None:
        return named | in_headings
    start, end = period
    if passage.row is not None:
        return in_headings | {end}  # a plan's table that names no year gives its targets
    if back := implied(passage.heading_path, period):
        return in_headings | back
    return in_headings | {start - 1, end}
