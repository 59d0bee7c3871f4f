"""Visitors at a running server, over HTTP: counts, times and memory, and whether limits were kept.

    python -m eval.load --url http://127.0.0.1:7860 [--visitors 50] [--minutes 10] [--think 8]

Visitors open the page, ask, follow up, browse and use /v1, with pauses between. On this machine
(Linux) each comes from a loopback address of its own, so that limits and a proxy tell them apart.
Memory is what the processes' /metrics say, one minute after the start and at the end. Exit code 1
where an action failed, answers were too slow or memory grew; the figures depend on the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx2
import numpy as np

from eval.cases import load, select
from eval.console import table
from eval.records import Case
from eval.visiting import Broken, Failed, Visitor
from index.errors import SettingError, UserError

OPEN, ASK, FOLLOW, BROWSE, SEARCH, API = "打开网页", "提问", "追问", "浏览章节", "搜索", "接口 /v1"
ANSWERS = (ASK, FOLLOW, API)
# What a visitor does next, by weight. A question may be followed up; every visit begins anew
# after some actions, as people come and go.
_NEXT = {ASK: 5.0, BROWSE: 2.5, SEARCH: 1.0, API: 1.5}
_FOLLOWED, _LEAVES = 0.3, 0.1
_RESIDENT = re.compile(r"^process_resident_memory_bytes (\S+)", re.M)
_SHOWN = 10  # faults printed


@dataclass(slots=True)
class Tally:
    """What happened: seconds by kind of action, faults as (kind, words), second tries."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[tuple[str, str]] = field(default_factory=list)
    again: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def p95(self, kinds: Sequence[str]) -> float:
        """Seconds; 0 where nothing of the kinds was done."""
        found = [s for kind in kinds for s in self.seconds[kind]]
        return float(np.percentile(found, 95)) if found else 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    tally: Tally
    memory: list[tuple[str, float, float, float]]  # process, MiB at start, after a minute, at end


@dataclass(frozen=True, slots=True)
class Plan:
    """How many visit `url`, with what pauses (seconds)."""

    url: str
    visitors: int
    think: float
    seed: int
    tries: int = 1  # of an action whose connection breaks


async def crowd(plan: Plan, tally: Tally, cases: Sequence[Case], going: Callable[[], bool]) -> None:
    """Everybody's visit, until `going` says no."""
    visits = (_visit(plan, n, tally, cases, going) for n in range(plan.visitors))
    await asyncio.gather(*visits)


async def _visit(
    plan: Plan, n: int, tally: Tally, cases: Sequence[Case], going: Callable[[], bool]
) -> None:
    draw = random.Random(f"{plan.seed}-{n}")
    await asyncio.sleep(draw.uniform(0, plan.think))
    own = httpx2.AsyncHTTPTransport(local_address=address(plan.url, n))
    async with httpx2.AsyncClient(
        base_url=plan.url, transport=own, timeout=60, trust_env=False
    ) as client:
        one = Doing(Visitor(client, f"visitor-{n}"), tally, draw, cases, plan.tries)
        while going():
            await one.next()
            await asyncio.sleep(draw.uniform(0.5, 1.5) * plan.think)


def address(url: str, n: int) -> str | None:
    """The n-th visitor's own address where the server is on this machine (127.1.x.y), else None."""
    try:
        here = ip_address(urlsplit(url).hostname or "").is_loopback
    except ValueError:
        here = False
    return f"127.1.{n // 250}.{n % 250 + 1}" if here and sys.platform == "linux" else None


class Doing:
    """A visitor's next action, drawn, timed and counted."""

    def __init__(
        self, visitor: Visitor, tally: Tally, draw: random.Random, cases: Sequence[Case], tries: int
    ) -> None:
        self._visitor, self._tally, self._draw = visitor, tally, draw
        self._cases, self._tries = cases, tries
        self._here = False
        self._waiting: list[str] = []  # a conversation's questions still to be asked
        self._sections: dict[str, list[str]] = {}

    async def next(self) -> None:
        draw = self._draw
        if not self._here or draw.random() < _LEAVES:
            self._here = await self._timed(OPEN, self._visitor.arrive)
            self._waiting = []
            return
        if self._waiting or (self._visitor.talk and draw.random() < _FOLLOWED):
            await self._timed(FOLLOW, self._follow)
            return
        kind = draw.choices(list(_NEXT), list(_NEXT.values()))[0]
        acts = {ASK: self._ask, BROWSE: self._browse, SEARCH: self._search, API: self._api}
        await self._timed(kind, acts[kind])

    async def _timed(self, kind: str, act: Callable[[], Awaitable[None]]) -> bool:
        for left in reversed(range(self._tries)):
            begin = time.perf_counter()
            try:
                await act()
            except Failed as fault:
                if left and isinstance(fault, Broken):
                    self._tally.again[kind] += 1
                    continue
                self._tally.faults.append((kind, str(fault)))
                return False
            self._tally.seconds[kind].append(time.perf_counter() - begin)
            return True
        return False

    async def _ask(self) -> None:
        case = self._draw.choice(self._cases)
        self._visitor.talk.clear()
        said = [content for role, content in case.history if role == "user"]
        first, *self._waiting = [*said, case.question]
        await self._visitor.ask(first)

    async def _follow(self) -> None:
        # Words that lean on what was said, where the case has none of its own.
        words = self._waiting.pop(0) if self._waiting else "那具体有哪些要求？"
        await self._visitor.ask(words)

    async def _browse(self) -> None:
        doc_id = self._draw.choice(list(self._visitor.documents))
        if doc_id not in self._sections:
            self._sections[doc_id] = await self._visitor.tree(doc_id)
        if self._sections[doc_id]:
            await self._visitor.read(doc_id, self._draw.choice(self._sections[doc_id]))

    async def _search(self) -> None:
        await self._visitor.find(self._draw.choice(self._cases).question)

    async def _api(self) -> None:
        question = self._draw.choice(self._cases).question
        await self._visitor.api(question, stream=self._draw.random() < 0.5)


async def resident_mb(url: str) -> float:
    """MiB of the process at `url`, as its /metrics say; it answers on its own machine alone."""
    async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
        try:
            reply = await client.get(f"{url}/metrics")
        except httpx2.HTTPError as error:
            raise SettingError(f"{url} 打不开：请先启动服务，或改正地址。") from error
    found = _RESIDENT.search(reply.text) if reply.status_code == 200 else None
    if found is None:
        raise SettingError(f"{url}/metrics 没有给出内存：请用 --processes 写进程自己的地址。")
    return float(found[1]) / 2**20


async def visit(
    plan: Plan, seconds: float, processes: Sequence[str], cases: Sequence[Case]
) -> Outcome:
    """Everybody's visit, and each process's memory after the first minute (or half) and at the end."""
    tally = Tally()
    at_start = [await resident_mb(url) for url in processes]
    until = time.monotonic() + seconds
    going = asyncio.ensure_future(crowd(plan, tally, cases, lambda: time.monotonic() < until))
    await asyncio.sleep(min(60.0, seconds / 2))
    after_one = [await resident_mb(url) for url in processes]
    await going
    at_end = [await resident_mb(url) for url in processes]
    return Outcome(tally, list(zip(processes, at_start, after_one, at_end, strict=True)))


def rows(tally: Tally) -> list[list[str]]:
    """The table, one kind of action a row; times in milliseconds."""
    lines = [["动作", "次数", "出错", "重试", "中位（毫秒）", "95%（毫秒）", "最慢（毫秒）"]]
    for kind in (OPEN, ASK, FOLLOW, BROWSE, SEARCH, API):
        seconds = tally.seconds[kind]
        failed = sum(k == kind for k, _ in tally.faults)
        p50, p95 = np.percentile(seconds, [50, 95]) if seconds else (0.0, 0.0)
        times = (f"{s * 1000:.0f}" for s in (p50, p95, max(seconds, default=0.0)))
        lines.append(
            [kind, str(len(seconds) + failed), str(failed), str(tally.again[kind]), *times]
        )
    return lines


def broken(outcome: Outcome, slowest: float, growth: float) -> list[str]:
    """Which limits were not kept, one sentence each. `growth`: a share of the memory after a minute."""
    tally = outcome.tally
    said = [f"出错 {len(tally.faults)} 次。"] if tally.faults else []
    if not any(tally.seconds[kind] for kind in ANSWERS):
        said.append("没有得到一个回答。")
    if (p95 := tally.p95(ANSWERS)) > slowest:
        said.append(f"回答的 95% 是 {p95:.2f} 秒，超过 {slowest:g} 秒。")
    for process, _, first, last in outcome.memory:
        if last > first * (1 + growth):
            said.append(
                f"{process} 的内存由 {first:.0f} MB 增到 {last:.0f} MB，超过 {growth:.0%}。"
            )
    return said


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.load", description="许多人同时访问")
    parser.add_argument("--url", default="http://127.0.0.1:7860", help="网页的地址")
    parser.add_argument("--processes", nargs="+", help="各进程自己的地址，看内存用；缺省同 --url")
    parser.add_argument("--visitors", type=int, default=50, help="多少位访问者，缺省 50")
    parser.add_argument("--minutes", type=float, default=10, help="多少分钟，缺省 10")
    parser.add_argument("--think", type=float, default=8, help="两个动作之间平均停几秒，缺省 8")
    parser.add_argument("--seed", type=int, default=1, help="随机数的种子")
    parser.add_argument("--tries", type=int, default=1, help="连接中断时一个动作最多试几次，缺省 1")
    parser.add_argument("--slowest", type=float, default=1, help="回答的 95%% 不超过几秒，缺省 1")
    parser.add_argument("--growth", type=float, default=0.1, help="内存最多增加几成，缺省 0.1")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """The command; 1 where a limit was not kept, 2 with one Chinese line for a user's error."""
    given = arguments(argv)
    url = given.url.rstrip("/")
    plan = Plan(url, given.visitors, given.think, given.seed, given.tries)
    processes = [p.rstrip("/") for p in given.processes or [url]]
    try:
        cases = [c for c in select(load(), split="dev") if c.question.strip()]
        outcome = asyncio.run(visit(plan, given.minutes * 60, processes, cases))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    print(table(rows(outcome.tally)))
    for process, start, first, last in outcome.memory:
        print(f"{process} 内存：开始 {start:.0f}，一分钟后 {first:.0f}，最后 {last:.0f} MB")
    for kind, words in outcome.tally.faults[:_SHOWN]:
        print(f"{kind}出错：{words}")
    problems = broken(outcome, given.slowest, given.growth)
    print("\n".join(problems) if problems else "都在限度以内。")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
