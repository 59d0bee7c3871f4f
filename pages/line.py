"""The waiting line of the chat page: so many questions are answered side by side, the rest in order.

Knows places and time; knows no question and no HTML. One process has one line, in its own event loop.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

AT_ONCE = 8  # with a chat model most of their time is waiting for it
_EVERY = 1.0  # seconds between two words on how the line moves on
_WEIGHT = 0.2  # of the newest question in the mean of how long one takes


@dataclass(frozen=True, slots=True)
class Standing:
    """How many are before one in the line, and about how many seconds that takes (0: not known)."""

    before: int
    seconds: int


class Line:
    """Places in the order they were taken."""

    def __init__(self, at_once: int = AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._clock = at_once, clock
        self._waiting: deque[asyncio.Event] = deque()
        self._served = 0
        self._mean = 0.0  # seconds that a question takes

    @contextmanager
    def place(self) -> Iterator[Place]:
        """A place at the end of the line, given up when the block ends, wherever it then stands."""
        turn = asyncio.Event()
        self._waiting.append(turn)
        self._move_on()
        own = Place(self, turn)
        try:
            yield own
        finally:
            if turn.is_set():
                self._served -= 1
                self._learn(own)
            else:
                self._waiting.remove(turn)
            self._move_on()

    def standing(self, turn: asyncio.Event) -> Standing:
        """Where a place is."""
        before = self._waiting.index(turn)
        return Standing(before, round(self._mean * (before + 1) / self._at_once))

    def _move_on(self) -> None:
        while self._waiting and self._served < self._at_once:
            self._served += 1
            self._waiting.popleft().set()

    def _learn(self, own: Place) -> None:
        if own.began is not None:
            took = self._clock() - own.began
            self._mean += (took - self._mean) * (_WEIGHT if self._mean else 1.0)

    def begin(self) -> float:
        """The moment at which a question's turn begins."""
        return self._clock()


class Place:
    """One place in a line."""

    def __init__(self, line: Line, turn: asyncio.Event) -> None:
        self._line, self._turn = line, turn
        self.began: float | None = None

    async def waited(self) -> AsyncIterator[Standing]:
        """Where the place stands, each time that this has changed; ends when its turn comes."""
        told: Standing | None = None
        while not self._turn.is_set():
            now = self._line.standing(self._turn)
            if told is None or now.before != told.before:
                told = now
                yield now
            try:
                async with asyncio.timeout(_EVERY):
                    await self._turn.wait()
            except TimeoutError:
                continue
        self.began = self._line.begin()
