"""A disk that is full, and one that can only be read: small tmpfs mounts in a namespace of their own.

    python -m tests.faults disk        (as root on Linux; elsewhere it says that it can't)

Each trial is a process of its own under `unshare -m`, whose data folder lies on a tmpfs of some
kilobytes, or on one that was mounted again for reading. It prints what a user is told. Whatever was
there before has to be there after, and a traceback is wrong.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from index.build import build
from index.embeddings import load_embeddings
from index.library import Library
from index.settings import Settings
from pages.records import Audit, Feedback, Queue, open_database
from pages.staff.folder import Folder
from tests.faults.tally import FIGURE, PLAN, QUESTION, Tally, documents, require, told

FULL, READ_ONLY = "full disk", "read-only folder"
ROOT = Path(__file__).parents[2]
SMALLEST, LARGEST = 16, 6_000  # kilobytes; an index of one document with its records takes 3,500


def can_mount() -> bool:
    """Whether this process may mount in a namespace of its own."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    probe = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def run(count: int, seed: int, folder: Path) -> Tally:
    """`count` sizes of a disk that is too small, then a folder that can only be read."""
    if not can_mount():
        print("disk: not permitted to mount here; left out", file=sys.stderr)
        return Tally()
    rng = random.Random(seed)
    sizes = [round(SMALLEST * (LARGEST / SMALLEST) ** rng.random()) for _ in range(count)]
    tally = Tally()
    for kind, given in ((FULL, sizes), (READ_ONLY, [LARGEST])):
        own = folder / kind.replace(" ", "-")
        documents(own / "docs")
        (own / "disk").mkdir()
        command = ["unshare", "-m", sys.executable, "-m", "tests.faults.disk", kind, str(own)]
        done = subprocess.run(
            [*command, *map(str, given)], capture_output=True, text=True, cwd=ROOT, check=False
        )
        with tally.fault(kind, "the trials"):
            require(done.returncode == 0, done.stderr[-600:])
            found = json.loads(done.stdout.splitlines()[-1])
            injected, survived, wrong = found
            tally += Tally(Counter(injected), Counter(survived), wrong)
    return tally


def _mounted(disk: Path, size: int) -> None:
    subprocess.run(["umount", disk], capture_output=True, check=False)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], check=True)


def full(own: Path, size: int, tally: Tally) -> None:
    """All that is written, on a disk with so many kilobytes; then the same with room again."""
    docs, disk = own / "docs", own / "disk"
    settings, model = Settings(docs, disk / "data"), load_embeddings("")
    _mounted(disk, size)
    acknowledged = 0

    def records() -> None:
        nonlocal acknowledged
        with closing(open_database(settings.data_dir)) as database:
            for number in range(40):
                Queue(database).add(Feedback(False, f"问题{number}", "答" * 3000, "数字不对"))
                Audit(database).add("answer", "device", {"text": "字" * 3000})
                acknowledged += 1

    def upload() -> None:
        folder = Folder(docs, settings.data_dir)
        with (docs / "plan.md").open("rb") as content:
            folder.take(folder.receive("plan.md", content).token, "张三")

    def indexed() -> None:
        build(docs, settings=settings, model=model)

    acts: dict[str, Callable[[], None]] = {"records": records, "upload": upload, "build": indexed}
    for name in sorted(acts, reverse=size % 2 == 0):
        with tally.fault(FULL, f"{size} KB, {name}"):
            said = told(acts[name])
            require(not said or any(w in said for w in ("磁盘", "写不进")), said)
    with tally.fault(FULL, f"{size} KB, with room again"):
        subprocess.run(["mount", "-o", f"remount,size={LARGEST * 4}k", disk], check=True)
        require((docs / "plan.md").read_text("utf-8") == PLAN, "the document is not whole")
        with closing(open_database(settings.data_dir)) as database:
            kept = sum(Queue(database).counts().values())
            require(kept >= acknowledged, f"{acknowledged} acknowledged, {kept} kept")
            require(Audit(database).verify().holds, "the chain is broken")
        _answers(docs, settings, True)


def read_only(own: Path, size: int, tally: Tally) -> None:
    """Serving from a folder that can only be read, and what each writer says there."""
    docs, disk = own / "docs", own / "disk"
    settings, model = Settings(docs, disk / "data"), load_embeddings("")
    _mounted(disk, size * 4)
    build(docs, settings=settings, model=model)
    open_database(settings.data_dir).close()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    for rebuild in (True, False):
        with tally.fault(READ_ONLY, f"serving, rebuild={rebuild}"):
            _answers(docs, settings, rebuild)
    with tally.fault(READ_ONLY, "serving with a new document that can't be indexed"):
        (docs / "more.txt").write_text("一、新章\n\n全新的一句正文在这里。\n", "utf-8")
        _answers(docs, settings, True)
    writers: dict[str, Callable[[], object]] = {
        "build": lambda: build(docs, settings=settings, model=model, force=True),
        "records": lambda: open_database(settings.data_dir),
        "remove": lambda: Folder(docs, settings.data_dir).remove("plan.md", "张三"),
    }
    for name, act in writers.items():
        with tally.fault(READ_ONLY, name):
            require("写" in told(act), "nothing said")
    with tally.fault(READ_ONLY, "a damaged part"):
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        next((settings.data_dir / "indexes").rglob("*.term")).write_bytes(b"")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        require("写入权限" in told(lambda: _answers(docs, settings, False)), "nothing said")


def _answers(docs: Path, settings: Settings, rebuild: bool) -> None:
    with closing(Library.open(docs, rebuild, settings=settings)) as library:
        require(FIGURE in library.search(QUESTION)[0].passage.text, "another answer")


def main() -> None:
    """In the namespace: KIND FOLDER SIZE…; prints the tally as JSON."""
    kind, own, *sizes = sys.argv[1:]
    tally = Tally()
    for size in sizes:
        (full if kind == FULL else read_only)(Path(own), int(size), tally)
    print(json.dumps([tally.injected, tally.survived, tally.wrong], ensure_ascii=False))


if __name__ == "__main__":
    main()
