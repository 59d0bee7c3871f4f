"""Backup and restore in one file: the records, the documents, their trash, the accepted cases.

Knows files and SQLite's own way to copy a database that is in use; the index is left out, since the next
start builds it again. Records on PostgreSQL are its own tools' to save (pg_dump); the rest is saved
here all the same. A backup may be made while all of it is written to. Every file is checked against
the manifest before anything is replaced, and what is replaced is moved aside, not deleted; a restore
that is cut off says so at the next start and is made again.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import itertools
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from index.errors import UserError
from index.locks import unused
from pages.records.database import FILE, RESTORING, USE

_MANIFEST = "manifest.json"
_RECORDS = f"records/{FILE}"
_DOCS = "documents/"
_DATA = "data/"
_KEPT = ("trash", "cases")  # folders of the data folder that nothing else could make again
_SCRATCH, _ASIDE = "restore-", ".before-"
# Of the place that is written to, not of the backup.
_FOR_WANT_OF_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
_LARGEST = 20 * 1024**3  # bytes a backup may unpack to


class BackupError(UserError):
    """A backup can't be made or used; the message says why. Nothing was changed."""


def back_up(target: Path, docs_dir: Path, data_dir: Path, with_records: bool = True) -> int:
    """Writes the backup to `target` (.tar.gz), complete or not at all; how many files it holds."""
    if target.exists():
        raise BackupError(f"{target} 已经存在，没有覆盖。请换一个文件名。")
    part = f"{target.name}.part-"
    try:
        for left in target.parent.glob(f"{part}*"):  # of one that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=part) as scratch:
            made = Path(scratch) / "backup.tar.gz"
            count = _write(made, _files(docs_dir, data_dir, Path(scratch), with_records))
            made.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            f"备份没有做成：请检查 {target.parent} 的磁盘空间和写入权限，文件和记录能不能读。"
        ) from error
    return count


def restore(source: Path, docs_dir: Path, data_dir: Path) -> tuple[int, list[Path]]:
    """Puts a backup back. Returns how many files it held and where what lay there before is now.

    The server must be stopped. Raises BackupError, and changes nothing, where it is running or the
    backup is damaged.
    """
    source = source.resolve()
    if not source.is_file():
        raise BackupError(f"没有找到备份 {source}。")
    try:
        with _alone(data_dir):
            return _restored(source, docs_dir, data_dir)
    except OSError as error:
        raise BackupError(
            f"恢复没有完成：请检查 {data_dir} 和 {docs_dir} 的磁盘空间和写入权限，"
            "再运行一次。原来的内容没有删除。"
        ) from error


@contextmanager
def _alone(data_dir: Path) -> Iterator[None]:
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / USE).touch()
    with unused(data_dir / USE) as free:
        if not free:
            raise BackupError("服务还在运行，没有改动任何内容。请先停止服务，再恢复。")
        yield


def _restored(source: Path, docs_dir: Path, data_dir: Path) -> tuple[int, list[Path]]:
    for left in data_dir.glob(f"{_SCRATCH}*"):  # of a restore that was killed
        shutil.rmtree(left, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(dir=data_dir, prefix=_SCRATCH))
    half, again = data_dir / RESTORING, (data_dir / RESTORING).exists()
    aside: list[Path] = []
    try:
        names = _unpacked(source, scratch)
        half.write_text(str(source), "utf-8")
        for part, place in _places(names, docs_dir, data_dir):
            _swap(scratch / part, place, aside)
        half.unlink()
        return len(names), aside
    except OSError:
        if not aside and not again:
            half.unlink(missing_ok=True)  # nothing was changed
        raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _places(names: list[str], docs_dir: Path, data_dir: Path) -> Iterator[tuple[str, Path]]:
    """What a backup holds, and where it goes; the database's own files beside it go aside first."""
    if any(name.startswith(_DOCS) for name in names):
        yield _DOCS, docs_dir
    for kept in _KEPT:
        if any(name.startswith(f"{_DATA}{kept}/") for name in names):
            yield f"{_DATA}{kept}", data_dir / kept
    if _RECORDS in names:
        for suffix in ("-wal", "-shm"):
            yield f"{_RECORDS}{suffix}", data_dir / f"{FILE}{suffix}"  # never in a backup
        yield _RECORDS, data_dir / FILE


def _files(
    docs_dir: Path, data_dir: Path, scratch: Path, with_records: bool
) -> Iterator[tuple[str, Path]]:
    """What is saved, by its name in the backup.

    A file that goes from the trash back into the folder meanwhile is in neither when its turn
    comes, so the folder is looked through once more.
    """
    if with_records and (data_dir / FILE).exists():
        copy = _copied(data_dir / FILE, scratch / FILE)
        yield _RECORDS, copy
        copy.unlink()  # it is in the backup now; nothing of it stays where a kill leaves the rest
    yield from _below(docs_dir, _DOCS)
    for kept in _KEPT:
        yield from _below(data_dir / kept, f"{_DATA}{kept}/")
    yield from _below(docs_dir, _DOCS)


def _files_below(folder: Path) -> list[Path]:
    """All that lies below a folder; a folder that goes meanwhile is passed over, as a file is."""

    def failed(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise error

    walked = os.walk(folder, onerror=failed)
    return [Path(at, name) for at, folders, names in walked for name in (*folders, *names)]


def _below(folder: Path, name: str) -> Iterator[tuple[str, Path]]:
    for path in sorted(_files_below(folder)):
        within = path.relative_to(folder)
        passing = path.suffix in (".new", ".lock") or within.parts[0].startswith(_ASIDE)
        if path.is_file() and not path.is_symlink() and not passing:
            yield f"{name}{within.as_posix()}", path


def _copied(live: Path, copy: Path) -> Path:
    """A consistent copy of a database that may be written meanwhile."""
    with closing(sqlite3.connect(live)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _write(made: Path, files: Iterable[tuple[str, Path]]) -> int:
    digests: dict[str, str] = {}
    with made.open("wb") as out:
        with tarfile.open(fileobj=out, mode="w:gz", dereference=True) as tar:
            for name, path in files:
                if name not in digests:
                    try:
                        file = path.open("rb")
                    except FileNotFoundError:
                        continue  # taken away since: it was no part of the folder any more
                    with file:
                        digests[name] = _add(tar, name, file)
            manifest = json.dumps({"made": datetime.now(UTC).isoformat(), "files": digests})
            head = tarfile.TarInfo(_MANIFEST)
            head.size = len(manifest.encode())
            tar.addfile(head, io.BytesIO(manifest.encode()))
        out.flush()
        os.fsync(out.fileno())
    return len(digests)


class _Hashing:
    """A file that is read once, and the hash of what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.hash.update(piece)
        return piece


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> str:
    """Adds an open file as it is now: one that is replaced meanwhile stays whole. Its hash."""
    read = _Hashing(file)
    tar.addfile(tar.gettarinfo(arcname=name, fileobj=file), read)  # type: ignore[arg-type]
    return read.hash.hexdigest()


def _unpacked(source: Path, scratch: Path) -> list[str]:
    damaged = BackupError(f"{source} 不是完整的备份，没有改动任何内容。请换一份备份。")
    try:
        if not _whole(source):
            raise damaged
        with tarfile.open(source, "r:gz") as tar:
            members = tar.getmembers()
            if not all(_is_plain(m) for m in members):
                raise damaged
            tar.extractall(scratch, filter="data")
        manifest = json.loads((scratch / _MANIFEST).read_text("utf-8"))
        digests: dict[str, str] = dict(manifest["files"])
        found = {m.name for m in members} - {_MANIFEST}
        whole = found == digests.keys() and all(
            _digest(scratch / name) == digest for name, digest in digests.items()
        )
    except OSError as error:
        if error.errno in _FOR_WANT_OF_ROOM:
            raise
        raise damaged from error
    except (tarfile.TarError, zlib.error, EOFError, ValueError, LookupError, TypeError) as error:
        raise damaged from error
    if not whole:
        raise damaged
    return list(digests)


def _whole(source: Path) -> bool:
    """Reads to the end, where gzip's own checksum is compared; False where it unpacks to too much."""
    read = 0
    with gzip.open(source) as file:
        while piece := file.read(1 << 20):
            read += len(piece)
            if read > _LARGEST:
                return False
    return True


def _is_plain(member: tarfile.TarInfo) -> bool:
    path = PurePosixPath(member.name)
    kept = tuple(f"{_DATA}{name}/" for name in _KEPT)
    known = member.name in (_MANIFEST, _RECORDS) or member.name.startswith((_DOCS, *kept))
    return member.isfile() and known and not path.is_absolute() and ".." not in path.parts


def _swap(new: Path, place: Path, aside: list[Path]) -> None:
    """Puts `new`, where it exists, in the place of what is there, which goes aside."""
    if place.is_mount():  # a container's volume: itself it can't be renamed
        kept = _free(place / f"{_ASIDE}{_stamp()}")
        kept.mkdir()
        aside.append(kept)
        for old in [p for p in place.iterdir() if not p.name.startswith(_ASIDE)]:
            old.rename(kept / old.name)
        for part in new.iterdir():
            shutil.move(part, place / part.name)
        return
    if place.exists():
        kept = _free(place.with_name(f"{place.name}{_ASIDE}{_stamp()}"))
        place.rename(kept)
        aside.append(kept)
    if new.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(new, place)


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%d-%H%M%S")


def _free(place: Path) -> Path:
    """A name nobody has: a second restore within the second, a clock that was set back."""
    numbers = itertools.count(2)
    free = place
    while free.exists():
        free = place.with_name(f"{place.name}-{next(numbers)}")
    return free


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
