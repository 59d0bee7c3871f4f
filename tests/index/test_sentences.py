"""Sentence ends in Chinese text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("修路。种树！何时完工？", ["修路。", "种树！", "何时完工？"]),
        ("一是修路；二是种树。", ["一是修路；", "二是种树。"]),
        ("他说：“先修路。再种树。”然后开工。", ["他说：“先修路。再种树。”", "然后开工。"]),
        ("打响“办得快！办得好！”品牌。种树。", ["打响“办得快！办得好！”品牌。", "种树。"]),
        ("把“多修路。”的要求落实。", ["把“多修路。”的要求落实。"]),
        ("修路（含桥梁。不含隧道；）后种树。", ["修路（含桥梁。不含隧道；）后种树。"]),
        ("（修路。种树。）开工。", ["（修路。种树。）开工。"]),
        ("发展2.5D产业，增长7.5%。种树。", ["发展2.5D产业，增长7.5%。", "种树。"]),
        ("这个“引号没有关上。下一句。", ["这个“引号没有关上。", "下一句。"]),
        ("引号在上一段才打开。”下一句。", ["引号在上一段才打开。”", "下一句。"]),
        ("真的吗？！是的。", ["真的吗？！", "是的。"]),
        ("第一段没有句号\n第二段。", ["第一段没有句号", "第二段。"]),
        ("  前面有空白。 后面也有。 ", ["前面有空白。", "后面也有。"]),
        ('称为"小。巧"的店。', ['称为"小。巧"的店。']),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_pair_closed_far_away_holds_nothing_together() -> None:
    text = "（" + "修路种树。" * 100 + "）"
    assert len(cut(text)) >= 100


@settings(derandomize=True)
@given(st.text(alphabet="甲乙。！；，“”（）()《》\"'[] \n2.5", max_size=80))
def test_nothing_is_lost_and_order_is_kept(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(cut(text)).split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
    assert all(text[a:b] == text[a:b].strip() for a, b in spans)
