"""Whether a place a case names (headings or their numbers) is a place in a document.

Knows headings only; no documents, no questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from eval.records import Gold
from eval.text import fold_heading, half_width

_ENDS = "。、.:"  # what may close a heading or a lead phrase, half-width
_CHINESE = "〇零一二两三四五六七八九十百千"
_NUMBER = re.compile(
    rf"第\s?[{_CHINESE}0-9]+\s?(?:编|篇|章|节|条|款|项|部分|单元)"
    rf"|(?:附件|附表|附图|附录|专栏|专题|图表|表|图|框)\s?(?:[0-9]+(?:[-.][0-9]+)*|[{_CHINESE}]+)"
    rf"|\([{_CHINESE}0-9]+\)"
    rf"|[{_CHINESE}]+(?=\s?[、.]|\s)"
    r"|[0-9]+(?:\.[0-9]+)*(?![0-9%年月日]|\.[0-9])"
    r"|[\u2460-\u2473\u3251-\u325f]"
)


@lru_cache(maxsize=8192)
def number_of(heading: str) -> str:
    """The number a heading begins with (第十四章, (一), 一, 3.3, 表2, ①), '' where it has none."""
    found = _NUMBER.match(half_width(heading).strip())
    return found.group().replace(" ", "") if found else ""


def same_heading(element: str, heading: str) -> bool:
    """Whether an element of a gold path means this heading: by its whole text or its number."""
    bare = fold_heading(element).rstrip(_ENDS)
    if not bare:
        return False
    if bare == fold_heading(heading).rstrip(_ENDS):
        return True
    number = number_of(bare) or number_of(bare + "、")
    return number == bare and number_of(heading) == number


def inside(path: Sequence[str], heading_path: Sequence[str]) -> bool:
    """Whether every element of `path` matches an element of `heading_path`, in the same order.

    An empty path means the document as a whole: its contents list, an introduction without a title.
    """
    headings = iter(heading_path)
    return all(any(same_heading(element, h) for h in headings) for element in path)


def same_place(gold: Gold, doc_id: str, heading_path: Sequence[str]) -> bool:
    """Whether a passage or a citation lies in the gold section (or in a section under it)."""
    return gold.doc == doc_id and inside(gold.path, heading_path)


def same_lead(gold: Gold, lead: str) -> bool:
    """Whether the paragraph is the gold one; a gold section without a lead takes any."""
    wanted = fold_heading(gold.lead).rstrip(_ENDS)
    return not wanted or wanted == fold_heading(lead).rstrip(_ENDS)
