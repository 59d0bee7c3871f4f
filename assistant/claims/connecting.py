"""Sentences that need no marker: those that only connect, and those that say what is not there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.claims.amounts import amounts, codes
from assistant.claims.moments import moments
from assistant.claims.naming import place_names
from assistant.claims.phrases import core, novel
from assistant.claims.records import Source
from assistant.claims.wording import plain

_COUNTED = re.compile(
    r"\d+(?:个|项|点|条|类|种|大|方面)?(?:主要|重点|具体|关键)?(?:方面|要点|点|部分|层面|内容|举措|措施|类|条|项)"
)
_NOT_THERE = re.compile(
    "(?:文件|材料|资料|规划|纲要|原文|文章|文中|段落|内容|证据).{0,16}"
    "(?:没有|未|并未|不曾|尚未|并没有)(?:.{0,6})(?:提到|提及|给出|涉及|找到|说明|列出|写明|明确|规定|包含|披露|公布|记载|提供|写)"
)


def connects(claim: str, sources: Mapping[int, Source], question: str) -> bool:
    """Whether a sentence states nothing: no figure, time or name, and no words of its own.

    One that ends with a colon may name what follows, in words of the question or the passages.
    """
    bare = _COUNTED.sub("", claim)
    if amounts(bare) or moments(bare) or codes(bare):
        return False
    if claim.endswith(("：", ":")):
        return not novel(bare, plain(question) + _all(sources))
    return not core(bare)


def absent(claim: str, sources: Mapping[int, Source], question: str) -> bool:
    """Whether a sentence says that the documents lack something, and they do."""
    if not _NOT_THERE.search(claim):
        return False
    everything = _all(sources)
    asked = plain(question)
    years = {y for m in moments(claim) for y in m.years}
    named = place_names(claim)
    if any(n not in asked and n not in everything for n in named) and asked:
        return False
    for source in sources.values():
        held = plain("\n".join((source.title, *source.heading_path, source.lead, source.text)))
        held_years = {y for m in moments(held) for y in m.years}
        words = core(_NOT_THERE.sub("", claim)).replace(" ", "")
        if years <= held_years and words and not novel(words, held):
            return False
    return not amounts(claim)


def _all(sources: Mapping[int, Source]) -> str:
    return "\n".join(
        plain("\n".join((s.title, *s.heading_path, s.lead, s.text))) for s in sources.values()
    )
