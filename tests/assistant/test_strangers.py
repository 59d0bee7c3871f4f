"""Questions about somebody or something that no document names."""

from __future__ import annotations

import pytest

from assistant.refusal import Doubt
from assistant.strangers import _introduces
from tests.assistant.answer_checks import Ask


@pytest.mark.parametrize(
    "text",
    [
        "勾股定理是什么",
        "什么是量子纠缠",
        "爱因斯坦是谁",
        "推荐悬疑小说",
        "推荐几部电影",
        "推荐两款手机",
    ],
)
def test_what_no_document_names_is_refused_plainly(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.refused and "最接近" not in answer.text


@pytest.mark.parametrize("text", ["什么是海铁联运", "多式联运中心是什么"])
def test_what_a_document_names_is_no_stranger(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert not answer.refused or "最接近" in answer.text


@pytest.mark.parametrize(
    ("text", "introduced"),
    [
        ("省长 周明远", True),
        ("主任：周明远", True),
        ("周明远（研究员，云溪市）", True),
        ("周明远主席的讲话", False),
        ("以周明远同志为核心", False),
    ],
)
def test_who_somebody_is_stands_with_the_name(text: str, introduced: bool) -> None:
    assert _introduces(text, "周明远") is introduced


def test_a_refusal_with_nothing_in_common_shows_nothing_near() -> None:
    assert Doubt(0.0, "kind").is_near
    assert not Doubt(0.0, "kind", bare=True).is_near
