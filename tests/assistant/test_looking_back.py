"""What was reached before a plan begins, and what the plan sets out to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.candidates import Candidate
from assistant.looking_back import BACK_MARGIN, looking_back
from index.records import Hit, Passage

CandidatesOf = Callable[[str], list[Candidate]]

AHEAD, BACK = "建成地铁4号线。", "地铁1号线建成通车。"


def first(
    candidates_of: CandidatesOf, years: frozenset[int], below: float = 1.0, begins: int = 2021
) -> str:
    """The piece in front after what is planned and what was reached were scored so far apart."""
    found = candidates_of("港口枢纽")[:2]
    made = []
    for old, text, heading, score in zip(
        found, (AHEAD, BACK), ("交通", "发展基础"), (9.0, 9.0 - below), strict=True
    ):
        hit = Hit(Passage(text, "d", (heading,), "", text, "text", None, 0, 0, 9, None), 1.0)
        piece = replace(old.piece, text=text, years=frozenset(), years_before=frozenset())
        made.append(replace(old, hit=hit, piece=piece, score=score))
    return looking_back(years, made, {"d": begins})[0].piece.text


def test_years_before_the_plan_are_looked_back_on(candidates_of: CandidatesOf) -> None:
    assert first(candidates_of, frozenset({2016, 2020})) == BACK


def test_the_plan_where_its_own_years_are_asked_for_or_none(candidates_of: CandidatesOf) -> None:
    assert first(candidates_of, frozenset({2025})) == AHEAD
    assert first(candidates_of, frozenset()) == AHEAD
    assert first(candidates_of, frozenset({2020}), BACK_MARGIN + 0.1) == AHEAD
    assert first(candidates_of, frozenset({2020}), begins=2016) == AHEAD
