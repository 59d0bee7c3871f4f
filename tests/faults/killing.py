"""kill -9 at seeded moments of a build, a change of the documents, a backup, a restore, a rotation.

What was acknowledged before is there after it, the audit log's chain holds, and the next start needs
nobody's help, or names the one command that does it again.
"""

from __future__ import annotations

import io
import os
import random
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from index.build import build
from index.embeddings import load_embeddings
from index.generations import Home
from index.library import Library
from index.settings import Settings
from pages.records import Audit, Feedback, Queue, open_database
from pages.records.backup import back_up, restore
from pages.records.database import Database
from pages.records.schema import metadata
from pages.staff.folder import Folder
from tests.faults.dying import killed, steps
from tests.faults.servers import NAME
from tests.faults.tally import FIGURE, PLAN, QUESTION, Tally, documents, require, told

BUILD, CHANGE, BACKUP, RESTORE, ROTATE = (
    "kill -9 in a build",
    "kill -9 in a change of the documents",
    "kill -9 in a backup",
    "kill -9 in a restore",
    "kill -9 in audit rotate",
)
ROOT = Path(__file__).parents[2]
BUILD_STEPS = 70  # about as many as a build of one document takes; past its end is a moment too


def builds(count: int, seed: int, folder: Path) -> Tally:
    """A build killed at `count` of its steps; the index before stays in force."""
    tally, rng = Tally(), random.Random(seed)
    docs, model = documents(folder / "docs"), load_embeddings("")
    settings = Settings(docs, folder / "data")
    first = build(docs, settings=settings, model=model)
    command = [sys.executable, "-m", "tests.faults.dying", str(docs), str(settings.data_dir)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as dying:
        assert dying.stdin is not None and dying.stdout is not None
        for _ in range(count):
            step = rng.randrange(BUILD_STEPS)
            dying.stdin.write(f"{step}\n")
            dying.stdin.flush()
            with tally.fault(BUILD, f"step {step}"):
                require(dying.stdout.readline().strip() in ("killed", "ended"), "another end")
                _answers(docs, settings, first.index_hash)
                build(docs, settings=settings, model=model, force=rng.random() < 0.5)
                _answers(docs, settings, first.index_hash)
                kept = [p for p in Home.of(docs, settings.data_dir).folder.iterdir() if p.is_dir()]
                require(len(kept) <= 3, f"left behind: {kept}")
        dying.stdin.close()
    return tally


def _answers(docs: Path, settings: Settings, index_hash: str) -> None:
    with closing(Library.open(docs, False, settings=settings)) as library:
        require(FIGURE in library.search(QUESTION)[0].passage.text, "another answer")
        require(library.index_hash == index_hash, "another index")


OLD = PLAN.encode()
NEW = PLAN.replace("65", "70").encode()


@dataclass
class Place:
    """A documents folder with its data folder, and what was in them."""

    docs: Path
    data: Path

    @classmethod
    def of(cls, folder: Path) -> Place:
        return cls(folder / "docs", folder / "data")

    @property
    def folder(self) -> Folder:
        return Folder(self.docs, self.data)

    def contents(self) -> set[bytes]:
        """Of all documents in the folder and in the trash."""
        folder = self.folder
        kept = {(self.docs / file).read_bytes() for file in folder.files()}
        entries = {entry.id for entry in folder.trashed()}
        trash = (p for p in self.data.glob("trash/*/*/content") if p.parent.name in entries)
        return kept | {p.read_bytes() for p in trash}


def _take(place: Place) -> None:
    folder = place.folder
    folder.take(folder.receive("plan.md", io.BytesIO(NEW)).token, NAME)


def _remove(place: Place) -> None:
    place.folder.remove("plan.md", NAME)


def _restore(place: Place) -> None:
    for entry in place.folder.trashed():
        place.folder.restore(entry.id)


ACTS: dict[str, Callable[[Place], None]] = {"take": _take, "remove": _remove, "restore": _restore}


def changes(count: int, seed: int, folder: Path) -> Tally:
    """A document replaced, removed, restored, killed at `count` of the steps."""
    tally, rng = Tally(), random.Random(seed)
    whole = Place.of(folder / "whole")
    documents(whole.docs)
    whole.folder.take(whole.folder.receive("other.md", io.BytesIO(NEW + OLD)).token, NAME)
    whole.folder.remove("other.md", NAME)
    lengths = {name: steps(partial(act, _copied(whole, folder / name)), folder / name)
               for name, act in ACTS.items()}  # fmt: skip
    for number in range(count):
        name = rng.choice(list(ACTS))
        step = rng.randrange(lengths[name])
        place = _copied(whole, folder / f"trial{number}")
        with tally.fault(CHANGE, f"{number}: {name}, step {step} of {lengths[name]}"):
            require(killed(partial(ACTS[name], place), place.docs.parent, step), "not killed")
            require(place.contents() >= {OLD, NEW + OLD}, "a document is lost")
            once_more = told(partial(ACTS[name], place))
            require(not once_more or once_more.startswith("文件夹里"), once_more)
            require(place.contents() >= {OLD, NEW + OLD}, "a document is lost the second time")
            _take(place)
            require((place.docs / "plan.md").read_bytes() == NEW, "not replaced")
            require(not list(place.docs.glob(".*")), "left behind in the folder")
        shutil.rmtree(place.docs.parent)
    return tally


def _copied(whole: Place, folder: Path) -> Place:
    """The same under another name; the trash lies under a hash of the folder's place."""
    shutil.copytree(whole.docs.parent, folder)
    place = Place.of(folder)
    before = next((folder / "data" / "trash").iterdir())
    own = place.folder._trash
    if before != own:
        before.rename(own)
    return place


def backups(count: int, seed: int, folder: Path) -> Tally:
    """A backup, then a restore, each killed at `count` of its steps."""
    tally, rng = Tally(), random.Random(seed)
    place = Place.of(folder / "whole")
    documents(place.docs)
    with closing(open_database(place.data)) as database:
        Queue(database).add(Feedback(False, "问", "答", "数字不对"))
        Audit(database).add("answer", "device", {})
    target = folder / "backup.tar.gz"
    length = steps(partial(back_up, folder / "counted.tar.gz", place.docs, place.data), folder)
    for _ in range(count):
        step = rng.randrange(length)
        with tally.fault(BACKUP, f"step {step} of {length}"):
            save = partial(back_up, target, place.docs, place.data)
            require(killed(save, folder, step), "not killed")
            if not target.exists():
                save()
            left = [p for p in folder.rglob("*") if ".part-" in p.parent.name]
            require(not left, f"left behind: {left}")
            back = folder / "back"
            restore(target, back / "docs", back / "data")
            require((back / "docs" / "plan.md").read_bytes() == OLD, "another document")
            shutil.rmtree(back)
        target.unlink(missing_ok=True)
    back_up(target, place.docs, place.data)
    (place.docs / "plan.md").write_bytes(NEW)
    counted = folder / "counted"
    shutil.copytree(place.docs.parent, counted)
    length = steps(partial(restore, target, counted / "docs", counted / "data"), counted)
    for number in range(count):
        step, trial = rng.randrange(length), folder / f"trial{number}"
        shutil.copytree(place.docs.parent, trial)
        with tally.fault(RESTORE, f"step {step} of {length}"):
            bring = partial(restore, target, trial / "docs", trial / "data")
            require(killed(bring, trial, step), "not killed")
            _half_or_whole(trial, bring)
        shutil.rmtree(trial)
    return tally


def _half_or_whole(trial: Path, bring: Callable[[], object]) -> None:
    def start() -> None:
        open_database(trial / "data").close()

    said = told(start)
    require(not said or "restore" in said, said)
    require(said or (trial / "docs" / "plan.md").exists(), "no documents, and nothing said")
    found = {p.read_bytes() for p in trial.rglob("plan.md") if "restore-" not in str(p)}
    require(NEW in found, "what was there before is lost")
    bring()
    require(not told(start), "it does not start after the restore")
    require((trial / "docs" / "plan.md").read_bytes() == OLD, "not restored")
    require(
        NEW in {p.read_bytes() for p in trial.rglob("plan.md")}, "what was there before is lost"
    )


def rotations(count: int, seed: int, folder: Path) -> Tally:
    """An audit log that is written and rotated without a pause, killed `count` times."""
    tally, rng = Tally(), random.Random(seed)
    open_database(folder).close()
    for _ in range(count):
        delay, acknowledged = rng.uniform(0.0, 0.08), 0
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            _write_and_rotate(folder, writing)
        os.close(writing)
        with tally.fault(ROTATE, f"after {delay:.3f} s"), os.fdopen(reading, "rb") as said:
            select.select([], [], [], 0.05 + delay)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            acknowledged = said.read().count(b".")
            with closing(open_database(folder)) as database:
                log = Audit(database)
                verdict = log.verify()
                require(verdict.holds, verdict.problem)
                before = log.add("probe", NAME, {}).seq
                require(before > acknowledged, f"{acknowledged} acknowledged, {before - 1} there")
                _empty(database)
    return tally


def _write_and_rotate(folder: Path, said: int) -> None:
    try:
        log = Audit(open_database(folder))
        while True:
            for _ in range(3):
                log.add("answer", "device", {"text": "字" * 300})
                os.write(said, b".")
            log.rotate(keep_days=0)
    finally:
        os._exit(1)


def _empty(database: Database) -> None:
    with database.writing() as connection:
        for table in metadata.sorted_tables:
            connection.execute(table.delete())
