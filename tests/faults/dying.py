"""Killing a process at one of its steps on the disk, each time at the same one.

A step is what Python tells its audit hooks of: a file opened, renamed, removed, a folder made. The
process kills itself with SIGKILL before the step is done, in a child that was forked for it.

    python -m tests.faults.dying DOCS DATA     builds an index, killed at each step it is told

For the builds a step's number comes by standard input, a line each, answered by "killed" or "ended".
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

EVENTS = frozenset(
    ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
     "shutil.move", "shutil.rmtree", "sqlite3.connect")
)  # fmt: skip


def _watch(below: Path, at: int) -> Callable[[], int]:
    """Counts this process's steps below a folder and kills it before step `at`, counted from 0."""
    place, counted = str(below.resolve()), 0

    def hook(event: str, given: tuple[object, ...]) -> None:
        nonlocal counted
        if event not in EVENTS or not any(place in os.fspath(g) for g in given if _is_path(g)):
            return
        if counted == at:
            os.kill(os.getpid(), signal.SIGKILL)
        counted += 1

    sys.addaudithook(hook)
    return lambda: counted


def _is_path(given: object) -> bool:
    return isinstance(given, str | Path)


def steps(act: Callable[[], object], below: Path) -> int:
    """How many steps an act takes that nobody kills; it is done in a child of this process."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        counted = _watch(below, -1)
        act()
        os.write(writing, str(counted()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        number = int(said.read() or -1)
    os.waitpid(child, 0)
    return number


def killed(act: Callable[[], object], below: Path, at: int) -> bool:
    """Does the act in a child that dies at a step; False where it ended before."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _watch(below, at)
            act()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def main() -> None:
    """Until standard input ends."""
    from index.build import build
    from index.settings import Settings

    settings = Settings(Path(sys.argv[1]), Path(sys.argv[2]))

    def act() -> None:
        build(settings.docs_dir, settings=settings, force=True)

    for line in sys.stdin:
        print("killed" if killed(act, settings.data_dir, int(line)) else "ended", flush=True)


if __name__ == "__main__":
    main()
