"""Keeps a running server on the index in force, whoever built or published it.

Knows a name for what is in force and how to go over to it; knows no index and no page. The processes
of one machine go over one after the other, so that the others answer meanwhile.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock
from filelock import Timeout as LockTimeout

from index.errors import UserError

LOOK_SECONDS = 5.0  # between two looks; a look reads one line of one file
_TURN_SECONDS = 120.0  # for the other processes of this machine


class Following:
    """Looks whether another index is in force. `turn`: the lock file of all processes here."""

    def __init__(
        self, in_force: Callable[[], str], change: Callable[[], None], seen: str, turn: Path
    ) -> None:
        self._in_force, self._change = in_force, change
        self._seen = seen
        self._turn = turn
        self._one = threading.Lock()
        self._ends = threading.Event()
        self._said = ""

    def look(self) -> bool:
        """Goes over where another index is in force; True where it did.

        Raises UserError where the other can't be opened: the one before stays.
        """
        with self._one:
            name = self._in_force()
            if name in ("", self._seen):
                return False
            with FileLock(self._turn, timeout=_TURN_SECONDS):
                self._change()
            self._seen = name
            return True

    def start(self) -> None:
        """Looks from now on, in a thread of its own."""
        threading.Thread(target=self._go_on, name="following", daemon=True).start()

    def stop(self) -> None:
        self._ends.set()

    def _go_on(self) -> None:
        while not self._ends.wait(LOOK_SECONDS):
            try:
                self.look()
                self._said = ""
            except (UserError, OSError, LockTimeout) as error:
                self._tell(str(error))

    def _tell(self, problem: str) -> None:
        """Once for each problem, however often it is met."""
        if problem != self._said:
            self._said = problem
            print(f"没有换用新的索引，继续使用原来的：{problem}", file=sys.stderr, flush=True)
