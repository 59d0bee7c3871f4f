"""Damaged and hostile documents by the thousand, through the readers and the whole intake.

    python -m tests.index.mutants [--count 2000] [--seed 1]

Small own documents of each format are mutated by seed: bytes, pieces, numbers, markup, the parts of a
.docx. Some reach for a file outside the folder or for an address; a canary file and a listening
socket tell whether anything came through. Exit code 1, with the first cases, where a file did
anything but give blocks or one DocumentError in time.
"""

from __future__ import annotations

import argparse
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from index import readers
from index.errors import DocumentError
from index.outline import parse
from index.passages import split
from index.readers import worker
from tests.index.mutations import CANARY, mutants

SECONDS = 20.0  # what one file may take on a machine that does nothing else is far less


@dataclass
class Tally:
    """What became of the files, and what should not have."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    calls: int = 0  # connections the documents caused


def run(
    count: int, seed: int, folder: Path, show: Callable[[int], object] = lambda _: None
) -> Tally:
    """Reads `count` mutants in `folder`/docs; the canary lies beside it."""
    docs, outside = folder / "docs", folder / "outside.txt"
    docs.mkdir()
    outside.write_text(CANARY, "utf-8")
    tally = Tally()
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.setblocking(False)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        for number, (name, data) in enumerate(mutants(count, seed, str(outside), address)):
            path = docs / name
            path.write_bytes(data)
            started = time.perf_counter()
            tally.outcomes[_read(path, docs, tally)] += 1
            took = time.perf_counter() - started
            tally.slowest = max(tally.slowest, took)
            if took > SECONDS:
                tally.wrong.append(f"{name}: {took:.0f} s")
            path.unlink()
            show(number)
        tally.calls = _connections(listening)
    if tally.calls:
        tally.wrong.append(f"{tally.calls} connections were made")
    return tally


def _read(path: Path, docs: Path, tally: Tally) -> str:
    name = path.name
    try:
        raw = readers.read(path, docs)
        pieces = split(parse(raw, "d", name))
        text = "\n".join(p.text for p in pieces) + repr(raw)[:5_000_000]
    except DocumentError as error:
        if "\n" in str(error) or not str(error).endswith("。"):
            tally.wrong.append(f"{name}: message {error!r}")
        return "refused"
    except Exception as error:  # noqa: BLE001 - this is what the run looks for
        tally.wrong.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
        return "crashed"
    if CANARY in text:
        tally.wrong.append(f"{name}: the file outside was read")
    return "read"


def _connections(listening: socket.socket) -> int:
    calls = 0
    while True:
        try:
            listening.accept()[0].close()
        except BlockingIOError:
            return calls
        calls += 1


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.index.mutants")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    worker.MAX_SECONDS = SECONDS
    with tempfile.TemporaryDirectory() as folder:
        tally = run(given.count, given.seed, Path(folder))
    print(f"{given.count} files: {dict(tally.outcomes)}, slowest {tally.slowest:.1f} s, "
          f"{tally.calls} connections")  # fmt: skip
    for line in tally.wrong[:40]:
        print(line)
    print(f"{given.count - len(tally.wrong)} passed, {len(tally.wrong)} failed")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
