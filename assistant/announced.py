"""Numbered items and the sentence that announces them: 有下列情形之一的，不予办理：（一）…；（二）….

By itself an item (（二）死亡的；) says neither of whom nor what for. Knows a passage's text and its
sentences; knows no questions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.statements import Statement, from_sentence
from index.sentences import sentences

Span = tuple[int, int]

STYLES = (
    r"[（(][一二三四五六七八九十]{1,3}[)）]", r"[（(]\d{1,2}[)）]", r"\d{1,2}[.．、](?!\d)", "[①-⑳]",
    "[一二三四五六七八九十]{1,3}是",
)  # fmt: skip
# The first item may follow on the announcing sentence's own line.
INLINE = re.compile(rf"[：:](?=\s*(?:{'|'.join(STYLES[:4])}))")
_ANNOUNCES = re.compile("[：:]$")
# A longer sentence is no heading of the items after it.
_LONGEST = 200


def style_of(text: str) -> str:
    """The pattern of the number that a line begins with; '' where it begins with none."""
    return next((s for s in STYLES if re.match(rf"\s*{s}", text)), "")


def announcers(text: str, spans: Sequence[Span]) -> list[Span | None]:
    """For each sentence of a passage the span of the one that announces it, the nearest one over it."""
    found: list[Span | None] = []
    # Open lists, the outermost first: who announces them and the style of their numbers.
    lists: list[tuple[Span, str]] = []
    over: Span | None = None
    for start, end in spans:
        if not text[:start].rstrip(" \u3000") or text[:start].rstrip(" \u3000").endswith("\n"):
            over = _of_line(style_of(text[start:end]), lists)
        found.append(over)
        if head := _head(text, start, end):
            if not style_of(text[start:end]):
                lists.clear()
            rest = text[head[1] : end]
            lists.append((head, style_of(rest)))
            over = head if rest else over
    return found


def _of_line(style: str, lists: list[tuple[Span, str]]) -> Span | None:
    """Who announces a line that begins with a number of this style; lists of other styles end."""
    if not style or not lists:
        return None
    while lists and lists[-1][1] not in ("", style):
        lists.pop()
    if not lists:
        return None
    lists[-1] = (lists[-1][0], style)
    return lists[-1][0]


def _head(text: str, start: int, end: int) -> Span | None:
    """The announcing sentence that ends in this one, with what stands before it up to a full stop."""
    own = text[start:end]
    at = end if _ANNOUNCES.search(own.rstrip()) else 0
    if inline := INLINE.search(own):
        at = start + inline.end()
    begin = max(text.rfind(mark, 0, start) + 1 for mark in "。\n")
    begin += len(text[begin:start]) - len(text[begin:start].lstrip())
    begin = begin if at - begin <= _LONGEST else start
    return (begin, at) if 0 < at - begin <= _LONGEST else None


@lru_cache(maxsize=1024)
def _cut(text: str) -> tuple[tuple[Span, Span | None], ...]:
    spans = sentences(text)
    return tuple(zip(spans, announcers(text, spans), strict=True))


def introduced(said: Sequence[Statement]) -> list[Statement]:
    """The statements, each item after the sentence that announces it, where that is not said already."""
    found: list[Statement] = []
    for statement in said:
        head = _head_of(statement)
        if head and not any(_shares(head, other) for other in (*found, *said)):
            found.append(head)
        found.append(statement)
    return found


def _shares(head: Statement, other: Statement) -> bool:
    """Whether another statement says the announcing sentence or a part of it."""
    if other.passage != head.passage:
        return False
    return head.quote in other.quote or other.quote in head.quote


def _head_of(statement: Statement) -> Statement | None:
    passage = statement.passage
    if passage is None or passage.row is not None or statement.item:
        return None
    at = passage.text.find(statement.quote)
    for (start, end), over in _cut(passage.text):
        if over and start <= at < end:
            return from_sentence(passage, passage.text[slice(*over)])
    return None
