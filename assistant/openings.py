"""How a follow-up begins: words that open it (那, 好的谢谢), another topic announced (换个话题), a subject
named before what is asked of it (再说回物联网，每年办什么会).

Knows words; knows neither the conversation nor documents.
"""

from __future__ import annotations

import re

from assistant.followups import asks_itself

_OPENING = re.compile(
    r"^(那么?(?![个些儿里边项条座家种类几样篇份本句块头天年时段部位])|哦|嗯+|好的?|噢|对了|然后|再问一下|再问|还想问|还想知道|接着问|顺便问(?:一下)?|请问|多?谢谢?"
    r"|真的吗|真的假的|明白了?|知道了|了解了?|行|ok|算了|言归正传|也就是(?:说)?|所以|(?:我|在我)?印象[中里]|我?记得(?!是?\d))(?=[\u4e00-\u9fff\d“，,、。\s])[，,、。\s]*",
    re.IGNORECASE,
)
# The asker says that the next question is another one.
_CHANGE = re.compile(
    r"^(?:(?:我们?)?换(?:一?个|下)(?:话题|问题)|另外(?:再?问(?:一下|个|你)?|想问)|另一个问题|再问(?:一?个)?别的|(?:先)?不(?:说|聊|谈)这个了?|说(?:点|个)?别的"
    r"|问(?:一?个|点)?(?:别的|其他的?)|对了)(?:问题|事)?(?:吧|了|一下)?[，,、。：:；;\s]*"
)
# 其中护理型的呢: one of what was asked about.
_AMONG = re.compile("^(?:其中|这里面|里面|这当中|当中)的?(?=[^，,哪谁什几多有最]{2,}呢[？?]?$)")
# Said for politeness and asking nothing.
COURTESY = re.compile(
    r"^(?:谢谢|多谢|感谢|好的?|嗯+|哦|明白|知道|了解|ok|你好|您好|行|收到)[了啦的你您！!。，,～~谢]*$",
    re.IGNORECASE,
)
# 再说回物联网，每年办什么会: the subject comes first and by itself.
_LED = re.compile(
    "^(?:再|又)?(?:(?:说|讲|聊|看|问)(?:回到?|到|起|说|讲|聊|看)|回到|提到|讲到)(?P<of>[^，,。？?]{1,12})[，,](?P<asked>.+)$"
)


def opened(question: str) -> tuple[str, bool]:
    """The question without its opening words, and whether they announce another topic."""
    text, changed = question, False
    while found := _CHANGE.match(text) or _OPENING.match(text):
        if found.end() >= len(text):
            break
        changed = changed or _CHANGE.match(text) is not None
        text = text[found.end() :]
    return _AMONG.sub("", text) or text, changed


def led(text: str) -> str:
    """The question of a subject named before it, with that in front; '' where none is named so."""
    found = _LED.match(text)
    if not found or not asks_itself(found["asked"]):
        return ""
    return f"{found['of']}，{found['asked']}"
