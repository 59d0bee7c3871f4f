"""The assistant as a LangChain Runnable. Knows LangChain's shape; answers nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.records import Answer, Turn


class Answers(Protocol):
    """What an assistant has to do to be run."""

    def ask(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Answer: ...
    def stream(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Iterator[str | Answer]: ...


class AssistantRunnable(Runnable[dict[str, Any], Any]):
    """Over {"question", "history"?, "doc_ids"?}: `invoke` and `batch` give Answers.

    `stream` gives the checked sentences as they come and then the Answer, as Assistant.stream does.
    """

    def __init__(self, assistant: Answers) -> None:
        self._assistant = assistant

    def invoke(
        self, input: dict[str, Any], config: RunnableConfig | None = None, **_: Any
    ) -> Answer:
        answer: Answer = self._call_with_config(
            lambda given: self._assistant.ask(**_arguments(given)), input, config
        )
        return answer

    def stream(
        self, input: dict[str, Any], config: RunnableConfig | None = None, **_: Any
    ) -> Iterator[str | Answer]:
        yield from self._assistant.stream(**_arguments(input))


def _arguments(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "question": given["question"],
        "history": given.get("history", ()),
        "doc_ids": given.get("doc_ids"),
    }
