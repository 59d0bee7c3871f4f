"""Names in pinyin of an English question written as the documents write them: Shuofang -> 硕放.

Of all characters of those sounds the ones that the documents join most often are taken. Knows no
documents: how often a bigram stands in them is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from assistant.sounds import readings

Frequency = Callable[[str], int]  # in how many passages a bigram stands

_LATIN = re.compile("[a-z']{4,}")
_SYLLABLES = (2, 4)  # of a name, at least and at most


def is_name(word: str) -> bool:
    """Whether a word can be a name in pinyin: two to four whole syllables."""
    return bool(_split(word))


def in_characters(text: str, frequency: Frequency) -> str:
    """The text with its names in pinyin in characters; one that no document has stays."""
    return _LATIN.sub(lambda found: _written(found[0], frequency) or found[0], text)


def _written(word: str, frequency: Frequency) -> str:
    """The characters of a name whose rarest bigram is the least rare; '' where none is joined."""
    best: tuple[int, str] = (0, "")
    for syllables in _split(word):
        # Each way to write the syllables so far, by its last character: (rarest bigram, text).
        ways = {c: (1 << 30, c) for c in _alike()[syllables[0]]}
        for syllable in syllables[1:]:
            longer: dict[str, tuple[int, str]] = {}
            for last, (rarest, said) in ways.items():
                for char in _alike()[syllable]:
                    if found := min(rarest, frequency(last + char)):
                        longer[char] = max(longer.get(char, (0, "")), (found, said + char))
            ways = longer
        best = max([best, *ways.values()])
    return best[1]


@cache
def _split(word: str) -> tuple[tuple[str, ...], ...]:
    """The ways a word falls into syllables; () where it is no name."""
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            if word[start:end] in _alike():
                ways[end] += [way + (word[start:end],) for way in ways[start]]
    least, most = _SYLLABLES
    return tuple(way for way in ways[-1] if least <= len(way) <= most)


@cache
def _alike() -> dict[str, list[str]]:
    """The characters by each of their sounds."""
    alike = defaultdict(list)
    for char, sounds in readings().items():
        for sound in sounds:
            alike[sound].append(char)
    return dict(alike)
