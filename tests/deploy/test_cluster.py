"""Three processes, one PostgreSQL, one published index, nginx in front, visitors all the while.

What is claimed in deploy/README.md: an index goes over everywhere without a fault, a process that is
killed costs its visitors one more try at most, and what is kept is kept for all processes.
"""

from __future__ import annotations

import asyncio
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from eval.console import table
from eval.load import Plan, Tally, crowd, rows
from eval.records import Case
from eval.visiting import Visitor
from index.publish import publish
from index.settings import Settings
from pages.records import Audit, Database, Queue
from pages.records.accounts import Accounts
from tests.deploy.cluster import Cluster, Process, cluster, until
from tests.postgres import binaries

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        not shutil.which("nginx") or binaries() is None,
        reason="nginx or PostgreSQL is not installed",
    ),
]
PLAN = """# 云溪市发展规划纲要

## 第一章 养老服务

健全养老服务体系。到2025年，全市养老机构护理型床位占比达到65%。

## 第二章 托育服务

每千人口拥有3岁以下婴幼儿托位数达到4.5个。
"""
GREENWAY = """# 云溪市绿道建设规划

## 第一章 绿道网络

到2027年，全市建成生态绿道820公里。
"""
BEDS, NEW = "2025年养老机构护理型床位占比达到多少？", "2027年全市建成生态绿道多少公里？"
CASES = [
    Case("beds", "g", BEDS, "answer"),
    Case("nursery", "g", "每千人口托位数达到多少？", "answer", history=(("user", BEDS),)),
]
# nginx spreads visitors by their addresses over processes on whatever ports are free: with 30 there is
# one for each process but in 3 * (2/3)^30 = 1.6e-5 of the runs (with 12, in 2.3 % of them).
VISITORS, THINK, PASSWORD = 30, 1.2, "云溪-qa-2026-long"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.md").write_text(PLAN, "utf-8")
    return folder


@contextmanager
def visitors(url: str) -> Iterator[Tally]:
    """Visitors all the while; each tries an action that breaks off once more."""
    tally, ends = Tally(), threading.Event()
    plan = Plan(url, VISITORS, THINK, seed=1, tries=2)
    going = crowd(plan, tally, CASES, lambda: not ends.is_set())
    thread = threading.Thread(target=asyncio.run, args=(going,))
    thread.start()
    try:
        yield tally
    finally:
        ends.set()
        thread.join()


def done(tally: Tally) -> int:
    return sum(map(len, tally.seconds.values()))


def go_on(tally: Tally, actions: int) -> None:
    """Until the visitors have done as many more things."""
    before = done(tally)
    until(lambda: done(tally) >= before + actions, "the visitors came to a halt")


def ask(process: Process, question: str, note: str = "") -> str:
    """The answer of this very process; `note`: said of it under the answer."""

    async def visit() -> str:
        async with httpx2.AsyncClient(base_url=process.url, timeout=60, trust_env=False) as client:
            visitor = Visitor(client, "one")
            await visitor.arrive()
            turn = await visitor.ask(question)
            if note:
                await visitor.say(turn, good=False, note=note)
            return turn.text

    return asyncio.run(visit())


def signed_in(process: Process) -> httpx2.Cookies:
    with httpx2.Client(base_url=process.url, trust_env=False, timeout=30) as client:
        form = client.get("/signin").cookies["wengui_form"]
        given = {"name": "zhijian", "password": PASSWORD, "form": form}
        reply = client.post("/signin", data=given)
        assert reply.status_code == 303
        return reply.cookies


def may_enter(process: Process, cookies: httpx2.Cookies) -> bool:
    with httpx2.Client(
        base_url=process.url, cookies=cookies, trust_env=False, timeout=30
    ) as client:
        return client.get("/staff/api/quality").status_code == 200


def test_three_processes_are_one_server(
    tmp_path: Path, docs: Path, records: tuple[str, Database]
) -> None:
    shared, settings = tmp_path / "shared", Settings(docs, tmp_path / "builder")
    publish(shared, docs, settings=settings)
    url, database = records
    Accounts(database).add("zhijian", "qa", PASSWORD)
    environ = {"DATABASE_URL": url, "WENGUI_INDEX": str(shared), "WENGUI_PER_MINUTE": "10000"}
    environ |= {"WENGUI_BURST": "1000", "WENGUI_DOCS": str(docs)}
    # Two of them share a machine's data folder, the third is a machine of its own.
    data = [tmp_path / "one", tmp_path / "one", tmp_path / "other"]
    environs = [environ | {"WENGUI_DATA": str(folder)} for folder in data]
    with cluster(tmp_path, environs) as together, visitors(together.url) as tally:
        until(
            lambda: all(process.answers() for process in together.processes),
            "a process was asked nothing",
        )
        kept_for_all(together, database)
        an_index_goes_over(together, docs, shared, settings, tally)
        # Up to here no one was killed. One connection may still break where two processes share
        # two cores with all the visitors (1 of 8 runs before nginx let go of idle connections in time).
        assert sum(tally.again.values()) <= 2
        one_is_killed(together, tally)
    print(table(rows(tally)))  # pytest -s shows it
    assert tally.faults == []
    assert sum(tally.again.values()) <= 2 * VISITORS
    verdict = Audit(database).verify()
    assert verdict.holds and verdict.entries >= done(tally) // 3


def kept_for_all(together: Cluster, database: Database) -> None:
    """Opinions and sign-ins, whichever process took them."""
    notes = {f"经第{process.number}个进程" for process in together.processes}
    for process, note in zip(together.processes, sorted(notes), strict=True):
        assert "65%" in ask(process, BEDS, note)
    assert {complaint.feedback.note for complaint in Queue(database).waiting()} == notes
    cookies = signed_in(together.processes[0])
    assert all(may_enter(process, cookies) for process in together.processes)


def an_index_goes_over(
    together: Cluster, docs: Path, shared: Path, settings: Settings, tally: Tally
) -> None:
    """A new document is published while visitors ask: every process comes to answer from it."""
    before = {process.index_hash() for process in together.processes}
    (docs / "greenway.md").write_text(GREENWAY, "utf-8")
    new = publish(shared, docs, settings=settings).index_hash
    assert len(before) == 1 and new not in before
    for process in together.processes:
        until(lambda p=process: p.index_hash() == new, "an index was not gone over to")
    for process in together.processes:
        assert "820公里" in ask(process, NEW)
    go_on(tally, VISITORS)


def one_is_killed(together: Cluster, tally: Tally) -> None:
    """kill -9 while visitors ask: the others take over; restarted, it takes its visitors back."""
    killed = together.processes[1]
    killed.end(signal.SIGKILL)
    go_on(tally, 2 * VISITORS)
    killed.start()
    killed.wait()
    assert "820公里" in ask(killed, NEW)
    until(lambda: killed.answers() > 1, "no visitor came back to the process")
    # One that is stopped in order ends what it has begun.
    stopped = together.processes[2]
    stopped.end(signal.SIGTERM)
    go_on(tally, VISITORS)
