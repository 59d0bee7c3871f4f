"""Several things named side by side, each asked about by itself: 老人和小孩的照护分别怎么说.

Rules over a question's own words. Knows neither documents nor what is asked of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from assistant.followups import names_itself
from assistant.places import places, region_of

_JOINT = re.compile("以及|[和与跟及、]")
_ITEM = "(?:[^，。？?和与跟及、的比：:]|比(?=[例重])|(?<=占)比){2,14}"
_RUN = re.compile(
    rf"(?P<items>{_ITEM}(?:(?:以及|[和与跟及、]){_ITEM}?)+?)"
    r"(?P<these>这?[两二三四五六]?(?:个|种|项|类|者|大)(?:产业|行业|领域|指标|方面|城市)?)?"
    r"(?P<tail>的[^，。？?]{1,18}?)?(?=[各分哪谁]|现在|目前|[到至]?(?:19|20)\d\d年|[，。？?是有]|要(?!求)|$)"
)
# 在设计、封测、制造三个环节分别: what is between 在 and the word for all of them.
_FIELDS = re.compile(
    r"(?:在|^|(?<=[，,：:]))(?P<items>[^，。？?、和与及的在]{2,12}(?:(?:以及|[、和与及])[^，。？?、和与及的在]{2,12}?)+?)"
    r"这?[两二三四五六]?(?:个|大)?(?:方面|环节|领域|阶段|层面)"
)
# What is told of one thing in sections of their own: 现状、问题和建议.
_ASPECT = "(?:现状|基础|优势|成效|成果|问题|短板|不足|薄弱环节|原因|对策|建议|措施|举措|路径)"
_ASPECTS = re.compile(
    rf"^(?P<of>[^，。？?]{{2,20}}?)的?(?P<items>{_ASPECT}(?:(?:以及|[和与及、]){_ASPECT})+)(?=[各分都是有，。？?]|$)"
)
# What is named before all that is asked of each: 健身、养老、逛公园，…分别是几分钟.
_BEFORE_ALL = re.compile(
    r"^(?P<items>[^，,。？?：:、和与跟及]{2,8}(?:(?:以及|[、和与跟及])[^，,。？?：:、和与跟及]{2,8})+)[，,：:](?P<asked>.*(?:分别|各自?).*(?:多少|几|哪一?年).*)$"
)
_SEVERALLY = re.compile("分别|各自?|对比|比较|相比|区别|不同|差异|关系|一样|一个数|一回事")
# What says that each is asked about is no part of what is asked of one.
EACH = re.compile("(?:分别|各自?)(?=[^，,。？?]{0,6}(?:多少|几))")
# The same before what each does: 各重点发展什么.
_EACH_DOES = re.compile("(?:分别|各自?)(?=[^，,。？?是为有]{2,6}(?:什么|哪些|啥))")
_QUOTED = re.compile('^[“"]')
# Which of them is more, and by how much: each is asked how much it is.
RANKED = re.compile(
    "(?:哪一?[个项家种类座条]|谁)(?P<of>[^，。？?]{0,8}?)(?P<by>[更最]?[多高大少低小快慢长短])(?:一?些)?(?=[，。？?]|$)"
)
_APART = re.compile(
    "(?:相差|差|[高低多少大小快慢])(?:了|出)?(?:多少|几)[^，。？?]{0,5}(?=[，。？?]|$)|差[距额](?:是|有)?多[少大]"
)
_TIME_FIRST = re.compile(
    r"^(?:[到至在]?(?:19|20)\d\d年?[底末]?|[“\"]?十[一二三四五六]五[”\"]?(?:末|期间)?)"
)
# 失业三种保险: how many are named.
_COUNTED = re.compile("这?[两二三四五六](?:个|种|项|类|大)(?=[^，]{2})")
_LONGEST_MODIFIER = 3
# What the name of an area, a body or a way ends in: a province before it is part of the name.
_AREA = re.compile("[圈区园带港路线站场校院局厅集团公司中心大学]$")
_SAYS_ALL = re.compile("(?:目标|比[例重]|占比|[率数额量]|规模|收入|面积)值?$")


def compares(text: str) -> bool:
    """Whether a question sets things side by side by size: 哪个更高, 相差多少."""
    return bool(RANKED.search(text) or _APART.search(text))


def how_much(text: str) -> str:
    """A question for the larger of several as one for how much each is."""
    return RANKED.sub(_how_much, text)


def apart_as_level(text: str) -> str:
    """A question for how far apart two are (相差多少家, 低多少个百分点) as one for how much each is."""
    return _APART.sub("是多少", text)


_CHANGED = re.compile(
    "(?:比|较|相比)?(?:[要将会又]|能够?)*(?:增长|增加|提高|上升|扩大|下降|降低|减少|[多少高低差])[了出]?(?=多少|几)"
)


def as_level(text: str) -> str:
    """A question for a difference as one for how much it is: GDP比多了多少亿元, the other year out."""
    level = _CHANGED.sub("是", text)
    return text if level == text else re.sub(r"[比较](?=(?:19|20)\d\d)", "", level)


def conjuncts(text: str, together: bool = False) -> list[tuple[str, str]]:
    """Each thing named, and the question asked of it alone; [] where nothing is asked severally.

    `together`: also where one thing is asked of all of them (城镇化率和绿化率达到多少).
    """
    if not together and not _SEVERALLY.search(text) and not compares(text):
        return []
    if aspects := _ASPECTS.search(text):
        of = f"{aspects['of']}的"
        return [(of + i, f"{of}{i}有哪些") for i in _JOINT.split(aspects["items"])]
    if fields := _FIELDS.search(text):
        lead, rest = text[: fields.start()], EACH.sub("", how_much(text[fields.end() :]))
        return [(i, f"{lead}{i}{rest}") for i in _JOINT.split(fields["items"]) if i]
    if of_run := _of_run(text):
        return of_run
    before = _BEFORE_ALL.match(text)
    asked = re.sub("分别|各自?", "", before["asked"]) if before else ""
    return [(i, f"{i}，{asked}") for i in _JOINT.split(before["items"])] if before else []


def _of_run(text: str) -> list[tuple[str, str]]:
    """The things of the first run of them in a question; [] where they name nothing by themselves."""
    found = _RUN.search(text)
    if not found:
        return []
    named = found["items"]
    context = _context_first(named)
    lead = text[: found.start()] + named[:context]
    items = _whole(_JOINT.split(named[context:]))
    tail = found["tail"] or ""
    # A thing that says itself what is asked of it (就读比例) has no part in what follows the last.
    own = [i if _SAYS_ALL.search(i) and i is not items[-1] else i + tail for i in items]
    if len(items) < 2 or not all(len(i) > 1 and (names_itself(i) or _QUOTED.match(i)) for i in own):
        return []
    rest = _APART.sub("", how_much(text[found.end() :]))
    rest = re.sub("[，,]+(?=[，,。？?]|$)", "", rest) if compares(text) else rest
    if compares(text) and "多少" not in rest:
        rest = rest.rstrip("。？?") + "是多少"
    rest = _EACH_DOES.sub("", EACH.sub("", rest))
    return [(i, f"{lead}{o}{rest}") for i, o in zip(items, own, strict=True)]


def _context_first(named: str) -> int:
    """How many characters of the first thing named are the time and the place of all of them."""
    end = 0
    while end < len(named):
        if time := _TIME_FIRST.match(named[end:]):
            end += time.end()
            continue
        place = next((p for p in places(named[end:]) if named[end:].startswith(p)), "")
        after = named[end + len(place) :]
        if not place or _of_name(place, named[end:], after):
            return end  # 南京都市圈 is a name of its own
        end += len(place) + len(after) - len(re.sub("^市?的?", "", after))
    return end


def _of_name(place: str, named: str, after: str) -> bool:
    """Whether a place is part of the name of the thing it stands before: no province is of 江苏常住人口."""
    if after[0:1] in ("市", "的") or _TIME_FIRST.match(after):
        return False
    thing = _JOINT.split(named)[0]
    return region_of(place) != place or _AREA.search(thing) is not None


def _how_much(ranked: re.Match[str]) -> str:
    """哪种覆盖率最高 as 覆盖率是多少, 哪个增加得更多 as 增加多少."""
    of = ranked["of"]
    return of.removesuffix("得") + ("多少" if of.endswith("得") else "是多少")


def _whole(items: list[str]) -> list[str]:
    """城镇 and 农村居民收入 as 城镇居民收入 and 农村居民收入: what the last alone says is of all."""
    last = _COUNTED.sub("", items[-1])
    if headed := _headed(items[:-1], last):
        return [*headed, last]
    words = {str(w) for w in rjieba.cut_for_search(last)}
    sizes = {len(i) for i in items[:-1]}
    size = sizes.pop()
    if sizes or size > _LONGEST_MODIFIER or last[:size] not in words:
        return [*items[:-1], last]
    return [i + last[size:] for i in items[:-1]] + [last]


def _headed(items: Sequence[str], last: str) -> list[str]:
    """城镇居民 with what follows 农村居民 in 农村居民人均可支配收入; [] where they end otherwise."""
    ends = {i[-2:] for i in items if len(i) > 3}
    end = ends.pop() if len(ends) == 1 else ""
    at = last.find(end, 2) if end and len(end) == 2 else -1
    head = last[at + 2 :]
    return [i + head for i in items] if at > 0 and len(head) > 1 else []


_NEAR = 6  # characters between a thing's name and its figure


def gives_each(items: Sequence[str], text: str) -> bool:
    """Whether a sentence gives a figure after each of several things: 一级医院200元、二级医院400元."""
    names = [{i[n : n + 2] for n in range(len(i) - 1)} for i in items]
    figures = {m.start() for m in re.finditer(r"(?<![\d.])\d", text)}
    given: set[int] = set()
    for own in names:
        others = set().union(*(n for n in names if n is not own))
        ends = (m.end() for name in own - others for m in re.finditer(re.escape(name), text))
        near = {f for end in ends for f in figures if 0 <= f - end <= _NEAR} - given
        if not near:
            return False
        given.add(min(near))
    return True
