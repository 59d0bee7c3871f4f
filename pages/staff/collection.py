"""What the staff pages ask of the place where the documents are, be it a folder or the database.

Knows what may be sent and what is told of it; keeps nothing. folder.py and originals.py do.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from index.catalog import CATALOG
from index.errors import UserError
from index.readers.kinds import SUFFIXES, SUPPORTED
from index.records import ParsedDocument

LARGEST = 60 * 1024 * 1024  # bytes of one file; pages.guard lets 64 MB of a request through
MOST_FILES = 500  # in use
MOST_WAITING = 10  # looked at and not yet taken in
LONGEST_NAME = 120
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_PIECE = 1 << 20


class CollectionError(UserError):
    """A file can't be taken in, removed or restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that was sent and is not yet taken in. `same`: a file in use of the same content."""

    token: str
    name: str
    size: int
    replaces: bool
    same: str
    parsed: ParsedDocument


@dataclass(frozen=True, slots=True)
class Trashed:
    """A file in the trash: its name, when (local time) and by whom it was put there, its size."""

    id: str
    file: str
    at: str
    by: str
    size: int


class Collection(Protocol):
    """The documents and their trash. What can't be done raises UserError and changes nothing."""

    def files(self) -> list[str]:
        """The readable files in use by name."""

    def receive(self, name: str, content: BinaryIO) -> Waiting:
        """Keeps a sent file aside and reads it."""

    def take(self, token: str, by: str) -> str:
        """Puts a kept file in use, the one of its name before into the trash; its name."""

    def drop(self, token: str) -> None:
        """Forgets a kept file."""

    def remove(self, file: str, by: str) -> None:
        """Moves a file in use into the trash."""

    def restore(self, entry: str) -> str:
        """Puts a file of the trash back in use; its name."""

    def trashed(self) -> list[Trashed]:
        """What is in the trash, the newest first."""


def replaced_meanwhile(name: str, by: str = "", at: str = "") -> CollectionError:
    """Another file of the name came in after this one was looked at; who brought it and when, if known."""
    whose, when = f"由{by}" if by else "", f"（{at}）" if at else ""
    return CollectionError(
        f"“{name}”在您查看之后已{whose}换成另一份{when}，没有覆盖它。"
        "请重新上传您的文件，与现在的这一份核对后再收入。"
    )


def checked(name: str) -> str:
    """The name of a file that may be sent, its path aside; raises CollectionError with what is wrong."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1].strip()
    if not name or name.startswith((".", "~$")) or _UNFIT.search(name) or not name.isprintable():
        raise CollectionError("文件名里有不能用的字符。请改名后再上传。")
    if len(name) > LONGEST_NAME:
        raise CollectionError(f"文件名有{len(name)}个字，最多{LONGEST_NAME}个。请改短后再上传。")
    if name == CATALOG:
        raise CollectionError(f"{CATALOG} 是目录，不是文件，不能在这里上传。请管理员修改它。")
    if Path(name).suffix.lower() not in SUFFIXES:
        raise CollectionError(f"{name}：不支持这种文件。请转换成以下格式之一：{SUPPORTED}。")
    return name


def bounded(name: str, content: BinaryIO) -> Iterator[bytes]:
    """A file's bytes piece by piece; raises CollectionError where there are more than LARGEST."""
    size = 0
    while piece := content.read(_PIECE):
        size += len(piece)
        if size > LARGEST:
            raise CollectionError(
                f"{name}：文件超过{LARGEST >> 20} MB。请拆分成几个文件，或压缩其中的图片。"
            )
        yield piece
