"""How fluent the answers are, in the eyes of a chat model (the LLM_… settings). Optional.

A reply that is no mark is no mark: the case stays unscored and is listed with what came back. It
is in no mean, so the mean is given twice, the second time with every such case at zero. Knows
nothing of facts: what is true is graded by code alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.chat.failures import ModelFailed
from assistant.chat.settings import ChatSettings, from_environment
from assistant.chat.spending import Spending
from eval.cases import CaseError
from eval.records import Result

PROMPT = Path(__file__).parent / "judge.md"
_LOWEST, _HIGHEST = 1, 5
_AT_ONCE = 4  # questions put to the model at the same time
_SHOWN = 120  # characters of a reply that is no mark
_OBJECT = re.compile(r"\{[^{}]*\}")


class Completes(Protocol):
    """What a judge needs of a chat model's client."""

    def complete(self, messages: Sequence[BaseMessage], spending: Spending, most: float) -> str: ...


@dataclass(frozen=True, slots=True)
class Unscored:
    """An answer without a mark: the case, and why."""

    case_id: str
    split: str
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The results with `fluency` where there is a mark, and the answers without one."""

    results: Sequence[Result]
    unscored: Sequence[Unscored]
    model: str

    def line(self) -> str:
        """How many have a mark; the mean with the others left out, and with them at zero."""
        marks = [m for r in self.results if (m := r.scores.get("fluency")) is not None]
        whole = len(marks) + len(self.unscored)
        if not whole:
            return "没有可评的回答"
        mean = f"{sum(marks) / len(marks) * 100:.1f}%" if marks else "—"
        zero = f"{sum(marks) / whole * 100:.1f}%"
        return (
            f"由 {self.model} 评，{len(marks)} 题有分，均值 {mean}；"
            f"{len(self.unscored)} 题没有评出分，都按 0 分计则为 {zero}"
        )


def messages(question: str, answer: str) -> list[BaseMessage]:
    """The prompt with the two put in as they are: braces in an answer are no variables."""
    system, _, user = PROMPT.read_text(encoding="utf-8").partition("\n# 用户\n")
    parts = re.split(r"(\{question\}|\{answer\})", user)
    given = {"{question}": question, "{answer}": answer}
    filled = "".join(given.get(part, part) for part in parts)
    return [SystemMessage(system.removeprefix("# 系统\n")), HumanMessage(filled)]


def mark_in(reply: str) -> float | None:
    """The mark between 0 and 1 of a reply, None where it holds no JSON object with a whole score."""
    for found in reversed(_OBJECT.findall(reply)):
        try:
            score = json.loads(found).get("score")
        except ValueError:
            continue
        if type(score) is int and _LOWEST <= score <= _HIGHEST:
            return (score - _LOWEST) / (_HIGHEST - _LOWEST)
    return None


def _asked(client: Completes, settings: ChatSettings, result: Result) -> float | str:
    """The mark, or why there is none."""
    sent = messages(result.case.question, result.got.text)
    try:
        reply = client.complete(sent, Spending(settings), settings.timeout)
    except ModelFailed as error:
        return error.reason
    mark = mark_in(reply)
    return f"回复里没有分数：{' '.join(reply.split())[:_SHOWN]}" if mark is None else mark


def judge(
    results: Sequence[Result],
    client: Completes,
    settings: ChatSettings,
    progress: Callable[[int, int], None],
) -> Verdict:
    """Every answer that is neither an error nor a refusal is shown to the model once."""
    places = [i for i, r in enumerate(results) if not (r.got.error or r.got.refused)]
    marked, unscored = list(results), []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        said = pool.map(lambda i: _asked(client, settings, results[i]), places)
        for n, (i, mark) in enumerate(zip(places, said, strict=True), 1):
            result = results[i]
            if isinstance(mark, str):
                unscored.append(Unscored(result.case.id, result.case.split, mark))
            else:
                marked[i] = replace(result, scores={**result.scores, "fluency": mark})
            progress(n, len(places))
    return Verdict(marked, unscored, settings.shown)


def open_judge() -> tuple[Completes, ChatSettings]:
    """The model of the LLM_… settings; CaseError where there is none."""
    settings = from_environment()
    if settings is None:
        raise CaseError("没有设置评审模型。请设置 LLM_BASE_URL 和 LLM_MODEL，或去掉 --judge。")
    from assistant.chat.client import Client  # late: it loads langchain-openai

    return Client(settings), settings
