"""A follow-up made to stand alone by the model, held against the rules' own rewrite.

A rewrite that brings in a figure, a year or a place nobody mentioned, or loses one that the
follow-up names, is thrown away. Knows the conversation; knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from langchain_core.messages import BaseMessage

from assistant.chat.material import Material
from assistant.chat.prompts import prompt
from assistant.figures import normalise_figures
from assistant.places import places
from assistant.records import Turn

_TURN = 300  # characters of one turn that are sent along
_MOST = 120  # characters of a rewrite; the longest rules' rewrite of the dev cases has 71
_FIGURE = re.compile(r"\d+(?:\.\d+)?|[零〇一二三四五六七八九十百千]+(?=[年个项家条篇章节])")
_FRAME = re.compile(r"^(?:补全后的?(?:问句|问题)|问句|问题|追问)[：:]\s*|^[“\"「『]|[”\"」』]$")
_NAMES = {"user": "读者", "assistant": "问规"}


def messages(question: str, turns: Sequence[Turn], ruled: str) -> list[BaseMessage]:
    """The prompt that asks for a rewrite."""
    fence = Material(question + "".join(t.content for t in turns), (), ())
    said = "\n".join(f"{_NAMES.get(t.role, '读者')}：{t.content[:_TURN]}" for t in turns)
    return prompt("rewrite").messages(
        seal=fence.seal,
        history=fence.sealed(said),
        question=fence.sealed(question),
        ruled=fence.sealed(ruled),
    )


def accepted(reply: str, question: str, turns: Sequence[Turn], ruled: str) -> str:
    """The model's rewrite where it may be trusted, else the rules'."""
    lines = [line.strip() for line in reply.strip().splitlines() if line.strip()]
    text = _FRAME.sub("", _FRAME.sub("", lines[0])).strip() if len(lines) == 1 else ""
    mentioned = "\n".join((question, ruled, *(turn.content for turn in turns)))
    new_facts = _facts(text) - _facts(mentioned)
    lost = (_facts(question) & _facts(ruled)) - _facts(text)
    if not text or len(text) > _MOST or new_facts or lost:
        return ruled
    return text


def _facts(text: str) -> set[str]:
    """Figures, years and places a text mentions."""
    return set(_FIGURE.findall(normalise_figures(text))) | set(places(text))
