"""Parts of a question put together."""

from __future__ import annotations

import pytest

from assistant.drafts import Part, drafted
from assistant.facets import Facet
from assistant.question import analyse
from assistant.refusal import Doubt
from assistant.statements import Statement

REFUSED = Doubt(99.0, fact=True)


def part(label: str, text: str, doubt: Doubt | None = None) -> Part:
    facet = Facet(analyse("多少？"), ("d",), of=2, label=label)
    return Part(facet, (Statement(text),), (), doubt or Doubt(-2.0, fact=True))


def said(*parts: Part) -> list[str]:
    return [s.text for s in drafted(parts).statements]


@pytest.mark.parametrize(
    ("first", "second", "labelled"),
    [
        ("产值占比达到34.9%", "到2025年达到38%以上", True),
        ("2020年达到34.9%", "到2025年达到38%以上", False),
    ],
)
def test_years_are_said_where_a_sentence_leaves_one_out(
    first: str, second: str, labelled: bool
) -> None:
    found = said(part("2020年", first), part("2025年", second))
    assert found == (["2020年：", first, "2025年：", second] if labelled else [first, second])


def test_names_are_said_where_all_parts_have_one() -> None:
    assert said(part("规划", "甲"), part("论文", "乙")) == ["规划：", "甲", "论文：", "乙"]
    assert said(part("规划", "甲"), part("", "乙")) == ["甲", "乙"]


def test_parts_of_one_document_are_not_told_apart_by_it() -> None:
    assert said(part("规划", "甲"), part("规划", "乙")) == ["甲", "乙"]
    assert said(part("规划", "甲"), part("规划", "乙"), part("论文", "丙"))[0] == "规划："


def test_a_part_refused_is_said_to_be_missing_unless_another_speaks_of_it() -> None:
    missing = "南京：现有文件没有给出这项内容。"
    assert missing in said(part("无锡", "无锡8.08%"), part("南京", "", REFUSED))
    assert missing not in said(part("无锡", "无锡8.08%，南京11.84%"), part("南京", "", REFUSED))


def test_what_another_part_said_is_not_said_again() -> None:
    assert said(part("无锡", "两市相同"), part("南京", "两市相同")) == ["无锡：", "两市相同"]
