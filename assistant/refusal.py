"""Whether what was found answers the question, and what is said where it does not.

Two kinds of doubt. A plain conflict (another year, another city, another line's number) refuses by
itself. All else is weighed: features of the best piece, combined with measured weights.
Knows the question and the candidates; knows nothing of how an answer is worded.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.candidates import Candidate
from assistant.conflicts import conflict
from assistant.features import FEATURES
from assistant.question import Ask, Question
from assistant.scope import Scope
from assistant.soft import WordVectors
from assistant.strangers import strange
from assistant.terms import Terms, topic_words, units
from index.questions import Read
from index.records import Hit, SourceDoc

REFUSAL = "现有文件中没有找到这个问题的答案。"

# Logistic weights over standardised features, for questions that ask one fact and for the others,
# and over the question's own vector, which tells what no plan speaks of (红烧肉怎么做) by its topic:
# fitted on the dev cases, the questions on the provinces' reports and off-topic ones, the answerable
# also asked with what answers them taken out (python -m training.refusals; figures in docs/LOG.md).
_FILE = Path(__file__).parent / "data" / "refusal.json"
_FARTHEST = 4.0  # deviations from the mean; what lies farther out counts as this
# Doubt above these refuses; above LOW it is said as the nearest content, not as an answer.
# Over all cases 2.0 % of the answerable are refused so and 83 % of the group to be refused; at 1.25 and
# 1.0 it is 3.0 and 87 %, at 1.7 and 1.15 2.4 and 85 % (docs/LOG.md).
REFUSE_FACT = 2.3
REFUSE_OTHER = 1.5
LOW = -0.5
# Next to nothing of what a fact is about is said, in its own, in official or in near words
# (2025年要建成多少个钻石矿: 建成 alone is).
_NOTHING = 0.75
# Added to that where a figure is asked for, as another thing's figure is the worst of answers: of 9
# answerable dev facts and 17 to be refused of which so little is said, the fit alone tells too few.
UNSAID = 1.6
# Taken off the doubt of what asks no single fact and is by its own vector of such documents. On the
# provinces' reports 24 of 174 wrong refusals go and no near miss is answered; of the off-topic
# questions none is (without the topic, by the limit alone, 22 of 326 are).
PLAIN, _OUR_TOPIC = 0.6, -2.0
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A question at least so like a written one is of a kind that such documents answer. With "strange",
# held-out at 1 % wrong refusals of what asks no single fact, 72.5 % of those to be refused are and
# 67 % of the off-topic ones; without 64.7 and 49 %.
_FAMILIAR = 0.6


# A refusal this far above its limit has nothing near to show (今天下雨吗).
_FAR = 0.5
# What comes up for a question of which a document says nothing (iPhone多少钱) has a word score below
# this; the wrongly refused everyday ones (dev) have 16 and more.
_NOTHING_IN_COMMON = 8.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """How little the best piece answers: `value` in log-odds, `conflict` a plain contradiction."""

    value: float
    conflict: str = ""  # place | year | number | kind
    fact: bool = False
    bare: bool = False  # no word of the question stands there

    @property
    def limit(self) -> float:
        return REFUSE_FACT if self.fact else REFUSE_OTHER

    @property
    def refuses(self) -> bool:
        return bool(self.conflict) or self.value > self.limit

    @property
    def is_near(self) -> bool:
        """Whether a refused question comes near enough to something to show it."""
        return not self.bare and (bool(self.conflict) or self.value <= self.limit + _FAR)


def doubt(
    question: Question,
    terms: Terms,
    words: WordVectors,
    candidates: Sequence[Candidate],
    scope: Scope,
    period: tuple[int, int] | None,
    own_places: Sequence[str],
    fact: bool,
    of_all: Sequence[Candidate],
    read: Read,
) -> Doubt:
    """The doubt about the best candidate. `period`, `own_places`: its document's.

    `of_all`: all there are, where only those of the asked type are given; `read`: the question as
    the question model reads it.
    """
    # What is asked in single characters (水怎么省) is about something, too; a bare year is not.
    about = topic_words(question.text) or _HAN.search("".join(question.words))
    if not candidates or not about:
        return Doubt(math.inf)
    best = candidates[0]
    if not best.hit.lexical and not _HAN.search(question.text):
        return Doubt(math.inf)  # foreign letters that stand in no document
    if strange(question, terms, of_all):
        return Doubt(math.inf)
    weighing = _weighing()
    found = features(question, terms, words, best, fact, read)
    found["topic"] = float(read.vector @ weighing["topic"][:-1] + weighing["topic"][-1])
    kind = weighing["fact" if fact else "other"]
    value = kind["bias"]
    for name, (mean, deviation, weight) in kind["features"].items():
        off = (found[name] - mean) / deviation
        value += weight * min(max(off, -_FARTHEST), _FARTHEST)
    if found["unsaid"] and question.asks_any("figure", "count"):
        value += UNSAID
    if not fact and found["topic"] <= _OUR_TOPIC:
        value -= PLAIN
    plain = conflict(question, terms, best, of_all, scope, period, own_places, fact)
    said = found["coverage"] + found["context"]
    return Doubt(value, plain, fact, not said and best.hit.lexical < _NOTHING_IN_COMMON)


@cache
def _weighing() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    found["topic"] = np.asarray(found["topic"], dtype=np.float32)
    return found


# What a question asks for bears on how it is doubted.
_KINDS: tuple[Ask, ...] = (
    "yesno", "measures", "list", "definition", "name", "who", "time", "why",
)  # fmt: skip


def features(
    question: Question,
    terms: Terms,
    words: WordVectors,
    best: Candidate,
    fact: bool,
    read: Read,
) -> dict[str, float]:
    """What the doubt is weighed from, by name; the topic is added by whoever has its weights."""
    have = best.piece.units | best.piece.context
    own = dict(zip(FEATURES, map(float, best.features), strict=True))
    asked = topic_words(question.text)
    near = words.nearest(asked, best.piece.context_ids)
    said = [terms.said(units(word), have) for word in asked]
    weights = [sum(terms.weights.get(u, 0.0) for u in units(w)) or 1.0 for w in asked]
    total = max(sum(weights), 1e-6)
    unsaid = zip(weights, near, said, strict=True)
    weakest = min(said, default=0.0)
    uncovered = sum(w for w, n, e in unsaid if max(n, e) < _SAID) / total
    unwritten = sum(w * (1 - e) for w, e in zip(weights, said, strict=True)) / total
    return {
        # Like no question that was ever written on such documents, and not in their words either.
        "strange": max(0.0, _FAMILIAR - read.familiar) * (1 - own["context"]),
        "score": best.score,
        "context": own["context"],
        "coverage": own["coverage"],
        "passage_coverage": own["passage_coverage"],
        "lexical": math.log1p(best.hit.lexical),
        "lexical_share": best.hit.lexical / terms.total,
        "total": terms.total,
        "words": float(len(asked)),
        "soft": own["soft_context"],
        "cosine": own["cosine"],
        "fits": own["fits"],
        "clause": own["clause"],
        "lead": own["lead"],
        "year_off": own["year_off"],
        "unit_off": own["unit_off"],
        "row": own["is_row"],
        "row_weakest": own["is_row"] * weakest,
        "weakest": weakest,
        "weakest_near": min(map(max, near, said), default=0.0),
        "uncovered": uncovered,
        "unwritten": unwritten,
        "unsaid": float(fact and min(uncovered, unwritten) > _NOTHING),
        **{f"asks_{kind}": float(kind in question.asks) for kind in _KINDS},
    }


# A word at least this near to one of the text's words counts as said there.
_SAID = 0.6


def refusal_text(
    question: str, nearest: str, hits: Sequence[Hit], documents: Sequence[SourceDoc]
) -> str:
    """The refusal with its help: what was looked for, what comes closest, where to look."""
    asked = re.sub(r"\[(\d+)\]", r"（\1）", question)  # no marker without a source
    lines = [REFUSAL, f"查找的内容：{asked[:80]}"] if asked else [REFUSAL]
    if nearest:
        lines.append(f"最接近的内容：{nearest}")
    places = list(dict.fromkeys(_place(hit) for hit in hits))[:3]
    if nearest and places:
        lines.append(f"您还可以看：{'；'.join(places)}")
    titles = "、".join(f"《{doc.title}》" for doc in documents[:8])
    more = "等" if len(documents) > 8 else ""
    lines.append(f"现收录{len(documents)}份文件：{titles}{more}。")
    return "\n".join(lines)


def _place(hit: Hit) -> str:
    return " ".join(hit.passage.heading_path[-2:]) or "文件开头"
