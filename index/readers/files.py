"""Takes a file's bytes off the disk without following a link or leaving the documents folder.

Knows nothing of formats. A link is refused at every step below the root: a documents folder that
several people write to must not become a window on the rest of the disk.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentError

# The largest original seen is 1.8 MB; an illustrated plan as PDF is 30 to 80 MB.
MAX_FILE_BYTES = 100 * 1024 * 1024

_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # opening a FIFO must not wait for its writer
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_MOUNT_POINT = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0xA0000003)  # a Windows junction


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file's bytes with the name its user knows it by."""

    name: str  # relative to the root, with '/' between folders
    suffix: str  # lower case, with its dot; '' where none
    data: bytes


def load(path: Path, root: Path | None = None) -> SourceFile:
    """The file's bytes; `root` (by default the file's folder) is the folder nothing may leave.

    Raises DocumentError for a link, a folder, a device, a file outside the root, one that is
    missing, unreadable, empty or larger than MAX_FILE_BYTES.
    """
    base, parts = _inside(path, root)
    name = _printable("/".join(parts))
    _refuse_links(base, parts, name)
    data = _bytes(base.joinpath(*parts), name)
    if not data:
        raise DocumentError(name, "文件是空的（0字节）。请检查文件是否保存或下载完整，再重新放入。")
    return SourceFile(name, Path(parts[-1]).suffix.lower(), data)


def _inside(path: Path, root: Path | None) -> tuple[Path, tuple[str, ...]]:
    """The root and the steps from it to the file; `..` is resolved by name, never by the disk."""
    absolute = _absolute(path)
    base = absolute.parent if root is None else _absolute(root)
    for candidate in (base, base.resolve()):
        if absolute.is_relative_to(candidate) and absolute != candidate:
            return candidate, absolute.relative_to(candidate).parts
    if absolute == base:
        raise DocumentError(_printable(path.name), "这是一个文件夹，不是文件。请指定其中的文件。")
    raise DocumentError(
        _printable(path.name), "文件不在资料文件夹之内，没有读取。请把文件放进资料文件夹。"
    )


def _absolute(path: Path) -> Path:
    # Path.resolve() would follow the very links that are to be refused.
    return Path(os.path.abspath(path))  # noqa: PTH100


def _refuse_links(base: Path, parts: tuple[str, ...], name: str) -> None:
    step = base
    for part in parts:
        step = step / part
        if _is_link(_status(step, name)):
            raise DocumentError(
                name, "这是一个链接（快捷方式），没有读取。请把文件本身放进资料文件夹。"
            )


def _is_link(status: os.stat_result) -> bool:
    junction = getattr(status, "st_reparse_tag", 0) == _MOUNT_POINT
    return stat.S_ISLNK(status.st_mode) or junction


def _status(path: Path, name: str) -> os.stat_result:
    try:
        return path.lstat()
    except FileNotFoundError:
        raise DocumentError(name, "找不到这个文件。请检查文件名和所在的文件夹。") from None
    except (OSError, ValueError):
        raise _unreadable(name) from None


def _bytes(path: Path, name: str) -> bytes:
    status = _status(path, name)
    if stat.S_ISDIR(status.st_mode):
        raise DocumentError(name, "这是一个文件夹，不是文件。请指定其中的文件。")
    _require_regular(status, name)
    try:
        handle = os.open(path, _OPEN_FLAGS)
    except OSError:
        raise _unreadable(name) from None
    with os.fdopen(handle, "rb") as file:
        # Asked again of what was opened: the name may have been given to another file meanwhile.
        status = os.fstat(file.fileno())
        _require_regular(status, name)
        if status.st_size > MAX_FILE_BYTES:
            raise too_large(name, status.st_size, MAX_FILE_BYTES)
        try:
            return file.read(MAX_FILE_BYTES)
        except OSError:
            raise _unreadable(name) from None


def _require_regular(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise DocumentError(name, "这不是普通文件（是设备或管道），没有读取。请换成文档文件。")


def too_large(name: str, size: int, limit: int) -> DocumentError:
    """The error for a file of `size` bytes where `limit` is allowed."""
    return DocumentError(
        name,
        f"文件太大（{size / 2**20:.0f} MB，上限 {limit / 2**20:.0f} MB）。"
        "请拆分成几个文件，或压缩其中的图片后再放入。",
    )


def _unreadable(name: str) -> DocumentError:
    return DocumentError(name, "文件打不开。请检查读取权限，以及文件是否正被其他程序占用。")


def _printable(name: str) -> str:
    """A file name may hold line breaks or undecodable bytes; a message is one clean line."""
    return "".join(c if c.isprintable() else "?" for c in name) or "?"
