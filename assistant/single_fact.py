"""Whether a question asks for one fact, which one sentence gives. Knows no documents."""

from __future__ import annotations

import re

from assistant.question import Question

SEVERAL = re.compile(
    "[和与及、跟]|分别|各(?:是|为|有|多少|几|占)|(?:多少|几).*(?:多少|几)|还有|同时"
)
# One thing, or two of a kind, is asked for by name, whatever else the question says: 支持哪家银行.
_ONE_NAMED = re.compile(
    r"哪[一两二]?(?:[家座条处所派部国省市县区镇村港站线街路馆院校城湾湖河江岛山]"
    r"|[个种项](?!更|最|多|高|大|低|少|快|强|好|方面|领域|部分)\S{1,6})|哪一?位|叫(?:做)?什么"
)
_ASKED = re.compile("哪|什么|啥|多少|几|谁|怎|如何|咋|为何|吗|措施|举措|办法|做法|区别|比较|相比")


def is_single_fact(question: Question) -> bool:
    """One figure, year or name is asked for."""
    if question.asks_any("figure", "count", "time"):
        return not question.asks_any("list", "measures", "why")
    return question.asks_any("who", "name") and not question.asks_any(
        "list", "measures", "compare", "why", "definition"
    )


def names_one(question: Question) -> bool:
    """One thing is asked for by name and nothing else, whatever words of a measure stand by it."""
    alone = len(_ASKED.findall(question.text)) == 1 and not SEVERAL.search(question.text)
    return alone and _ONE_NAMED.search(question.text) is not None
