"""The name a document gives itself in its first sentences, where it prints no title.

Knows the formulas official documents open with; used for the document's name alone, never to drop
or to split a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.outline import text as t
from index.outline.paragraphs import Para
from index.outline.words import names_document

LOOK_AT = 3  # paragraphs of text
TEXT = 30.0  # characters: a shorter one is a heading or a date
_BRACKETED = r"《([^《》]{6,70})》"
_FORMULAS = (
    # …厅关于印发《…办法》的通知各市、县人民政府：
    re.compile(
        r"^([^，。；：《》]{2,30}关于(?:[^，。；：《》]|《[^《》]*》){2,80}的(?:通知|决定|意见|公告|通告))"
    ),
    # 根据……编制的《…规划纲要》，主要阐明……
    re.compile(rf"(?:编制|制定|制订)的?{_BRACKETED}[，,](?:主要)?(?:阐明|明确|提出)"),
    # ……制定《…条例》（以下简称《条例》）
    re.compile(rf"(?:编制|制定|制订)了?{_BRACKETED}[（(]以下简称"),
    # 某市……规划纲要，根据……编制
    re.compile(r"^([^，。；：《》]{8,70})[，,](?:根据|依据|为)"),
)


def named_in_text(paras: Sequence[Para]) -> str:
    """The name, '' where the first sentences hold no such formula."""
    texts = [para.text for para in paras if t.width(para.text) > TEXT]
    for text in texts[:LOOK_AT]:
        for formula in _FORMULAS:
            found = formula.search(text)
            if found and names_document(found.group(1)):
                return t.fold(found.group(1))
    return ""
