"""Files of the index and of the records, cut, flipped, zeroed, emptied, removed: by seed.

The next start has to answer as before, or to say in one sentence what to do; a wrong answer, a
traceback or a part that stays broken is wrong.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from index.build import build
from index.embeddings import Model, load_embeddings
from index.library import Library
from index.settings import Settings
from pages.records import Audit, Feedback, Queue, open_database
from pages.records.database import FILE, Database
from tests.faults.tally import QUESTION, Tally, documents, require, told

INDEX, RECORDS = "corrupted index", "corrupted records"


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(max(len(data), 1))]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(max(len(data), 1))
    return (
        data[:at] + bytes(b ^ (1 << rng.randrange(8)) for b in data[at : at + 1]) + data[at + 1 :]
    )


def _zeroed(data: bytes, rng: random.Random) -> bytes:
    at, size = rng.randrange(max(len(data), 1)), rng.choice((1, 64, 512, 4096))
    return data[:at] + b"\0" * len(data[at : at + size]) + data[at + size :]


def _noise(data: bytes, rng: random.Random) -> bytes:
    return rng.randbytes(max(len(data), 1))


def _empty(data: bytes, rng: random.Random) -> bytes:
    return b""


DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _flipped, _flipped, _zeroed, _zeroed, _noise, _empty,
)  # fmt: skip


def damage(path: Path, rng: random.Random) -> str:
    """Damages or removes a file; what was done to it."""
    if rng.random() < 0.1:
        path.unlink()
        return f"{path.name} removed"
    change = rng.choice(DAMAGE)
    path.write_bytes(change(path.read_bytes(), rng))
    return f"{path.name} {change.__name__.strip('_')}"


def index_files(count: int, seed: int, folder: Path) -> Tally:
    """One file of an index damaged `count` times, each time of a fresh copy."""
    tally, rng = Tally(), random.Random(seed)
    docs, model = documents(folder / "docs"), load_embeddings("")
    whole = Settings(docs, folder / "whole")
    build(docs, settings=whole, model=model)
    wanted = _served(docs, whole, model, True)
    for number in range(count):
        settings = Settings(docs, folder / f"copy{number}")
        shutil.copytree(whole.data_dir, settings.data_dir)
        files = sorted(p for p in settings.data_dir.rglob("*") if p.is_file() and p.stat().st_size)
        # The large files are the ones that disks break; the small ones each have their own part.
        chosen = rng.choice(files) if number % 2 else _weighted(files, rng)
        rebuild, what = rng.random() < 0.5, damage(chosen, rng)
        with tally.fault(INDEX, f"{number}: {what}, rebuild={rebuild}"):
            _served_or_told(docs, settings, model, rebuild, wanted)
        shutil.rmtree(settings.data_dir)
    return tally


def _served_or_told(
    docs: Path, settings: Settings, model: Model, rebuild: bool, wanted: tuple[str, list[object]]
) -> None:
    def served() -> None:
        require(_served(docs, settings, model, rebuild) == wanted, "another answer")

    said = told(served)
    if said:  # only where it may not read the documents, and then it names the command
        require(not rebuild and "index.build" in said, said)
        require(not told(lambda: build(docs, settings=settings, model=model)), "not mended")
    rebuild = False
    served()


def _weighted(files: list[Path], rng: random.Random) -> Path:
    return rng.choices(files, [p.stat().st_size for p in files])[0]


def _served(
    docs: Path, settings: Settings, model: Model, rebuild: bool
) -> tuple[str, list[object]]:
    library = Library.open(docs, rebuild, settings=settings, model=model)
    with closing(library):
        hits = [hit for query in (QUESTION, "森林覆盖率", "托位") for hit in library.search(query)]
        found = [(h.passage, round(h.score, 4)) for h in hits]
        return library.index_hash, [*found, library.text("plan"), library.sections("plan")]


def records_file(count: int, seed: int, folder: Path) -> Tally:
    """The database of the records damaged `count` times: refused in words, or read without a crash."""
    tally, rng = Tally(), random.Random(seed)
    whole = folder / "records"
    with closing(open_database(whole)) as database:
        for number in range(60):
            Queue(database).add(Feedback(False, f"问题{number}", "答" * 200, "数字不对"))
            Audit(database).add("answer", "device", {"question": f"问题{number}"})
    for number in range(count):
        data = folder / f"records{number}"
        shutil.copytree(whole, data)
        what = damage(data / FILE, rng)
        with tally.fault(RECORDS, f"{number}: {what}"):
            said = told(partial(_used, data))
            require("连不上" not in said, said)
        shutil.rmtree(data)
    return tally


def _used(data: Path) -> None:
    with closing(open_database(data)) as database:
        _read(database)
        Queue(database).add(Feedback(True, "新问题", "新回答"))
        Audit(database).add("answer", "device", {})


def _read(database: Database) -> None:
    Queue(database).counts()
    Queue(database).waiting()
    Audit(database).verify()
