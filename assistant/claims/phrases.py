"""Clauses, their words, and which of them a passage does not hold. Knows the language, no documents.

A sentence is covered by the longest stretches it shares with the passages; what is left over and
is no connecting word is new. Word cutting alone would call 居民收入 new where the passage has
居民人均收入, and would cut an invented name into known words.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import rjieba

_CONNECTING = Path(__file__).parent.parent / "data" / "connecting.txt"
_RUN = re.compile("[\u4e00-\u9fff]+")
_CLAUSE = re.compile("[，；：:;（）()！？。\n]|(?<!\\d),")
_TIME = re.compile(
    r"[到至自从在于截止]*(?:(?:19|20)\d\d年?[—\-至到])?(?:19|20)\d\d年(?:\d+月)?(?:\d+日)?[底末初]?(?:前|后|以来|之前|以前)?"
    r"|[“\"]?十[一二三四五六七八九]?五[”\"]?(?:期间|时期|末|以来)"
)
_NUMBERED = re.compile(r"\d+(?:号线|级|届|期(?!间))")
_MARKS = re.compile(r"[^\u4e00-\u9fffA-Za-z]+|亿|万|千瓦|%")
_GAP = re.compile("\0+")
_PARTICLES = frozenset(
    "的了是在有和与及或对为以将要会能可被把从到由向于中里内后前这那其该此本每各又再也都还就才仅约近超比较至达共占设建"
    "含并而且已但则即若等如所之者地得着过第年月日个家座项条种类人次元名位所处件批市区县省"
)


@cache
def connecting_words() -> frozenset[str]:
    """Words without a fact of their own (data/connecting.txt)."""
    lines = _CONNECTING.read_text(encoding="utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a plain text, in order, empty ones left out."""
    return tuple(c for c in _CLAUSE.split(text) if c.strip())


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """What a stretch of text is about: times, figures, connecting words and particles left out."""
    runs = _MARKS.split(_TIME.sub(" ", text))
    return " ".join("".join(_content(run)) for run in runs if run).strip()


@lru_cache(maxsize=8192)
def pairs(text: str) -> frozenset[str]:
    """The character pairs of a stretch's core; a run of one character is its own pair."""
    found: set[str] = set()
    for run in core(text).split():
        found.update(run[i : i + 2] for i in range(len(run) - 1))
        if len(run) == 1:
            found.add(run)
    return frozenset(found)


@lru_cache(maxsize=8192)
def all_pairs(text: str) -> frozenset[str]:
    """The pairs of all a stretch's characters, connecting words included."""
    return frozenset(r[i : i + 2] for r in _RUN.findall(text) for i in range(len(r) - 1))


@lru_cache(maxsize=8192)
def numbered(text: str) -> frozenset[str]:
    """The numbers that tell things of one name apart: 2号线, 二级 as 2级."""
    return frozenset(_NUMBERED.findall(text))


def likeness(one: frozenset[str], text: str, numbers: frozenset[str]) -> float:
    """The share, 0 to 1, of the pairs that a clause holds; 0 where it is of another number (1号线)."""
    theirs = numbered(text)
    if numbers and theirs and not numbers & theirs:
        return 0.0
    return len(one & (pairs(text) | all_pairs(text))) / len(one)


def novel(claim: str, held: str) -> tuple[str, ...]:
    """The words of a stretch that `held` does not contain, connecting words left out, in order."""
    found: list[str] = []
    for run in _RUN.findall(_TIME.sub(" ", claim)):
        for start, end in _uncovered(run, held):
            words = _content(run[start:end]) if end - start > 1 else _broken(run, start, held)
            kept = [w for w in words if _tells(w) and not _abbreviated(w, held)]
            whole = "".join(words)
            # 启明山: several words in a row that are all new are one new name.
            found += [whole] if kept and len(whole) > len(kept[0]) else kept
    return tuple(found)


def _uncovered(run: str, held: str) -> list[tuple[int, int]]:
    """The stretches of a run outside the longest ones, of two characters or more, that `held` has.

    Connecting words count as had.
    """
    had = bytearray(len(run))
    at = 0
    for word in rjieba.cut(run):
        if len(word) > 1 and word in connecting_words():
            had[at : at + len(word)] = b"\1" * len(word)
        at += len(word)
    at = 0
    while at < len(run):
        end = at + 1
        while end < len(run) and run[at : end + 1] in held:
            end += 1
        if end - at >= 2:
            had[at:end] = b"\1" * (end - at)
        at = end if end - at >= 2 else at + 1
    return [m.span() for m in _GAP.finditer(had.decode("latin-1"))]


def _tells(word: str) -> bool:
    """Whether a word says something; cutting glues particles together (已达, 比为)."""
    return len(word) > 1 and not all(c in _PARTICLES for c in word)


def _broken(run: str, at: int, held: str) -> list[str]:
    """A name of which one character alone is new: 扬州 where the passage has 苏州."""
    if run[at] in _PARTICLES:
        return []
    start = 0
    for word, tag in rjieba.tag(run):
        if start <= at < start + len(word):
            named = len(word) > 1 and tag.startswith("n") and word not in held
            return [word] if named and word not in connecting_words() else []
        start += len(word)
    return []


def _content(run: str) -> list[str]:
    """A run's words less connecting words and particles."""
    known = connecting_words()
    words = [] if run in known else rjieba.cut(run)
    return [w for w in words if w not in known and w not in _PARTICLES]


@lru_cache(maxsize=4096)
def _abbreviation(word: str) -> re.Pattern[str]:
    return re.compile("[^，。；]{0,3}".join(map(re.escape, word)))


def _abbreviated(word: str, held: str) -> bool:
    """Whether a word's characters stand close together in order: 老人 in 老年人, 高企 in 高新技术企业."""
    return _abbreviation(word).search(held) is not None
