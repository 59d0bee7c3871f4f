"""What an answer says: which sentences, how many, which part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.candidates import Candidate
from assistant.question import analyse
from assistant.reader import choose, of_type
from assistant.settings import Settings
from assistant.statements import Statement
from assistant.terms import Terms, weigh
from index.library import Library
from index.records import Hit, Passage

CandidatesOf = Callable[[str], list[Candidate]]
QUESTIONS = [
    "森林覆盖率2025年目标是多少？",
    "高新技术企业到2025年要达到多少家？",
    "城际铁路什么时候通车？",
    "怎么应对人口老龄化？",
    "对策建议有哪些？",
    "民生实事工程有哪些？",
    "为什么纺织业有压力？",
]


@pytest.fixture
def chosen(library: Library, candidates_of: CandidatesOf) -> Callable[..., list[Statement]]:
    def run(text: str, settings: Settings | None = None, parts: int = 1) -> list[Statement]:
        question = analyse(text)
        terms = weigh(question.text, library.frequency, library.count())
        return choose(question, terms, candidates_of(text), settings or Settings(), parts)

    return run


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_is_said_is_quoted_from_its_passage(
    chosen: Callable[..., list[Statement]], text: str
) -> None:
    said = chosen(text)
    assert said
    for statement in said:
        assert statement.passage is not None
        assert statement.quote and statement.quote in statement.passage.text


def test_a_single_fact_is_answered_in_two_sentences_at_most(
    chosen: Callable[..., list[Statement]],
) -> None:
    assert len(chosen("高新技术企业到2025年要达到多少家？")) <= 2
    assert len(chosen("高新技术企业到2025年要达到多少家？", parts=2)) == 1


def test_a_row_answers_alone(chosen: Callable[..., list[Statement]]) -> None:
    (said,) = chosen("森林覆盖率2025年目标是多少？")
    assert said.text.startswith("森林覆盖率：")


def test_a_paragraph_is_said_in_its_own_order(chosen: Callable[..., list[Statement]]) -> None:
    said = chosen("对策建议有哪些？")
    spoken = [s.text for s in said if s.passage is not None and s.passage.doc_id == "study"]
    whole = next(s.passage.text for s in said if s.passage is not None)
    places = [whole.find(text) for text in spoken]
    assert places == sorted(places) and len(places) > 1


def test_of_a_part_the_opening_sentence_of_its_paragraph_is_said(
    chosen: Callable[..., list[Statement]],
) -> None:
    opening = "完善居家、社区、机构相协调的养老服务网络"
    said = chosen("养老服务怎么健全？", Settings(answer_budget=90), parts=2)
    assert any(s.quote.startswith(opening) for s in said)


def test_an_answer_keeps_to_its_budget(chosen: Callable[..., list[Statement]]) -> None:
    few = chosen("怎么应对人口老龄化？", Settings(answer_budget=50))
    many = chosen("怎么应对人口老龄化？", Settings(answer_budget=320))
    assert 0 < sum(len(s.text) for s in few) <= 50
    assert sum(len(s.text) for s in few) <= sum(len(s.text) for s in many) <= 320


def test_a_sentence_that_only_heads_an_item_is_followed_by_the_next(
    candidates_of: CandidatesOf,
) -> None:
    old = candidates_of("港口枢纽")[0]
    text = "一是争创试点城市。对标评价体系（ABC）。二是扩大开放。"
    passage = Passage("p", "d", ("开放",), "", text, "text", None, 0, 0, 9, None)
    made = [
        replace(
            old,
            hit=Hit(passage, 1.0),
            piece=replace(old.piece, text=part, start=text.index(part), units=frozenset()),
            score=score,
        )
        for part, score in (("一是争创试点城市。", 9.0), ("二是扩大开放。", 5.0))
    ]
    after = replace(
        made[0], piece=replace(made[0].piece, text="对标评价体系（ABC）。", start=9), score=4.0
    )
    question = analyse("争创试点要对标哪个体系？")
    said = choose(question, Terms({}), [*made, after], Settings())
    assert [s.text for s in said] == ["一是争创试点城市", "对标评价体系（ABC）"]


def test_nothing_found_is_nothing_said() -> None:
    question = analyse("森林覆盖率是多少？")
    terms = weigh(question.text, lambda unit: 0, 1)
    assert choose(question, terms, [], Settings()) == []


def test_where_a_figure_is_asked_the_first_kept_one_holds_a_figure(
    candidates_of: CandidatesOf,
) -> None:
    text = "老旧小区改造多少个？"
    kept = of_type(analyse(text), candidates_of(text))
    assert "figure" in kept[0].piece.holds


def test_where_a_year_is_asked_those_of_other_years_are_left_out(
    candidates_of: CandidatesOf,
) -> None:
    text = "高新技术企业2025年多少家？"
    kept = of_type(analyse(text), candidates_of(text))
    assert all(not c.piece.years or 2025 in c.piece.years for c in kept)
    assert "560家" in kept[0].piece.text
