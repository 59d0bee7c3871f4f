"""Two servers on one folder: they start at once, build at once, write at once; and nothing is lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pages.records import Audit, Queue, open_database
from pages.records.backup import back_up, restore
from pages.staff.folder import Folder
from tests.faults.clients import MANY, text_of
from tests.faults.corrupt import damage
from tests.faults.servers import Server, Servers, came_up, servers
from tests.faults.staff import Staff, feedback, with_staff
from tests.faults.tally import FIGURE, PLAN, Tally, Wrong, require, told

SHARED = "two servers on one folder"
_TRIES = 20


def run(count: int, seed: int, folder: Path) -> Tally:
    """`count` changes by each of two servers, after both have started on nothing, then on damage."""
    with servers(folder) as started:
        return two(started, count, seed, folder)


def two(started: Servers, count: int, seed: int, folder: Path) -> Tally:
    """The same over servers that somebody else stops."""
    tally, rng = Tally(), random.Random(seed)
    docs, data = with_staff(folder)
    pair: list[Server] = []
    for damaged in (False, True):
        for server in pair:
            server.kill()
        what = "nothing"
        if damaged:
            files = sorted(p for p in data.glob("indexes/*/*/*/*") if p.is_file())
            what = damage(rng.choice(files), rng)
        with tally.fault(SHARED, f"both start on {what}"):
            pair = [started.order(docs, data, "--staff", **MANY) for _ in range(2)]
            for server in pair:
                require(came_up(server), server.said[-300:])
                require(FIGURE in text_of(server.ask()), "no answer")
    with tally.fault(SHARED, "a restore under both"):
        back_up(folder / "backup.tar.gz", docs, data)
        said = told(lambda: restore(folder / "backup.tar.gz", docs, data))
        require("停止服务" in said, said)
    _both_write(pair, docs, data, count, tally)
    with tally.fault(SHARED, "answers after all of it"):
        for server in pair:
            require(FIGURE in text_of(server.ask()), "no answer")
            require("Traceback" not in server.said, server.said[-600:])
    return tally


def _both_write(pair: list[Server], docs: Path, data: Path, count: int, tally: Tally) -> None:
    staff = [Staff(server) for server in pair]
    for one in staff:
        one.sign_in()
    taken: list[bytes] = []
    kept: list[str] = []

    def write(own: int) -> None:
        for turn in range(count):
            content = f"{PLAN}\n\n第{own}台第{turn}次。\n".encode()
            with tally.fault(SHARED, f"server {own} takes the same name, turn {turn}"):
                _take(staff[own], content)
                taken.append(content)
            with tally.fault(SHARED, f"server {own} keeps a complaint, turn {turn}"):
                require(not feedback(pair[own], f"{own}-{turn}"), "not kept")
                kept.append(f"{own}-{turn}")
            if turn == count // 2:
                with tally.fault(SHARED, f"server {own} builds"):
                    require(staff[own].post("build")[0] == 200, "not begun")

    _together([lambda: write(0), lambda: write(1)])
    with tally.fault(SHARED, "nothing is lost"):
        folder = Folder(docs, data)
        there = {(docs / file).read_bytes() for file in folder.files()}
        there |= {p.read_bytes() for p in data.glob("trash/*/*/content")}
        require(there >= set(taken), "a document is lost")
        with closing(open_database(data)) as database:
            require(Audit(database).verify().holds, "the chain is broken")
            require(sum(Queue(database).counts().values()) == len(kept), "a complaint is lost")


def _take(staff: Staff, content: bytes) -> None:
    """Takes a file in; where the other server's came between, that is said and it is sent again."""
    for _ in range(_TRIES):
        status, said = staff.told("same.md", content)
        if status == 200:
            return
        require("换成另一份" in said, said[-300:])
    raise Wrong("never taken")


def _together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
