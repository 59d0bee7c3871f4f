"""A stream in pieces of any size gives the same whole sentences."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from assistant.claims import Held


@dataclass(frozen=True)
class Stream:
    text: str
    sentences: list[str]
    half: str = ""
    looped: bool = False
    restarted: bool = False
    cut: bool = False


STREAMS = {
    "markers behind the stop": Stream(
        "到2025年，托位数达到4.6个。[1] [2]森林覆盖率35.8%。【3】还有【4",
        ["到2025年，托位数达到4.6个[1][2]。", "森林覆盖率35.8%[3]。"],
        half="还有【4",
    ),
    "think": Stream("<think>想想。2025年？</think>托位数4.6个[1]。", ["托位数4.6个[1]。"]),
    "think unclosed": Stream("<think>想想。2025年？", []),
    "think unopened": Stream(
        "先想想。应该是4.6。\n再看看材料。\n</think>\n\n托位数4.6个[1]。",
        ["托位数4.6个[1]。"],
        restarted=True,
    ),
    "reasoning in words": Stream(
        "思考过程：先看材料。\n看完。\n\n回答：托位数4.6个[1]。", ["托位数4.6个[1]。"]
    ),
    "headings, bold, items": Stream(
        "## 主要目标\n\n**托位**：达到**4.6个**[1]。\n\n- 森林覆盖率35.8%[2]\n* 优良天数86%[2]\n1. 甲[1]\n（2）乙[2]\n",
        [
            "主要目标：",
            "托位：达到4.6个[1]。",
            "- 森林覆盖率35.8%[2]",
            "- 优良天数86%[2]",
            "- 甲[1]",
            "- 乙[2]",
        ],
    ),
    "table": Stream(
        "| 指标 | 2020年 | 2025年 | 来源 |\n|---|:-:|---|---|\n| 托位数 | 1.2个 | 4.6个 | [1] |\n"
        "| 森林 | 33.5% | 35.8% | [2] |\n\n以上为主要指标。",
        [
            "- 托位数：2020年1.2个，2025年4.6个[1]",
            "- 森林：2020年33.5%，2025年35.8%[2]",
            "以上为主要指标。",
        ],
    ),
    "fence": Stream("```markdown\n托位数4.6个[1]。\n```\n", ["托位数4.6个[1]。"]),
    "the same again and again": Stream("托位数4.6个[1]。" * 8, ["托位数4.6个[1]。"], looped=True),
    "a stammer": Stream("托位数" + "高质量发展" * 30, [], looped=True),
    "a stop inside a quotation": Stream(
        "规划提出“做强集群。发展物流。”[1]。好。", ["规划提出“做强集群。发展物流。”[1]。", "好。"]
    ),
    "a decimal and a version": Stream(
        "增长2.5%[1]。达到1.4万亿元[2]。", ["增长2.5%[1]。", "达到1.4万亿元[2]。"]
    ),
    "no last stop, but a marker": Stream("托位数4.6个[1]", ["托位数4.6个[1]"]),
    "cut off": Stream("甲6家[1]。托位数4.6个[1]", ["甲6家[1]。"], half="托位数4.6个[1]", cut=True),
    "half an item": Stream("- 甲6家[1]\n- 乙20", ["- 甲6家[1]"], half="- 乙20"),
    "frames": Stream("<answer>托位数4.6个[1]。</answer><|im_end|>", ["托位数4.6个[1]。"]),
    "nothing": Stream("", []),
}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize("name", STREAMS)
def test_stream(name: str, size: int) -> None:
    stream = STREAMS[name]
    held, found = Held(), []
    for start in range(0, len(stream.text), size):
        before = held.restarted
        fresh = held.feed(stream.text[start : start + size])
        found = fresh if held.restarted and not before else found + fresh
    found += held.close(cut=stream.cut)
    assert found == stream.sentences
    assert (held.half, held.looped) == (stream.half, stream.looped)
    assert held.restarted == (stream.restarted and size < len(stream.text))


def test_a_sentence_comes_as_soon_as_it_is_certain() -> None:
    held = Held()
    assert held.feed("托位数4.6个[1]。") == []  # a marker may follow
    assert held.feed("森") == ["托位数4.6个[1]。"]
    assert held.feed("林\n- 甲") == ["森林"]
