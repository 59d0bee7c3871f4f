"""kill -9 of a server that takes documents, questions and complaints at once.

Whatever it has said yes to is there: the file in the folder and in the audit log, the answer in the audit
log, the complaint in the queue; the log's chain holds, and the next start works with all of it.
"""

from __future__ import annotations

import http.client
import itertools
import json
import random
import select
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select as select_rows

from pages.records import Audit, open_database
from pages.records.schema import feedback as feedback_table
from tests.faults.clients import MANY
from tests.faults.servers import Server, Servers, servers
from tests.faults.staff import Staff, feedback, with_staff
from tests.faults.tally import QUESTION, Tally, require

SERVER = "kill -9 of a busy server"
KINDS = ["file", "question", "complaint"]


@dataclass
class Acknowledged:
    """What the server has said yes to."""

    files: dict[str, bytes] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    one_more: dict[str, threading.Semaphore] = field(default_factory=dict)  # by kind


def run(count: int, seed: int, folder: Path) -> Tally:
    """A server that takes documents, questions and complaints at once, killed `count` times."""
    with servers(folder) as started:
        return killed(started, count, seed, folder)


def killed(started: Servers, count: int, seed: int, folder: Path) -> Tally:
    """The same data folder through all the kills; each start has the documents of all before."""
    tally, rng = Tally(), random.Random(seed)
    docs, data = with_staff(folder)
    known = Acknowledged()
    for number in range(count):
        # One of each kind, some more of any, and a moment: then it is killed in whatever it is at.
        awaited, delay = KINDS + rng.choices(KINDS, k=rng.randrange(12)), rng.uniform(0.0, 0.05)
        with tally.fault(SERVER, f"{number}: after {len(awaited)} and {delay:.3f} s"):
            server = started.start(docs, data, "--staff", **MANY)
            known.one_more = {kind: threading.Semaphore(0) for kind in KINDS}
            workers = _workers(server, number, known)
            there = [known.one_more[kind].acquire(timeout=60) for kind in awaited]
            require(all(there), "nothing is acknowledged any more")
            select.select([], [], [], delay)
            server.kill()
            for worker in workers:
                worker.join()
            require("Traceback" not in server.said, server.said[-400:])
            _all_is_there(docs, data, known)
    with tally.fault(SERVER, "the last start"):
        server = started.start(docs, data, "--staff", **MANY)
        require(json.loads(server.request("GET", "/healthz")[1])["documents"] > 0, "no documents")
        require(known.files and known.questions and known.complaints, "nothing was acknowledged")
    return tally


def _workers(server: Server, trial: int, known: Acknowledged) -> list[threading.Thread]:
    staff = Staff(server)
    staff.sign_in()

    def take(name: str) -> None:
        content = (
            f"# 文件{name}\n\n## 目标\n\n到2027年建成公园{trial + 2}个，编号{name}。\n".encode()
        )
        if staff.take(f"{name}.md", content):
            known.files[f"{name}.md"] = content

    def ask(name: str) -> None:
        question = f"{QUESTION}（{name}）"
        if server.ask(question, user=name)[0] == 200:
            known.questions.append(question)

    def complain(name: str) -> None:
        if not feedback(server, name):
            known.complaints.append(name)

    def work(act: Callable[[str], None], kind: str) -> None:
        with suppress(OSError, http.client.HTTPException, IndexError, ValueError):  # it is gone
            for turn in itertools.count():
                act(f"{kind}{trial}-{turn}")
                known.one_more[kind].release()

    acts = zip((take, ask, complain), KINDS, strict=True)
    threads = [threading.Thread(target=work, args=given) for given in acts]
    for thread in threads:
        thread.start()
    return threads


def _all_is_there(docs: Path, data: Path, known: Acknowledged) -> None:
    for name, content in known.files.items():
        require((docs / name).read_bytes() == content, f"{name} is lost")
    with closing(open_database(data)) as database:
        verdict = Audit(database).verify()
        require(verdict.holds, verdict.problem)
        entries = list(Audit(database).entries())
        logged = {json.loads(e.data).get("question") for e in entries}
        taken = {json.loads(e.data)["file"] for e in entries if e.kind == "take"}
        with database.reading() as connection:
            kept = set(connection.scalars(select_rows(feedback_table.c.question)))
    require(logged >= set(known.questions), "an answer is not in the audit log")
    require(taken >= known.files.keys(), "a document is not in the audit log")
    require(kept >= set(known.complaints), "a complaint is lost")
