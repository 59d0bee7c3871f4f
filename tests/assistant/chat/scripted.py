"""A scripted chat model on a real socket, and an assistant that writes with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant import Answer, Assistant, Turn
from eval.chat_server import ChatServer, Exchange, Respond

KEY = "sk-very-secret-0123456789"
FOREST = "森林覆盖率2025年目标是多少？"
TRUE = "2025年森林覆盖率的目标值是35.8%[森林]。"
Plain = Callable[[str], Answer]
_PASSAGES = re.compile(r"^\[([a-z]{4})\] (.*?)(?=^\[[a-z]{4}\] |^</)", re.DOTALL | re.MULTILINE)
_NAMED = re.compile(r"\[([\u4e00-\u9fff0-9.]+)\]")


@dataclass
class Script:
    """Replies in turn, the last one again and again; of a str [森林] names a passage by its words."""

    replies: list[str | Respond] = field(default_factory=list)

    def __call__(self, exchange: Exchange) -> None:
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, str):
            exchange.say(in_tokens(reply, exchange.user))
        else:
            reply(exchange)


@dataclass
class Talking:
    """An assistant with its scripted model."""

    assistant: Assistant
    server: ChatServer

    def ask(self, question: str, *history: Turn) -> Answer:
        return self.assistant.ask(question, history)

    def stream(self, question: str) -> tuple[list[str], Answer]:
        """The pieces, and the answer that ends them; they are the same text."""
        *pieces, answer = self.assistant.stream(question)
        assert isinstance(answer, Answer)
        said = [p for p in pieces if isinstance(p, str)]
        assert "".join(said) == answer.text
        return said, answer


Talk = Callable[..., Talking]


def in_tokens(text: str, user: str) -> str:
    """The text with [森林] as the token of the first passage of the prompt that holds 森林."""
    passages = _PASSAGES.findall(user)

    def token(words: str) -> str:
        return next((t for t, passage in passages if words in passage), words)

    return _NAMED.sub(lambda m: f"[{token(m[1])}]", text)
