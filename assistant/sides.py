"""The two sides of a comparison that a follow-up asks for: 跟云溪比呢, 和沿江有什么不同.

Knows words; knows neither conversation nor documents.
"""

from __future__ import annotations

import re

from assistant.counterparts import Similar, counterpart, substitute
from assistant.followups import bare, topic

_COMPARED = re.compile("(?:对标|[与跟和同])([^，。、]{2,10}?)(?:相比|比较|比|，)")


def versus(previous: str, other: str, similar: Similar) -> str:
    """The last question with the other side of its comparison replaced: 跟云溪比呢."""
    compared = _COMPARED.search(previous)
    if compared:
        return previous[: compared.start(1)] + other + previous[compared.end(1) :]
    return substitute(previous, other, similar)


def beside(previous: str, other: str, similar: Similar) -> str:
    """The last question asked of the other thing as well: 沿路和沿江的重点产业分别有哪些."""
    old = counterpart(previous, other, similar) or bare(topic(previous))
    both = previous.replace(old, f"{old}和{other}", 1)
    return re.sub("(?=(?:有|是|为|达到?)*(?:哪些|什么|多少|几|怎|如何))", "分别", both, count=1)
