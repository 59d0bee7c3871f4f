"""A sentence that sets the places compared side by side answers for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

from assistant.as_one import PLACES_MARGIN, as_one
from assistant.candidates import Candidate
from assistant.facets import Facet
from assistant.question import analyse
from assistant.scope import Scope
from index.records import Hit, Passage

CandidatesOf = Callable[[str], list[Candidate]]

BOTH = "服务业增加值无锡增长8.1%，南京增长11.8%。"
ONE = "南京积极发展服务业。"


def whole(candidates_of: CandidatesOf, text: str, below: float = 0.5) -> Facet | None:
    """What a question about two places comes to where one sentence names both, so far below the best."""
    made = []
    for old, said, score in zip(
        candidates_of("港口枢纽")[:2], (ONE, BOTH), (9.0, 9.0 - below), strict=True
    ):
        hit = Hit(Passage(said, "d", (), "", said, "text", None, 0, 0, 9, None), 1.0)
        made.append(replace(old, hit=hit, piece=replace(old.piece, text=said), score=score))
    question = analyse(text)
    parts = [Facet(question, ("d",), of=2, label=place) for place in ("无锡", "南京")]
    finder = SimpleNamespace(search=lambda *_: [], candidates=lambda *_: made)
    return as_one(question, Scope(("d",), (), ()), parts, cast(Any, finder), ())


def test_one_sentence_for_all_the_places_compared(candidates_of: CandidatesOf) -> None:
    found = whole(candidates_of, "无锡服务业增速与南京相比如何？")
    assert found is not None and found.said == BOTH


def test_each_place_by_itself_where_none_is_compared_or_the_sentence_is_far(
    candidates_of: CandidatesOf,
) -> None:
    assert whole(candidates_of, "无锡、南京服务业各有多少？") is None
    assert whole(candidates_of, "无锡服务业增速与南京相比如何？", PLACES_MARGIN + 0.1) is None
