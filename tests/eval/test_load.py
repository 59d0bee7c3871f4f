"""A visitor's calls against the real pages over a fake assistant, and what is made of the times."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import pytest

from eval import load, visiting
from eval.records import Case
from pages import application
from pages.limits import Allowance, Limits
from pages.metrics import Metrics
from pages.records.feedback import Feedback
from pages.watch import Watch
from tests.pages.fakes import FakeAssistant

QUESTION = "2025年养老机构护理型床位占比要达到多少？"
CASES = [
    Case("a", "g", QUESTION, "answer"),
    Case("b", "g", "那医师呢？", "answer", history=(("user", QUESTION), ("assistant", "65%。"))),
]


@asynccontextmanager
async def served(
    per_minute: int = 1000,
) -> AsyncIterator[tuple[httpx2.AsyncClient, list[Feedback]]]:
    """A client of the pages in this process, and the opinions they were told."""
    told: list[Feedback] = []
    limits = Limits(Allowance(per_minute=per_minute, burst=per_minute))
    watch = Watch(limits, Limits(Allowance(1000, 1000)), Metrics())
    site = application.create(FakeAssistant(), lambda: None, take=told.append, watch=watch)
    async with site.router.lifespan_context(site):
        transport = httpx2.ASGITransport(site)
        async with httpx2.AsyncClient(transport=transport, base_url="http://wengui") as client:
            yield client, told


def test_a_visitor_asks_reads_searches_and_says_what_he_thinks() -> None:
    async def visit() -> None:
        async with served() as (client, told):
            visitor = visiting.Visitor(client, "one")
            await visitor.arrive()
            turn = await visitor.ask(QUESTION)
            assert "65%" in turn.text
            await visitor.ask("那托位呢？")
            assert [t.question for t in visitor.talk] == [QUESTION, "那托位呢？"]
            assert visitor.documents == ("plan", "paper")
            sections = await visitor.tree("plan")
            await visitor.read("plan", sections[0])
            await visitor.find("养老服务")
            assert (await visitor.api(QUESTION, stream=True)).startswith("到2025年")
            assert "65%" in await visitor.api(QUESTION, stream=False)
            await visitor.say(turn, good=False, note="太短")
            assert (told[0].question, told[0].note) == (QUESTION, "太短")

    asyncio.run(visit())


def test_what_no_visitor_should_see_is_a_fault_in_its_own_words() -> None:
    async def visit() -> None:
        async with served(per_minute=1) as (client, _):
            visitor = visiting.Visitor(client, "one")
            await visitor.arrive()
            await visitor.ask(QUESTION)
            with pytest.raises(visiting.Failed, match="提问太快了"):
                await visitor.ask(QUESTION)
            with pytest.raises(visiting.Failed, match="章节没有打开"):
                await visitor.read("plan", "nowhere")

    asyncio.run(visit())


def test_a_connection_that_breaks_is_tried_again_and_counted() -> None:
    config = {"components": [], "dependencies": []}
    calls: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        calls.append(request.url.path)
        if len(calls) == 1:
            raise httpx2.ConnectError("gone")
        return httpx2.Response(
            200 if len(calls) < 4 else 502, text=f"window.gradio_config = {json.dumps(config)};"
        )

    async def visit(tally: load.Tally) -> None:
        transport = httpx2.MockTransport(answer)
        async with httpx2.AsyncClient(transport=transport, base_url="http://wengui") as client:
            visitor = visiting.Visitor(client, "one")
            doing = load.Doing(visitor, tally, load.random.Random(1), CASES, 2)
            await doing.next()
            await doing.next()

    tally = load.Tally()
    asyncio.run(visit(tally))
    assert tally.again == {load.OPEN: 2}
    # The second call got through to a page that is none of ours; later ones a proxy's 502.
    assert [words for _, words in tally.faults] == ["这个地址上不是问规的网页", "/ 返回 502"]


def test_only_what_was_kept_passes() -> None:
    tally = load.Tally()
    tally.seconds[load.ASK] = [0.1] * 99 + [5.0]
    within = load.Outcome(tally, [("p", 90.0, 100.0, 109.0)])
    assert load.broken(within, slowest=1, growth=0.1) == []
    assert len(load.broken(within, slowest=0.05, growth=0.05)) == 2
    tally.faults.append((load.API, "回答是空的"))
    assert load.broken(within, slowest=1, growth=0.1) == ["出错 1 次。"]
    assert load.broken(load.Outcome(load.Tally(), []), 1, 0.1) == ["没有得到一个回答。"]


def test_the_table_counts_every_kind() -> None:
    tally = load.Tally()
    tally.seconds[load.ASK] = [0.1, 0.3]
    tally.faults.append((load.ASK, "回答出错"))
    tally.again[load.ASK] = 1
    lines = load.rows(tally)
    assert lines[2] == ["提问", "3", "1", "1", "200", "290", "300"]
    assert lines[3] == ["追问", "0", "0", "0", "0", "0", "0"]


def test_each_visitor_has_an_address_of_its_own_on_this_machine_alone() -> None:
    assert load.address("http://10.0.0.1:80", 3) is None
    assert load.address("http://wengui.example", 3) is None
    if load.sys.platform == "linux":
        own = {load.address("http://127.0.0.1:80", n) for n in range(600)}
        assert len(own) == 600
