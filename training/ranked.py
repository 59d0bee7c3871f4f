"""Questions with one right text and up to fifteen that look right: what the question model learns.

    report    our questions on the provinces' reports; the other sentences of that report which
              BM25 and the shipped vectors together put first
    rc        reading comprehension; other sentences of the paragraph, and the vectors' nearest
    stard     laymen's legal questions; other articles, as in report
    everyday  an expression of the thesaurus in a question's wrapping, and a sentence with one of
              its official terms; the nearest sentences without one
    ict       the first sentence of an article and the rest; the nearest other articles

NAME_held are for measuring alone: whole provinces, CMRC dev, articles of law that no question of
the training part asks for. Knows texts and vectors; nothing of the model.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embeddings import StaticEmbeddings
from index.sentences import sentences
from index.thesaurus import Entry, entries
from training import bm25, pairs, questions, sources
from training.evaluate import fused
from training.questions import HELD_PROVINCES

TEXTS = 16  # of a question, the right one first
LEAD = 24  # characters of a paragraph's first sentence, given before its other sentences
SHORTEST, LONGEST = 8, 220  # characters of a sentence
EVERYDAY, ARTICLES = 9_000, 7_000
NEAREST = 40
# fmt: off
WRAPPINGS = (
    "{}", "{}怎么办", "{}怎么办", "{}有人管吗", "政府怎么解决{}的问题", "{}有什么政策", "以后{}会好点吗",
    "{}这事儿打算怎么弄", "关于{}有啥说法", "我想问问{}", "{}能不能解决", "{}什么时候能好", "咱们这儿{}有什么安排",
    "对{}有哪些规定", "{}归谁管", "最近{}有什么变化", "{}要花多少钱", "听说{}，是真的吗", "老百姓{}怎么办",
    "{}有补贴吗", "家里{}该找谁", "{}到底咋办", "今后五年{}有什么打算", "{}做得怎么样了", "为什么{}", "{}有多少",
    "{}的目标是什么",
)
# fmt: on
Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranked:
    """`texts`: (what stands before it, the text), the right one first."""

    question: str
    texts: tuple[tuple[str, str], ...]


def all_ranked(data: Path, model: StaticEmbeddings) -> dict[str, list[Ranked]]:
    rng = random.Random(0)
    found = {"report": [], "report_held": []}
    for province, ranked in _reports(data, model):
        found["report_held" if province in HELD_PROVINCES else "report"] += ranked
    files = ("drcd_dev.json", "drcd_test.json", "cmrc_trial.json")
    found["rc"] = [r for name in files for r in _comprehension(data / name, model, rng)]
    found["rc_held"] = list(_comprehension(data / "cmrc_dev.json", model, rng))
    found["stard"], found["stard_held"] = _legal(data, model)
    found["everyday"] = list(_everyday(data, model, rng))
    found["ict"] = list(_articles(data, model, rng))
    return found


def _of(
    question: str, right: int, order: Sequence[int], texts: Sequence[tuple[str, str]]
) -> Ranked:
    wrong = [i for i in order if i != right][: TEXTS - 1]
    return Ranked(question, tuple(texts[i] for i in (right, *wrong)))


def _first(asked: Sequence[str], texts: Sequence[str], model: StaticEmbeddings) -> list[list[int]]:
    """For each question the places of the texts that the fusion puts first."""
    cosines = model.matrix(list(asked)) @ model.matrix(list(texts)).T
    scores = fused(bm25.scores(asked, texts), cosines)
    return [np.argsort(-row)[: TEXTS + 8].tolist() for row in scores]


def _nearest(
    asked: Sequence[str], texts: Sequence[str], model: StaticEmbeddings
) -> Iterator[list[int]]:
    """For each question the places of the nearest texts, nearest first."""
    given, own = model.matrix(list(asked)), model.matrix(list(texts))
    for row in given:
        cosines = own @ row
        near = np.argpartition(-cosines, min(NEAREST, len(own) - 1))[:NEAREST]
        yield near[np.argsort(-cosines[near])].tolist()


def _reports(data: Path, model: StaticEmbeddings) -> Iterator[tuple[str, list[Ranked]]]:
    texts = dict(sources.reports_by_province(data))
    asked: dict[str, list[questions.Asked]] = defaultdict(list)
    for one in questions.load(data):
        if one.sentence:
            asked[one.paragraph_id.split("-")[0]].append(one)
    for province, own in asked.items():
        cut = [piece for paragraph in texts[province] for piece in _with_lead(paragraph)]
        place = {sentence: i for i, (_, sentence) in reversed(list(enumerate(cut)))}
        order = _first([a.question for a in own], [sentence for _, sentence in cut], model)
        yield (
            province,
            [
                _of(a.question, place[a.sentence], first, cut)
                for a, first in zip(own, order, strict=True)
                if a.sentence in place
            ],
        )


def _with_lead(paragraph: str) -> list[tuple[str, str]]:
    cut = [paragraph[start:end] for start, end in sentences(paragraph)]
    return [(cut[0][:LEAD] if n else "", s) for n, s in enumerate(cut) if len(s) >= SHORTEST]


def _comprehension(file: Path, model: StaticEmbeddings, rng: random.Random) -> Iterator[Ranked]:
    place: dict[str, int] = {}
    asked: list[tuple[str, list[int], int]] = []
    for question in sources.questions(file):
        spans = sentences(question.paragraph)
        own = [place.setdefault(question.paragraph[a:b], len(place)) for a, b in spans]
        right = [i for i, (a, b) in zip(own, spans, strict=True) if a <= question.answer_at < b]
        asked += [(question.text, own, right[0])] if right else []
    texts = [("", text) for text in place]
    order = _nearest([q for q, _, _ in asked], list(place), model)
    for (question, own, right), near in zip(asked, order, strict=True):
        beside = rng.sample(own, len(own))[:10]
        far = rng.sample(
            [i for i in near[:12] if i not in own], min(6, len(set(near[:12]) - set(own)))
        )
        yield _of(question, right, [*beside, *far], texts)


def _legal(data: Path, model: StaticEmbeddings) -> tuple[list[Ranked], list[Ranked]]:
    asked = sources.legal_questions(data)
    articles: dict[str, str] = {}
    for question in asked:
        articles = question.articles | articles
    place, texts = {name: i for i, name in enumerate(articles)}, list(articles.values())
    seen = {name for q in asked if not q.held_out for name in q.articles}
    parts: tuple[list[Ranked], list[Ranked]] = ([], [])
    for question, first in zip(asked, _first([q.text for q in asked], texts, model), strict=True):
        if question.held_out and question.articles.keys() & seen:
            continue
        right = [place[name] for name in question.articles]
        wrong = [i for i in first if i not in right]
        for own in right[:2]:
            ranked = _of(question.text, own, wrong, [("", text) for text in texts])
            parts[question.held_out].append(ranked)
    return parts


def _everyday(data: Path, model: StaticEmbeddings, rng: random.Random) -> Iterator[Ranked]:
    known = entries()
    official = {entry.everyday: entry.official for entry in known}
    found = list(_said_officially(known, list(pairs.corpus(data)), rng))
    rng.shuffle(found)
    found = found[: EVERYDAY * 3 // 2]
    texts = [("", sentence) for _, sentence in found]
    asked = [everyday for everyday, _ in found[:EVERYDAY]]
    order = _nearest(asked, [sentence for _, sentence in texts], model)
    for n, (everyday, near) in enumerate(zip(asked, order, strict=True)):
        terms = official[everyday]
        wrong = [i for i in near if not any(term in texts[i][1] for term in terms)]
        yield _of(rng.choice(WRAPPINGS).format(everyday), n, wrong[2:], texts)


def _said_officially(
    known: Sequence[Entry], texts: list[str], rng: random.Random
) -> Iterator[tuple[str, str]]:
    """An everyday expression and a sentence with one of its official terms."""
    official = {entry.everyday: entry.official for entry in known}
    for everyday, around in pairs.in_context(known, texts, rng):
        cut = (around[start:end] for start, end in sentences(around))
        said = (s for s in cut if any(term in s for term in official[everyday]))
        sentence = next(said, "")
        if 0 < len(sentence) < LONGEST:
            yield everyday, sentence


def _articles(data: Path, model: StaticEmbeddings, rng: random.Random) -> Iterator[Ranked]:
    texts = rng.sample(list(sources.news(data)), ARTICLES)
    found = [pair for text in texts for pair in pairs.lead(text)]
    rest = [("", passage) for _, passage in found]
    order = _nearest([first for first, _ in found], [passage for _, passage in rest], model)
    for n, ((first, _), near) in enumerate(zip(found, order, strict=True)):
        yield _of(first, n, rng.sample(near[:20], min(20, len(near))), rest)
