"""A sentence is checked against the passages it cites, and no others."""

from __future__ import annotations

import pytest

from assistant.claims import Source, check, hint, pointed
from assistant.claims.records import Problem

TITLE = "云溪市规划纲要"
GOALS = "到2025年，全市地区生产总值达到1,200亿元，常住人口城镇化率达到72%以上。"
FUND = "设立２.５亿元数字化改造专项资金，推动“智改数转”。"
SOURCES = {
    1: Source(1, TITLE, ("第二章 发展战略", "第二节 发展目标"), "", GOALS, ("云溪",)),
    2: Source(2, TITLE, ("第三章 产业",), "", FUND, ("云溪",)),
}


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年，地区生产总值达到1200亿元[1]。",
        "到二〇二五年，城镇化率达到百分之七十二以上[1]。",
        "云溪市设立2.5亿元（25000万元）专项资金，推动“智改数转”[2]。",
        "主要目标如下：",
    ],
)
def test_true_sentences_pass(sentence: str) -> None:
    assert check(sentence, SOURCES).ok


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("到2025年，地区生产总值达到1300亿元[1]。", "figure"),
        ("到2030年，地区生产总值达到1200亿元[1]。", "year"),
        ("到2025年，地区生产总值达到1200亿美元[1]。", "unit"),
        ("到2025年，常住人口城镇化率达到72%[1]。", "inequality"),
        ("设立2.5亿元专项资金，推动“智能网联”[2]。", "name"),
        ("到2025年，地区生产总值达到1200亿元[7]。", "marker"),
        ("到2025年，地区生产总值达到1200亿元。", "marker"),
        ("居民可以到街道办事处领取养老补贴[1]。", "unsupported"),
    ],
)
def test_a_false_sentence_has_its_problem(sentence: str, kind: str) -> None:
    assert kind in {p.kind for p in check(sentence, SOURCES).problems}


def test_a_wrong_or_missing_marker_is_put_right() -> None:
    for marker in ("", "[2]", "[9]"):
        assert pointed(f"到2025年，地区生产总值达到1200亿元{marker}。", SOURCES).markers == (1,)
    assert not pointed("到2025年，地区生产总值达到1300亿元[1]。", SOURCES).ok


def test_a_hint_names_the_words_and_is_short() -> None:
    assert "“1300亿元”" in hint(Problem("figure", "1300亿元"))
    assert len(hint(Problem("unsupported", "长" * 500))) < 100
