"""Where an index lies, and how a new one takes the old one's place at once.

    <data>/indexes/<name>/CURRENT          one line: the generation in force
    <data>/indexes/<name>/000007/          store.sqlite, words/, vectors/: never changed after
    <data>/indexes/<name>/000007/SEAL.json what they were when it was complete (seal.py)
    <data>/indexes/<name>/build.lock       held while somebody writes
    <data>/indexes/<name>/ID               tells this folder from all others, on any machine

Knows folders; not what an index is. A build that is cut off leaves a generation nobody points to,
and the next build removes it. The last ones before stay (`kept` in all), and any other for as long
as a server reads from it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from index.catalog import slug
from index.errors import IndexUnusable
from index.locks import InUse, unused
from index.seal import SEAL, seal, unbroken

POINTER, LOCK, MARK = "CURRENT", "build.lock", "ID"
_DIGITS = 6
_TRIES = 20  # a generation that is removed at the moment it is looked at: there is a newer one


class BeingBuilt(IndexUnusable):
    """Another process holds the lock; what is in force may be read all the same."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete index: its folder, and a name that no other index has."""

    folder: Path

    @property
    def store(self) -> Path:
        return self.folder / "store.sqlite"

    @property
    def words(self) -> Path:
        return self.folder / "words"

    @property
    def vectors(self) -> Path:
        return self.folder / "vectors"

    @property
    def statistics(self) -> Path:
        """How often each term occurs, where the engine does not know it itself."""
        return self.folder / "terms.npy"

    @property
    def collection(self) -> str:
        """A name that no index of any machine has, of letters, digits and _ alone."""
        try:
            mark = (self.folder.parent / MARK).read_text("ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):  # last written to by an earlier version
            mark = ""
        return f"wengui_{mark}_{self.folder.name}"

    @property
    def store_is_sound(self) -> bool:
        """Whether the store is, bit for bit, what was published."""
        return unbroken(self.folder, self.store.name)

    @property
    def derived_is_sound(self) -> bool:
        """The same of the words and, where they lie here, of the vectors."""
        here = [self.words, *([self.vectors] if self.vectors.is_dir() else [])]
        return all(unbroken(self.folder, part.name) for part in here)

    @property
    def statistics_are_sound(self) -> bool:
        return unbroken(self.folder, self.statistics.name)


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of all generations of one documents folder's index, or of all its snapshots."""

    folder: Path
    kept: int = 2  # complete generations, the one in force among them

    @classmethod
    def of(cls, docs_dir: Path, data_dir: Path) -> Home:
        """By the documents folder's name and a hash of where it lies."""
        place = docs_dir.resolve()
        own = hashlib.sha256(os.fsencode(place)).hexdigest()[:8]
        # Stripped since Chroma's collections were named so; another name would leave indexes behind.
        return cls(data_dir / "indexes" / f"{slug(place.name).strip('._-') or 'docs'}-{own}")

    def current(self) -> Generation | None:
        """The generation in force; None where there is none yet."""
        try:
            name = (self.folder / POINTER).read_text("ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        generation = Generation(self.folder / name)
        return generation if name.isdigit() and generation.folder.is_dir() else None

    def held(self) -> tuple[Generation, InUse | None] | None:
        """The generation in force, kept from being removed; None where there is none yet.

        One without a seal, of an earlier version, can't be kept.
        """
        for _ in range(_TRIES):
            generation = self.current()
            if generation is None:
                return None
            try:
                return generation, InUse(generation.folder / SEAL)
            except FileNotFoundError:
                if generation == self.current():
                    return generation, None
        return None

    @contextmanager
    def writing(self, wait: float = 0.0) -> Iterator[None]:
        """Held by the one writer. Raises BeingBuilt where another holds it for `wait` seconds."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / LOCK)
        try:
            lock.acquire(timeout=wait)
        except Timeout as error:
            raise BeingBuilt("另一个程序正在为这个文件夹建立索引，请等它完成后再试。") from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def begin(self) -> Iterator[Generation]:
        """An empty generation to write and publish; one that was not published is removed.

        So is what an earlier build, cut off, has left.
        """
        current = self.current()
        self._remove_all_but(self._kept(current))
        self._set_mark()
        newest = max((int(g.name) for g in self._folders()), default=0)
        generation = Generation(self.folder / f"{newest + 1:0{_DIGITS}d}")
        generation.folder.mkdir()
        try:
            yield generation
        finally:
            if self.current() != generation:
                shutil.rmtree(generation.folder, ignore_errors=True)

    def publish(self, generation: Generation) -> None:
        """Seals a complete generation and puts it in force."""
        seal(generation.folder)
        self.put_in_force(generation)

    def put_in_force(self, generation: Generation) -> None:
        """Before this another generation is in force, after it this one, which has its seal."""
        for path in sorted(generation.folder.rglob("*")):
            _to_disk(path)
        _to_disk(generation.folder)
        draft = self.folder / f"{POINTER}.new"
        draft.write_text(f"{generation.folder.name}\n", "ascii")
        _to_disk(draft)
        draft.replace(self.folder / POINTER)
        _to_disk(self.folder)
        self._remove_all_but(self._kept(generation))

    def _kept(self, newest: Generation | None) -> set[Path]:
        """A complete generation with those before it, which were published once."""
        if newest is None:
            return set()
        complete = sorted(f for f in self._folders() if f.name <= newest.folder.name)
        return set(complete[-self.kept :])

    def _set_mark(self) -> None:
        path = self.folder / MARK
        if not path.exists():
            path.write_text(f"{uuid.uuid4().hex[:12]}\n", "ascii")
            _to_disk(path)

    def _folders(self) -> list[Path]:
        return [p for p in self.folder.iterdir() if p.is_dir() and p.name.isdigit()]

    def _remove_all_but(self, kept: set[Path]) -> None:
        for folder in self._folders():
            if folder in kept:
                continue
            with unused(folder / SEAL) as free:
                if free:  # what can't be removed now goes another time
                    shutil.rmtree(folder, ignore_errors=True)


def numbers_before(generation: Generation) -> list[str]:
    """The folders' names of all that may have been before it, whether they still are or not."""
    return [f"{n:0{_DIGITS}d}" for n in range(1, int(generation.folder.name))]


def _to_disk(path: Path) -> None:
    """fsync a file or a folder, so that a power cut after the swap finds all of it."""
    if path.is_dir() and os.name == "nt":  # Windows can't open a folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
