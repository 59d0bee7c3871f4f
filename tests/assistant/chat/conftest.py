"""Assistants whose chat model is a scripted server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from assistant import Assistant, Settings
from assistant.chat.settings import ChatSettings, Secret
from assistant.chat.writer import Writer
from eval.chat_server import Respond, serving
from index.library import Library
from tests.assistant.chat.scripted import KEY, Plain, Script, Talk, Talking


@pytest.fixture
def talk(library: Library) -> Iterator[Talk]:
    """`talk(*replies, timeout=5.0, …)`: an assistant whose model gives these replies in turn."""
    with ExitStack() as stack:

        def start(*replies: str | Respond, **settings: object) -> Talking:
            server = stack.enter_context(serving(Script(list(replies))))
            given = {"timeout": 5.0, "api_key": Secret(KEY)} | settings
            chat = ChatSettings(server.url, "scripted", **given)  # type: ignore[arg-type]
            return Talking(Assistant(library, Settings(), Writer(chat)), server)

        yield start


@pytest.fixture
def plain(assistant: Assistant) -> Plain:
    """The default mode's answer to the same question."""
    return lambda question: assistant.ask(question)
