"""How much of a question a text covers, weighted by how rare each part is. Knows no documents.

The units are character bigrams (single characters where a word has only one) and whole runs of
digits and Latin letters: word cutting alone finds half as many everyday questions
(training/README.md), and a bigram's rarity tells a name from a commonplace.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import add

import rjieba

from assistant.figures import fold, normalise_figures
from assistant.places import places
from index.thesaurus import Match

# Phrases that say how a question is put; what is left is what it is about.
_ASKING = re.compile(
    "请问|我想问一?下?|想问一?下?|想知道|问一?下|告诉我|帮我查?一?下?|查一?下|说说|讲讲|介绍一?下|麻烦|"
    "是不是|有没有|能不能|会不会|可不可以|要不要|是否|对不对|管不管|什么样|什么时候|什么|为什么|为何|为啥|怎么样|"
    "怎样|怎么|如何|咋样|咋|哪一?[些个年章节篇条种类项家座位]|哪里|哪儿|第?几[个家项条种类大座处所章节篇成号]?|"
    "(?:多少|几)(?:亿美元|万美元|美元|亿元|万元|元|万人次|人次|万人|平方米|平方公里|公里|公顷|批次|"
    "个百分点|[个家项人张座处所名件条种类吨亩岁天倍亿万块])?|多长时间|多少时间|多[大高长远快久]|谁|啥|分别|各是|一共|总共|具体|主要|"
    "的?说法|看法|怎么[说讲写看]|是不是一回事|一回事|不一样|一样|相比|对比|比较|区别|最新|上述|以上|里面|"
    "的话|吗|呢|吧|么|啊|呀|嘛|哦|[的了是在有和与及或对为把被从到由就都也还要会能可以应该将让给这那其它他们我你您咱个]"
)
# A year named or pointed at (今年, 一年): a text rarely repeats the one that governs it.
_YEAR = re.compile(
    r"[到至在]?(?<!\d)(?:19|20)\d\d年?[底末]?|[今去明前]年|每一?年|全年|(?<!\d)一年(?!级)|年底"
)
# Asks by saying a verb twice (限不限行, 收没收费): what it is about is said once (限行). What only asks
# (能不能, 有没有) is taken out above.
_TWICE = re.compile("(?![是对能会算行有要可管])([\u4e00-\u9fff])[不没]\\1(?=[\u4e00-\u9fff])")
_RUN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?%?|[\u4e00-\u9fff]+")


def units(text: str) -> tuple[str, ...]:
    """The bigrams and runs of a text, in order, each once."""
    found: dict[str, None] = {}
    for run in _RUN.findall(fold(normalise_figures(text))):
        if run[0] < "\u4e00" or len(run) == 1:
            found[run] = None
        else:
            found.update(dict.fromkeys(map(add, run, run[1:])))
    return tuple(found)


def topic_units(question: str) -> tuple[str, ...]:
    """The units of a question's subject matter: asking words are taken out first."""
    return tuple(dict.fromkeys(u for span in subject_spans(question) for u in units(span)))


def subject_spans(question: str) -> list[str]:
    """The stretches of a question between its asking words; years, which are matched apart, left out."""
    return _ASKING.split(_TWICE.sub(r"\1", _YEAR.sub(" ", normalise_figures(question))))


# Words of every question about such documents: they tell nothing about what is asked.
_COMMON = frozenset(
    "目标 规划 多少 要求 达到 全市 市里 我们 政府 情况 现在 目前 是否 可以 建设 发展 提出 计划 内容 方面 "
    "指标 工作 推进 加强 完善 提升 文件 问题 相关 进行 有关 期间 时期 十四五 十三五".split()
)


# What goes with a place's name: 无锡市, 四川人 (but not of 无锡人口, 湖北省长).
_OF_A_PLACE = "(?:[市省](?![长委府会级内外直里民]))?(?:人(?![口均民才大]))?"


@lru_cache(maxsize=256)
def topic_words(question: str) -> tuple[str, ...]:
    """The words of a question's subject matter, places and common planning words left out."""
    found: dict[str, None] = {}
    named = "|".join(re.escape(p) + _OF_A_PLACE for p in places(question))
    text = _TWICE.sub(r"\1", _YEAR.sub(" ", normalise_figures(question)))
    for span in _ASKING.split(re.sub(named, " ", text) if named else text):
        for word in rjieba.cut(span):
            if len(fold(word)) >= 2 and _RUN.fullmatch(fold(word)) and word not in _COMMON:
                found[word] = None
    return tuple(found)


# What an official term counts for in place of the everyday words it stands for (dev everyday).
_IN_OTHER_WORDS = 0.8


@dataclass(frozen=True)
class Alternative:
    """Units of a question and the official terms, as sets of units, that say the same."""

    asked: frozenset[str]
    official: tuple[frozenset[str], ...]
    sure: float
    terms: tuple[str, ...] = ()  # the official terms as written


@dataclass(frozen=True)
class Terms:
    """A question's units with their weights (inverse document frequency, natural log)."""

    weights: Mapping[str, float]
    alternatives: tuple[Alternative, ...] = ()

    @cached_property
    def counted(self) -> frozenset[str]:
        """Every unit that `coverage` looks for: the others of a text make no difference to it."""
        official = (term for a in self.alternatives for term in a.official)
        return frozenset(self.weights).union(*(a.asked for a in self.alternatives), *official)

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(self.weights)

    @cached_property
    def total(self) -> float:
        """The weight of all units together, never 0."""
        return sum(self.weights.values()) or 1.0

    def coverage(self, text_units: Iterable[str]) -> float:
        """The weighted share, 0 to 1, of the question's units that stand in a text.

        Units said in official words count for a little less than the very words.
        """
        have = text_units if isinstance(text_units, set | frozenset) else set(text_units)
        covered = sum([w for u, w in self.weights.items() if u in have])
        if self.alternatives and covered < self.total:
            covered += self._in_other_words(have)
        return covered / self.total

    def said(self, word_units: Iterable[str], have: Set[str]) -> float:
        """The share, 0 to 1, of a word that a text says, in its own or in official words."""
        wanted = set(word_units)
        own = len(wanted & have) / max(1, len(wanted))
        other = [
            a.sure * len(wanted & a.asked) / max(1, len(wanted))
            for a in self.alternatives
            if wanted & a.asked and any(term <= have for term in a.official)
        ]
        return max(own, *other) if other else own

    def match(self, text_units: Iterable[str]) -> float:
        """How well a short name is what is asked, 0 to 1: harmonic mean of both coverages."""
        have = text_units if isinstance(text_units, set | frozenset) else set(text_units)
        known = self.counted & have
        if not known:
            return 0.0
        asked = self.coverage(known)
        own = len(self._own & known) / max(1, len(have))
        return 2 * asked * own / (asked + own) if asked + own else 0.0

    def _in_other_words(self, have: set[str] | frozenset[str]) -> float:
        credit: dict[str, float] = {}
        for alternative in self.alternatives:
            if any(map(have.issuperset, alternative.official)):
                for unit in alternative.asked - have:
                    credit[unit] = max(credit.get(unit, 0.0), alternative.sure)
        return _IN_OTHER_WORDS * sum(self.weights.get(u, 0.0) * c for u, c in credit.items())


def weigh(
    question: str,
    frequency: Callable[[str], int],
    size: int,
    matches: Sequence[Match] = (),
) -> Terms:
    """Weights for a question. `frequency(unit)`: passages that hold it; `size`: passages in all.

    `matches`: what the thesaurus offers in place of the question's everyday words.
    """
    found = topic_units(question) or units(question)
    weights = {u: math.log(1 + size / (1 + frequency(u))) for u in found}
    alternatives = tuple(
        Alternative(
            frozenset(units(m.stretch)) & weights.keys(),
            tuple(frozenset(units(term)) for term in m.entry.official),
            m.sure,
            m.entry.official,
        )
        for m in matches
    )
    return Terms(weights, tuple(a for a in alternatives if a.asked))


def stretches(question: str) -> tuple[str, ...]:
    """The words of a question's subject matter, single and two by two, for near matches."""
    words = topic_words(question)
    pairs = (a + b for a, b in zip(words, words[1:], strict=False) if a + b in question)
    return tuple(dict.fromkeys((*words, *pairs)))
