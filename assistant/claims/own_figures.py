"""Figures of a sentence's own making that may stand: sums shown as such, and counts of what follows.

Knows arithmetic and the words that announce it; looks at no passage's meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.claims.amounts import Amount
from assistant.claims.reading import Figure

# A figure counts as shown to be computed only beside one of these, its terms in the same sentence.
_SHOWN = re.compile(
    "计算|推算|折算|换算|算得|相减|相加|相差|之差|之和|合计|差额|差距|[=＝]|(?:减去?|加上?|除以|乘以)\\d"
)
_COUNTED = re.compile(
    "^(?:主要|重点|具体|关键|核心)?(?:方面|点|举措|措施|内容|要点|部分|层面|环节|原因|途径|方向|问题|建议|做法|要求|任务)"
)
_ENUMERATED = re.compile("[一二三四五六七八九]是|第\\d+[，、]|[①-⑨]|（\\d）")
_MOST_COUNTED = 10


def computed(figure: Figure, sentence: str, borne: Sequence[Figure]) -> bool:
    """Whether a figure is a right sum, difference or ratio of borne ones, and the sentence says so."""
    if not _SHOWN.search(sentence):
        return False
    terms = [f.amount for f in borne if f.amount is not figure.amount]
    return any(_rounds_to(value, figure.amount) for value in _results(figure.amount, terms))


def _results(amount: Amount, terms: Sequence[Amount]) -> Iterator[Decimal]:
    alike = [t for t in terms if t.dimension == amount.dimension]
    if len(alike) > 1:
        yield sum((t.low for t in alike), Decimal(0))
    for one in terms:
        for other in terms:
            if one is other or one.dimension != other.dimension:
                continue
            if one.dimension == amount.dimension or {one.dimension, amount.dimension} == {
                "比率",
                "百分点",
            }:
                yield one.low - other.low
                yield one.low + other.low
            if amount.dimension == "比率" and other.low:
                yield (one.low / other.low - 1) * 100
                yield one.low / other.low * 100
            if amount.dimension == "倍" and other.low:
                yield one.low / other.low


def _rounds_to(value: Decimal, amount: Amount) -> bool:
    """Whether a value is the amount at the digits it is given with."""
    exponent = amount.low.as_tuple().exponent
    assert isinstance(exponent, int)
    return abs(abs(value) - amount.low) <= Decimal(1).scaleb(min(exponent, 0)) / 2


def counts_itself(figure: Figure, sentence: str, counted: Sequence[str]) -> bool:
    """Whether a small number counts what the sentence goes on to list (两项举措：一是…二是…).

    `counted`: the clauses of the passages' figures; a number they give of the same is theirs.
    """
    noun = _COUNTED.match(sentence[figure.amount.end :])
    if figure.amount.dimension != "个" or figure.amount.low > _MOST_COUNTED or not noun:
        return False
    if any(noun[0] in clause for clause in counted):
        return False
    listed = len(_ENUMERATED.findall(sentence))
    return sentence.endswith(("：", ":")) or listed == figure.amount.low
