"""The words of an English question as Chinese terms, by the list of data/english.tsv.

British and American spelling, hyphens, plurals and the verb's endings are alike; names in pinyin that
are not in the list are left for romanized.py. Knows no documents and no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.english_numbers import WORDS
from assistant.romanized import is_name

_FOLDER = Path(__file__).parent / "data"
_TOKEN = re.compile(
    r"[“\u4e00-\u9fff][“”\u4e00-\u9fff\d+]*|\d{4}—\d{4}年|\d[\d.]*[万亿]\w*|\d+[a-z][a-z]*|[a-z][a-z0-9&'.]*[a-z0-9]|[a-z]|\d[\d.]*%?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERIOD = re.compile(
    r"“[一二三四五六七八九十]{1,2}五”末?|\d{4}—\d{4}年|(?:过去|今后)五年|[今去明]年"
)
_LONGEST = 8  # words of a term
_DOUBLED = re.compile(r"([bdgklmnprt])\1(?:ed|ing)$")  # planned, stopped
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"))

# Past forms that no ending tells.
_PAST = {
    past: verb
    for row in (
        "build built;rebuild rebuilt;sell sold;buy bought;hold held;grow grew grown;rise rose risen",
        "fall fell fallen;keep kept;teach taught;find found;spend spent;lend lent;meet met",
        "lead led;choose chose chosen;draw drew drawn;win won;lose lost;begin began begun",
        "speak spoke spoken;drive drove driven;bring brought;feed fed;pay paid;shut shut",
    )
    for verb, *forms in (entry.split() for entry in row.split(";"))
    for past in forms
}

# Words that say how a sentence hangs together.
_GRAMMAR = {
    **dict.fromkeys(("is", "are", "was", "were", "be", "been", "being"), "be"),
    **dict.fromkeys(("do", "does", "did", "has", "have", "had"), "aux"),
    **dict.fromkeys(("will", "would", "can", "could", "may", "might"), "aux"),
    **dict.fromkeys(("should", "shall", "must"), "aux"),
    "to": "to",
    **dict.fromkeys(("of", "in", "for", "at", "on", "from", "within", "among"), "of"),
    **dict.fromkeys(("and", "with", "than", "versus", "vs"), "and"),
    "or": "or",
    **dict.fromkeys(("not", "no"), "not"),
    "without": "not",
    **dict.fromkeys(("it", "its", "they", "their", "them"), "pointer"),
}
_SAID = {"and": "和", "or": "还是", "not": "不"}
_POINTERS = {"it": "它", "its": "它的", "they": "它们", "their": "它们的", "them": "它们"}
_NUMBERS = {word: str(n) for n, word in enumerate(WORDS.split(), 1) if n > 1}
# British and American spelling, on both sides of the list alike.
_SPELLING = tuple(
    (re.compile(words), like)
    for words, like in (
        (r"(?<=[a-z]{3})is(?=(?:ations?|e|es|ed|ing)\b)", "iz"),
        (r"\b(lab|col|fav|hon|neighb|harb|behavi)our", r"\1or"),
        (r"\b(\w*met|cent|theat|fib|lit)re(?=s?\b)", r"\1er"),
        (r"\bprogramme", "program"),
        (r"sulph", "sulf"),
        (r"\btonne", "ton"),
        (r"(licen|defen|offen)ce", r"\1se"),
        (r"(travel|model|fuel|label)l(?=ed|ing|er)", r"\1"),
        (r"\bageing", "aging"),
        (r"\benrolment", "enrollment"),
        (r"\bfulfil\b", "fulfill"),
        (r"\bper cent\b", "percent"),
        (r"\bcatalogue", "catalog"),
        (r"\bstorey", "story"),
    )
)


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the question in Chinese.

    `kind`: '' (a thing) | place | verb | unit | per | of | to | and | or | not | be | aux | pointer | year |
    period |
    number | name (in pinyin) | unknown. `many`: it stands in the plural.
    """

    text: str
    kind: str = ""
    many: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says something that the list knows."""
        return self.kind in ("", "place", "verb", "per", "period")


def spelled(text: str) -> str:
    """The text in lower case and American spelling, possessives and hyphens left out."""
    text = re.sub(r"['’]s\b|[‘’'“”]", " ", text.lower())
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    text = re.sub(r"(?<=[a-z])-(?=[a-z])|(?<=\d)-(?=[a-z])|(?<=[a-z])-(?=\d)", " ", text)
    for words, like in _SPELLING:
        text = words.sub(like, text)
    return re.sub(r"\s+", " ", text).strip()


def items(text: str) -> list[Item]:
    """The items of a text that was spelled(); what says nothing is left out."""
    return list(_items([t for t in _TOKEN.findall(text) if t not in ("a", "an", "the")]))


@cache
def verbs() -> tuple[str, ...]:
    """The verbs of the list in Chinese, the longest first."""
    found = {term.text for term in _terms().values() if term.kind == "verb"}
    return tuple(sorted(found, key=lambda verb: (-len(verb), verb)))


def _items(tokens: Sequence[str]) -> Iterator[Item]:
    at = 0
    while at < len(tokens):
        length, item = _longest(tokens[at : at + _LONGEST])
        at += length
        if item is not None:
            yield item


def _longest(tokens: Sequence[str]) -> tuple[int, Item | None]:
    """The longest term that the tokens begin with, and how many of them it takes."""
    for length in range(len(tokens), 0, -1):
        for n, words in enumerate(_forms(" ".join(tokens[:length]))):
            if found := _terms().get(words):
                many = n > 0 and tokens[length - 1].endswith("s")
                return length, Item(found.text, found.kind, many) if many else found
    return 1, _single(tokens[0])


def _single(word: str) -> Item | None:
    """A word that is no term; None where it says nothing."""
    if _YEAR.fullmatch(word):
        return Item(f"{word}年", "year")
    if kind := _GRAMMAR.get(word):
        return Item(_SAID.get(kind) or _POINTERS.get(word, ""), kind)
    if _PERIOD.fullmatch(word):
        return Item(word, "period")
    if word.startswith("这"):
        return Item(word, "pointer")
    if word[0] >= "“" and not word[0].isdigit():
        return Item(word, "per" if word.startswith("每") else "")
    number = _NUMBERS.get(word, word)
    if number[0].isdigit():
        return Item(number, "number")
    if word in _dropped() or word.endswith("ly"):
        return None
    return Item(word, "name" if is_name(word) else "unknown")


def _forms(words: str) -> Iterator[str]:
    """The words as they are and without the plural's or the verb's ending."""
    yield words
    for ending, stem in _ENDINGS:
        if words.endswith(ending) and len(words) > len(ending) + 2:
            yield words.removesuffix(ending) + stem
    if _DOUBLED.search(words):
        yield _DOUBLED.sub(r"\1", words)
    first, _, last = words.rpartition(" ")
    if last in _PAST:
        yield f"{first} {_PAST[last]}".strip()


@cache
def _terms() -> dict[str, Item]:
    rows = [
        row.split("\t") for row in (_FOLDER / "english.tsv").read_text("utf-8").splitlines()[1:]
    ]
    return {spelled(row[0]): Item(row[1], row[2] if len(row) > 2 else "") for row in rows}


@cache
def _dropped() -> frozenset[str]:
    """Words that say nothing which Chinese would say, a line each."""
    return frozenset((_FOLDER / "english_dropped.txt").read_text("utf-8").split())
