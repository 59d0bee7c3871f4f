"""Every question passes here: may it be asked now, and what is written down of its answer.

Knows limits, the log and the counters; knows no page. A visitor is an address and what the browser
calls its visit; since a whole office may share one address, an address is allowed much more than a visit.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from assistant.records import Answer
from pages.limits import OF_OPINIONS, Busy, Limits
from pages.line import Line
from pages.logbook import Logbook
from pages.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, as far as limits and the log's hash need it; kept nowhere."""

    address: str
    browser: str
    visit: str = ""


class Watch:
    """Limits, log and counters around an answer."""

    def __init__(
        self,
        visits: Limits,
        addresses: Limits,
        metrics: Metrics,
        logbook: Logbook | None = None,
        line: Line | None = None,
    ) -> None:
        self._visits, self._addresses = visits, addresses
        self.opinions = Limits(OF_OPINIONS)  # by address
        self.metrics, self.logbook = metrics, logbook
        self.line = line or Line()
        metrics.follow(lambda: addresses.running)

    def over(self, visitor: Visitor, pieces: Iterator[str | Answer]) -> Iterator[str | Answer]:
        """The pieces, the answer logged before it is handed on. Raises Busy before the first one."""
        with self.admitted(visitor):
            yield from self.noted(visitor, pieces)

    @contextmanager
    def admitted(self, visitor: Visitor) -> Iterator[None]:
        """The time of one question, waiting included. Raises Busy where there are too many."""
        with ExitStack() as turns:
            try:
                turns.enter_context(self._addresses.turn(visitor.address))
                turns.enter_context(self._visits.turn(f"{visitor.address}\n{visitor.visit}"))
            except Busy:
                self.metrics.turned_away()
                raise
            yield

    def noted(self, visitor: Visitor, pieces: Iterator[str | Answer]) -> Iterator[str | Answer]:
        """The pieces, the answer logged before it is handed on."""
        for piece in pieces:
            if isinstance(piece, Answer):
                self.answered(piece, visitor)
            yield piece

    def serve(self, index_hash: str) -> None:
        """From now on answers come from this index."""
        if self.logbook is not None:
            self.logbook.serve(index_hash)

    def answered(self, answer: Answer, visitor: Visitor) -> None:
        """Counts and logs an answer. A batch comes here straight: it has limits of its own."""
        self.metrics.answered(answer)
        if self.logbook is not None:
            self.logbook.answered(answer, visitor.address, visitor.browser)
