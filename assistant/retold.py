"""A follow-up that asks for the last answer again, in other words or at more length.

说得再详细一些, 原话怎么说的, 列一下, 说说生物医药那个. Knows words; knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.items import answer_items

_TELL = "(?:说|讲|介绍|解释|展开|列|报|聊)"
_DEGREE = "(?:再|更|多|具体|详细|仔细|简单|清楚|明白|通俗|深入|得|一?[点些下]|儿)"
_AGAIN = re.compile(
    f"^(?:请|能不能|可以|可不可以|帮我|给我|麻烦|你)*{_DEGREE}*{_TELL}+{_DEGREE}*{_TELL}*[吗吧呗呢]*[？?。！!]*$"
    f"|^(?:请|再|帮我|给我)*{_DEGREE}+(?:{_TELL}|[的地])*[吧呗]?[？?。！!]*$"
    "|^(?:原话|原文|原句|规划|文件)(?:里|中|上)?(?:具体|到底)?是?(?:怎么|如何)(?:说|写|讲|表述|规定)的?[呢？?。]*$"
    f"|^(?:都|分别|全部?)?(?:名字|名单|清单|名称)?(?:都|给我|帮我)?列(?:一下|出来|举|全)+[吧呗]?[？?。]*$"
)
_COUNT = re.compile("(?<![哪第])(?:几|多少)(?=[个家项条座处所种类大])")
_OF_THESE = re.compile(
    f"^(?:请|那就?|再|先)*{_TELL}+(?:一?下)?(?P<of>[^，,。？?]{{2,12}}?)(?:那|这)?(?:一?[个条项点])?[吧呗]?[？?。]*$"
)

_NAMED = re.compile("^(?P<of>[^，,。？?]{2,12}?)呢[？?。]*$")


def told_again(text: str, previous: str) -> str:
    """The last question, where it is to be answered once more; '' where the text asks for another thing."""
    if not _AGAIN.match(text):
        return ""
    return _COUNT.sub("哪几", previous) if "列" in text else previous


def one_told(text: str, previous: str, lists: Sequence[tuple[str, str]]) -> str:
    """说说生物医药那个 after an answer that names it, 马山呢 after one that lists it; '' else."""
    found = _OF_THESE.match(text)
    if not found and lists and (named := _NAMED.match(text)):
        items = answer_items(lists[0][1], 2)
        found = named if previous == lists[0][0] and named["of"] in items else None
    if not found or not any(found["of"] in answer for _, answer in lists):
        return ""
    return f"{found['of']}的具体内容是什么？"
