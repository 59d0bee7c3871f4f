"""The stretches of a question that ask something each: 2020年有多少家，2025年要到多少家.

Knows words; knows neither documents nor passages.
"""

from __future__ import annotations

import re

from assistant.conjuncts import conjuncts
from assistant.figures import YEAR
from assistant.followups import TIME, asks_itself, names_itself
from assistant.followups import parts as stretches_of
from assistant.places import places
from assistant.pronouns import with_referent
from assistant.standalone import core, has_subject

_SEGMENT = re.compile(r"[？?；;。！!，,：:]+")
ASKED = re.compile(
    r"多少|第几|(?<![好这那近前上下])几[^乎何率，。]|几$|是几|什么|啥|哪|谁|怎么|如何|怎样|目标$|目标值$|规模$|呢$|吗$|多高|多大|多长"
    r"|(\S)不\1"
)
_TIME_OR_DOCUMENT = re.compile(
    r"(?:19|20)\d\d|十[二三四五六]五|上个|这个五年|规划|纲要|论文|文章|报纸|专版|建言|表\d|表格|正文"
)
# A document named in general says where to look, not what for: 论文提了什么对策.
_NAMED = "(?:[这那]篇)?(?:论文|文章|报纸|专版|建言|规划|纲要)[里中上]?"
_DOCUMENT = re.compile(
    f"(?:{_NAMED}[和与跟、])*{_NAMED}(?=[又也还]?(?:怎|如何|提|说|讲|写|建议|认为|要|各[是怎有]|分别))"
)
# A last stretch that only sets side by side what the others ask: 是一个数吗, 差多少, 哪个更高.
_OF_BOTH = re.compile(
    r"^(?:它们|两者|二者|这?两个?数?|这[两几]个数?)?(?:是不?是|是否|算不算|是|算|都)?"
    r"(?:一样|相同|一致|同一|一回事|一个(?:数|东西|意思)|(?:相)?差(?:多少|了?多少)|差额|哪个(?:更|最)?[多高大少低小快]"
    r"|谁(?:更|最)?[多高大少低小快]|多了多少|少了多少|(?:增长|增加|提高|上升|下降|降低|减少)了?(?:多少|几)|[多少高低](?:多少|几)|(?:有|是)?什么?(?:区别|不同|差别))"
)
# A stretch that asks of the same thing: 年均增速目标多少, 占比多少, 其中城市更新多少.
_OF_IT = re.compile(
    "其中|(?:的|还|要|又)*(?:年均|平均|同比|每年|其中)?(?:要|将|又|能|会|预计|实际)*(?:增速|增幅|增长|降幅|下降|提高|占比|比重|比例|排名|目标|现状|实现|完成|达到|到)"
)
# What joins a stretch to the one before, and what asks of each thing that one names.
_JOINED = re.compile("^(?:还有|以及|另外|同时|而且|而|那么?|再(?=[有问说]))(?=..)(?!没)")
_OF_EACH = re.compile("^(?:又|都)?(?:各自|各有?|分别)")
# A last sentence that names an amount and leaves 是多少 out: …要到多少？新兴产业占GDP的比重？
_AMOUNT_ALONE = re.compile(
    r"(?<=[？?])(?P<named>[^？?。；;，,：:]{3,}(?:率|比重|占比|比例|总量|总额|产值|增加值|面积|里程|规模|目标))[？?]?$"
)
# How a document or a plan puts it is no question of its own: 国家“十二五”怎么定的.
_HOW_PUT = re.compile(
    r"^(?:[^，。？]{0,8}?(?:规划|纲要|计划|报告|文件|办法|规定|条例|十[一二三四五六]?五[”\"]?|国家|省里|市里|政府)"
    r"(?:[里中上]面?)?)?(?:对此|到底|究竟|又|是)*(?:怎么|如何|咋)样?(?:说|讲|写|规?定|安排|提|打算|考虑)的?[吗呢啊]?$"
)
# More stretches than these hold what is said of the subject, too.
_MOST_NAMED = 3


def segments(text: str) -> list[str]:
    """One text for each stretch that asks something of a subject, a time or a document of its own.

    What stands before the first asking stretch (集成电路：…) is what all of them are about.
    """
    text = _AMOUNT_ALONE.sub(r"\g<named>是多少？", text)
    texts = [s for t in _SEGMENT.split(text) if t.strip() for s in _enumerated(t)]
    asking = [i for i, t in enumerate(texts) if _asks(t) or (i and _place_alone(t))]
    if len(asking) < 2:
        return [text]
    if not asks_itself(texts[asking[0]]) and sum(map(asks_itself, texts[asking[1] :])) > 1:
        asking = asking[1:]  # 绿化率目标，甲市定多少，乙市定多少: what both are asked of
    shared = "".join(texts[: asking[0]])
    first = texts[asking[0]]
    parts = [f"{shared}，{first}" if shared else first]
    dropped = False
    for i in asking[1:]:
        texts[i] = _JOINED.sub("", texts[i])
        if _OF_EACH.match(texts[i]) and (named := conjuncts(first, together=True)):
            parts.append("和".join(item for item, _ in named) + texts[i])
            continue
        texts[i] = texts[i] if shared else with_referent(texts[i], first)
        if _OF_BOTH.match(texts[i]):
            dropped = True
            continue
        if _HOW_PUT.match(texts[i]) and not _TIME_OR_DOCUMENT.search(first):
            return [text]
        if there := _elsewhere(first, texts[i]):
            parts.append(f"{shared}，{there}" if shared else there)
            continue
        said = TIME.sub("", _DOCUMENT.sub("", texts[i]))
        own = bool(names_itself(said) or _LETTERS.search(said)) and not _OF_IT.match(said)
        if not own and not has_subject(texts[i]) and not _TIME_OR_DOCUMENT.search(texts[i]):
            return [text]
        lead = shared or ("" if own else _about(first))
        parts.append(f"{lead}，{texts[i]}" if lead else texts[i])
    return parts if len(parts) > 1 or dropped else [text]


def _place_alone(text: str) -> bool:
    """Whether a stretch is a place and no more: 苏州 after 无锡有多少家."""
    named = places(text)
    return len(named) == 1 and text.strip() in (named[0], f"{named[0]}市", f"{named[0]}省")


# 不是…嘛 tells what the asker knows, 我们几个 who asks: 不是建了几座茶园嘛，都叫什么.
_KNOWN = re.compile("不是.+[嘛吗么吧]$")
_WHO = re.compile("(?:[我咱你他]们|[我咱]家)几[个位]")


def _asks(text: str) -> bool:
    return bool(ASKED.search(_WHO.sub("", text))) and not _KNOWN.search(text)


def _enumerated(text: str) -> list[str]:
    """新增几家、建成几家: several things asked in one clause; the clause itself where each is none."""
    pieces = [p for p in text.split("、") if p.strip()]
    return pieces if len(pieces) > 1 and all(map(asks_itself, pieces)) else [text]


def _about(first: str) -> str:
    """What a stretch is about, though a time stands within it: 垃圾分类2020年设施覆盖率."""
    named = [p for p in stretches_of(first) if len(p) > 1 and names_itself(p)]
    return "".join(named) if 1 < len(named) < _MOST_NAMED else core(first)


_LETTERS = re.compile("[A-Za-z]")  # R&D names a thing, though no word of a dictionary


def _elsewhere(first: str, text: str) -> str:
    """苏州多少 after 2018年无锡高新技术企业多少家: the first stretch asked of the other city."""
    here, there = places(first), places(text)
    rest = text.replace(there[0], "").removeprefix("市") if there else text
    if (
        len(here) != 1
        or len(there) != 1
        or names_itself(rest)
        or _LETTERS.search(rest)
        or YEAR.search(text)
    ):
        return ""
    return first.replace(here[0], there[0])
