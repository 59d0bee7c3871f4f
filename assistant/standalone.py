"""The question a follow-up stands for, by rules over the conversation. Knows no documents.

A follow-up takes from the last question what it leaves out: its subject (它, 这个指标, or nothing at
all), its year (那2025年呢), its place (换成南京呢), or an item of the last answer (上面第二条). A
question that says itself what it is about stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import rjieba

from assistant.carried import document_asked, other_document, year_counted
from assistant.corrections import corrected, insisting
from assistant.counterparts import Similar, close, has_place, substitute
from assistant.ellipses import as_ellipsis, asked_of
from assistant.followups import (
    PUNCT,
    TIME,
    asks_itself,
    bare,
    context,
    core,
    entity,
    has_subject,
    names_itself,
    topic,
    where,
)
from assistant.further import BESIDES, further
from assistant.gaps import gap_asked, which_asked
from assistant.items import answer_items, item_asked, numbered
from assistant.kinship import is_name
from assistant.openings import COURTESY, led, opened
from assistant.places import places
from assistant.pronouns import answered, shown_out, with_referent
from assistant.records import Turn
from assistant.retold import one_told, told_again
from assistant.sides import beside, versus
from assistant.sources import place_asked
from assistant.subjects import OF_THEN, place_and_time_out
from assistant.terms import topic_words

__all__ = ["BESIDES", "core", "has_subject", "standalone_question"]

_SWAP = re.compile(
    r"^(?:如果|要是|换成|换做|换|改成|改问|至于|那?还有(?!哪|什|几|多|别|其|吗|呢|没))(.+?)(?:的话)?[呢嘛么？?。]*$"
)
_ELLIPSIS = re.compile(
    r"^(?P<what>.{1,30}?)(?:又|的话)?(?P<how>情况(?:呢|咋样|怎么样|如何)?|呢|咋样|怎么样|如何)[？?。]*$"
)
# 沿河呢，谈了吗: the last words ask by themselves.
_TAIL = re.compile(
    r"(?<=呢)[，,]((?:也?(?:谈|讲|说|提|写|有)(?:了|到|过)*(?:吗|没有?)|有没有)[？?]?)$"
)
# 农村的是多少, 2020年是多少, 南京多少: no more than 呢 says.
_BARE_ASK = re.compile(
    r"^(.{1,20}?)(?:(?:是|有|为|要|达到)*(?:多少|几[个家项条]|什么|哪些)|有没有|有吗)?[？?。]*$"
)
_VERSUS = re.compile(
    r"^(?:[跟和与同]|相比|比起)(.{2,12}?)(?:(?:相比|比较|对比|比)(?:起来)?|(?=有(?:什么|哪些|何)(?:不同|区别|差别|两样)))"
    "(?:呢|怎么样|如何|有什么变化|变化多少|咋样)?(?P<tail>有?(?:什么|哪些|何)(?:不同|区别|差别|两样)|(?:哪个|谁)更?[多高大少低小快]|(?:相)?差多少|[多高少低]多少)?[？?。]*$"
)
_ASPECT = re.compile("^[^，。？?]{2,8}(?:方面|领域|上)(?:又|还|都)?(?:有|怎|如|提|要|打算|准备)")
# What has come already is no target.
_COME = re.compile("去年|前年|现在|目前|已经?|[到达]了?(?:多少|几).*了[？?。]*$")
# What follows on a subject without 的.
_JOINED = re.compile(
    "[是有属为要在排比占达由建设什何谁怎如以从靠按能跟和与全最]|具体|分别|多|几|[一总]共|各"
)
# What begins so is of the last subject, though it names a thing: 具体建哪个中心.
_OF_THIS = re.compile("^(?:具体|到底|究竟|主要)(?!来说)")
_SAID_BY_US = re.compile(
    "^(?:[你您])?(?:刚才|刚刚|上面|前面)(?:说|讲|提到?|列)(?:出|过|到)?的?(?:这个|那个)?(?=[^第最，,])"
)
_AREAS = frozenset("市县区镇乡村")
# 你确定吗, 你是谁: said to the program.
_TO_US = re.compile("^[你您](?!刚才|上面|说|提|列)")
_TIMELESS = re.compile(
    "什么时候|何时|哪一?年|几年|哪天|约束性|预期性|在哪|哪里|哪儿|叫什么|什么意思|含义|是谁|谁|地方|名称|为什么|为何|原因"
)
_FIGURE = re.compile("多少|几|指标|硬|必须|排|增|降|占|比|达|完成|现状|目标")
# A follow-up is short; a longer question says itself what it is about.
_LONGEST_FOLLOW_UP = 24
_LONGEST_BARE = 12
_LONGEST_STATE = 6


def standalone_question(question: str, history: Sequence[Turn], similar: Similar) -> str:
    """The question with what it takes from the conversation put in; itself where it stands alone.

    `similar(word, others)` gives the nearness of a word to each of the others, 0 to 1: what a
    follow-up names (沿河呢) takes the place of what is most like it in the last question (沿江).
    """
    if COURTESY.match(question.strip()):
        return question
    before = _before(history, similar)
    return _resolve(question, before, similar) if before.previous else question


def questions(history: Sequence[Turn], similar: Similar) -> list[str]:
    """The questions of a conversation as standalone ones, in order."""
    return list(_before(history, similar).asked)


@dataclass(frozen=True, slots=True)
class _Before:
    """What a follow-up may lean on: the last two questions, standalone, the answer to the last, and
    the questions whose answers list something with these answers, newest first."""

    earlier: str = ""
    previous: str = ""
    answer: str = ""
    lists: tuple[tuple[str, str], ...] = ()
    said: tuple[tuple[str, str], ...] = ()  # every question with its answer, newest first
    asked: tuple[str, ...] = ()  # every question, in order

    @property
    def listed(self) -> tuple[tuple[str, str], ...]:
        """The lists, or the last question and answer where nothing was listed."""
        return self.lists or ((self.previous, self.answer),)


def _before(history: Sequence[Turn], similar: Similar) -> _Before:
    """What the conversation leaves for its next question.

    An item of a list leaves the list where it was: 最后一个呢 after 第二个 counts in the same one.
    """
    before, of_item = _Before(), False
    for turn in history:
        text = turn.content.strip()
        if turn.role == "assistant":
            lists, pair = before.lists, (before.previous, text)
            if not of_item and answer_items(text, 2):
                lists = (pair, *lists)
            before = replace(before, answer=text, lists=lists, said=(pair, *before.said))
        elif text and not COURTESY.match(text):
            own = _resolve(text, before, similar) if before.previous else text
            before = replace(before, asked=(*before.asked, own))
            of_item = item_asked(opened(text)[0], before.listed) == own
            if before.previous and _of_answer_itself(opened(text)[0], before) == own:
                before = replace(before, answer="")
            else:
                before = replace(before, earlier=before.previous, previous=own, answer="")
    return before


def _resolve(question: str, before: _Before, similar: Similar) -> str:
    text, changed = opened(question.strip())
    previous, answer = before.previous, before.answer
    if changed and (names_itself(text) or where(text)):
        return text
    begun = text != question.strip()
    text = year_counted(_SAID_BY_US.sub("", text) or text, previous)
    shown = shown_out(text)
    question = shown if shown != text else question
    text = as_ellipsis(shown)
    return (
        led(text)
        or which_asked(text, previous, before.earlier)
        or further(text, previous)
        or other_document(text, previous)
        or numbered(text, previous)
        or item_asked(text, before.listed)
        or told_again(text, previous)
        or one_told(text, previous, before.listed)
        or _of_answer_itself(text, before)
        or gap_asked(text, previous, before.earlier)
        or corrected(text, previous, similar)
        or _versus(text, previous, similar)
        or asked_of(text, previous)
        or _swapped(text, previous, similar, begun)
        or _aspect(text, previous)
        or _with_subject(text, previous, answer)
        or _of_answer(text, previous, answer)
        or question
    )


def _of_answer_itself(text: str, before: _Before) -> str:
    """A doubt about the last answer, or where it is written: both leave the subject as it was."""
    return place_asked(text, before.said) or insisting(text, before.previous)


def named_alone(question: str) -> str:
    """What a follow-up names and no more: 投资 of 那投资呢; '' where it says or asks anything else."""
    text = opened(question.strip())[0]
    found = _ELLIPSIS.match(text) if len(text) <= _LONGEST_BARE else None
    what = found["what"] if found else ""
    alone = what and not TIME.search(what) and not where(what) and not asks_itself(what)
    return what if alone and with_referent(what, "") == what else ""


def _versus(text: str, previous: str, similar: Similar) -> str:
    """跟2020年比呢, 和南京相比呢: both sides are asked about."""
    compared = _VERSUS.match(text)
    if not compared:
        return ""
    other = compared[1]
    time, named = TIME.search(previous), where(previous)
    if TIME.fullmatch(other) and time:
        return f"{context(previous)}{topic(previous)}与{other}相比变化多少？"
    if other.removesuffix("市") in where(other) and named:
        both = previous.replace(named[0], f"{named[0]}和{other}", 1)
        return f"{both.rstrip('？?。')}，{compared['tail']}？" if compared["tail"] else both
    if compared["tail"]:
        return beside(previous, other, similar)
    return versus(previous, other, similar)


def _swapped(text: str, previous: str, similar: Similar, led: bool) -> str:
    """X呢, 换成X, X的是多少: the last question asked of X; '' where the text is no such thing.

    `led`: the follow-up began with 那 or the like, which makes 那一级医院 as much as 一级医院呢.
    """
    if named := _SWAP.match(text):
        return substitute(previous, named[1], similar)
    if (tail := _TAIL.search(text)) and names_itself(text[: tail.start()]):
        return text[: tail.start()].removesuffix("呢") + tail[1]
    if len(text) <= _LONGEST_FOLLOW_UP and (found := _ELLIPSIS.match(text)):
        what = with_referent(found["what"], "")
        what = OF_THEN.sub("", what) or what
        if what.endswith("了") and len(what) <= _LONGEST_STATE and topic(previous):
            return f"{topic(previous)}，{what}怎么办？"  # 过期了呢
        own = names_itself(what) and (TIME.search(what) or where(what) or found["how"] != "呢")
        if asks_itself(what) or (own and not close(previous, what, similar)):
            return ""
        return substitute(previous, what, similar)
    if len(text) <= _LONGEST_FOLLOW_UP and (found := _BARE_ASK.match(text)):
        what = found[1]
        headless = what.endswith("的") and not asks_itself(what) and what[0] not in "这那它其"
        if headless or (not PUNCT.sub("", place_and_time_out(what)) and what):
            return substitute(previous, what, similar)
    if len(text) > _LONGEST_BARE or asks_itself(text):
        return ""
    bare_noun = text.rstrip("？?。")
    if with_referent(bare_noun, "") != bare_noun:  # 它的定位
        return ""
    leans = led or not names_itself(bare_noun) or has_place(previous, bare_noun, similar)
    return substitute(previous, bare_noun, similar) if leans else ""


def _aspect(text: str, previous: str) -> str:
    """人才方面怎么做 after a question on one town: asked of that town, or of the document it named."""
    asked = _ASPECT.match(text)
    if not asked or TIME.search(text) or where(text):
        return ""
    thing = entity(previous)
    of = document_asked(previous) or (thing if is_name(thing) or thing[-1:] in _AREAS else "")
    return f"{of}{text}" if of else ""


def _of_answer(text: str, previous: str, answer: str) -> str:
    """核心产业的收入要到多少 after an answer on 数字经济核心产业: of what that answer is about."""
    words, of = topic_words(text), entity(previous)
    if len(text) > _LONGEST_BARE + 4 or TIME.search(text) or where(text) or not words:
        return ""
    if of in text or not all(w in answer for w in words):
        return ""
    if rjieba.tag(of)[0][1] == "v":  # 获批国家什么试点 names no owner
        return context(previous, time=False) + text if where(previous) else ""
    return f"{of}的{text}" if has_subject(of) else ""


def _with_subject(text: str, previous: str, answer: str) -> str:
    """A pronoun or a missing subject filled in from the last question; '' where neither is."""
    if _TO_US.match(text):
        return ""
    filled = with_referent(text, previous, answer)
    if filled != text:
        return _with_context(filled, previous, text)
    own = names_itself(text) and not _OF_THIS.match(text)
    if len(text) > _LONGEST_FOLLOW_UP or own or not topic(previous):
        return ""
    subject = answered(previous, answer) or (
        topic(previous) if _FIGURE.search(text) else entity(previous)
    )
    named = where(text)
    if len(named) == 1 and named == places(text) and text.startswith(named[0]):  # 广西现在几个点
        text = re.sub(f"^{named[0]}[市省]?", "", text)
        previous = named[0] + re.sub("|".join(where(previous)) or "$^", "", previous)
    if _COME.search(text):  # 去年到多少了, after a target
        subject = bare(subject)
    time = TIME.match(text)
    said = text[time.end() :] if time else text
    if TIME.search(said) or not said:
        said = text
    joint = "" if _JOINED.match(said) or rjieba.tag(said)[0][1][0] in "vdp" else "的"
    return _with_context((time[0] if time else "") + subject + joint + said, previous, text)


def _with_context(filled: str, previous: str, text: str) -> str:
    """The last question's time and place still hold unless the follow-up names its own."""
    timed = not TIME.search(text) and not _TIMELESS.search(text)
    whole = context(previous, time=timed, place=not places(filled)) + filled
    return whole.replace("的的", "的")
