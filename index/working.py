"""A private working copy of the words and vectors of a generation, which itself is never written to.

tantivy makes lock files where it opens an index, and Chroma writes into its database: on a read-only
disk neither opens, and two servers on one folder would write into the same file. A working copy is a
temporary folder with links to the large files and copies of the others: Chroma's database, and an
HNSW graph too small to have been written yet, whose files every start of Chroma lays out anew. It
goes with its owner; what a killed process left is removed by the next. Knows folders alone.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path

from index.errors import IndexUnusable
from index.locks import InUse, unused

_PREFIX, _MARK = "wengui-open-", "in-use"
_WRITTEN = (".sqlite3", ".lock")  # files of these suffixes are copied whatever their size
_LARGE = 1 << 20  # bytes; below it a copy costs nothing (a graph not yet written has 120 KB)


class Working:
    """A copy of some folders, side by side in `folder`; it is there until `close`."""

    def __init__(self, *parts: Path) -> None:
        """Raises IndexUnusable where there is no room for it."""
        try:
            self.folder, use = _made()
            self.close = weakref.finalize(self, _remove, self.folder, use)
            for part in parts:
                shutil.copytree(part, self.folder / part.name, copy_function=_link_or_copy)
        except (OSError, shutil.Error) as error:
            raise IndexUnusable(
                "打开索引时要在系统的临时文件夹里放几个文件，没有写成：请检查它的磁盘空间和写入权限，"
                "或用环境变量 TMPDIR 换一个文件夹。"
            ) from error


def _made() -> tuple[Path, InUse]:
    base = Path(tempfile.gettempdir())
    _sweep(base)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
    fresh = folder / f"{_MARK}.new"
    fresh.touch()
    use = InUse(fresh)
    fresh.rename(folder / _MARK)  # under its name only once it is locked: nobody sweeps it
    return folder, use


def _link_or_copy(source: str, target: str) -> None:
    if not source.endswith(_WRITTEN) and Path(source).stat().st_size >= _LARGE:
        with suppress(OSError):  # Windows wants a right of its own for links
            Path(target).symlink_to(Path(source).resolve())
            return
    shutil.copyfile(source, target)


def _remove(folder: Path, use: InUse) -> None:
    use.close()
    shutil.rmtree(folder, ignore_errors=True)


def _sweep(base: Path) -> None:
    for mark in base.glob(f"{_PREFIX}*/{_MARK}"):
        with unused(mark) as free:
            if free:
                shutil.rmtree(mark.parent, ignore_errors=True)
