"""Takes out the blanks that a conversion set between the characters of a text.

A PDF whose fonts are set apart gives 2 0 0 5 年 and 质量 、 环境: no figure is found in it and no
sentence can be quoted. Reads the document's own evidence; knows no headings.
"""

from __future__ import annotations

import re
from dataclasses import replace

from index.records import RawDocument

_APART = re.compile(r"(?<=\d) (?=\d)")
_TOGETHER = re.compile(r"(?<=\d)(?=\d)")
# So many digits set apart, and more of them than together, make a spaced text. Of the originals and
# twelve other documents one has any apart (1 of 101); the spaced one has no two together.
_LEAST = 12
_BLANK = re.compile(r"(?<=\S) +(?=\S)")
# What a heading's number or mark ends in: the blank after it says where the title begins.
_BEFORE_TITLE = "编篇章节条#"


def unspaced(raw: RawDocument) -> RawDocument:
    """The document without the blanks within its lines where its digits stand apart; else itself."""
    texts = [block.text for block in raw.blocks if not block.grid]
    apart = sum(len(_APART.findall(text)) for text in texts)
    if apart < _LEAST or apart <= sum(len(_TOGETHER.findall(text)) for text in texts):
        return raw
    blocks = tuple(
        block if block.grid else replace(block, text=_closed_up(block.text)) for block in raw.blocks
    )
    return replace(raw, blocks=blocks)


def _closed_up(text: str) -> str:
    """Without the blanks inside its lines, those between Latin words and after 第X章 aside."""
    return _BLANK.sub(lambda blank: blank[0] if _is_meant(text, blank) else "", text)


def _is_meant(text: str, blank: re.Match[str]) -> bool:
    before, after = text[blank.start() - 1], text[blank.end()]
    latin = before.isascii() and before.isalpha() and after.isascii() and after.isalpha()
    return latin or before in _BEFORE_TITLE
