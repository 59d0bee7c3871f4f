"""Texts made comparable, and facts looked up in them. Knows no cases and no documents."""

from __future__ import annotations

import re
from functools import lru_cache

_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SAME = {
    "-": "—–―─−‐‑‒",
    "~": "〜∼",
    '"': "“”„「」『』",
    "'": "‘’",
    "·": "•・‧∙",
    "%": "﹪",
    " ": "\u3000\u00a0",
    "": "\u200b\u200c\u200d\u2060\ufeff\u00ad",
}
_TABLE = str.maketrans(
    {**{chr(code): chr(half) for code, half in _HALF.items()}}
    | {char: to for to, chars in _SAME.items() for char in chars}
    | {chr(0x2080 + digit): str(digit) for digit in range(10)}  # PM₂.₅
)
# A comma groups digits only where both are of one width: in 10，200 the comma separates a list.
_GROUPED = re.compile(
    r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])"
    r"|(?<![０-９．，])[０-９]{1,3}(?:，[０-９]{3})+(?![０-９]|，[０-９])"
)
_INTEGER_END = re.compile(r"(?<![0-9.])[0-9]+$")
_SPACE = re.compile(r"\s+")
_DASHES = re.compile(r"-{2,}")
_DIGITS = "0123456789"
BOUND = "…"  # joins the parts of a fact that belong together
_SAME_CLAUSE = (
    "[^,。;、()\n]{0,24}?"  # folded signs; 24: 2020年预计值/实际值 with 年均 before a figure
)
_NUMBER_ENDS = _DIGITS + ".%"


def squeeze(text: str) -> str:
    """The text without white space, nothing else changed: for word-for-word comparison."""
    return _SPACE.sub("", text)


def half_width(text: str) -> str:
    """Full-width signs, quotation marks, dashes and spaces in their half-width form."""
    grouped = _GROUPED.sub(lambda m: m.group().replace(",", "").replace("，", ""), text)
    return _DASHES.sub("-", grouped.translate(_TABLE))


def fold(text: str) -> str:
    """`half_width` without white space, save a blank between two numbers, which keeps them two.

    Chinese numerals stay as they are: 二十 and 20 are different texts to a case.
    """
    half = half_width(text)

    def gap(match: re.Match[str]) -> str:
        start, end = match.span()
        numbers = start > 0 and end < len(half)
        return " " if numbers and half[start - 1] in _NUMBER_ENDS and half[end] in _DIGITS else ""

    return _SPACE.sub(gap, half)


@lru_cache(maxsize=8192)  # lint compares every gold path with every heading
def fold_heading(heading: str) -> str:
    """A heading for comparison: half-width, no white space at all."""
    return squeeze(half_width(heading))


@lru_cache(maxsize=8192)  # a run looks each fact up in several texts, lint in all sections
def _wanted(fact: str) -> tuple[str, re.Pattern[str]]:
    wanted = fold(fact).strip()
    if not wanted:
        return "", re.compile("(?!)")
    parts = [part for part in wanted.split(BOUND) if part]
    return parts[0] if parts else "", re.compile(_SAME_CLAUSE.join(map(_whole, parts)) or "(?!)")


def _whole(part: str) -> str:
    """A pattern for a text whose numbers, at its ends, are whole ones."""
    before = r"(?<![0-9])(?<![0-9]\.)" if part[0] in _DIGITS else ""
    after = r"(?![0-9]|\.[0-9])" if part[-1] in _DIGITS else ""
    if _INTEGER_END.search(part):
        after = r"(?:\.0+)?" + after
    return before + re.escape(part) + after


def parts_of(fact: str) -> list[str]:
    """A fact's parts: 2025年…4.5 has two, which a document may keep apart (a head and a cell)."""
    return [part for part in fact.split(BOUND) if part.strip()]


def stands_in(fact: str, folded: str) -> bool:
    """Whether the fact stands in a text already folded.

    A number counts only whole: 4.5 stands neither in 14.5 nor in 4.56 nor in 4.5.1.
    80 stands in 80.0, which is the same number. 2025年…4.5 asks for both in one clause, in this
    order: a figure given under another year is another figure.
    """
    wanted, pattern = _wanted(fact)
    # The plain search settles nearly all of them, ten times as fast as the pattern.
    return wanted in folded and pattern.search(folded) is not None


def without_markers(text: str, markers: tuple[int, ...]) -> str:
    """The answer's text without its [n], so that a marker is never taken for a figure."""
    for marker in markers:
        text = text.replace(f"[{marker}]", " ")
    return text
