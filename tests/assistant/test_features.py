"""What is measured of a piece against a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant import Assistant
from assistant.candidates import Candidate
from assistant.features import FEATURES
from assistant.question import analyse

CandidatesOf = Callable[[str], list[Candidate]]


def _measured(candidate: Candidate) -> dict[str, float]:
    return dict(zip(FEATURES, candidate.features.tolist(), strict=True))


def test_every_feature_has_its_place(candidates_of: CandidatesOf) -> None:
    assert len(set(FEATURES)) == len(FEATURES)
    for candidate in candidates_of("森林覆盖率2025年目标是多少？")[:5]:
        assert candidate.features.shape == (len(FEATURES),)


def test_shares_and_cosines_lie_between_their_bounds(candidates_of: CandidatesOf) -> None:
    for candidate in candidates_of("怎么应对人口老龄化？"):
        found = _measured(candidate)
        for name in ("coverage", "context", "soft", "soft_context", "soft_words", "soft_lead"):
            assert -1e-5 <= found[name] <= 1 + 1e-5
        assert found["passage"] <= 0
        assert found["section_best"] >= found["passage"] - 1e-5


def test_a_sections_best_is_the_same_for_all_its_passages(candidates_of: CandidatesOf) -> None:
    by_section: dict[tuple[str, ...], set[float]] = {}
    for candidate in candidates_of("怎么应对人口老龄化？"):
        place = (candidate.passage.doc_id, *candidate.passage.heading_path)
        by_section.setdefault(place, set()).add(_measured(candidate)["section_best"])
    assert len(by_section) > 1
    assert all(len(values) == 1 for values in by_section.values())


@pytest.mark.parametrize("text", ["老人的事谁管", "娃上学"])
def test_official_terms_count_where_the_everyday_words_are_not_said(
    assistant: Assistant, text: str
) -> None:
    clerk, question = assistant.clerk, analyse(text)
    documents = [d.doc_id for d in clerk.library.documents()]
    found = clerk.finder.candidates(question, clerk.finder.search(question, documents))
    assert max(_measured(c)["soft_official"] for c in found) > 0.1


def test_words_that_stand_in_a_piece_are_said_in_full(candidates_of: CandidatesOf) -> None:
    best = candidates_of("森林覆盖率")[0]
    assert _measured(best)["soft_words"] == pytest.approx(1.0, abs=1e-3)
