"""The check of a chat model's sentences holds against the project's own truths and lies."""

from __future__ import annotations

import random

import pytest

from assistant.claims import Source, check
from eval import lies, lying
from eval.paraphrases import PARAPHRASES

TRIALS = lies.own_trials()
TEXT = (
    "到2025年，全市地区生产总值超过1200亿元，常住人口城镇化率达到72.5%，新增就业60—65万人，"
    "计划支持江苏南京“智改数转”云溪大学等2所高校，加快建设1号线"
)
TRUE = lying.TrueSentence(
    TEXT,
    1,
    {
        1: Source(1, "规划纲要", ("第二章 目标",), "", f"{TEXT}，其中新增托位4.6万个。"),
        2: Source(
            2, "规划纲要", ("第三章 产业",), "", "做强纺织机械产业集群，规模以上企业达到560家。"
        ),
    },
)


def test_the_suite_is_large_enough() -> None:
    assert sum(t.lie for t in TRIALS) >= 120
    assert len({t.kind for t in TRIALS if t.lie}) >= 15
    assert sum(not t.lie for t in TRIALS) >= 150


def test_what_must_hold_holds() -> None:
    rates, _ = lies.measure(TRIALS)
    assert lies.share(rates, lie=True) >= lies.FLAGGED
    assert lies.share(rates, lie=False) >= lies.PASSED


@pytest.mark.parametrize("kind", lying.LIES)
def test_a_rule_tells_a_lie_and_the_check_sees_it(kind: str) -> None:
    told = lying.LIES[kind](TRUE, random.Random(1))
    assert told and told != TEXT
    assert not check(f"{told}[1]。", TRUE.sources).ok


@pytest.mark.parametrize("kind", PARAPHRASES)
def test_a_paraphrase_stays_true(kind: str) -> None:
    said = PARAPHRASES[kind](TRUE, random.Random(1))
    assert said is None or check(f"{said}[1]。", TRUE.sources).ok


def test_rates_count_both_ways() -> None:
    sources = TRUE.sources
    trials = [
        lies.Trial("verbatim", f"{TEXT}[1]。", sources, False),
        lies.Trial("verbatim", f"{TEXT}[2]。", sources, False),
        lies.Trial("figure", "城镇化率达到99%[1]。", sources, True),
        lies.Trial("figure", "城镇化率达到72.5%[1]。", sources, True),
    ]
    rates, _ = lies.measure(trials)
    assert (lies.share(rates, lie=True), lies.share(rates, lie=False)) == (0.5, 0.5)
    assert len(rates[True, "figure"].wrong or []) == 1


def test_a_marker_is_moved_to_a_passage_that_says_something_else() -> None:
    assert lying.moved(TRUE, random.Random(1)) == 2
    assert lying.stands("常住人口城镇化率达到72.5%", TRUE)
