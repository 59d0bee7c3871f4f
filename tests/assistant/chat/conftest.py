"""Assistants whose chat model is a scripted server."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from copy import copy
from functools import cache

import pytest

from assistant import Assistant
from assistant.chat.settings import ChatSettings, Secret
from assistant.chat.writer import Writer
from eval.chat_server import Respond, serving
from tests.assistant.chat.scripted import KEY, Plain, Script, Talk, Talking


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second try comes at once; certificates, which plain HTTP needs none of, are read once."""
    monkeypatch.setattr("assistant.chat.client._PAUSE", 0.0)
    monkeypatch.setattr(ssl, "create_default_context", _default_context)


_default_context = cache(ssl.create_default_context)


@pytest.fixture
def talk(assistant: Assistant) -> Iterator[Talk]:
    """`talk(*replies, timeout=20.0, …)`: an assistant whose model gives these replies in turn."""
    with ExitStack() as stack:

        def start(*replies: str | Respond, **settings: object) -> Talking:
            server = stack.enter_context(serving(Script(list(replies))))
            given = {"timeout": 20.0, "api_key": Secret(KEY)} | settings
            chat = ChatSettings(server.url, "scripted", **given)  # type: ignore[arg-type]
            writing = copy(assistant)  # making one anew takes longer than most tests here
            writing.writer = Writer(chat)
            return Talking(writing, server)

        yield start


@pytest.fixture
def plain(assistant: Assistant) -> Plain:
    """The default mode's answer to the same question."""
    return lambda question: assistant.ask(question)
