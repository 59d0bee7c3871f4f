"""A chat model that has stopped answering is left alone for a while, so that nobody waits for it.

Without this every reader of a hung server waits LLM_TIMEOUT for an answer that was ready at once, and
the few places there are fill up with them. Knows outcomes and a clock; knows no protocol.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

IN_A_ROW = 3  # questions without a word before the model rests
SECONDS = 60.0  # then one question tries it again; the others wait for how that ends


class Rest:
    """Of one model; safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._silent = 0
        self._until = 0.0

    def may_ask(self) -> bool:
        """Whether the model may be asked now; True for one question alone once its rest is over."""
        with self._lock:
            if self._silent < IN_A_ROW:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + SECONDS
            return True

    def answered(self) -> None:
        """It said something, be it an error."""
        with self._lock:
            self._silent = 0

    def was_silent(self) -> None:
        """It said nothing in all the time it had, or can't be reached."""
        with self._lock:
            self._silent += 1
            if self._silent >= IN_A_ROW:
                self._until = self._clock() + SECONDS
