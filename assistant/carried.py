"""What a follow-up says by way of the last question's own year or document.

前一年呢, 两年后呢; 论文里呢, 那篇国际化的呢. Knows words; knows no documents.
"""

from __future__ import annotations

import re

from assistant.figures import YEAR, chinese_number, normalise_figures
from assistant.scope import period_of_plan

_COUNTED = re.compile(
    r"(?<![比较与同跟近这])(?:(?P<n>[一两二三四五十]|\d)年(?P<way>[后前])"
    r"|(?P<next>第二年|次年|[后下]一年)|(?P<last>[前上]一年))(?![来间])"
)
_PLANS = "一二三四五六七"
_FIRST = 11  # the number of 十一五
_PLAN = re.compile(f"十([{_PLANS}])五")
_PLAN_END = re.compile(f'[“"]?十([{_PLANS}])五[”"]?(?:规划|时?期)?(?:期?末|末期)')
_OTHER_PLAN = re.compile(
    "(?P<way>[上下])一?(?:个(?:五年(?:规划|计划)?|规划期)|[期轮]五?年?(?:规划|计划))(?:期间|时期)?"
)
_DOCUMENT = "(?:论文|文章|报告|建言|专版|报纸|规划|纲要|文件|办法|细则)"
_OTHER = re.compile(
    rf"^(?P<new>[^，。？?]{{0,10}}?{_DOCUMENT})(?:里面?|中|上)?"
    r"(?:呢|又?是?怎么[说写讲提]的?|怎么说的?呢|有没有[提说写讲]到?|的?说法呢?|(?:[也又都]|是不是|是)+(?:这么|这样|同样)[说写讲提]的?吗?"
    r"|[也又]?有没?有?(?:对此)?(?:回应|提到|说法|涉及)(?:吗|没有)?)?[？?]?$"
)
_WHICH = re.compile(
    r"^(?:[那这]?一?[篇份](?:关于|讲|写)?(?P<which>[^的，。]{2,10}?)的?|(?P<of>[^，。]{2,8}?)的?[那这]一?[篇份])呢?[？?]?$"
)
_OWN = re.compile(
    rf"(?:^|(?<=[，。？?：]))(?P<name>[^，。？?：]{{0,10}}?{_DOCUMENT})(?=[里中上对关说提写是讲的有])"
)


def year_counted(text: str, previous: str) -> str:
    """前一年 and 两年后 as the year they are, counted from the last question's; else the text itself."""
    text = _plan_counted(text, previous)
    base = YEAR.search(normalise_figures(previous))
    counted = _COUNTED.search(text)
    if not base or not counted or YEAR.search(text):
        return text
    years = 1
    if number := counted["n"]:
        years = int(number) if number.isdigit() else chinese_number(number) or 1
    ahead = bool(counted["next"]) or counted["way"] == "后"
    year = int(base[1]) + (years if ahead else -years)
    return f"{text[: counted.start()]}{year}年{text[counted.end() :]}"


def _plan_counted(text: str, previous: str) -> str:
    """上一个五年 as the plan it is, counted from the one that the last question names."""
    counted, plan = _OTHER_PLAN.search(text), _PLAN.search(previous)
    year = YEAR.search(normalise_figures(previous))
    if counted and plan:
        own = _PLANS.index(plan[1])
    elif counted and year:
        own = (int(year[1]) - period_of_plan(_FIRST)[0]) // 5
    else:
        return text
    at = own + (-1 if counted["way"] == "上" else 1)
    named = f"十{_PLANS[at]}五" if 0 <= at < len(_PLANS) else counted[0]
    return f"{text[: counted.start()]}{named}{text[counted.end() :]}"


def plan_ends(text: str) -> str:
    """十三五末 as the year that it is."""
    return _PLAN_END.sub(lambda m: f"{period_of_plan(_FIRST + _PLANS.index(m[1]))[1]}年", text)


def other_document(text: str, previous: str) -> str:
    """The last question asked of another document: 论文呢 after 规划对住房怎么说; '' for anything else."""
    own = _OWN.search(previous)
    if own and (which := _WHICH.match(text)):
        noun = re.search(f"{_DOCUMENT}$", own["name"])
        new = f"{which['which'] or which['of']}{noun[0] if noun else ''}"
    elif other := _OTHER.match(text):
        new = other["new"]
    else:
        return ""
    if own:
        return previous[: own.start("name")] + new + previous[own.end("name") :]
    return f"{new}里{previous}"


def document_asked(question: str) -> str:
    """What a question calls the document it is asked of (南京文章), with 里; '' where it names none."""
    own = _OWN.search(question)
    return f"{own['name']}里" if own else ""
