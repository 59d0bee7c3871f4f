"""A model that lies, end to end: over a socket, through the check, into the answer."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from assistant import Assistant
from eval import lying
from eval.cases import parse
from eval.chat_server import Exchange
from eval.lies import FLAGGED, true_sentences
from eval.lying import TrueSentence
from tests.assistant.answer_checks import faults
from tests.assistant.chat.scripted import Talk, in_tokens

QUESTIONS = (
    "2025年森林覆盖率目标是多少？",
    "养老机构护理型床位占比2025年目标是多少？",
    "2025年高新技术企业要达到多少家？",
    "云溪至平江城际铁路什么时候建成，有多长？",
    "港口年货物吞吐量2025年达到多少？",
    "2025年公共充电桩有多少个？",
    "四大战略是哪四大？",
    "每千人口托位数2025年目标是多少？",
)
# Sentences with no rule to change them are lied about by a marker or a section at the least.
_PER_QUESTION = 8
_SNIPPET = re.compile("[\u4e00-\u9fff]{3,}")


@dataclass
class Liar:
    """Says its lies when asked for an answer, and 无 when asked to put one right."""

    lies: str = ""

    def __call__(self, exchange: Exchange) -> None:
        stream = exchange.request.get("stream")
        exchange.say(in_tokens(self.lies, exchange.user) if stream else "无")


def told(true: TrueSentence, number: int) -> Iterator[tuple[str, str]]:
    """Lies about a sentence, of every kind that applies, each with the words of its passage."""
    words = max(_SNIPPET.findall(true.source.text), key=len)
    for kind, rule in lying.LIES.items():
        text = rule(true, random.Random(f"{kind} {number}."))
        if text and not lying.stands(text, true):
            yield kind, f"{text}[{words}]。"
    yield "marker outside", f"{true.text}，这是共识[qqqq]。"
    yield "no marker", f"{true.text}，全国领先。"


@pytest.mark.long
def test_no_lie_reaches_the_reader(talk: Talk, assistant: Assistant) -> None:
    liar = Liar()
    talking = talk(liar, cache=0)
    kinds: set[str] = set()
    told_in_all, shown = 0, []
    for number, question in enumerate(QUESTIONS):
        case = parse({"id": str(number), "question": question})
        for true in true_sentences(assistant, case)[:1]:
            lies = dict(told(true, number))
            liar.lies = "\n".join(lies.values())
            answer = talking.ask(question)
            shown += [lie for lie in lies.values() if lie.partition("[")[0] in answer.text]
            kinds |= lies.keys()
            told_in_all += len(lies)
            assert answer.text and faults(answer, talking.assistant.library) == []
    assert told_in_all >= 60 and len(kinds) >= 15
    assert len(shown) <= (1 - FLAGGED) * told_in_all, shown
