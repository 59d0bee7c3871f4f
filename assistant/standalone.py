"""The question a follow-up stands for, by rules over the conversation. Knows no documents.

A follow-up takes from the last question what it leaves out: its subject (它, 这个指标, or nothing at
all), its year (那2025年呢), its place (换成南京呢), or an item of the last answer (上面第二条). A
question that says itself what it is about stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from assistant.carried import document_asked, other_document, year_counted
from assistant.corrections import corrected, insisting
from assistant.counterparts import Similar, close, context, has_place, substitute
from assistant.followups import (
    PUNCT,
    TIME,
    asks_itself,
    core,
    entity,
    has_subject,
    names_itself,
    topic,
    where,
)
from assistant.further import BESIDES, further
from assistant.items import item_asked, numbered
from assistant.kinship import is_name
from assistant.places import places
from assistant.pronouns import answered, with_referent
from assistant.records import Turn
from assistant.sides import beside, versus
from assistant.terms import topic_words

__all__ = ["BESIDES", "core", "has_subject", "standalone_question"]

_OPENING = re.compile(
    r"^(那么?(?![个些儿里边项条座家种类几样])|哦|嗯+|好的?|噢|对了|然后|再问一下|再问|还想问|还想知道|接着问|顺便问(?:一下)?|请问|谢谢"
    r"|明白了?|知道了|了解了?|行|ok)(?=[\u4e00-\u9fff\d“，,、。\s])[，,、。\s]*",
    re.IGNORECASE,
)
# The asker says that the next question is another one.
_CHANGE = re.compile(
    r"^(?:(?:我们?)?换(?:一?个|下)(?:话题|问题)|另外(?:再?问(?:一下|个|你)?|想问)|另一个问题|再问(?:一?个)?别的|(?:先)?不(?:说|聊|谈)这个了?|说(?:点|个)?别的"
    r"|问(?:一?个|点)?(?:别的|其他的?)|对了)(?:问题|事)?(?:吧|了|一下)?[，,、。：:；;\s]*"
)
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
# What begins so is of the last subject, though it names a thing: 具体建哪个中心.
_OF_THIS = re.compile("^(?:具体|到底|究竟|主要)(?!来说)")
_SAID_BY_US = re.compile(
    "^(?:[你您])?(?:刚才|刚刚|上面|前面)(?:说|讲|提到?|列)(?:出|过|到)?的?(?:这个|那个)?(?=[^第最，,])"
)
_WHICH = re.compile(
    r"^(?:那么?|这|它们|两[个者地]|二者|之中|中)*((?:哪一?[个边里座]|哪|谁)(?:更|最|比较)?[多高大少低小快强长])[一些点呢]*[？?]*$"
)
_AREAS = frozenset("市县区镇乡村")
_COURTESY = re.compile(
    r"^(?:谢谢|多谢|感谢|好的?|嗯+|哦|明白|知道|了解|ok|你好|您好|行|收到)[了啦的你您！!。，,～~谢]*$",
    re.IGNORECASE,
)
# 你确定吗, 你是谁: said to the program.
_TO_US = re.compile("^[你您](?!刚才|上面|说|提|列)")
_TIMELESS = re.compile(
    "什么时候|何时|哪一?年|几年|哪天|在哪|哪里|哪儿|叫什么|什么意思|含义|是谁|谁|地方|名称|为什么|为何|原因"
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
    if _COURTESY.match(question.strip()):
        return question
    asked, answer = _before(history, similar)
    if not asked:
        return question
    earlier = asked[-2] if len(asked) > 1 else ""
    return _resolve(question, earlier, asked[-1], answer, similar)


def questions(history: Sequence[Turn], similar: Similar) -> list[str]:
    """The questions of a conversation as standalone ones, in order."""
    return _before(history, similar)[0]


def _before(history: Sequence[Turn], similar: Similar) -> tuple[list[str], str]:
    """The questions so far, standalone, and the answer to the last.

    An item of a list leaves the list where it was: 最后一个呢 after 第二个 counts in the same one.
    """
    asked: list[str] = []
    earlier = previous = answer = listed = ""
    for turn in history:
        text = turn.content.strip()
        if turn.role == "assistant":
            answer = listed or text
        elif text and not _COURTESY.match(text):
            own = _resolve(text, earlier, previous, answer, similar) if previous else text
            of_list = previous and item_asked(_opened(text)[0], previous, answer) == own
            listed = answer if of_list else ""
            earlier, previous = previous, own
            asked.append(own)
            answer = ""
    return asked, answer


def _which(text: str, earlier: str, previous: str) -> str:
    """哪个多 after 南京的有多少 and 无锡呢: both asked about; '' where the two name no two places."""
    asked = _WHICH.match(text)
    one, other = where(earlier)[:1], where(previous)[:1]
    if not asked or not one or not other or one == other or other[0] not in previous:
        return ""
    both = previous.replace(other[0], f"{one[0]}和{other[0]}", 1)
    return f"{both.rstrip('？?。')}，{asked[1]}？"


def _resolve(question: str, earlier: str, previous: str, answer: str, similar: Similar) -> str:
    text, changed = _opened(question.strip())
    if changed and (names_itself(text) or where(text)):
        return text
    led = text != question.strip()
    text = year_counted(_SAID_BY_US.sub("", text) or text, previous)
    return (
        _which(text, earlier, previous)
        or further(text, previous)
        or other_document(text, previous)
        or numbered(text, previous)
        or item_asked(text, previous, answer)
        or insisting(text, previous)
        or corrected(text, previous, similar)
        or _versus(text, previous, similar)
        or _swapped(text, previous, similar, led)
        or _aspect(text, previous)
        or _with_subject(text, previous, answer)
        or _of_answer(text, previous, answer)
        or question
    )


def named_alone(question: str) -> str:
    """What a follow-up names and no more: 投资 of 那投资呢; '' where it says or asks anything else."""
    text = _opened(question.strip())[0]
    found = _ELLIPSIS.match(text) if len(text) <= _LONGEST_BARE else None
    what = found["what"] if found else ""
    alone = what and not TIME.search(what) and not where(what) and not asks_itself(what)
    return what if alone and with_referent(what, "") == what else ""


def _opened(question: str) -> tuple[str, bool]:
    """The question without its opening words, and whether they announce another topic."""
    text, changed = question, False
    while found := _CHANGE.match(text) or _OPENING.match(text):
        if found.end() >= len(text):
            break
        changed = changed or _CHANGE.match(text) is not None
        text = text[found.end() :]
    return text, changed


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
        what = _OF_THEN.sub("", what) or what
        if what.endswith("了") and len(what) <= _LONGEST_STATE and topic(previous):
            return f"{topic(previous)}，{what}怎么办？"  # 过期了呢
        own = names_itself(what) and (TIME.search(what) or where(what) or found["how"] != "呢")
        if asks_itself(what) or (own and not close(previous, what, similar)):
            return ""
        return substitute(previous, what, similar)
    if len(text) <= _LONGEST_FOLLOW_UP and (found := _BARE_ASK.match(text)):
        what = found[1]
        headless = what.endswith("的") and not asks_itself(what) and what[0] not in "这那它其"
        if headless or (not PUNCT.sub("", _place_and_time_out(what)) and what):
            return substitute(previous, what, similar)
    if len(text) > _LONGEST_BARE or asks_itself(text):
        return ""
    bare_noun = text.rstrip("？?。")
    leans = led or not names_itself(bare_noun) or has_place(previous, bare_noun, similar)
    return substitute(previous, bare_noun, similar) if leans else ""


# 十三五当时定的目标: how the figure came to be, said of no other thing.
_OF_THEN = re.compile(
    "同期|同年|同一?时期|那年|当年|当时|那时候?|原来|原先|(?:所?(?:定|提出|设定|确定|规定|制定)(?:下来)?的)"
)


def _place_and_time_out(text: str) -> str:
    rest = TIME.sub("", text)
    for place in where(text):
        rest = re.sub(f"{place}[市省]?", "", rest)
    return _OF_THEN.sub("", rest).strip("的在")


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
    time = TIME.match(text)
    said = text[time.end() :] if time else text
    if TIME.search(said) or not said:
        said = text
    joint = "" if re.match("[是有属为要在排比占达由建设什何谁怎如]|具体|分别|多|几", said) else "的"
    return _with_context((time[0] if time else "") + subject + joint + said, previous, text)


def _with_context(filled: str, previous: str, text: str) -> str:
    """The last question's time and place still hold unless the follow-up names its own."""
    timed = not TIME.search(text) and not _TIMELESS.search(text)
    whole = context(previous, time=timed, place=not places(filled)) + filled
    return whole.replace("的的", "的")
