"""Where Chinese sentences end: 。！？； outside brackets and quotation marks.

Knows characters only. A bracket or quotation mark that is not closed on its line (or only far
away, as after a slip in reading a page) holds nothing together.
"""

from __future__ import annotations

import re

ENDS = "。！？；!?;｡"
CLOSERS = "”’」』）)】》〉]\"'"
_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "【": "】"}
_ROUND = {"（": "）", "(": ")"}
_SQUARE = {"[": "]", "〔": "〕", "［": "］"}
_CLOSING = {close: opening for opening, close in {**_PAIRS, **_SQUARE}.items()}
_CLOSING |= {"）": "（", ")": "（"}
_MARKS = re.compile(f'[{re.escape("".join([*_PAIRS, *_ROUND, *_SQUARE, *_CLOSING]))}"]')
# Measured on the originals and the other documents: the longest pair holds 79 characters; a mark
# that closes much farther away does not belong to the one that opened.
LONGEST_PAIR = 300


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences in order, white space around them left out.

    Every character that is no white space lies in exactly one span. A line break ends a sentence,
    so hard-broken lines must be joined before. ； ends one too: the parts of an enumeration are
    the sentences of a plan.
    """
    spans: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        spans.extend(_line_spans(line, offset))
        offset += len(line) + 1
    return spans


def _line_spans(line: str, offset: int) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for end in [*_sentence_ends(line), len(line)]:
        piece = line[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append((offset + start + lead, offset + start + len(piece.rstrip())))
        start = end
    return spans


def _sentence_ends(line: str) -> list[int]:
    inside = enclosed(line)
    ends: list[int] = []
    for index, character in enumerate(line):
        if character not in ENDS or (ends and index < ends[-1]):
            continue
        if inside[index] and not _closes_speech(line, index, inside):
            continue
        end = index + 1
        while end < len(line) and (line[end] in ENDS or _is_closer(line, end, inside)):
            end += 1
        ends.append(end)
    return ends


def _is_closer(line: str, index: int, inside: list[bool]) -> bool:
    """Whether the mark closes; a straight one may as well open the next sentence."""
    return line[index] in CLOSERS and (inside[index] or line[index] not in "\"'")


def _closes_speech(line: str, index: int, inside: list[bool]) -> bool:
    """Whether the stop before a closing quotation mark (。”) ends the sentence around it too."""
    end = index + 1
    if line[index] != "。" or end >= len(line) or line[end] not in "”’」』":
        return False
    while end < len(line) and line[end] in "”’」』":
        end += 1
    return end == len(line) or not inside[end] and line[end] not in "，、：；。,:的等是和与及为"


def enclosed(line: str) -> list[bool]:
    """For each character, whether it stands inside a closed pair (its closing mark included)."""
    inside = [False] * len(line)
    stack: list[tuple[str, int]] = []
    straight: int | None = None
    for found in _MARKS.finditer(line):
        index, character = found.start(), found[0]
        opening = _CLOSING.get(character)
        if character in _PAIRS or character in _SQUARE or character in _ROUND:
            stack.append(("（" if character in _ROUND else character, index))
        elif opening is not None:
            begin = _matching(stack, opening, index)
            if begin is not None:
                _mark(inside, begin, index)
        elif character == '"':
            if straight is not None:
                _mark(inside, straight, index)
            straight = index if straight is None else None
    return inside


def _matching(stack: list[tuple[str, int]], opening: str, index: int) -> int | None:
    """The place of the last such opening mark; marks opened after it were never closed."""
    for depth in range(len(stack) - 1, -1, -1):
        mark, begin = stack[depth]
        if index - begin > LONGEST_PAIR:
            return None
        if mark == opening:
            del stack[depth:]
            return begin
    return None


def _mark(inside: list[bool], begin: int, end: int) -> None:
    if end - begin <= LONGEST_PAIR:
        inside[begin + 1 : end + 1] = [True] * (end - begin)
