"""The whole's figure before a part's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.candidates import Candidate
from assistant.question import analyse
from assistant.terms import Terms
from assistant.wholes import WHOLE_MARGIN, whole_first
from index.records import Hit, Passage

CandidatesOf = Callable[[str], list[Candidate]]

PART = "2020年，城镇居民人均可支配收入为64714元。"
WHOLE = "2020年，居民人均可支配收入为57589元。"


def first(
    candidates_of: CandidatesOf,
    question: str,
    below: float = 1.0,
    whole: str = WHOLE,
    part: str = PART,
) -> str:
    """The piece in front after a part's and a whole's figure were scored so far apart."""
    found = candidates_of("人均可支配收入")[:2]
    made = []
    for old, text, score in zip(found, (part, whole), (9.0, 9.0 - below), strict=True):
        hit = Hit(Passage(text, "d", (), "", text, "text", None, 0, 0, 9, None), 1.0)
        years = frozenset({int(text[:4])})
        piece = replace(old.piece, text=text, years=years)
        made.append(replace(old, hit=hit, piece=piece, score=score))
    return whole_first(analyse(question), Terms({}), made)[0].piece.text


@pytest.mark.parametrize("question", ["2020年居民收入是多少元？", "2020年人均可支配收入多少？"])
def test_the_whole_where_no_part_is_named(candidates_of: CandidatesOf, question: str) -> None:
    assert first(candidates_of, question) == WHOLE


def test_the_part_where_it_is_named_or_the_whole_is_far(candidates_of: CandidatesOf) -> None:
    assert first(candidates_of, "2020年城镇居民人均收入多少？") == PART
    assert first(candidates_of, "2020年居民收入是多少元？", WHOLE_MARGIN + 0.1) == PART
    other_year = WHOLE.replace("2020", "2019")
    assert first(candidates_of, "2020年居民收入是多少元？", whole=other_year) == PART


def test_what_a_share_is_taken_of_is_no_answer_to_the_share(candidates_of: CandidatesOf) -> None:
    share = "2020年，高新技术产业产值占规模以上工业总产值比重为48.3%。"
    output = "2020年，规模以上工业总产值为17595亿元。"
    asked = {
        "2020年规模以上工业总产值是多少？": output,
        "2020年高新技术产业产值占比是多少？": share,
    }
    for question, front in asked.items():
        assert first(candidates_of, question, whole=output, part=share) == front
