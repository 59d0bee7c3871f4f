"""Lead phrases: the short opening of a paragraph, ended by 。, that works as a sub-heading.

健全养老服务体系。完善以居家为基础…… has the lead 健全养老服务体系. In a list of 名称：说明 the name is
an item's lead; whether a paragraph stands in such a list its neighbours tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.outline.text import unbalanced, width

MAX_LEAD = 28.0  # characters; the longest true lead of the five originals has 24
MAX_CLAUSES = 2  # 优化区域创新布局，构建协同发展新格局
MIN_REST = 1.5  # the text after it is so many times longer, or it is a sentence among others
MAX_LABEL = 20.0  # 质量基础“跨越”计划, 新型应急指挥通信和信息感知产品
_STARTS = re.compile(r"^(?:[—\-－–]{1,2}\s*|[·•●■◆]\s*)")
_ITEM_NUMBER = re.compile(r"^(?:[（(]?\d{1,2}[)）.．、]|[①-⑳])\s*(?=\D)")
_LABEL = re.compile(r"^([^。！？：:；，,]+?)\s*[：:](?=\s*\S)")
_NO_LABEL = re.compile(r"(?:附?注|备注|说明|资料来源|数据来源|来源)\d*|.*\d")
# A lead is a phrase (健全……体系), not a statement with a predicate of its own.
_NOT_LEAD = re.compile(
    r"\d{4}年|[：:；;？！了]|(?<!实事求)是(?!否)|分为|有着|处于|属于|将成为"
    r"|^(?:第[一二三四五六七八九十]|各位|同时|此外|因此|由于)"
)


def lead_of(paragraph: str) -> str:
    """The paragraph's lead phrase without its 。, '' where it has none."""
    text = _STARTS.sub("", paragraph.strip())
    head, stop, rest = text.partition("。")
    if not stop or not head or width(head) > MAX_LEAD:
        return ""
    if len(re.split("[，,]", head)) > MAX_CLAUSES or _NOT_LEAD.search(head) or unbalanced(head):
        return ""
    return head.strip() if width(rest) >= MIN_REST * width(head) else ""


def labels_of(paragraphs: Sequence[str], box: bool) -> dict[int, str]:
    """The names of a list's items, by the place of their paragraph; {} where there is no list.

    A list is two items or more in a `box`; in running text, nothing but items.
    """
    found = {place: _label(text) for place, text in enumerate(paragraphs)}
    labels = {place: label for place, label in found.items() if label}
    return labels if len(labels) > 1 and (box or len(labels) == len(paragraphs)) else {}


def _label(paragraph: str) -> str:
    text = _ITEM_NUMBER.sub("", _STARTS.sub("", paragraph.strip()))
    label = _LABEL.match(text)
    if label is None or _NO_LABEL.fullmatch(label[1]) or unbalanced(label[1]):
        return ""
    return label[1] if width(label[1]) <= MAX_LABEL else ""
