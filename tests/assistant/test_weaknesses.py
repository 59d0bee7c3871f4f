"""Where something falls short, and not what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.candidates import Candidate
from assistant.weaknesses import WEAK_MARGIN, asks_weakness, tells_weakness, weak_first
from index.records import Hit, Passage

CandidatesOf = Callable[[str], list[Candidate]]

MEASURE = "加快建设港口枢纽，拓展国际航线。"
WEAKNESS = "港口枢纽缺乏国际航线。"


@pytest.mark.parametrize(
    "text",
    [
        "港口有什么短板？",
        "科技创新还存在哪些不足",
        "国际交往方面缺少什么",
        "消费环境差在哪",
        "发展面临的主要问题是什么？",
        "文化品牌方面的薄弱之处",
    ],
)
def test_a_weakness_is_asked_for(text: str) -> None:
    assert asks_weakness(text)


@pytest.mark.parametrize(
    "text",
    [
        "怎么解决停车难的问题？",
        "补齐短板有哪些举措",
        "对困难群众有哪些帮扶",
        "城乡收入差距是多少",
        "港口要怎么建",
    ],
)
def test_what_is_done_about_it_is_another_question(text: str) -> None:
    assert not asks_weakness(text)


def test_a_weakness_that_is_mended_is_none() -> None:
    assert tells_weakness("航线偏少，服务能力偏低。")
    assert not tells_weakness("补齐现代服务业发展的短板。")


def first(
    candidates_of: CandidatesOf, question: str, below: float = 1.0, heading: str = "航运"
) -> str:
    """The piece in front after a measure and a weakness were scored so far apart."""
    found = candidates_of("港口枢纽")[:2]
    made = []
    for old, text, score in zip(found, (MEASURE, WEAKNESS), (9.0, 9.0 - below), strict=True):
        hit = Hit(Passage(text, "d", (heading,), "", text, "text", None, 0, 0, 9, None), 1.0)
        made.append(replace(old, hit=hit, piece=replace(old.piece, text=text), score=score))
    return weak_first(question, made)[0].piece.text


def test_the_weakness_goes_before_a_measure_that_scores_better(candidates_of: CandidatesOf) -> None:
    assert first(candidates_of, "港口枢纽有什么短板？") == WEAKNESS
    assert first(candidates_of, "港口枢纽怎么建？") == MEASURE


def test_the_measure_where_the_weakness_is_far_or_an_abstract_s(
    candidates_of: CandidatesOf,
) -> None:
    assert first(candidates_of, "港口枢纽有什么短板？", WEAK_MARGIN + 0.1) == MEASURE
    assert first(candidates_of, "港口枢纽有什么短板？", heading="【摘要】") == MEASURE


def test_under_a_heading_of_problems_every_sentence_is_one(candidates_of: CandidatesOf) -> None:
    assert first(candidates_of, "港口枢纽有什么短板？", heading="存在的问题") == MEASURE
