"""Reads Markdown: '#' levels, pipe tables as grids, marks unwrapped, a block a line.

Knows the Markdown that documents are kept in, not all of CommonMark: a line is a paragraph, since
Chinese texts are saved that way, and indented text is text, not code.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator

from index.readers import html as html_reader
from index.readers.grids import trimmed
from index.readers.lines import are_hard
from index.readers.txt import plain_lines
from index.records import Block, RawDocument

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FRONT_TITLE = re.compile(r"^title\s*:\s*[\"']?(.*?)[\"']?\s*$", re.M | re.I)
_FRONT_KEY = re.compile(r"^[\w-]+\s*:", re.M)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_HTML_TABLE = re.compile(r"<table\b.*?</table\s*>", re.S | re.I)
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?!#)[ \t\u3000]*(.*?)[ \t]*#*$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_RULE = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"^ {0,3}=+[ \t]*$")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_DELIMITER = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_CELL_END = re.compile(r"(?<!\\)\|")

_IMAGE = re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_NOTE_TEXT = re.compile(r"^\[\^([^\]\n]+)\]:[ \t]*(.*)$")
_NOTE_MARK = re.compile(r"\[\^([^\]\n]+)\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>", re.I)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
# 3*4*5 and snake_case_name are no emphasis.
_ITALIC = re.compile(
    r"(?<![\d*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\d*])|(?<!\w)_(?=[^\s_])([^_\n]+?)(?<=\S)_(?!\w)"
)
_STRUCK = re.compile(r"~~(.+?)~~")
_CODE = re.compile(r"`+([^`\n]+)`+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")

# Headings of a text that was never called Markdown: one '#' alone may be anything.
MIN_HEADINGS = 2


def looks_like(text: str) -> bool:
    """True for a .txt whose headings carry Markdown's marks."""
    return sum(1 for line in text.splitlines() if _HEADING.match(line)) >= MIN_HEADINGS


def read(text: str) -> RawDocument:
    """The document; its title is the front matter's or the first level-1 heading's."""
    title, body = _without_front_matter(text.replace("\r\n", "\n").lstrip("\ufeff"))
    blocks = tuple(_blocks(_COMMENT.sub("", body)))
    heading = next((block.text for block in blocks if block.level == 1), "")
    hard = are_hard(block.text for block in blocks if not block.grid)
    return RawDocument(blocks=blocks, title=title or heading, hard_lines=hard)


def _without_front_matter(text: str) -> tuple[str, str]:
    match = _FRONT_MATTER.match(text)
    if not match or not _FRONT_KEY.search(match.group(1)):
        return "", text
    title = _FRONT_TITLE.search(match.group(1))
    return (title.group(1) if title else ""), text[match.end() :]


def _blocks(body: str) -> Iterator[Block]:
    """Text and tables written in HTML by turns; the HTML reader knows those."""
    start = 0
    for table in _HTML_TABLE.finditer(body):
        yield from _text_blocks(plain_lines(body[start : table.start()].rstrip("\n")))
        yield from html_reader.fragment(table.group())
        start = table.end()
    yield from _text_blocks(plain_lines(body[start:]))


def _text_blocks(lines: list[str]) -> Iterator[Block]:
    position = 0
    while position < len(lines):
        line = _QUOTE.sub("", lines[position])
        following = lines[position + 1] if position + 1 < len(lines) else ""
        if "|" in line and _DELIMITER.match(_QUOTE.sub("", following)) and "|" in following:
            end = _table_end(lines, position)
            yield Block(text="", grid=_grid(lines[position:end]))
            position = end
            continue
        if _UNDERLINE.match(following) and line.strip():
            yield Block(text=unwrapped(line).strip(), level=1)
            position += 2
            continue
        position += 1
        if not (_FENCE.match(line) or _RULE.match(line)):
            yield _line_block(line)


def _line_block(line: str) -> Block:
    heading = _HEADING.match(line)
    if heading:
        text = unwrapped(heading.group(2)).strip()
        return Block(text=text, level=len(heading.group(1)) if text else None)
    note = _NOTE_TEXT.match(line)
    if note:
        return Block(text=f"[{note.group(1)}: {unwrapped(note.group(2))}]")
    return Block(text=unwrapped(_BULLET.sub("", line)))


def _table_end(lines: list[str], start: int) -> int:
    end = start + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    return end


def _grid(lines: list[str]) -> tuple[tuple[str, ...], ...]:
    return trimmed([_cells(_QUOTE.sub("", line)) for i, line in enumerate(lines) if i != 1])


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if _CELL_END.search(inner[-1:]) and not inner.endswith("\\|") else inner
    return [unwrapped(cell).strip() for cell in _CELL_END.split(inner)]


def unwrapped(text: str) -> str:
    """The text without Markdown's marks: links as their words, pictures dropped, notes as [n]."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _NOTE_MARK.sub(r"[footnoteRef:\1]", text)
    text = _TAG.sub("", _AUTOLINK.sub(r"\1", text))
    text = _CODE.sub(r"\1", _STRUCK.sub(r"\1", text))
    text = _ITALIC.sub(r"\1\2", _BOLD.sub(r"\2", text))
    return entities.unescape(_ESCAPED.sub(r"\1", text))
