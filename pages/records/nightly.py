"""What the server does by itself once a day: old audit entries leave.

Knows clocks and threads; `tidied` knows the log. A failure is said in the server's output and stops
nothing: the next night tries again.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path

from index.errors import UserError
from pages.records.audit import Audit

QUIET = time(3, 30)  # local time


def seconds_to(hour: time, now: datetime) -> float:
    """Seconds from a moment to the next time it is `hour`."""
    at = datetime.combine(now.date(), hour)
    return ((at if at > now else at + timedelta(days=1)) - now).total_seconds()


@contextmanager
def nightly(
    work: Callable[[], object],
    hour: time = QUIET,
    wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
) -> Iterator[None]:
    """Does the work now and every night, in a thread of its own, while the block runs."""
    ends = threading.Event()

    def run() -> None:
        work()
        while not wait(ends, seconds_to(hour, datetime.now())):
            work()

    thread = threading.Thread(target=run, name="nightly", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()


def tidied(audit: Audit, days: int, archive: Path | None) -> int:
    """Old entries leave the log, into `archive` where one is given; how many. Said in the log itself."""
    try:
        left = audit.rotate(days, archive)
        if left:
            audit.add("audit-rotated", "server", {"entries": left, "days": days})
        return left
    except UserError as error:
        print(f"审计记录没有按期清理：{error}", file=sys.stderr, flush=True)
        return 0
