"""Lines of markdown as plain sentences and items: what a mark-up says without the marks.

A table's row becomes an item that names each value's column. Knows no markers beyond [n].
"""

from __future__ import annotations

import re

_FENCE = re.compile(r"^\s*(?:```|~~~)")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_HEADING = re.compile(r"^\s*#{1,6}\s+(.*?)\s*#*\s*$")
_BULLET = re.compile(
    r"^\s*(?:[-*+•·●▪◦–]\s+|[•·●▪◦]\s*|\d{1,2}[.)、）]\s*(?!\d)|[(（]\d{1,2}[)）]\s*)"
)
_STARTS_ITEM = re.compile(r"^\s*(?:[-*+•·●▪◦–]\s|[•·●▪◦]|\d{1,2}[.)、）](?!\d)|[(（]\d{1,2}[)）])")
_QUOTE = re.compile(r"^\s*>+\s?")
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]*[^\]\d\n][^\]\n]*)\]\([^)\s]*\)")
_BOLD = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`+|~~")
_TAG = re.compile(
    r"</?(?:b|i|u|p|br|em|strong|span|div|li|ul|ol|mark|table|tr|td|th|h[1-6])\b[^<>]*>", re.I
)
_SEPARATOR = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_SOURCE_COLUMN = re.compile("来源|出处|引用|标号|依据|材料|^$")


class Lines:
    """Takes whole sentences or lines in order; gives them in clean form."""

    def __init__(self) -> None:
        self._columns: list[str] | None = None
        self._open = False  # a line is under way: what comes next does not begin one

    def holds_lines(self, line: str) -> bool:
        """Whether this line must be whole before anything of it can be said (table, fence)."""
        return line.lstrip().startswith(("|", "```", "~~~", "#")) or (
            self._columns is not None and line.count("|") > 0
        )

    def take(self, part: str, whole: bool) -> list[str]:
        """A sentence, or the rest of a line (`whole`), as zero or one clean sentence."""
        begins, self._open = not self._open, not whole
        line = part.strip("\n")
        if line.strip().startswith("|") or (self._columns is not None and "|" in line):
            return self._row(line)
        if line.strip():
            self._columns = None
        if _FENCE.match(line) or _RULE.match(line):
            return []
        if heading := _HEADING.match(line):
            text = _plain(heading[1]).rstrip("：:")
            return [f"{text}："] if text else []
        return self._sentence(line, begins)

    def _sentence(self, line: str, begins: bool) -> list[str]:
        line = _QUOTE.sub("", line) if begins else line
        item = begins and _STARTS_ITEM.match(line) is not None
        text = _plain(_BULLET.sub("", line, count=1) if item else line)
        if not text:
            return []
        return [f"- {text}" if item else text]

    def _row(self, line: str) -> list[str]:
        """A table's row as 首列：列名值，列名值; the header and the rule under it give nothing."""
        if _SEPARATOR.match(line):
            return []
        cells = [_plain(c) for c in line.strip().strip("|").split("|")]
        if self._columns is None:
            self._columns = cells
            return []
        named = list(zip(self._columns, cells, strict=False))
        marks = [value for name, value in named[1:] if _SOURCE_COLUMN.search(name)]
        said = [f"{n}{v}" for n, v in named[1:] if v and not _SOURCE_COLUMN.search(n)]
        text = f"{cells[0]}：{'，'.join(said)}" if said else cells[0]
        return [f"- {text}{''.join(marks)}"] if text.strip() else []


def _plain(text: str) -> str:
    """A line's words without emphasis, links, images and tags."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    return _TAG.sub("", _BOLD.sub("", text)).strip()
