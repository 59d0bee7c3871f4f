"""Clauses of a long sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.clauses import clauses, time_opening, window
from assistant.figures import quantities
from assistant.terms import Terms, units

LONG = "到2025年，森林覆盖率达到35.8%，新建公园12个，改造老旧小区85个。"


def parts(text: str) -> list[str]:
    return [text[a:b] for a, b in clauses(text)]


def has_figure(text: str) -> bool:
    return next(quantities(text), None) is not None


def of(text: str) -> Terms:
    return Terms(dict.fromkeys(units(text), 1.0))


def test_commas_and_semicolons_part_a_sentence() -> None:
    assert parts("甲，乙；丙,丁。") == ["甲，", "乙；", "丙,", "丁。"]


@pytest.mark.parametrize("text", ["建设（东，西）两区", "推进“三横，三纵”水网", "见《甲，乙》一书"])
def test_brackets_and_quotation_marks_are_kept_whole(text: str) -> None:
    assert parts(text) == [text]


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="甲乙丙，；,。（）“”《》", max_size=30))
def test_the_clauses_together_are_the_sentence(text: str) -> None:
    assert "".join(parts(text)) == text


def test_the_window_is_the_clause_that_answers() -> None:
    start, end = window(LONG, of("新建公园"), has_figure, 120)
    assert LONG[start:end] == "新建公园12个，"


def test_the_window_takes_as_many_clauses_as_the_question_needs() -> None:
    start, end = window(LONG, of("森林覆盖率新建公园"), has_figure, 120)
    assert LONG[start:end] == "森林覆盖率达到35.8%，新建公园12个，"


def test_the_window_keeps_to_its_budget() -> None:
    start, end = window(LONG, of(LONG), has_figure, 15)
    assert end - start <= 15 or len(clauses(LONG[start:end])) == 1


@settings(derandomize=True, deadline=None)
@given(st.text(alphabet="甲乙丙丁12，；。", min_size=1, max_size=40), st.integers(1, 60))
def test_a_window_begins_and_ends_at_clauses(text: str, budget: int) -> None:
    start, end = window(text, of("甲乙丙"), has_figure, budget)
    spans = clauses(text) or [(0, len(text))]
    assert start in {a for a, _ in spans}
    assert end in {b for _, b in spans}


@pytest.mark.parametrize(
    ("sentence", "opening"),
    [
        ("到2025年，森林覆盖率达到35.8%。", "到2025年，"),
        ("“十四五”期间，新建公园12个。", "“十四五”期间，"),
        ("目前，已有公园9个。", "目前，"),
        ("新建公园12个，2025年完工。", ""),
        ("到2025年建成公园12个。", ""),
    ],
)
def test_the_time_phrase_that_opens_a_sentence(sentence: str, opening: str) -> None:
    assert time_opening(sentence) == opening
