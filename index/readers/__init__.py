"""From a file to a RawDocument: `read(path, root)`, one reader a format.

    files.py     bytes off the disk, no links, nothing outside the folder
    kinds.py     which format, by content and suffix
    encoding.py, cleaning.py, lines.py, grids.py     what several formats share
    txt.py, md.py, html.py, csv_cell.py              read in this process
    word*.py, pdf*.py                                read in a child process (worker.py, child.py)

Knows nothing of sections: a heading level is given only where the format itself states one.
"""

from __future__ import annotations

from pathlib import Path

from index.records import RawDocument

__all__ = ["read"]


def read(path: Path, root: Path | None = None) -> RawDocument:
    """The file's blocks in reading order; `root` is the folder that nothing may leave.

    Raises index.errors.DocumentError, one Chinese sentence that names the file and says what to do.
    """
    # Imported here because a child process imports this package for its own reader alone.
    from index.readers.reading import read_file

    return read_file(path, root)
