"""Whether a sentence stands in the passages it cites: figures, years, names and wording."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from assistant.claims.amounts import Amount, amounts, codes
from assistant.claims.markers import clean_markers, markers_of, without_markers
from assistant.claims.moments import moments
from assistant.claims.records import Checked, Problem, Source
from assistant.claims.wording import plain

_QUOTED = re.compile(r"[“「『《]([^”」』》]{2,60})[”」』》]")
_HAN_PAIR = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
# The share of a sentence's character pairs that the cited passages must hold.
_LEAST_COVERED = 0.5


def check(sentence: str, sources: Mapping[int, Source], question: str = "") -> Checked:
    """The sentence against the passages it cites; markers may come in any usual form."""
    text = clean_markers(sentence)
    markers = markers_of(text)
    claim = plain(without_markers(text))
    problems = list(_marker_problems(claim, markers, sources))
    if markers and not problems:
        problems += _content_problems(claim, [sources[m] for m in markers])
    return Checked(text, markers, tuple(problems))


def _marker_problems(
    claim: str, markers: tuple[int, ...], sources: Mapping[int, Source]
) -> Iterator[Problem]:
    unknown = [m for m in markers if m not in sources]
    if unknown:
        yield Problem("marker", f"[{unknown[0]}]")
    elif not markers and not _connecting(claim):
        yield Problem("marker", claim)


def _connecting(claim: str) -> bool:
    facts = amounts(claim) or moments(claim) or codes(claim) or _QUOTED.search(claim)
    return not facts and (claim.endswith(("：", ":")) or len(claim) <= 16)


def _content_problems(claim: str, cited: list[Source]) -> Iterator[Problem]:
    held = "\n".join(_said(source) for source in cited)
    for amount in amounts(claim):
        yield from _amount_problem(amount, amounts(held))
    years = {y for m in moments(held) for y in m.years}
    for moment in moments(claim):
        if not moment.years <= years:
            yield Problem("year", moment.said)
    for code in codes(claim):
        if code not in held.lower():
            yield Problem("figure", code)
    for name in _QUOTED.findall(claim):
        if name not in held:
            yield Problem("name", name)
    pairs = set(_HAN_PAIR.findall(claim))
    if pairs and len(pairs & set(_HAN_PAIR.findall(held))) / len(pairs) < _LEAST_COVERED:
        yield Problem("unsupported", claim)


def _amount_problem(amount: Amount, held: tuple[Amount, ...]) -> Iterator[Problem]:
    same = [a for a in held if a.same_value(amount)]
    if not same:
        numbers = {a.said for a in held}
        yield Problem("unit" if amount.said in numbers else "figure", amount.said)
    elif not any(a.dimension == amount.dimension for a in same):
        yield Problem("unit", amount.said)
    elif not any(a.bound == amount.bound for a in same if a.dimension == amount.dimension):
        yield Problem("inequality", amount.said)


@lru_cache(maxsize=256)
def _said(source: Source) -> str:
    return plain("\n".join((source.title, *source.heading_path, source.lead, source.text)))
