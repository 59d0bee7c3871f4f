"""One short Chinese sentence for each problem, for the prompt that asks the model to put it right."""

from __future__ import annotations

from assistant.claims.records import Kind, Problem

_HINTS: dict[Kind, str] = {
    "marker": "“{}”的标号不对：每句话末尾要有标号，并且指向写有这句话的材料。",
    "figure": "所引材料里没有“{}”这个数字：只用材料里原有的数字，不要换算、取整或估计。",
    "unit": "“{}”的单位与所引材料不同：数字和单位要一起照抄。",
    "inequality": "“{}”与所引材料的说法不同：“约、超过、以上、以下”和区间要照原文写。",
    "year": "“{}”的年份与所引材料不符：数字要配材料里的年份。",
    "subject": "“{}”在所引材料里说的是另一项指标：数字要配材料里的指标名称。",
    "place": "“{}”与所引材料说的不是同一个地方：各地的内容要引各地的材料。",
    "ratio": "所引材料里没有“{}”这个比例：照抄材料。",
    "name": "所引材料里没有“{}”这个名称：名称要照抄材料。",
    "section": "“{}”不是所引材料所在的章节。",
    "polarity": "“{}”与所引材料的意思相反或肯定的程度不同。",
    "unsupported": "所引材料里没有写“{}”。",
}
_LONGEST = 40


def hint(problem: Problem) -> str:
    """What is wrong, in words a model can act on; a long quotation is cut to 40 characters."""
    said = problem.said if len(problem.said) <= _LONGEST else problem.said[:_LONGEST] + "…"
    return _HINTS[problem.kind].format(said)
