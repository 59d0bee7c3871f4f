"""Small facts about Chinese text: width, sentence ends, white space, how broken lines join.

Knows characters only; nothing of headings or documents.
"""

from __future__ import annotations

import re

TERMINAL = "。！？；…!?;"
CLOSERS = "”’」』）)》〉】]\"'"
_CONTINUES = "，。；：、！？”’」』）》〉】,.;:!?%％)"
_OPENERS = "（《“‘「『【〈"
_PAIRS = {"（": "）", "《": "》", "“": "”", "【": "】", "「": "」"}
_SPACE = re.compile(r"[\s\u3000]+")


def fold(text: str) -> str:
    """White space folded to single spaces, ends stripped."""
    return _SPACE.sub(" ", text).strip()


def squeeze(text: str) -> str:
    """Without any white space: the form in which headings are compared."""
    return _SPACE.sub("", text)


def width(text: str) -> float:
    """Printed width in Chinese characters: an ASCII character counts one half."""
    bare = text.strip()
    return len(bare) - len(bare.encode("ascii", "ignore")) / 2


def ends_sentence(text: str) -> bool:
    """Whether the text ends in 。！？；… , closing quotes and brackets aside."""
    bare = text.rstrip().rstrip(CLOSERS)
    return bool(bare) and bare[-1] in TERMINAL


def ends_open(text: str) -> bool:
    """Whether the text surely goes on: it ends in a comma, a 、 or an opening bracket."""
    bare = text.rstrip()
    return bool(bare) and bare[-1] in "，、,（(《“‘—－-"


def starts_inside(text: str) -> bool:
    """Whether a line opens with punctuation that cannot open a sentence."""
    bare = text.lstrip()
    return bool(bare) and bare[0] in _CONTINUES


def unbalanced(text: str) -> bool:
    """Whether a bracket or quotation mark is opened and not closed."""
    return any(text.count(left) > text.count(right) for left, right in _PAIRS.items())


def join(left: str, right: str) -> str:
    """Two pieces of one sentence as one: a space only between latin words.

    None between digits: a number broken over two lines is commoner than two numbers in a row.
    """
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return left + right
    latin = all(c.isascii() and c.isalpha() for c in (left[-1], right[0]))
    return f"{left} {right}" if latin else left + right


def chinese_share(text: str) -> float:
    """The share of Chinese characters among the characters that are no white space."""
    bare = squeeze(text)
    return sum("\u4e00" <= c <= "\u9fff" for c in bare) / len(bare) if bare else 0.0
