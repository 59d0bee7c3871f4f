"""What one question has spent of the chat model's time, tokens and money, and what is left.

Knows the bounds; knows nothing of prompts or servers.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from assistant.chat.settings import ChatSettings
from assistant.records import Usage


def estimated_tokens(text: str) -> int:
    """Tokens of a text, rather too many: one a Chinese character, one for three of ASCII.

    Current Chinese models take 0.6 to 0.8 a character; what a prompt may hold must not be
    guessed too high.
    """
    ascii_only = sum(c.isascii() for c in text)
    return len(text) - ascii_only + (ascii_only + 2) // 3


@dataclass
class Spending:
    """Runs from the first request of a question to its last."""

    settings: ChatSettings
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    _started: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds until the model's time is over; never negative."""
        return max(0.0, self._started + self.settings.timeout - time.monotonic())

    def add(self, prompt: int, completion: int, estimated: bool) -> None:
        """One request's tokens."""
        self.prompt_tokens += prompt
        self.completion_tokens += completion
        self.estimated = self.estimated or estimated

    def usage(self) -> Usage | None:
        """The sum so far; None where nothing was asked."""
        if not self.calls:
            return None
        s = self.settings
        cost = (self.prompt_tokens * s.price_in + self.completion_tokens * s.price_out) / 1e6
        return Usage(
            calls=self.calls,
            prompt_tokens=self.prompt_tokens,
            completion_tokens=self.completion_tokens,
            seconds=time.monotonic() - self._started,
            cost=cost,
            estimated=self.estimated,
        )
