"""What the asker holds against the last answer: another figure, or what was really asked.

Knows words; knows neither the conversation nor documents.
"""

from __future__ import annotations

import re

from assistant.carried import other_document
from assistant.counterparts import Similar, substitute
from assistant.figures import YEAR
from assistant.followups import asks_itself, context, topic

# 我记得是1710亿元, 不是4.2个吗: another figure held against the last answer.
_INSISTS = re.compile(
    r"^(?:可是?|但是?|不对|不可能|肯定|绝对|确定|确认|真的|吗|呢|？|\?|是不是|搞错|其实|错了|不是|怎么|难道|明明|应该|[我他你您]|[记弄搞说看写算答]错了?|记得|听说?|据|看到|以为|觉得"
    r"|网上|有人|报纸上?|别人|同事|朋友|领导|规划|文件|报告|文章|[里在]|目标|说|写|过|到|就?是|有|要|吧|啊|的|，|,|！|。)+"
    r"(?P<claim>\d[\d.]*[%\u4e00-\u9fff]{0,5}?)(?:才对|的)?(?:这个|这么个|的)?(?:数字?|说法)?[吗吧啊呀呢？?。！!，,]*"
    r"(?:[你您]?再(?:好好)?(?:看|查|想|核对)(?:看|查|想|一?[下遍])?[吧？?。！!]*)?$"
)
# 不会吧，你再核对一下: the last answer is doubted, and no other figure is named.
_DOUBTS = re.compile(
    "^(?P<doubt>不会吧|不可能吧?|不对吧|真的(?:吗|假的|是这样吗)?|假的吧|[你您]?(?:确定|肯定)(?:吗|没错)?|没(?:搞|弄)错吧)?[，,？?！!。啊呀]*"
    "(?P<of>[^，,。]{0,16}?)[，,？?！!。啊呀]*(?P<again>[你您]?再(?:好好|仔细|帮我)?(?:核[对实]|确认|看|查|想)(?:看|查|想|一?[下遍])?)?[吧呢？?。！!]*$"
)
# 我问的是规上工业, 不是这个，我要的是南京; 不是城镇，是农村.
_REALLY = re.compile(
    r"^(?:(?:不是|不对|错了|答非所问|没问|[你您]?(?:理解|弄|搞|答|听|看)错了?)(?:这个|那个)?[了吧啊呀的，,。！!\s]*)*"
    r"我(?:其实|明明|刚才)?(?:是)?(?:(?:要|想)?(?:问|说|指|查|要|看)|想知道|想了解|需要)的?(?:其实|就)?是?(?<=[是说问])(?P<what>.+?)[啊呀吧呢，,。！!？?]*$"
)
_RATHER = re.compile(
    r"^不是(?:问|说)?[^，,]{1,10}[，,]\s*(?:而?是|我?(?:问|要|说)的是)(?P<what>.+?)[啊呀吧呢。！!？?]*$"
)
_IN_DOCUMENT = re.compile(
    "^(?P<name>.{0,10}?(?:规划|纲要|论文|文章|报告|建言|文件))(?:里面?|中|上)?[说写提讲]?到?的?$"
)


def corrected(text: str, previous: str, similar: Similar) -> str:
    """The last question asked of what the asker says was meant; '' where nothing is put right."""
    found = _REALLY.match(text) or _RATHER.match(text)
    if not found:
        return ""
    what = re.split(r"[，,](?:不是|而不是)", found["what"])[0]
    if document := _IN_DOCUMENT.match(what):
        return other_document(f"{document['name']}呢", previous)
    return what if asks_itself(what) else substitute(previous, what, similar)


def insisting(text: str, previous: str) -> str:
    """我记得是1710亿元: whether the last question's figure is this one; 你再核对一下: that again."""
    found = _INSISTS.match(text)
    if not found or YEAR.fullmatch(found["claim"].removesuffix("年")):
        return previous if _doubts(text) else ""
    return f"{context(previous)}{topic(previous)}是{found['claim']}吗？"


def _doubts(text: str) -> bool:
    """Whether a text asks no more than whether the last answer is right."""
    found = _DOUBTS.match(text)
    if not found or asks_itself(found["of"]):
        return False
    return bool(found["doubt"] and found["again"]) or not found["of"]
