"""Sentences and rows as candidates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant.candidates import Candidate, score
from assistant.features import FEATURES, WEIGHTS, Asked
from assistant.pieces import Pieces, fits, holds
from assistant.question import analyse
from assistant.soft import WordVectors
from assistant.terms import units, weigh
from index.embeddings import StaticEmbeddings
from index.library import Library
from index.questions import QuestionModel

CandidatesOf = Callable[[str], list[Candidate]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("改造危桥38座", "figure"),
        ("占比达到百分之四", "figure"),
        ("2024年建成", "time"),
        ("“两廊一环”：指三条廊道", "definition"),
        ("包括机械、光伏、陶瓷", "list"),
        ("因此要扩大绿地", "why"),
        ("建设青石港物流中心", "name"),
    ],
)
def test_the_types_of_answer_a_text_holds(text: str, kind: str) -> None:
    assert kind in holds(text)


def test_a_year_alone_is_no_figure() -> None:
    assert "figure" not in holds("2024年建成通车")
    assert holds("扩大绿地") == frozenset()


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("改造危桥多少座？", "改造危桥38座", True),
        ("改造危桥多少座？", "改造一批危桥", False),
        ("城际铁路哪年通车？", "2024年建成", True),
        ("有哪些产业集群？", "做强机械、光伏、陶瓷", True),
        ("有哪些产业集群？", "做强产业", False),
        ("怎么应对老龄化？", "健全养老服务", True),
    ],
)
def test_whether_a_text_can_answer(question: str, text: str, expected: bool) -> None:
    assert fits(analyse(question), holds(text)) is expected


@pytest.fixture
def counting(
    model: StaticEmbeddings, words: WordVectors
) -> tuple[list[int], Callable[[int], Pieces]]:
    """How many texts each call embedded, and pieces that keep so many passages."""
    calls: list[int] = []

    def embed(texts: Sequence[str]) -> np.ndarray:
        calls.append(len(texts))
        return model.matrix(list(texts))

    return calls, lambda size: Pieces(embed, words, size)


def test_pieces_are_the_passages_own_words(
    library: Library, counting: tuple[list[int], Callable[[int], Pieces]]
) -> None:
    passages = library.passages()
    for passage, cut in zip(passages, counting[1](99).of(passages), strict=True):
        assert cut
        for piece in cut:
            assert passage.text[piece.start : piece.end] == piece.text
        if passage.row is not None:
            assert [p.text for p in cut] == [passage.text]


def test_a_lead_phrase_is_context_and_no_piece(
    library: Library, counting: tuple[list[int], Callable[[int], Pieces]]
) -> None:
    passages = [p for p in library.passages() if p.lead]
    assert passages
    for passage, cut in zip(passages, counting[1](99).of(passages), strict=True):
        assert not any(p.text.strip("。") == passage.lead for p in cut)


def test_a_lead_that_gives_a_figure_is_a_piece(
    library: Library, counting: tuple[list[int], Callable[[int], Pieces]]
) -> None:
    lead = "常住人口城镇化率提高到58%"
    passage = replace(library.passages("plan")[0], text=f"{lead}。建设公园。", lead=lead)
    (cut,) = counting[1](9).of([passage])
    assert [p.text for p in cut] == [f"{lead}。", "建设公园。"]


def test_a_year_before_the_next_five_does_not_hold_on(
    library: Library, counting: tuple[list[int], Callable[[int], Pieces]]
) -> None:
    text = "与到2020年的目标衔接，今后五年的目标是加快发展。城镇化率提高。到2035年翻番。绿地增加。"
    passage = replace(library.passages("plan")[0], text=text, lead="")
    (cut,) = counting[1](9).of([passage])
    assert [p.years_before for p in cut] == [frozenset()] * 3 + [frozenset({2035})]


def test_what_is_kept_is_not_embedded_again(
    library: Library, counting: tuple[list[int], Callable[[int], Pieces]]
) -> None:
    calls, make = counting
    pieces, passages = make(99), library.passages("plan")
    first = pieces.of(passages[:5])
    assert pieces.of(passages[:5]) == first
    assert len(calls) == 1
    pieces.of(passages[4:6])
    assert len(calls) == 2


def test_another_document_saying_the_same_is_cut_once_and_under_another_heading_again(
    library: Library, counting: tuple[list[int], Callable[[int], Pieces]]
) -> None:
    calls, make = counting
    pieces, passage = make(99), library.passages("plan")[0]
    elsewhere = replace(passage, passage_id="other", doc_id="copy", start=7, order=3)
    assert pieces.of([passage, elsewhere])[0] is pieces.of([elsewhere])[0]
    assert len(calls) == 1
    pieces.of([replace(elsewhere, heading_path=("二〇三〇年",))])
    assert len(calls) == 2


@pytest.mark.parametrize("text", ["面积1,200亩，产值3亿元。", "种树，栽花，植草。", "增长4.5%。"])
def test_a_sentence_has_the_units_of_all_its_text(
    library: Library, counting: tuple[list[int], Callable[[int], Pieces]], text: str
) -> None:
    passage = next(p for p in library.passages("plan") if p.row is None)
    (cut,) = counting[1](9).of([replace(passage, text=text, lead="")])
    assert [p.units for p in cut] == [frozenset(units(text))]


def test_the_oldest_are_let_go(
    library: Library, counting: tuple[list[int], Callable[[int], Pieces]]
) -> None:
    calls, make = counting
    pieces, passages = make(2), library.passages("plan")
    for passage in (*passages[:3], passages[0]):
        pieces.of([passage])
    assert len(calls) == 4


def test_candidates_stand_best_first_and_are_scored_by_their_features(
    candidates_of: CandidatesOf,
) -> None:
    found = candidates_of("森林覆盖率2025年目标是多少？")
    scores = [c.score for c in found]
    assert len(found) > 10
    assert scores == sorted(scores, reverse=True)
    for candidate in found[:5]:
        assert candidate.features.shape == (len(FEATURES),) == WEIGHTS.shape
        assert candidate.score == pytest.approx(float(candidate.features @ WEIGHTS), abs=1e-4)


@pytest.mark.parametrize(
    ("question", "piece"),
    [
        ("森林覆盖率2025年目标是多少？", "森林覆盖率"),
        ("新增学位多少个？", "新增学位3.4万个"),
        ("城际铁路哪年通车？", "2024年建成通车"),
        ("高新技术企业到2025年要达到多少家？", "560家"),
    ],
)
def test_the_best_candidate_is_what_is_asked(
    candidates_of: CandidatesOf, question: str, piece: str
) -> None:
    assert piece in candidates_of(question)[0].piece.text


def test_the_year_asked_for_is_seen(candidates_of: CandidatesOf) -> None:
    for candidate in candidates_of("高新技术企业2025年多少家？"):
        features = dict(zip(FEATURES, candidate.features.tolist(), strict=True))
        assert features["year_in"] == float(2025 in candidate.piece.years)
        assert features["year_off"] == float(
            bool(candidate.piece.years) and 2025 not in candidate.piece.years
        )


def test_a_question_is_measured_as_the_question_model_reads_it(
    candidates_of: CandidatesOf, model: StaticEmbeddings
) -> None:
    text = "高新技术企业2025年多少家？"
    read = QuestionModel(model).read(text)
    for candidate in candidates_of(text):
        features = dict(zip(FEATURES, candidate.features.tolist(), strict=True))
        cosine = float(candidate.piece.vector @ read.vector)
        assert features["read_cosine"] == pytest.approx(cosine, abs=1e-5)
        own = model.rows()[candidate.piece.context_ids]
        own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-6)
        nearest = np.maximum(read.words @ own.T, 0).max(axis=1)
        assert features["read"] == pytest.approx(float(read.weights @ nearest), abs=1e-5)


def test_without_hits_there_are_no_candidates(model: StaticEmbeddings, words: WordVectors) -> None:
    question = analyse("森林覆盖率")
    terms = weigh(question.text, lambda unit: 0, 1)
    vector = np.asarray(model.embed_query("森林"), dtype=np.float32)
    pieces = Pieces(lambda texts: model.matrix(list(texts)), words)
    asked = Asked(question, terms, vector, vector, vector, words.sought(["森林"]), vector)
    assert score(asked, words, [], pieces, {}) == []
