"""Pairs of texts that belong together: a question and its paragraph, a sentence and the rest.

Knows texts only. The self-supervised pairs take a sentence out of its paragraph, so that the words
the two share are no more than chance and the model learns what goes with what.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from index.thesaurus import Entry
from training import sources

Pair = tuple[str, str]
Pairs = dict[str, list[Pair]]

LONGEST_PASSAGE = 400  # characters of the second text
LONGEST_SENTENCE = 120  # of a sentence as the first
SHORTEST_SENTENCE = 10
PASSAGES_A_TERM = 3  # stretches of the corpus shown with each official term
MOST_PASSAGES_AN_ENTRY = 6
SEARCHED = 40_000  # texts of the corpus the terms are looked for in
_SENTENCE = re.compile(r"(?<=[。！？])")
_NUMBERED = re.compile(r"^第.{1,8}条\s*")
_BRACKETS = re.compile(r"[（(].*?[)）]")


def all_pairs(data: Path, known: Sequence[Entry], rng: random.Random) -> Pairs:
    """Every source's pairs by name; cmrc_dev and what is held out are in none."""
    pairs: Pairs = defaultdict(list)
    pairs["cmrc_trial"] = _from_questions(data / "cmrc_trial.json", rng)
    pairs["drcd"] = [
        p for name in ("drcd_dev", "drcd_test") for p in _from_questions(data / f"{name}.json", rng)
    ]
    pairs["stard"] = [
        (asked.text, text)
        for asked in sources.legal_questions(data)
        if not asked.held_out
        for text in asked.articles.values()
    ]
    pairs["cilin"] = [
        (a, b)
        for words in sources.synonyms(data)
        for a, b in (rng.sample(words, 2) for _ in range(min(6, len(words))))
    ]
    for article in sources.news(data):
        pairs["news_ict"] += _cloze(article, 2, rng)
        pairs["news_lead"] += lead(article)
    for law in sources.laws(data):
        _add_law(pairs, law, rng)
    for paragraph in sources.reports(data, held_out=False):
        pairs["report_ict"] += _cloze(paragraph, 3, rng)
    # A generator of its own: --thesaurus-alone draws the same.
    return pairs | thesaurus_pairs(known, list(corpus(data)), random.Random(0))


def thesaurus_pairs(known: Sequence[Entry], texts: Sequence[str], rng: random.Random) -> Pairs:
    """terms: an expression and each of its official terms; everyday: and texts that use one."""
    return {
        "terms": [(entry.everyday, term) for entry in known for term in entry.official],
        "everyday": list(in_context(known, texts, rng)),
    }


def corpus(data: Path) -> Iterator[str]:
    """All the running text there is to train on."""
    yield from sources.news(data)
    yield from (law.text for law in sources.laws(data))
    yield from sources.reports(data, held_out=False)


def halves(known: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries of every second field and the others, to see what unseen fields gain."""
    first = set(sorted({entry.field for entry in known})[::2])
    return tuple(e for e in known if e.field in first), tuple(
        e for e in known if e.field not in first
    )


def sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE.split(text) if len(s) > SHORTEST_SENTENCE]


def _from_questions(file: Path, rng: random.Random) -> list[Pair]:
    return [(q.text, _window(q, rng)) for q in sources.questions(file)]


def _window(question: sources.Question, rng: random.Random) -> str:
    """The paragraph, or where it is long a stretch of it with the answer inside."""
    if len(question.paragraph) <= LONGEST_PASSAGE + 20:
        return question.paragraph
    start = max(0, question.answer_at - rng.randint(50, 300))
    return question.paragraph[start : start + LONGEST_PASSAGE]


def _cloze(text: str, times: int, rng: random.Random) -> Iterator[Pair]:
    """A sentence and those around it (at most four either side) without it."""
    own = sentences(text)
    for _ in range(times if len(own) >= 3 else 0):
        at = rng.randrange(len(own))
        start = max(0, at - rng.randint(1, 4))
        around = "".join(own[start:at] + own[at + 1 : at + 5])[:LONGEST_PASSAGE]
        if len(around) > 40:
            yield own[at][:LONGEST_SENTENCE], around


def lead(article: str) -> Iterator[Pair]:
    own = sentences(article)
    if len(own) >= 3:
        yield own[0][:LONGEST_SENTENCE], "".join(own[1:])[:LONGEST_PASSAGE]


def _add_law(pairs: Pairs, law: sources.Article, rng: random.Random) -> None:
    text = _NUMBERED.sub("", law.text)[:LONGEST_PASSAGE]
    if len(text) <= 30:
        return
    if rng.random() < 0.35:
        pairs["law_head"].append((f"{_BRACKETS.sub('', law.title)} {law.heading}", text))
    own = [s for s in re.split(r"[。；]", text) if len(s) > 12]
    if len(own) >= 2 and rng.random() < 0.7:
        at = rng.randrange(len(own))
        pairs["law_ict"].append((own[at], "。".join(own[:at] + own[at + 1 :])))


def in_context(known: Sequence[Entry], texts: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    """An everyday expression and a stretch of the corpus that uses one of its official terms."""
    whole = "\n".join(rng.sample(texts, min(len(texts), SEARCHED)))
    find = _finder(whole, rng)
    for entry in known:
        places = [at for term in entry.official for at in find(term)]
        for at in rng.sample(places, min(len(places), MOST_PASSAGES_AN_ENTRY)):
            yield entry.everyday, _around(whole, at)


def _finder(whole: str, rng: random.Random) -> Callable[[str], list[int]]:
    """Where a term stands in the text, a few places from a random start on."""
    known: dict[str, list[int]] = {}

    def find(term: str) -> list[int]:
        if term not in known:
            found: list[int] = []
            at = rng.randrange(len(whole) * 3 // 4)
            while len(found) < PASSAGES_A_TERM and (at := whole.find(term, at)) >= 0:
                found.append(at)
                at += LONGEST_PASSAGE
            known[term] = found
        return known[term]

    return find


def _around(whole: str, at: int) -> str:
    start = max(whole.rfind("\n", 0, at) + 1, at - LONGEST_PASSAGE // 2)
    end = whole.find("\n", at)
    return whole[start : min(end if end >= 0 else len(whole), at + LONGEST_PASSAGE // 2)]
