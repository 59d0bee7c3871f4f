"""Lists said with 分别: which item each figure belongs to. Knows sentences, no documents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.claims.amounts import Amount

BOUNDARY = re.compile("[，。；：！？（）()\n]")
LISTED = re.compile("[、和及与或]|以及")
_SEVERALLY = re.compile("分别|依次|各为|各达")
_JOINED = re.compile("[、，和及与]|以及|，?其中")
_LONGEST_ITEM = 24


def items_of(text: str, figures: Sequence[Amount]) -> dict[int, str]:
    """For the figures of a sentence that are listed with 分别, by their number: their item."""
    found: dict[int, str] = {}
    index = 0
    while index < len(figures):
        run = _run_from(text, figures, index)
        before = text[: figures[index].start]
        if len(run) > 1 and _SEVERALLY.search(before[-16:]):
            found.update(zip(run, _items_before(before, len(run)), strict=False))
        index += len(run)
    return found


def _run_from(text: str, figures: Sequence[Amount], index: int) -> list[int]:
    """The figures from this one on with nothing but 、 or 和 between them."""
    run = [index]
    while run[-1] + 1 < len(figures):
        here, following = figures[run[-1]], figures[run[-1] + 1]
        if not _JOINED.fullmatch(text[here.end : following.start]):
            break
        run.append(run[-1] + 1)
    return run


def _items_before(before: str, count: int) -> list[str]:
    """The nearest list of `count` items before 分别, each with the words all share; [] for none."""
    word = list(_SEVERALLY.finditer(before))[-1]
    for part in reversed(BOUNDARY.split(before[: word.start()])):
        items = [i for i in LISTED.split(part) if i]
        if len(items) == count and all(len(i) <= _LONGEST_ITEM for i in items[:-1]):
            return _with_shared(items)
    return []


def _with_shared(items: list[str]) -> list[str]:
    """二孩 | 三孩家庭子女入托费用 -> 二孩家庭子女入托费用 | 三孩家庭子女入托费用."""
    shared = items[-1][len(items[-2]) :]
    return [item + shared for item in items[:-1]] + items[-1:]
