"""Questions for the most or the least of several: 哪项提高最多, 涨得最猛的是哪个, 排前三的是哪几种.

Rules over a question's own words. Knows neither tables nor documents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.figures import chinese_number

_ASKS = re.compile("哪|什么|啥|谁|[几多][个项种类家]|列出")
_NUMBER = r"(?P<top>[二两三四五六七八九十]|\d{1,2})"
_MOST = "多|快|猛|大|高|厉害|明显|显著|突出|狠|长|强"
_LEAST = "少|小|低|慢|短|弱"
_RANK = re.compile(
    rf"最为?(?P<by>{_MOST}|{_LEAST})的?(?:[前头]?{_NUMBER}[个项种类位])?"
    rf"|(?:排名?|排在|位列|名列|居)?[前头](?P<first>[二两三四五六七八九十]|\d{{1,2}})(?!年|期|季度|沿)[个项种类位名]?"
    "|(?:排名?|排在|位列|名列|居)(?:倒数)?第一位?|倒数第一|垫底"
)
_RISES = "增长|提高|提升|上升|增加|涨|抬|增幅|涨幅|增速|进步|多出|超额|超出|高出"
_FALLS = "下降|降低|减少|压减|降幅|降|回落|退步"
_EITHER = "变化|变动|差距|相差|波动|幅度"
_CHANGE = re.compile(
    rf"(?:(?P<rises>{_RISES})|(?P<falls>{_FALLS})|(?P<either>{_EITHER}))(?![率到至])[^，。？?；;]{{0,8}}$"
)
_SEVERAL = re.compile(r"哪([两三四五六七八九十]|\d{1,2})[个项种类]")
# A rate of growth, each of its own base, is asked for; a difference otherwise.
_RELATIVE = re.compile("最快|最猛|最慢|增幅|涨幅|降幅|增速|百分之几|比例上|成长")


@dataclass(frozen=True, slots=True)
class Superlative:
    """What is put in order and which end of it is asked for."""

    of: str  # value | change
    sign: int  # of a change: +1 what rises, -1 what falls, 0 either
    relative: bool  # a change against its own base, not a difference
    most: bool  # the top end; the bottom end otherwise
    top: int  # how many are asked for
    rest: str  # the question without the words that rank


def superlative(text: str) -> Superlative | None:
    """What a question ranks; None where it asks for no end of an order."""
    rank = _RANK.search(text)
    if rank is None or not (_ASKS.search(text) or rank["top"] or rank["first"]):
        return None
    before, after = text[: rank.start()], text[rank.end() :]
    change = _CHANGE.search(before)
    least = (rank["by"] or "") in _LEAST.split("|") or "倒数" in rank[0] or rank[0] == "垫底"
    number = (
        rank["top"] or rank["first"] or (several[1] if (several := _SEVERAL.search(text)) else "")
    )
    return Superlative(
        of="change" if change else "value",
        sign=0 if not change or change["either"] else 1 if change["rises"] else -1,
        relative=bool(change and _RELATIVE.search(change[0] + rank[0])),
        most=not least,
        top=(int(number) if number.isdigit() else chinese_number(number) or 1),
        rest=(before[: change.start()] if change else before) + "，" + after,
    )
