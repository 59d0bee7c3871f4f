"""What a Word paragraph's style says of it: heading level, title, list number.

Knows styles and what they are based on; nothing of text.
"""

from __future__ import annotations

import re

from docx.document import Document
from lxml import etree

from index.readers.word_text import W

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.I)
_TITLE = frozenset({"title", "标题", "文档标题"})
# w:outlineLvl 0 to 8 are levels 1 to 9; 9 is body text.
BODY_OUTLINE = 9
MAX_CHAIN = 20  # styles based on styles; a file may turn in a circle


class Styles:
    """The document's paragraph styles."""

    def __init__(self, document: Document) -> None:
        self._styles = {
            style.get(W + "styleId", ""): style
            for style in document.styles.element.iter(W + "style")
        }

    def level(self, paragraph: etree._Element) -> int | None:
        """The heading level (from 1) that the paragraph or its style states, else None."""
        for holder in (paragraph, *self._chain(paragraph)):
            outline = holder.find(f"{W}pPr/{W}outlineLvl")
            if outline is not None and outline.get(W + "val", "").isdecimal():
                stated = int(outline.get(W + "val"))
                return stated + 1 if stated < BODY_OUTLINE else None
            named = _HEADING.match(_name(holder))
            if named:
                return int(named.group(1))
        return None

    def is_title(self, paragraph: etree._Element) -> bool:
        """True for a paragraph in the style called Title (标题)."""
        return any(_name(style).lower() in _TITLE for style in self._chain(paragraph)[:1])

    def number(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list (w:numId) and level (from 0) the paragraph is numbered in, else None."""
        list_id, level = "", None
        for holder in (paragraph, *self._chain(paragraph)):
            numbered = holder.find(f"{W}pPr/{W}numPr")
            if numbered is None:
                continue
            list_id = list_id or _value(numbered, "numId")
            stated = _value(numbered, "ilvl")
            level = int(stated) if level is None and stated.isdecimal() else level
            if list_id:
                return None if list_id == "0" else (list_id, level or 0)
        return None

    def _chain(self, paragraph: etree._Element) -> list[etree._Element]:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style_id = "" if named is None else named.get(W + "val", "")
        chain: list[etree._Element] = []
        while style_id in self._styles and len(chain) < MAX_CHAIN:
            chain.append(self._styles[style_id])
            style_id = _value(chain[-1], "basedOn")
        return chain


def _name(holder: etree._Element) -> str:
    return _value(holder, "name").strip() if holder.tag == W + "style" else ""


def _value(element: etree._Element, child: str) -> str:
    found = element.find(W + child)
    return "" if found is None else found.get(W + "val", "")
