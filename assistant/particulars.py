"""Particulars that a text must name to answer: a rent, a winner, how to register, what an abbreviation counts.

A plan that speaks of a thing (众创空间, “五型经济”) rarely says what it costs, who won it or what each of
the five is; what is said of the thing then answers nothing. Knows words; knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.figures import chinese_number

_HOW = "(?:怎么|如何|怎样|咋|哪里?|哪儿|能否|可以)"
# Follows what is asked for; 房租都七百 only speaks of it.
_OF_IT = "(?:$|[？?，,]?[是有要为多几怎如咋谁哪]|[高低](?:[不吗么多低]|$)|大概|一般|[？?])"
# What is asked -> what an answer says. Only what has few other names is listed.
_NAMED = tuple(
    (re.compile(asked), re.compile(said))
    for asked, said in (
        (f"(?:利率|利息){_OF_IT}", "利率|贴?息"),
        (f"(?:[租房月]租|租金){_OF_IT}", "租"),
        (f"(?:学费|保教费|托费){_OF_IT}", "学费|保教费|收费|免费|费用"),
        (f"(?:票价|门票){_OF_IT}", "票"),
        ("分数线|录取线|录取分|考多少分", "分数|录取"),
        (f"(?:冠军|亚军|得主|获奖者){_OF_IT}", "冠军|亚军|得主|获奖|荣获|夺"),
        (f"(?:网址|官网|公众号){_OF_IT}", "网址|官网|公众号|www|http"),
        (f"颁发{_OF_IT}|哪.{{1,4}}颁发", "颁|授予"),
        ("(?:房价|股价|油价|金价).{0,3}(?:涨|跌)", "[房股油金]价|楼市|房地产|止跌"),
        (f"{_HOW}.{{0,3}}(?:注册|开通|注销|充值|下载|安装)", "注册|开通|注销|充值|下载|安装"),
        (f"{_HOW}.{{0,3}}(?:预约|挂号|报名|抢号)", "预约|挂号|报名|号源"),
        (
            "补办|挂失|(?:卡|证|照)[^，。]{0,4}(?:丢|过期|遗失|掉了)",
            "补办|补领|挂失|换[发领]|申领|遗失",
        ),
        (
            "[今明后昨]天.{0,4}(?:雨|雪|天气|气温|冷|热|限行|涨|跌)|天气预报",
            "[今明后昨当]天|天气预报",
        ),
        ("好吃|好喝", "美食|餐饮|小吃|名菜|食堂|饭店|老字号"),
        ("疫苗.{0,4}(?:哪|怎么约)", "接种(?:点|门诊|单位)"),
        # Who designs, builds, treats, leads: a body by its name.
        (
            "哪一?家(?:设计|施工|建设|承建)?(?:单位|设计院|医院|机构)",
            "公司|集团|院(?!士)|单位|局(?![部面])|大学|企业|银行|部门|机构|医",
        ),
        (
            "哪一?个(?:局|厅|部门|单位|处室)",
            "[局厅委办院](?![部面厅])|部门|单位|中心|大队|机[关构]|公司|窗口|所(?![有需得在以述])|部（|牵头|责任",
        ),
        # Where a line stops.
        (
            "哪(?:些|几个|个)?站|设(?:不设)?站|停.{0,3}站",
            "[东南西北]站|设站|站点|车站|停靠|枢纽|[\u4e00-\u9fff]{2}站",
        ),
    )
)
# 哪五型, 哪四千: what is counted is the very character, not 哪五个 nor 哪三市.
_COUNTED = re.compile("哪([二两三四五六七八九十])([\u4e00-\u9fff])")
_NO_PART = frozenset(
    "个样地员天月大项条类种方点座家所处位件步批次组支篇章节段块年层级重环带市区县镇村省城国校院馆园站线路桥港湖河山"
)
_QUOTED = re.compile('[“"]([^”"]{2,10})[”"]')
_PART = re.compile(r"(\d|[一二两三四五六七八九十])([\u4e00-\u9fff]?)")
_EACH = re.compile("分别|代表|什么")
_UNFOLDS = '[”"’]?[^。；，、]{0,6}(?:即|指|包括|分别|[：:（(])'


def lacks_particular(question: str, text: str) -> bool:
    """Whether a question asks for a particular that a text would have to name and does not."""
    if any(asked.search(question) and not said.search(text) for asked, said in _NAMED):
        return True
    if any(_abbreviated(name, question, text) for name in _QUOTED.findall(question)):
        return True
    return any(_folded(number, part, text) for number, part in _COUNTED.findall(question))


def _folded(number: str, part: str, text: str) -> bool:
    """Whether a text leaves an abbreviation folded: “五型” without five things that are called 型."""
    count = chinese_number(number)
    if part in _NO_PART or not count or re.search(number + part + _UNFOLDS, text):
        return False
    return text.count(part) - text.count(number + part) < count


def _abbreviated(name: str, question: str, text: str) -> bool:
    """Whether each part of a name of numbers is asked for (“四千四万”：四千和四万) and a text unfolds none."""
    parts = _PART.findall(name)
    beside = question.replace(name, "")
    asked = sum(_asked_apart(number, part, beside) for number, part in parts)
    if len(parts) < 2 or asked < 2 or not _EACH.search(beside):
        return False
    said = [s for s in re.split("(?<=[。；\n])", text) if name in s]
    return bool(said) and all(_stays_folded(name, parts, s) for s in said)


def _asked_apart(number: str, part: str, beside: str) -> bool:
    """Whether a question speaks of a part by itself: 四千和四万, 推什么、治什么, 4、6、5."""
    if part:
        return number + part in beside or f"{part}什么" in beside
    return re.search(rf"(?<!\d){number}(?!\d)", beside) is not None


def _stays_folded(name: str, parts: Sequence[tuple[str, str]], sentence: str) -> bool:
    """Whether a sentence that bears the name leaves a part of it folded; mere digits tell nothing."""
    if re.search(re.escape(name) + _UNFOLDS, sentence):
        return False
    named = [(number, part) for number, part in parts if part]
    return not named or any(_folded(number, part, sentence) for number, part in named)
