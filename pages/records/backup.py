"""Backup and restore in one file: the records, and the folder of documents.

Knows files and SQLite's own way to copy a database that is in use; the index is left out, since the next
start builds it again. Records on PostgreSQL are its own tools' to save (pg_dump); the documents are
saved here all the same. Every file is checked against the manifest before anything is replaced, and
what is replaced is moved aside, not deleted.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from index.errors import UserError
from pages.records.database import FILE

_MANIFEST = "manifest.json"
_RECORDS = f"records/{FILE}"
_DOCS = "documents/"
_LARGEST = 20 * 1024**3  # bytes a backup may unpack to


class BackupError(UserError):
    """A backup can't be made or used; the message says why. Nothing was changed."""


def back_up(target: Path, docs_dir: Path, data_dir: Path, with_records: bool = True) -> int:
    """Writes the backup to `target` (.tar.gz), complete or not at all; how many files it holds."""
    if target.exists():
        raise BackupError(f"{target} 已经存在，没有覆盖。请换一个文件名。")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            files = dict(_documents(docs_dir))
            if with_records and (data_dir / FILE).exists():
                files[_RECORDS] = _copied(data_dir / FILE, Path(scratch) / FILE)
            made = Path(scratch) / "backup.tar.gz"
            _write(made, files)
            made.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"备份没有做成：{error}。请检查磁盘空间和写入权限。") from error
    return len(files)


def restore(source: Path, docs_dir: Path, data_dir: Path) -> tuple[int, list[Path]]:
    """Puts a backup back. Returns how many files it held and where what lay there before is now.

    The server must be stopped. Raises BackupError, and changes nothing, where the backup is damaged.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=data_dir, prefix="restore-"))
    try:
        names = _unpacked(source, scratch)
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        aside: list[Path] = []
        if any(name.startswith(_DOCS) for name in names):
            _swap(scratch / _DOCS, docs_dir, stamp, aside)
        if _RECORDS in names:
            for suffix in ("-wal", "-shm"):
                _set_aside(data_dir / f"{FILE}{suffix}", stamp, aside)
            _swap(scratch / _RECORDS, data_dir / FILE, stamp, aside)
        return len(names), aside
    except OSError as error:
        raise BackupError(f"恢复没有完成：{error}。请检查磁盘空间和写入权限。") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _documents(docs_dir: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(docs_dir.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"{_DOCS}{path.relative_to(docs_dir).as_posix()}", path


def _copied(live: Path, copy: Path) -> Path:
    """A consistent copy of a database that may be written meanwhile."""
    with closing(sqlite3.connect(live)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _write(made: Path, files: Mapping[str, Path]) -> None:
    digests = {name: _digest(path) for name, path in files.items()}
    manifest = json.dumps({"made": datetime.now(UTC).isoformat(), "files": digests}).encode()
    with tarfile.open(made, "w:gz") as tar:
        head = tarfile.TarInfo(_MANIFEST)
        head.size = len(manifest)
        tar.addfile(head, io.BytesIO(manifest))
        for name, path in files.items():
            tar.add(path, name, recursive=False)


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
    except FileNotFoundError as error:
        raise BackupError(f"没有找到备份 {source}。") from error
    except (
        tarfile.TarError,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        LookupError,
        TypeError,
    ) as error:
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
    known = member.name in (_MANIFEST, _RECORDS) or member.name.startswith(_DOCS)
    return member.isfile() and known and not path.is_absolute() and ".." not in path.parts


def _swap(new: Path, place: Path, stamp: str, aside: list[Path]) -> None:
    _set_aside(place, stamp, aside)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(new, place)


def _set_aside(place: Path, stamp: str, aside: list[Path]) -> None:
    if place.exists():
        kept = place.with_name(f"{place.name}.before-{stamp}")
        place.rename(kept)
        aside.append(kept)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
