"""A question with one thing in it put in place of another: its year, its city, its subject.

Knows words and how near they are to one another; knows neither conversation nor documents.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import rjieba

from assistant.figures import normalise_figures
from assistant.followups import (
    ASKING,
    PUNCT,
    TIME,
    asks_itself,
    bare,
    context,
    core,
    entity,
    first_asked,
    names_itself,
    parts,
    says_of,
    topic,
    where,
)
from assistant.kinship import NUMBERED, is_name, kinship, like_kind
from assistant.places import places
from assistant.subjects import (
    ACTUAL,
    BEFORE_SUBJECT,
    DEED,
    LABEL,
    city_for_towns,
    grown,
    label_like,
    noun_phrases,
    object_of,
    other_measure,
    subject,
    without_measure,
)

Similar = Callable[[str, Sequence[str]], Sequence[float]]

# A stretch less like the new word than this is no counterpart of it (dev follow-ups).
COUNTERPART = 0.35
# As like as this, a whole question's subject still takes up the last question (dev follow-ups).
CLOSE = 0.55
# As like as this, a word takes the place of a modifier as long as it is (农村 of 城镇居民收入).
_LIKE_MODIFIER = 0.1
_IN_WHICH = re.compile("在([^，。的]{2,10}?)(?:上|方面|领域|环节)(?=[^海市])")
_LONGEST_MODIFIER = 5
_LOOSE = frozenset("的是有在和与要会能到为中里上将各")
_TARGET = re.compile("(?<=..)(?:的?目标值?(?:是|为|定)?)(?=多少|几|[？?。]|$)")
# What is so now isn't still to be: 现在要有多少家 -> 现在有多少家.
_NOW = re.compile("现在|目前|当前")
_TO_COME = re.compile("(?<=..)(?:力争|计划|预计|需?要|将)+(?=[达有到是为新增提降控])")
_SHORT_YEAR = re.compile(r"(?<!\d)([1-4]\d)年")
# Attributes of a figure rather than of the thing that has the figure.
_OF_FIGURE = re.compile(
    "[增长下降]率|增速|增幅|降幅|占比|比[例重]|目标|现状|基数|变化|排名|名次|指标|数值?$"
)
# A target after what was reached in a year, a base after a target, are of other years.
_OF_ANOTHER_YEAR = re.compile("目标值?|现状|基数|基期|起点")
_ONE_YEAR = re.compile(r"[到至]{0,2}(?:19|20)\d\d年?[底末]?")
_WHAT = re.compile("原因|理由|背景|定位|意义|作用|内容|含义|定义|名称|目的|依据|来源|特色|优势")
_WHICH = re.compile("措施|举措|任务|做法|办法|政策|问题|短板|建议|重点|亮点|部门|单位|要求")
# 献血的要提供什么证明: whoever does something, told by it alone.
_HEADLESS = re.compile(
    "(?P<of>[^，。的]{2,10})的(?:要|可以|能|怎么|如何|需|由谁|在哪|去哪|该|应该?|多久)(?!求)"
)
# The field that a question is about: 养老方面有哪些措施.
_FIELD = re.compile("(?:在|对)?([\u4e00-\u9fff]{2,6})(?:方面|领域)")


def substitute(previous: str, new: str, similar: Similar) -> str:
    """The last question with its year, place or subject replaced by what the follow-up names.

    `new` may end in 的 (市级的): then it stands before a noun of the last question.
    """
    new = _SHORT_YEAR.sub(r"20\1年", normalise_figures(new)).strip()
    result = _moved(_timed(_last_part_out(previous), new), new)
    rest = ACTUAL.sub("", TIME.sub("", new)) if TIME.search(new) else new
    for place in where(new):
        rest = re.sub(f"{place}[市省]?", "", rest)
    modifies = rest.rstrip("呢").endswith("的")
    if (frame := _IN_WHICH.search(result)) and (field := _FIELD.fullmatch(rest)):
        return result[: frame.start(1)] + field[1] + result[frame.end(1) :]
    rest = PUNCT.sub("", rest).strip("的和与在是有")
    if _OF_ANOTHER_YEAR.fullmatch(rest) and not TIME.search(new):
        result = _ONE_YEAR.sub("", result)
    if not rest or rest in _stretches(result, len(_words(rest))):
        return result
    if city := city_for_towns(result, rest):
        return result.replace(city, rest, 1)
    headless = _HEADLESS.match(result)
    if headless and not counterpart(result, rest, similar):
        return rest + result[headless.end("of") :]
    if (label := LABEL.match(rest)) and (old := label_like(label, result)):
        said = old + rest[label.end() :]
        if said in result:
            return result.replace(said, rest, 1)
    before = BEFORE_SUBJECT.fullmatch(rest)
    unlike = before and not counterpart(result, rest, similar)
    if before and unlike and not (before["area"] and has_place(result, rest, similar)):
        whole = subject(result)
        return result.replace(whole, f"{rest}{whole}", 1) if whole else result
    if not names_itself(rest) and not _takes_place(rest):
        field = _FIELD.match(result)
        old = field[1] if field else object_of(result)
        if old and not says_of(rest) and len(rest) > 1:
            return result.replace(old, rest, 1)
        measured = other_measure(subject(result), rest)
        if measured and not _OF_FIGURE.search(rest):
            return result.replace(subject(result), measured, 1)
        return _other_deed(result, rest, similar) or _attribute(result, rest)
    return _with_modifier(result, rest, similar) if modifies else _replaced(result, rest, similar)


def _other_deed(previous: str, rest: str, similar: Similar) -> str:
    """死亡呢 after 婴儿出生…: what is done put in place of what is like it; '' where nothing is."""
    word = rjieba.tag(rest)
    if len(word) != 1 or word[0][1] not in ("v", "vn") or says_of(rest):
        return ""
    old = counterpart(previous, rest, similar)
    return previous.replace(old, rest, 1) if old else ""


def close(previous: str, new: str, similar: Similar) -> bool:
    """Whether a question's subject is of a kind with the last one's: the same last word, or near."""
    subject, last = bare(core(new)), bare(core(previous))
    if not subject or not last:
        return False
    return _words(subject)[-1] == _words(last)[-1] or similar(subject, [last])[0] >= CLOSE


def _takes_place(word: str) -> bool:
    """Whether a word without the look of a subject names one: 两快, 货."""
    if NUMBERED.fullmatch(word) is not None:
        return True
    return len(word) == 1 and rjieba.tag(word)[0][1] in ("n", "b")


def _last_part_out(previous: str) -> str:
    """A question without a clause at its end that asks the same of another thing (，南京呢)."""
    return re.sub(r"(?<=.)[，,；;？?][^，,；;？?]{1,12}呢[？?]?$", "？", previous)


def _timed(previous: str, new: str) -> str:
    time = TIME.search(new)
    if not time:
        return previous
    base = normalise_figures(previous)
    old = TIME.search(base)
    moved = base.replace(old[0], time[0], 1) if old else f"{time[0]}{base}"
    if ACTUAL.search(new):
        moved = _TARGET.sub("", moved)
    return _TO_COME.sub("", moved) if _NOW.search(time[0]) or ACTUAL.search(new) else moved


def _moved(previous: str, new: str) -> str:
    named = where(new)
    if not named:
        return previous
    old = where(previous)
    city = named[0]
    if old:
        return re.sub(f"{old[0]}市?" if old[0] in places(previous) else old[0], city, previous)
    time = TIME.match(previous)
    return previous[: time.end()] + city + previous[time.end() :] if time else city + previous


def _attribute(previous: str, attribute: str) -> str:
    """The attribute asked of the last question's subject: 目标呢, 原因呢."""
    asked = "是什么" if _WHAT.search(attribute) else "是多少"
    asked = "有哪些" if _WHICH.search(attribute) else asked
    if asks_itself(attribute):
        asked = ""
    of = bare(topic(previous)) if _OF_FIGURE.search(attribute) else entity(previous)
    frame = context(previous, place=not where(of))
    return f"{frame}{of}的{attribute}{asked}？"


def _with_modifier(previous: str, new: str, similar: Similar) -> str:
    """市级的呢: in place of what stands before the same noun, or before the subject itself."""
    old = counterpart(previous, new, similar) or _like_modifier(previous, new)
    if old:
        return previous.replace(old, new, 1)
    named = subject(previous)
    others = [p for p in parts(previous) if len(p) > 1 and not names_itself(p)]
    if not named or others or bare(core(previous)) != core(previous):
        return _replaced(previous, new, similar)
    return previous.replace(named, f"{new}的{named}", 1)


def has_place(previous: str, new: str, similar: Similar) -> bool:
    """Whether a bare noun (农村) has something in the last question to take the place of."""
    modifier = _like_modifier(previous, new)
    return _like(new, modifier, similar) or counterpart(previous, new, similar) != ""


def _like(new: str, modifier: str, similar: Similar) -> bool:
    paired = bool(modifier) and kinship(new, modifier) > 0
    return paired or (bool(modifier) and similar(new, [modifier])[0] >= _LIKE_MODIFIER)


def substitutions(previous: str, new: str) -> list[str]:
    """The last question with each of its noun phrases in turn replaced by the new one."""
    found = dict.fromkeys(
        previous.replace(old, new, 1)
        for part in parts(first_asked(DEED.sub("", previous)))
        for phrase in noun_phrases(part)
        for old in (without_measure(phrase, new), phrase)
    )
    return [f for f in found if f != previous]


def _put(previous: str, old: str, new: str) -> str:
    """New in place of old, and of the noun after it that the new one says itself (江南大学)."""
    before, _, after = previous.partition(old)
    said = next((n for n in range(4, 1, -1) if new.endswith(after[:n]) and len(after) >= n), 0)
    return before + new + after[said:]


def _like_modifier(previous: str, new: str) -> str:
    """How the last subject begins: to the same last character (国家级), or a word as long."""
    whole = subject(previous)
    end = whole.find(new[-1], 1, _LONGEST_MODIFIER)
    if 0 < end < len(whole) - 1:
        return whole[: end + 1]
    first = next((str(w) for w in rjieba.cut_for_search(whole)), "")
    starts = whole.startswith(first) and len(first) == len(new) and first != whole
    return first if starts else ""


def _replaced(previous: str, new: str, similar: Similar) -> str:
    """The last question about another subject; what frames it (每千人口, 在…方面) stays."""
    old = counterpart(previous, new, similar)
    if old:
        if new in previous:  # both stand in a name; what is asked of comes after it
            before, _, after = previous.rpartition(old)
            return before + new + after
        number = NUMBERED.fullmatch(old) is not None
        return previous.replace(old, new) if number else _put(previous, old, new)
    if frame := _IN_WHICH.search(previous):
        return previous[: frame.start(1)] + new + previous[frame.end(1) :]
    modifier = _like_modifier(previous, new)
    if _like(new, modifier, similar):
        return previous.replace(modifier, new, 1)
    whole = subject(previous)
    if not whole or whole not in previous:
        return f"{new}{previous}"
    return previous.replace(without_measure(whole, new), new, 1)


def counterpart(previous: str, new: str, similar: Similar) -> str:
    """The stretch of a question that the new word takes the place of; '' where none is like it."""
    about = DEED.sub("", previous)
    options = [o for o in _stretches(about, len(_words(new))) if not _grows_from(new, o)]
    if NUMBERED.fullmatch(new):
        options = [o for o in options if NUMBERED.fullmatch(o)] or options
    if is_name(new) and len(named := [o for o in options if is_name(o)]) == 1:
        return named[0]
    if not options:
        return ""
    first = re.split("[和与、]", new)[0]
    scores = [s + kinship(new, o) for s, o in zip(similar(first, options), options, strict=True)]
    best = max(range(len(options)), key=lambda i: scores[i])
    if scores[best] < COUNTERPART:
        return ""
    return grown(options[best], about) if like_kind(first, options[best]) else options[best]


def _grows_from(new: str, old: str) -> bool:
    """Whether the new word is a compound that begins with the old one's head: no counterpart."""
    head = _words(old)[-1]
    return old in new or (head in new and not new.endswith(head))


def _stretches(previous: str, words: int) -> list[str]:
    """The stretches of whole words, about as many as the new word has, without asking words."""
    found: dict[str, None] = {}
    for piece in re.split(r"\|+", ASKING.sub("|", PUNCT.sub("|", TIME.sub("|", previous)))):
        cut = _words(piece)
        for i in range(len(cut)):
            for j in range(i + 1, min(i + words + 1, len(cut)) + 1):
                stretch = "".join(cut[i:j])
                if stretch[0] not in _LOOSE and stretch[-1] not in _LOOSE:
                    found.setdefault(stretch)
    return list(found)


def _words(text: str) -> list[str]:
    return [str(w) for w in rjieba.cut(text)]
