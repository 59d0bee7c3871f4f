"""How much one visitor, and all together, may ask at a time.

Knows visitors as opaque keys and a clock; knows no HTTP and no questions. Each limit refuses with a
sentence that says when to come back. One process counts for itself: N processes allow N times as
much in all.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from index.errors import UserError

MOST_AT_ONCE = 160  # questions of all visitors, those that wait in line among them
_REMEMBERED = 10_000  # visitors; the one seen longest ago is forgotten first


class Busy(UserError):
    """Too much at once; `seconds`: when it is worth asking again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Allowance:
    """The limits. A visitor may save up `burst` questions and gets `per_minute` new ones a minute."""

    per_minute: int = 20
    burst: int = 10
    at_once: int = 3  # of one visitor
    at_once_in_all: int = MOST_AT_ONCE


# Of one address: an office of fifty behind one gateway must not be turned away.
OF_AN_ADDRESS = Allowance(per_minute=1200, burst=300, at_once=64)

# What readers say of answers, by address: each is kept on the disk until somebody has read it.
OF_OPINIONS = Allowance(per_minute=30, burst=40, at_once=8, at_once_in_all=16)


@dataclass(slots=True)
class _Visitor:
    tokens: float
    seen: float
    running: int = 0


class Limits:
    """Counts questions by visitor; safe for threads."""

    def __init__(
        self, allowance: Allowance | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.allowance = allowance or Allowance()
        self._clock = clock
        self._lock = Lock()
        self._visitors: OrderedDict[str, _Visitor] = OrderedDict()
        self._running = 0

    @contextmanager
    def turn(self, visitor: str) -> Iterator[None]:
        """The time of one question. Raises Busy where the visitor, or all, ask too much."""
        self._enter(visitor)
        try:
            yield
        finally:
            self._leave(visitor)

    def _enter(self, key: str) -> None:
        allowed = self.allowance
        with self._lock:
            visitor = self._refilled(key)
            if visitor.tokens < 1:
                wait = max(1, round((1 - visitor.tokens) * 60 / allowed.per_minute))
                raise Busy(f"提问太快了，请{wait}秒后再问。", wait)
            if visitor.running >= allowed.at_once:
                raise Busy(f"您还有{visitor.running}个问题正在回答，请等它们答完再问。", 2)
            if self._running >= allowed.at_once_in_all:
                raise Busy("现在排队提问的人太多，已经排满。请过一两分钟再问。", 60)
            visitor.tokens -= 1
            visitor.running += 1
            self._running += 1

    @property
    def running(self) -> int:
        """Questions of all visitors that are being answered."""
        return self._running

    def _leave(self, key: str) -> None:
        with self._lock:
            self._running -= 1
            if key in self._visitors:
                self._visitors[key].running -= 1

    def _refilled(self, key: str) -> _Visitor:
        now, allowed = self._clock(), self.allowance
        visitor = self._visitors.get(key)
        if visitor is None:
            visitor = self._visitors[key] = _Visitor(float(allowed.burst), now)
            self._forget()
        self._visitors.move_to_end(key)
        earned = max(0.0, now - visitor.seen) * allowed.per_minute / 60
        visitor.tokens = min(float(allowed.burst), visitor.tokens + earned)
        visitor.seen = now
        return visitor

    def _forget(self) -> None:
        for key in list(self._visitors)[: max(0, len(self._visitors) - _REMEMBERED)]:
            if not self._visitors[key].running:
                del self._visitors[key]
