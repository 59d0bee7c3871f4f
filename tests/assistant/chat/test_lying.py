"""A model that lies, end to end: over the socket, through the chain, nothing false reaches the text."""

from __future__ import annotations

import random

import pytest

from assistant.claims import Source
from eval import lying
from eval.chat_server import Exchange
from tests.assistant.chat.scripted import Talk, in_tokens

QUESTION = "到2025年地区生产总值和城镇化率的目标是多少？"
HELD = "到2025年，全市地区生产总值达到1200亿元，常住人口城镇化率达到72%"
SOURCE = Source(1, "云溪市纲要", ("第二章 发展战略",), "", f"{HELD}。推进“两廊一环”建设。")
TRUE = lying.TrueSentence(HELD, 1, {1: SOURCE})
LIES = {kind: told for kind in lying.LIES if (told := lying.LIES[kind](TRUE, random.Random(3)))}
BY_HAND = {
    "wrong figure": "2025年全市地区生产总值达到1300亿元",
    "right figure, wrong year": "2030年全市地区生产总值达到1200亿元",
    "another unit": "2025年全市地区生产总值达到1200万元",
    "more than it says": "2025年全市地区生产总值超过1200亿元",
    "another name": "推进“三廊一环”建设",
    "another indicator": "2025年森林覆盖率达到72%",
    "another city": "2025年南京地区生产总值达到1200亿元",
}


@pytest.mark.parametrize("kind", [*LIES, *BY_HAND])
def test_a_lie_does_not_reach_the_reader(talk: Talk, kind: str) -> None:
    lie = f"{(LIES | BY_HAND)[kind]}[两廊一环]。"

    def respond(exchange: Exchange) -> None:
        # It insists: asked to put the sentence right, it tells the same lie.
        exchange.say(in_tokens(lie, exchange.user))

    answer = talk(respond).ask(QUESTION)
    assert lie.split("[")[0] not in answer.text
    assert answer.dropped_claims == 1
    assert "已略去 1 句未能在文件中核实的内容。" in answer.notes
    assert answer.fallback


@pytest.mark.parametrize(
    "truth", [HELD, "全市推进“两廊一环”建设", "2025年常住人口城镇化率达到百分之七十二"]
)
def test_the_truth_does(talk: Talk, truth: str) -> None:
    answer = talk(f"{truth}[两廊一环]。").ask(QUESTION)
    assert answer.text == f"{truth}[1]。"
    assert answer.dropped_claims == 0
