"""The documents folder as operators change it: take in, replace, remove, restore. Nothing is lost.

A new file is written whole beside the folder's own, flushed, and renamed into place; what it
replaces or what is removed is in the trash, flushed, before it leaves the folder. One change at a
time, by any server on the folder; what a killed one left half done is cleared by the next change.
Knows files; what is in one is read by index/.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from index.catalog import CATALOG
from index.errors import UserError
from index.intake import look
from index.readers.kinds import SUFFIXES
from pages.staff.collection import (
    MOST_FILES,
    MOST_WAITING,
    CollectionError,
    Trashed,
    Waiting,
    bounded,
    checked,
    replaced_meanwhile,
)  # fmt: skip

_ID = re.compile(r"[\w-]{8,40}")
_ABOUT = "about.json"
_SEEN = ".seen"  # the hash of the file of its name when a sent one was looked at
_FRESH = re.compile(r"\.[\w-]{8,40}\.new")  # a file on its way into the folder
_BUSY_SECONDS = 30  # a change copies two files of 60 MB at most


class Folder:
    """The documents folder with its trash; the trash lies in the data folder. A Collection."""

    def __init__(self, docs_dir: Path, data_dir: Path) -> None:
        self.docs_dir = docs_dir
        place = hashlib.sha256(os.fsencode(docs_dir.resolve())).hexdigest()[:8]
        self._trash = data_dir / "trash" / place
        self._incoming = data_dir / "incoming" / place

    def files(self) -> list[str]:
        """The readable files of the folder by name."""
        found = (p for p in sorted(self.docs_dir.rglob("*")) if p.suffix.lower() in SUFFIXES)
        names = (p.relative_to(self.docs_dir) for p in found if p.is_file() and p.name != CATALOG)
        return [n.as_posix() for n in names if not any(x.startswith((".", "~$")) for x in n.parts)]

    def receive(self, name: str, content: BinaryIO) -> Waiting:
        """Keeps a sent file aside and reads it; raises DocumentError or CollectionError where it can't be."""
        name = checked(name)
        if name not in self.files() and len(self.files()) >= MOST_FILES:
            raise CollectionError(f"文件夹里已有{MOST_FILES}个文件，不能再收入。请先移走不用的。")
        self._make_room()
        token = secrets.token_hex(8)
        place = self._incoming / token
        try:
            with _explained(self._incoming):
                place.mkdir(parents=True)
                _write(place / name, content)
                (place / _SEEN).write_text(self._held(name), "ascii")
            return self._looked(token, place / name)
        except UserError:
            shutil.rmtree(place, ignore_errors=True)
            raise

    def waiting(self, token: str) -> Waiting:
        """A file kept aside."""
        place = self._incoming / token
        kept = place.iterdir() if _ID.fullmatch(token) and place.is_dir() else ()
        found = [path for path in kept if path.name != _SEEN]
        if not found:
            raise CollectionError("这个文件已不在等候区，请重新上传。")
        return self._looked(token, found[0])

    def take(self, token: str, by: str) -> str:
        """Puts a kept file into the folder, the one of its name before into the trash; its name."""
        with _explained(self.docs_dir, self._trash), self._changing():
            waiting = self.waiting(token)
            target = self.docs_dir / waiting.name
            self._require_as_seen(waiting)
            if target.exists():
                self._to_trash(waiting.name, by)
            fresh = self.docs_dir / f".{waiting.token}.new"
            with (self._incoming / token / waiting.name).open("rb") as content:
                _write(fresh, content)
            fresh.replace(target)
            _flush(self.docs_dir)
            shutil.rmtree(self._incoming / token, ignore_errors=True)
            return waiting.name

    def _require_as_seen(self, waiting: Waiting) -> None:
        """Raises CollectionError where the file of its name is no longer the one looked at."""
        held, told = self._held(waiting.name), self._incoming / waiting.token / _SEEN
        seen = told.read_text("ascii") if told.exists() else ""
        if not held or held == seen:
            return
        # Who brought it, only the one looked at tells, which gave way to it.
        gone = (one for one in self.trashed() if one.file == waiting.name)
        before = next((o for o in gone if _digest(self._trash / o.id / "content") == seen), None)
        raise replaced_meanwhile(waiting.name, *((before.by, before.at) if before else ()))

    def _held(self, name: str) -> str:
        """The hash of the folder's file of a name, '' where it has none."""
        return _digest(self.docs_dir / name)

    def drop(self, token: str) -> None:
        """Forgets a kept file."""
        if _ID.fullmatch(token):
            shutil.rmtree(self._incoming / token, ignore_errors=True)

    def remove(self, file: str, by: str) -> None:
        """Moves a file of the folder into the trash."""
        with _explained(self.docs_dir, self._trash), self._changing():
            if file not in self.files():
                raise CollectionError(f"文件夹里没有“{file}”，可能已被移走。请刷新页面。")
            self._to_trash(file, by)
            (self.docs_dir / file).unlink()
            _flush((self.docs_dir / file).parent)

    def restore(self, entry: str) -> str:
        """Puts a file of the trash back; its name."""
        with _explained(self.docs_dir, self._trash), self._changing():
            chosen = next((one for one in self.trashed() if one.id == entry), None)
            if chosen is None:
                raise CollectionError("回收站里没有这个文件，可能已被恢复。请刷新页面。")
            target = self.docs_dir / chosen.file
            if target.exists():
                raise CollectionError(f"文件夹里已有“{chosen.file}”。请先移走它，再恢复这一份。")
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.parent / f".{chosen.id}.new"
            with (self._trash / entry / "content").open("rb") as content:
                _write(fresh, content)
            fresh.replace(target)
            _flush(target.parent)
            (self._trash / entry / _ABOUT).unlink()  # the entry is gone before its content is
            shutil.rmtree(self._trash / entry, ignore_errors=True)
            return chosen.file

    def trashed(self) -> list[Trashed]:
        """What is in the trash, the newest first."""
        found = []
        for about in sorted(self._trash.glob(f"*/{_ABOUT}"), reverse=True):
            with suppress(OSError, ValueError, LookupError):  # restored at this moment, or torn
                told = json.loads(about.read_text("utf-8"))
                size = (about.parent / "content").stat().st_size
                found.append(Trashed(about.parent.name, told["file"], told["at"], told["by"], size))
        return found

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One change at a time, in this process and others; first what was left half done goes."""
        self._trash.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._trash / "change.lock", timeout=_BUSY_SECONDS)
        try:
            lock.acquire()
        except Timeout as error:
            raise CollectionError("别人正在改动文件，请过一会儿再试。") from error
        try:
            for left in self.docs_dir.rglob(".*.new"):
                if _FRESH.fullmatch(left.name):
                    left.unlink()
            yield
        finally:
            lock.release()

    def _to_trash(self, file: str, by: str) -> None:
        now = datetime.now()
        place = self._trash / f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        place.mkdir(parents=True)
        with (self.docs_dir / file).open("rb") as content:
            _write(place / "content", content)
        about = {"file": file, "at": now.isoformat(sep=" ", timespec="seconds"), "by": by}
        # Written last: without it a copy that was cut off is no entry.
        draft = place / f"{_ABOUT}.new"
        _write(draft, io.BytesIO(json.dumps(about, ensure_ascii=False).encode()))
        draft.replace(place / _ABOUT)
        _flush(place)
        _flush(self._trash)

    def _looked(self, token: str, path: Path) -> Waiting:
        parsed = look(path)
        digest, size = _digest(path), _size(path)
        own = (f for f in self.files() if _size(self.docs_dir / f) == size)
        same = next((f for f in own if _digest(self.docs_dir / f) == digest), "")
        replaces = (self.docs_dir / path.name).exists()
        return Waiting(token, path.name, size, replaces, same, parsed)

    def _make_room(self) -> None:
        """The oldest files that nobody took in give way."""
        kept = sorted(self._incoming.glob("*"), key=_written)
        for place in kept[: max(0, len(kept) - MOST_WAITING + 1)]:
            shutil.rmtree(place, ignore_errors=True)


def _write(path: Path, content: BinaryIO) -> None:
    """Writes a file and has it on the disk; one that is too large is removed again."""
    try:
        with path.open("wb") as out:
            for piece in bounded(path.name, content):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
    except CollectionError:
        path.unlink()
        raise


def _flush(folder: Path) -> None:
    if os.name == "nt":  # Windows can't open a folder
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# Looking takes no lock: what another server moves away meanwhile is no longer there.
def _digest(path: Path) -> str:
    with suppress(FileNotFoundError), path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
    return ""


def _size(path: Path) -> int:
    with suppress(FileNotFoundError):
        return path.stat().st_size
    return -1


def _written(path: Path) -> float:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return 0.0


@contextmanager
def _explained(*folders: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        places = "、".join(map(str, folders))
        raise CollectionError(
            f"文件没有写成，原来的不受影响：请检查 {places} 的磁盘空间和写入权限。"
        ) from error
