"""The clock set back under a running server: what was kept stays, whoever signs in anew goes on.

Debian's libfaketime is put under the server and told another time while it runs; intervals are measured
by the monotonic clock, which goes on as it did.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path

from pages.records import Audit, Queue, open_database
from pages.staff.folder import Folder
from tests.faults.clients import MANY, text_of
from tests.faults.servers import Server, servers
from tests.faults.staff import Staff, feedback, with_staff
from tests.faults.tally import FIGURE, PLAN, Tally, require

BACK = "the clock set back"
_PLACES = (Path("/usr/lib"), Path("/usr/local/lib"))
_LONGEST = 400 * 24 * 60  # minutes: farther back than anything is kept


def faketime() -> Path | None:
    """libfaketime for programs with threads; None where it is not installed."""
    found = chain.from_iterable(place.glob("**/libfaketimeMT.so*") for place in _PLACES)
    return next(found, None)


def run(count: int, seed: int, folder: Path) -> Tally:
    """The clock set back so many times by minutes to months, with a restart after every other one."""
    library = faketime()
    if library is None:
        raise SystemExit("libfaketime 没有安装：请先安装 Debian 的软件包 faketime。")
    rng = random.Random(seed)
    return back(library, [int(_LONGEST ** rng.random()) for _ in range(count)], folder)


def back(library: Path, minutes: Sequence[int], folder: Path) -> Tally:
    """The clock set back by each of these in turn, ever farther from the true time."""
    tally, behind = Tally(), 0
    docs, data = with_staff(folder)
    told = folder / "faketime"
    told.write_text("+0\n")
    clock = {"LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(told)}
    clock |= {"FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    kept: list[bytes] = []
    with servers(folder, clock) as started:
        server = started.start(docs, data, "--staff", **MANY)
        staff = Staff(server)
        _works(server, staff, kept, tally, "before")
        for turn, by in enumerate(minutes):
            behind += by
            told.write_text(f"-{behind}m\n")
            with tally.fault(BACK, f"who is signed in, after {by} minutes"):
                status, said = staff.post("build")
                require(status < 500, f"{status} {said[:200]}")  # let in, or told to sign in
            _works(server, staff, kept, tally, f"turn {turn}, {by} minutes")
            if turn % 2:
                server.kill()
                server = started.start(docs, data, "--staff", **MANY)
                staff = Staff(server)
                _works(server, staff, kept, tally, f"turn {turn}, started again")
        require("Traceback" not in server.said, server.said[-600:])
    with tally.fault(BACK, "nothing is lost"):
        there = {(docs / file).read_bytes() for file in Folder(docs, data).files()}
        require(there >= set(kept), "a document is lost")
        with closing(open_database(data)) as database:
            times = [entry.at for entry in Audit(database).entries()]
            require(times != sorted(times), "the clock was never set back")
            require(Audit(database).verify().holds, "the chain is broken")
            require(sum(Queue(database).counts().values()) == len(kept), "a complaint is lost")
    return tally


def _works(server: Server, staff: Staff, kept: list[bytes], tally: Tally, when: str) -> None:
    """A question, a sign-in, a document and a complaint."""
    with tally.fault(BACK, when):
        require(FIGURE in text_of(server.ask()), "no answer")
        staff.sign_in()
        content = f"{PLAN}\n\n第{len(kept)}份。\n".encode()
        require(staff.take(f"document-{len(kept)}.md", content), "not taken")
        require(not feedback(server, f"{len(kept)}"), "the complaint is not kept")
        kept.append(content)
