"""Faults by the hundred, for real: python -m tests.faults [KIND…] [--count N] [--seed S].

KIND: kill, busy, disk, corrupt, share, clients, clock; all of them where none is named. Prints how many faults of each
kind were injected and how many survived; exit code 1, with the first cases, where any did not.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults import busy, clients, clock, corrupt, disk, killing, sharing
from tests.faults.tally import Tally

Run = Callable[[int, int, Path], Tally]
KINDS: dict[str, tuple[Run, ...]] = {
    "kill": (killing.builds, killing.changes, killing.backups, killing.rotations),
    "busy": (busy.run,),
    "disk": (disk.run,),
    "share": (sharing.run,),
    "corrupt": (corrupt.index_files, corrupt.records_file),
    "clients": (clients.run,),
    "clock": (clock.run,),
}


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="、".join(KINDS))
    parser.add_argument("--count", type=int, default=50, help="faults of each kind")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(argv)
    if unknown := set(given.kinds) - KINDS.keys():
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    logging.disable(logging.WARNING)  # that something is mended is what is looked for
    total = Tally()
    for kind in given.kinds or KINDS:
        started = time.monotonic()
        for run in KINDS[kind]:
            with tempfile.TemporaryDirectory() as folder:
                total += run(given.count, given.seed, Path(folder))
        print(f"{kind}: {time.monotonic() - started:.0f} s", flush=True)
    for kind, injected in total.injected.items():
        print(f"{kind}: {injected} injected, {total.survived[kind]} survived")
    for line in total.wrong[:40]:
        print(line)
    return 1 if total.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
