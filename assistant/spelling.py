"""Mistyped words of a question put right: 太湖兰藻 -> 太湖蓝藻, 吞土量 -> 吞吐量.

A slip is a place where the question's characters make no word of the dictionary and the documents
never join them, while one character of the same sound, or the two neighbours the other way round,
makes a word that both have. Knows no documents: how often a bigram stands in them is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import rjieba

from assistant.sounds import readings
from assistant.terms import subject_spans

Frequency = Callable[[str], int]  # in how many passages a bigram stands

_HAN = re.compile("[\u4e00-\u9fff]{2,}")
# Sounds that many speakers do not keep apart.
_ALIKE = ((re.compile("^([zcs])h"), r"\1"), (re.compile("(?<=[aei]n)g$"), ""))


@dataclass(frozen=True, slots=True)
class Slip:
    """What was typed and the word it was taken for."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class _Guess:
    start: int
    word: str
    weight: tuple[int, int]  # its length, and how often its rarest bigram stands in the documents

    @property
    def end(self) -> int:
        return self.start + len(self.word)


def put_right(text: str, frequency: Frequency) -> tuple[str, tuple[Slip, ...]]:
    """The text with its slips put right, and these in order."""
    slips = []
    for span in subject_spans(text):
        for run in _HAN.findall(span):
            for guess in _guesses(run, frequency):
                slip = Slip(run[guess.start : guess.end], guess.word)
                slips.append(slip)
                text = text.replace(slip.typed, slip.meant)
    return text, tuple(dict.fromkeys(slips))


def _guesses(run: str, frequency: Frequency) -> list[_Guess]:
    """The likeliest words for the slips of a run of characters, none over another."""
    loose = _loose(run, frequency)
    found = [g for at in loose for g in _words_at(run, at, at + 1 in loose, frequency)]
    taken: list[_Guess] = []
    for guess in sorted(found, key=lambda g: g.weight, reverse=True):
        if all(guess.end <= t.start or t.end <= guess.start for t in taken):
            taken.append(guess)
    return sorted(taken, key=lambda g: g.start)


def _loose(run: str, frequency: Frequency) -> list[int]:
    """The places of a run that no dictionary word covers and no document joins to a neighbour."""
    joined = {i for i in range(len(run) - 1) if frequency(run[i : i + 2])}
    places, at = [], 0
    for word in rjieba.cut(run, False):
        if len(word) == 1 and word not in _spoken() and not {at - 1, at} & joined:
            places.append(at)
        at += len(word)
    return places


def _words_at(run: str, at: int, turned: bool, frequency: Frequency) -> Iterator[_Guess]:
    """Words that hold the place with another character of its sound there, or with the next `turned`."""
    tried = [run[:at] + like + run[at + 1 :] for like in _homophones(run[at])]
    if turned:
        tried.append(run[:at] + run[at + 1] + run[at] + run[at + 2 :])
    for text in tried:
        words, start = [str(w) for w in rjieba.cut(text, False)], 0
        for n, word in enumerate(words):
            typed = run[start : start + len(word)]
            if start <= at < start + len(word) and _is_slip(typed):
                rarest = min(frequency(a + b) for a, b in pairwise(word))
                if rarest and (len(word) > 2 or _in_context(words, n, frequency)):
                    yield _Guess(start, word, (len(word), rarest))
            start += len(word)


def _is_slip(typed: str) -> bool:
    """Whether the characters may be a mistyped word: no word themselves nor two that are."""
    known = rjieba.cut(typed, False) == [typed]
    return len(typed) > 1 and not known and (len(typed) > 2 or not _spoken() & set(typed))


def _in_context(words: list[str], at: int, frequency: Frequency) -> bool:
    """Whether a document joins a word to the one before or after it, as the question would."""
    sides = [words[i : i + 2] for i in (at - 1, at) if i >= 0]
    return any(
        min(map(len, pair)) > 1 and frequency(pair[0][-1] + pair[1][0])
        for pair in sides
        if len(pair) == 2
    )


def _homophones(char: str) -> list[str]:
    """The other characters in use with the sound of this one, tones and the south's sounds apart."""
    sounds, alike = _sounds()
    return [c for c in alike.get(sounds.get(char, ""), []) if c != char]


@cache
def _sounds() -> tuple[dict[str, str], dict[str, list[str]]]:
    """Each character with its usual reading, and each reading with its characters."""
    sounds, alike = {}, defaultdict(list)
    for char, (sound, *_) in readings().items():
        for unlike, like in _ALIKE:
            sound = unlike.sub(like, sound)
        sounds[char] = sound
        alike[sound].append(char)
    return sounds, alike


@cache
def _spoken() -> frozenset[str]:
    """Characters that are words by themselves at least 20 times in training/questions: 找, 管, 种."""
    return frozenset((Path(__file__).parent / "data" / "spoken_characters.txt").read_text("utf-8"))
