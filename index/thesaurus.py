"""From everyday words to the words of planning documents: 娃上学 -> 义务教育, 学位.

The tables beside this file (thesaurus/*.tsv: everyday, official terms, field) are written from
general knowledge of the language; a key with … in it has its words apart (apart.py). Knows no
documents and no questions. They widen a question, never a quote.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray

from index.apart import GAP, Apart
from index.embeddings import StaticEmbeddings

FOLDER = Path(__file__).parent / "thesaurus"
# A stretch of the question at least this near to a key (cosine) stands for it; docs/LOG.md.
NEAR = 0.78
# A key of so many characters is no accident, wherever it stands.
LONG = 4
# At most so many keys widen one question, the surest first.
MOST = 6
# Before them at most so many whose words stand apart: together they say more than each word does.
MOST_APART = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """An everyday expression and the official terms for it."""

    everyday: str
    official: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits a stretch of a question; `sure` is 1.0 for the very words, else a cosine."""

    entry: Entry
    stretch: str
    sure: float


@cache
def entries(folder: Path = FOLDER) -> tuple[Entry, ...]:
    """All entries, files in order of name, lines in order."""
    found = []
    for file in sorted(folder.glob("*.tsv")):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t"):
                found.append(Entry(row["everyday"], tuple(row["official"].split()), row["field"]))
    return tuple(found)


def _is_meant(entry: Entry, text: str) -> bool:
    """Whether a key that cuts a text's words is meant: it is long, and no part of its own term."""
    return len(entry.everyday) >= LONG and not any(term in text for term in entry.official)


class Thesaurus:
    """The entries ready to be matched, by their very words and by near words."""

    def __init__(self, model: StaticEmbeddings, known: Sequence[Entry] | None = None) -> None:
        known = entries() if known is None else known
        self._apart = tuple((Apart.read(e.everyday), e) for e in known if GAP in e.everyday)
        self._entries = tuple(e for e in known if GAP not in e.everyday)
        self._model = model
        self._by_key: dict[str, Entry] = {e.everyday: e for e in self._entries}
        self._longest = max((len(k) for k in self._by_key), default=0)
        self._vectors: NDArray[np.float32] = model.matrix([e.everyday for e in self._entries])

    def matches(self, text: str, stretches: Iterable[str]) -> tuple[Match, ...]:
        """Entries for a question: keys whose words stand apart in it, whole keys, near keys.

        A key inside a longer one that was found (看病 in 看病贵) is left to the longer one; near keys
        are those near to one of the question's stretches.
        """
        found = self._exact(text)
        told = "".join(m.stretch for m in found)
        rest = [s for s in stretches if s not in told]
        near = self._near(rest, {m.entry.everyday for m in found})
        one_by_one = sorted((*found, *near), key=lambda m: -m.sure)[:MOST]
        return (*self._words_apart(text), *one_by_one)

    def _words_apart(self, text: str) -> list[Match]:
        found = [Match(e, said, 1.0) for apart, e in self._apart if (said := apart.said(text))]
        return found[:MOST_APART]

    def _exact(self, text: str) -> list[Match]:
        """Keys that are whole words of the text (大专 is not said in 重大专项), or long ones.

        Where words are cut otherwise than the key's (能活|多少岁), a long key is meant all the same.
        """
        bounds = {0, *accumulate(len(word) for word in rjieba.cut(text))}
        found, start = [], 0
        for at in range(len(text)):
            if at < start:
                continue
            for end in range(min(len(text), at + self._longest), at, -1):
                entry = self._by_key.get(text[at:end])
                if entry and ({at, end} <= bounds or _is_meant(entry, text)):
                    found.append(Match(entry, entry.everyday, 1.0))
                    start = end
                    break
        return found

    def _near(self, stretches: Sequence[str], taken: set[str]) -> list[Match]:
        if not stretches or not self._entries:
            return []
        cosines = self._model.matrix(list(stretches)) @ self._vectors.T
        found = []
        for stretch, row in zip(stretches, cosines, strict=True):
            best = int(row.argmax())
            entry = self._entries[best]
            if float(row[best]) >= NEAR and entry.everyday not in taken:
                taken.add(entry.everyday)
                found.append(Match(entry, stretch, float(row[best])))
        return found
