"""Follow-ups that say as little as X呢 in other words, and those that name a thing and then ask of it.

只说农村的, 广西的也报一下, 十园呢，都列出来; 人均产值呢，翻几番. Knows words; knows no documents.
"""

from __future__ import annotations

import re

from assistant.carried import document_asked
from assistant.followups import TIME, asks_itself, context, says_of, where

_TELL = "(?:报|说|讲|列|查|看|问|算|介绍)"
_ONLY = re.compile(
    f"^(?:就|我)?(?:只|单独?|光|仅)(?:{_TELL}|想知道|想问|要|指)(?P<of>[^，,。？?]{{2,12}})$"
)
_ALSO = re.compile(
    f"^(?P<of>[^，,。？?]{{1,10}}?)(?:[也都再]|顺便)+(?:给我|帮我|一[并起])?{_TELL}(?:一?下|[出上]来|{_TELL})*[吧呗]?$"
)
_AND_ALSO = re.compile(f"^(?:[也再]|顺便)+{_TELL}(?:一?下|{_TELL})*(?P<of>[^，,。？?]{{2,10}})$")
_AGAINST = re.compile("^比起?(?P<of>[^，,。？?]{2,8}?)(?:呢|又?怎么样|如何)$")
_IS = re.compile("^(?P<of>[^，,。？?]{1,10}?)(?:是|指|有)$")
# 粮食呢，也说说今年的: the thing, then what is asked of it or in what way it is to be told.
_TWO = re.compile(
    "^(?:那么?)?(?P<of>[^，,。？?]{1,12}?)呢[，,。？?]+(?P<rest>[^。？?]{2,20})[。？?]*$"
)
_LONGEST_NOUN = 6  # characters of what is asked of the thing, where that is a noun
_COMMAND = re.compile(
    f"^(?:请|帮我|给我|也|都|一[并起一]|全部?|详细|具体|分别|逐[条个项])*{_TELL}(?:一?下|{_TELL}|出来|全|清楚)*$"
)
_SAME = re.compile(
    "^(?:是不是|是否)?(?:也|又|还|都)?是?(?:[那这](?:个?时候|样|么[多高低大]|[个年])?|一样|同样|相同)?的?[吗么吧]?$"
)
_SPAN = re.compile(
    "^(?:(?:也|再)?(?:说说|看看)?)?(?P<time>这五年|那五年|.+?)(?:的|里|间|内|期间)?$"
)


def as_ellipsis(text: str) -> str:
    """只说农村的 -> 农村的呢; the text itself where it is no such thing."""
    bare = text.rstrip("？?。！! ")
    if two := _TWO.match(text):
        if _COMMAND.match(two["rest"]) or _SAME.match(two["rest"]):
            return f"{two['of']}呢"
        timed = _SPAN.match(two["rest"].removeprefix("也说说"))
        if timed and TIME.fullmatch(timed["time"]):
            return f"{timed['time']}{two['of']}呢"
        return text
    against = _AGAINST.match(bare)
    if against and (where(against["of"]) or TIME.fullmatch(against["of"])):
        return f"跟{against['of']}比呢"
    for pattern in (_ONLY, _ALSO, _AND_ALSO, _IS):
        found = pattern.match(bare)
        if found and not asks_itself(bare):
            return f"{found['of']}呢"
    return text


def asked_of(text: str, previous: str) -> str:
    """人均产值呢，翻几番 as one question of that thing; '' where the text is no such thing."""
    two = _TWO.match(text)
    if not two or asks_itself(two["of"]):
        return ""
    whole = f"{two['of']}{two['rest']}"
    if not asks_itself(two["rest"]):
        if len(two["rest"]) > _LONGEST_NOUN or not says_of(two["rest"][-2:]):
            return ""
        whole = f"{two['of']}的{two['rest']}是什么"
    frame = context(previous, time=not TIME.search(whole), place=not where(whole))
    return f"{document_asked(previous)}{frame}{whole}？"
