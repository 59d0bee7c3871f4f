"""Which rewrites of a follow-up by a model are trusted."""

from __future__ import annotations

import pytest

from assistant import Turn
from assistant.chat.rewriting import accepted, messages
from eval.echo import fenced

TURNS = [Turn("user", "无锡森林覆盖率2025年目标是多少？"), Turn("assistant", "目标是35.8%[1]。")]
QUESTION, RULED = "那2020年呢？", "无锡森林覆盖率2020年目标是多少？"


def taken(reply: str, question: str = QUESTION, ruled: str = RULED) -> str:
    return accepted(reply, question, TURNS, ruled)


@pytest.mark.parametrize(
    "reply",
    [
        "无锡森林覆盖率2020年是多少？",
        "无锡市2020年的森林覆盖率是多少？",
        "比35.8%低多少，2020年无锡的森林覆盖率？",
    ],
)
def test_what_the_conversation_mentions_may_be_used(reply: str) -> None:
    assert taken(reply) == reply


@pytest.mark.parametrize("frame", ["问句：{}", "“{}”", " {}\n", "补全后的问题：{}"])
def test_a_frame_is_taken_off(frame: str) -> None:
    assert taken(frame.format("无锡森林覆盖率2020年是多少？")) == "无锡森林覆盖率2020年是多少？"


@pytest.mark.parametrize(
    "reply",
    [
        "无锡森林覆盖率2030年是多少？",  # a year nobody mentioned
        "无锡森林覆盖率2020年达到33.5%了吗？",  # a figure
        "南京森林覆盖率2020年是多少？",  # a place
        "无锡森林覆盖率是多少？",  # the year asked about is lost
        "无锡森林覆盖率二〇三〇年、2020年是多少？",
        "",
        "无锡森林覆盖率2020年是多少？\n因为您问的是2020年。",
        "2020年" + "很" * 200,
    ],
)
def test_else_the_rules_rewrite_stands(reply: str) -> None:
    assert taken(reply) == RULED


def test_the_conversation_is_fenced_and_no_marker_is_left() -> None:
    user = str(messages(QUESTION, TURNS, RULED)[1].content)
    assert (
        fenced(user, "对话") == "读者：无锡森林覆盖率2025年目标是多少？\n问规：目标是35.8%（1）。"
    )
    assert fenced(user, "追问") == QUESTION
    assert f"程序按规则补成的是：{RULED}" in user
