"""One chat model through langchain-openai: messages in, text out as it comes, within a deadline.

The only file that imports langchain_openai. Knows the protocol; knows no evidence and no prompt.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import httpx2
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.chat.failures import (
    FOREIGN,
    Busy,
    CutOff,
    Declined,
    ModelFailed,
    Resting,
    ServerBroken,
    Silent,
    TooSlow,
    Unreachable,
    failure,
)  # fmt: skip
from assistant.chat.resting import Rest
from assistant.chat.settings import NO_KEY, ChatSettings
from assistant.chat.spending import Spending, estimated_tokens
from assistant.privacy import masked

log = logging.getLogger(__name__)

# A host that does not answer the first packet is not slow but absent.
_CONNECT_SECONDS = 5.0
# Waited before a second try where a busy server names no time.
_PAUSE = 0.5
_END = None
_Item = AIMessageChunk | ModelFailed | None


@dataclass(frozen=True, slots=True)
class Cut:
    """The last piece of a reply that ran into the limit of its length."""


class Client:
    """Streams replies; every failure is a ModelFailed, raised within the spending's time."""

    def __init__(self, settings: ChatSettings) -> None:
        self.settings = settings
        self._rest = Rest()
        self._model = ChatOpenAI(
            base_url=settings.base_url,
            model=settings.model,
            api_key=SecretStr(settings.api_key.reveal() or NO_KEY),
            temperature=settings.temperature,
            seed=settings.seed,
            max_retries=0,  # retried here, within the deadline
            stream_usage=True,
            extra_body=settings.extra_body,
        )

    def complete(self, messages: Sequence[BaseMessage], spending: Spending, most: float) -> str:
        """A whole reply within `most` seconds; one cut at its limit counts as it stands."""
        pieces = self.stream(messages, spending, most)
        return "".join(piece for piece in pieces if isinstance(piece, str))

    def stream(
        self, messages: Sequence[BaseMessage], spending: Spending, most: float | None = None
    ) -> Iterator[str | Cut]:
        """The reply's pieces as they come. A busy or broken server is asked a second time.

        Numbers of persons, secrecy markings and the operator's words do not leave this machine.
        """
        if not self._rest.may_ask():
            raise Resting
        messages = [self._without_secrets(message) for message in messages]
        until = time.monotonic() + min(spending.left(), most or spending.left())
        started = False
        try:
            for piece in self._once(messages, spending, until):
                started = True
                yield piece
            return
        except (Busy, ServerBroken) as error:
            pause = _pause(error)
            if started or pause > (until - time.monotonic()) / 2:
                raise
        time.sleep(pause)
        yield from self._once(messages, spending, until)

    def _without_secrets(self, message: BaseMessage) -> BaseMessage:
        text = masked(str(message.content), self.settings.words.now()).text
        return message.model_copy(update={"content": text})

    def _once(
        self, messages: Sequence[BaseMessage], spending: Spending, until: float
    ) -> Iterator[str | Cut]:
        spending.calls += 1
        said: list[str] = []
        finish = ""
        tokens = None
        try:
            for chunk in self._watched(messages, until):
                tokens = chunk.usage_metadata or tokens
                finish = chunk.response_metadata.get("finish_reason") or finish
                if chunk.text:
                    said.append(chunk.text)
                    yield chunk.text
        finally:
            sent = sum(estimated_tokens(str(m.content)) for m in messages)
            spending.add(
                tokens["input_tokens"] if tokens else sent,
                tokens["output_tokens"] if tokens else estimated_tokens("".join(said)),
                tokens is None,
            )
        yield from _ended(finish, "".join(said))

    def _watched(self, messages: Sequence[BaseMessage], until: float) -> Iterator[AIMessageChunk]:
        """The chunks; whether any came decides if the model is asked on."""
        came = False
        try:
            for chunk in self._chunks(messages, until):
                if not came:
                    self._rest.answered()
                came = True
                yield chunk
        except (TooSlow, Unreachable):
            if not came:
                self._rest.was_silent()
            raise
        except ModelFailed:
            self._rest.answered()
            raise

    def _chunks(self, messages: Sequence[BaseMessage], until: float) -> Iterator[AIMessageChunk]:
        """Chunks read by a thread of their own: no read, however slow, outlives the deadline here."""
        waiting: queue.SimpleQueue[_Item] = queue.SimpleQueue()
        stop = threading.Event()
        reading = (list(messages), until, waiting, stop)
        threading.Thread(target=self._read, args=reading, daemon=True).start()
        try:
            while True:
                item = waiting.get(timeout=max(until - time.monotonic(), 0.001))
                if item is _END:
                    return
                if isinstance(item, ModelFailed):
                    raise item
                yield item
        except queue.Empty:
            raise TooSlow from None
        finally:
            stop.set()

    def _read(
        self,
        messages: list[BaseMessage],
        until: float,
        waiting: queue.SimpleQueue[_Item],
        stop: threading.Event,
    ) -> None:
        left = max(until - time.monotonic(), 0.001)
        timeout = httpx2.Timeout(left, connect=min(left, _CONNECT_SECONDS))
        started = False
        try:
            for chunk in self._model.stream(messages, timeout=timeout):
                if stop.is_set():
                    break
                started = started or bool(chunk.text)
                waiting.put(chunk)
        except FOREIGN as error:
            failed = failure(error, started)
            log.warning("%s（%s）。", failed.reason, type(error).__name__)
            waiting.put(failed)
        finally:
            waiting.put(_END)


def _pause(error: ModelFailed) -> float:
    after = error.retry_after if isinstance(error, Busy) else None
    return _PAUSE if after is None else after


def _ended(finish: str, said: str) -> Iterator[Cut]:
    """What a reply's end says: a filter, a limit, silence, or a connection that just closed."""
    if finish == "content_filter":
        raise Declined
    if finish == "length":
        yield Cut()
    elif not said.strip():
        raise Silent
    elif not finish:
        raise CutOff
