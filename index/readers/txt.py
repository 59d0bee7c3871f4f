"""Reads plain text: a block a line, blank lines and leading white space kept.

Knows the tokens that exports to text leave behind; knows no headings.
"""

from __future__ import annotations

import re

from index.readers.cleaning import clean
from index.readers.lines import are_hard
from index.records import Block, RawDocument

# A picture's token may hold a path with brackets of its own; a path must never reach a reader, so
# one that is not closed on its line is dropped to the line's end.
_TOKEN = re.compile(r"\[(?:bookmark|image)\s*:(?:[^\[\]\n]|\[[^\[\]\n]*\])*(?:\]|(?=\n|$))", re.I)
# A tool that joined a PDF's lines left the page's end inside a sentence.
_MID_LINE_FEED = re.compile(r"(?<![\r\n\f。！？])\f")
_LINE_END = re.compile(r"\r\n|[\r\n\x0b\x85\u2028\u2029]")


def read(text: str) -> RawDocument:
    """The text as blocks; a form feed starts the next page, and only then pages are counted."""
    blocks: list[Block] = []
    pages = _MID_LINE_FEED.sub("", text).rstrip("\f\r\n ").split("\f")
    for number, page in enumerate(pages, start=1):
        printed = number if len(pages) > 1 else None
        blocks += [Block(text=line, page=printed) for line in plain_lines(page)]
    return RawDocument(blocks=tuple(blocks), hard_lines=are_hard(block.text for block in blocks))


def plain_lines(text: str) -> list[str]:
    """The lines of a text, cleaned, without export tokens and without spaces at their ends.

    A line that held nothing but tokens goes with them, so that no false paragraph break stays; one
    with a tab is an empty cell and stays.
    """
    lines: list[str] = []
    for line in _LINE_END.sub("\n", text).split("\n"):
        kept = _TOKEN.sub("", line)
        if kept == line or kept.strip() or "\t" in kept:
            lines.append(clean(kept).rstrip(" \u3000\xa0"))
    return lines
