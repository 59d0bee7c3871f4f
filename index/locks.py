"""A file that is in use by this process, and whether a file is in use by any: flock(2), shared.

Knows files; not what is in them. The lock goes with the process, however it ends, and needs no right
to write. Windows has none, and refuses to remove a file that is open.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class InUse:
    """Marks an existing file as in use, until `close` or for as long as this object lives."""

    def __init__(self, path: Path) -> None:
        """Raises FileNotFoundError where the file is gone, also where it goes at this moment."""
        self._file = path.open("rb")
        if sys.platform != "win32":
            with suppress(OSError):  # a file system without locks: as on Windows
                fcntl.flock(self._file, fcntl.LOCK_SH)
        if not path.exists():  # whoever removed it held the lock until then
            self._file.close()
            raise FileNotFoundError(path)

    def close(self) -> None:
        self._file.close()


@contextmanager
def unused(path: Path) -> Iterator[bool]:
    """Whether no process uses the file; where none does, none can begin to within the block."""
    try:
        file = path.open("rb")
    except OSError:
        yield True  # not there, or not to be opened by anybody
        return
    with file:
        yield _alone(file.fileno())


def _alone(number: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
