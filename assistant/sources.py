"""Where what was answered is written: 这话在哪一章, 你从哪看到的, 出处呢.

Knows words; knows neither the conversation nor documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followups import topic

# What is pointed to, where it is looked for, and how it came to be seen there.
_SAYING = "(?:话|说法|数字?|数据|内容|结论|答案|规定|信息|出处|依据|来源|原文)"
_PART = "(?:哪一?(?:[章节篇页条份段块]|个(?:文件|章节|部分))|什么文件|第几[章节篇页])"
_SEEN = "(?:看|说|写|找|查|讲|提|摘|规定|得)(?:到|出|来|过)?"
_ASKED_WHERE = f"(?:{_PART}[^，,。？?]{{0,4}}?(?:{_SEEN})?|哪(?:里|儿|个地方)?(?:{_SEEN}|来)|什么地方(?:{_SEEN}|来))"
_SOURCE = re.compile(
    f"^(?:请问|麻烦)?(?:[你您]们?)?(?:(?:刚才|上面)(?:说|讲|提到?)?的?)?(?:[这那](?:一?[句段个些条])?)?(?P<what>{_SAYING})?"
    f"(?:是|都|又|具体|究竟|到底|写|说|讲|[你您])*(?:[从在打自]|出自|来自|见于|属于)?(?:{_ASKED_WHERE}|(?P<bare>哪(?:里|儿)|什么地方))的?[啊呀呢]*[？?。]*"
    "(?P<more>[^，,。？?]{0,2}哪(?:份|篇|个|一)[^。？?]{0,10}[？?。]*)?$"
    "|^(?:有没有|给个?|说一?下|请给出|请问)?(?:原文)?(?:出处|依据|来源|原文)(?:呢|是什么|是哪里?|在哪[里儿]?|有吗|吗)*[？?。]*$"
)
_POINTS = re.compile("[这那]|[你您]|刚才|上面|出处|依据|来源|原文")
_MARKER = re.compile(r"\[\d+\]")
# An answer that says there is nothing has no place.
_NOTHING = re.compile(
    "没有(?:找到|给出|写|提|说|明确|规定|涉及|这|具体)|未(?:提|给|写|明确|涉及)|查不到|找不到"
)
_LONGEST = 60  # characters of an answer that stand for it


def place_asked(text: str, answers: Sequence[tuple[str, str]]) -> str:
    """The question where in the documents the last answer stands; '' where no such thing is asked.

    `answers`: the questions asked so far, standalone, with their answers, the last one first.
    """
    asked = _SOURCE.match(text)
    if not asked or (asked["bare"] and not asked["what"]):
        return ""
    if not _POINTS.search(text) and not re.search(_PART, text):
        return ""
    for question, answer in answers:
        said = _first_said(answer)
        if said and not _NOTHING.search(answer):
            about = topic(question)
            return (
                f"{about}：{said}，写在哪一章？"
                if about and about not in said
                else f"{said}，写在哪一章？"
            )
    return ""


def _first_said(answer: str) -> str:
    lines = [s.strip(" -—•1234567890.、") for s in re.split(r"[。；\n]", _MARKER.sub("", answer))]
    return next((s[:_LONGEST] for s in lines if len(s) > 1), "")
