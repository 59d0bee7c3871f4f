"""A seal over a folder: the size and hash of each file, written when the folder is complete.

What a disk, a copy or a hand has changed since is found before it is used: a store with one flipped
bit still opens and would be quoted from. Knows files; not what is in them. A seal that can't be read,
or that lacks a file, vouches for nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

SEAL = "SEAL.json"


def seal(folder: Path) -> None:
    """Write the seal over every file below the folder."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name != SEAL)
    digests = {p.relative_to(folder).as_posix(): _digest(p) for p in files}
    (folder / SEAL).write_text(json.dumps(digests, indent=1), "utf-8")


def unbroken(folder: Path, part: str) -> bool:
    """Whether a file of the folder, or all files below one of its folders, are as when sealed.

    What was not there then is not sealed.
    """
    return _as_sealed(folder, lambda name: name == part or _below(name, part))


def whole(folder: Path) -> bool:
    """Whether every file that was there when the folder was sealed is as it was."""
    return _as_sealed(folder, lambda _: True)


def _as_sealed(folder: Path, asked: Callable[[str], bool]) -> bool:
    try:
        digests: dict[str, str] = json.loads((folder / SEAL).read_text("utf-8"))
        sealed = {name: d for name, d in digests.items() if asked(name)}
        return bool(sealed) and all(_digest(folder / n) == d for n, d in sealed.items())
    except (OSError, ValueError, AttributeError):
        return False


def _below(name: str, part: str) -> bool:
    return name.startswith(f"{part}/")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
