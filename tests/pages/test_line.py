"""The waiting line: order, what those who wait are told, and places that are given up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Generator

from pages import line as module
from pages.limits import Allowance, Limits
from pages.line import Line
from pages.metrics import Metrics
from pages.queued import in_line
from pages.watch import Visitor, Watch


def watch(at_once: int, in_all: int = 100) -> Watch:
    allowed = Allowance(at_once=in_all, at_once_in_all=in_all, burst=1000)
    return Watch(Limits(allowed), Limits(allowed), Metrics(), line=Line(at_once))


def visitor(n: int) -> Visitor:
    return Visitor(f"10.0.0.{n}", "Browser/1", str(n))


def made(*pieces: str) -> Generator[str, None, None]:
    yield from pieces


def test_those_who_wait_are_told_how_many_are_before_them_and_answered_in_order() -> None:
    over, order, shown = watch(1), [], {}

    async def ask(n: int) -> None:
        def pieces() -> Generator[str, None, None]:
            order.append(n)
            yield f"answer {n}"

        shown[n] = [html async for html in in_line(over, visitor(n), f"问题{n}", pieces())]

    async def all_at_once() -> None:
        await asyncio.gather(*map(ask, range(4)))

    asyncio.run(all_at_once())
    assert order == [0, 1, 2, 3]
    assert shown[0] == ["answer 0"]
    assert "前面还有2个问题" in shown[3][0]
    assert "前面的问题快答完了" in shown[1][0]
    assert all('data-state="pending"' in shown[n][0] for n in (1, 2, 3))
    assert all(shown[n][-1] == f"answer {n}" for n in range(4))


def test_a_full_line_says_so_and_what_to_do() -> None:
    over = watch(1, in_all=2)

    async def run() -> list[list[str]]:
        async def ask(n: int) -> list[str]:
            return [html async for html in in_line(over, visitor(n), "问题", made("answer"))]

        return await asyncio.gather(*map(ask, range(3)))

    *_, last = asyncio.run(run())
    assert len(last) == 1
    assert 'data-state="failed"' in last[0]
    assert "已经排满。请过一两分钟再问" in last[0]


def test_who_leaves_the_line_or_stops_gives_the_place_up() -> None:
    over = watch(1)

    async def run() -> list[str]:
        first = in_line(over, visitor(1), "问题", made("a", "b"))
        assert await anext(first) == "a"
        second = in_line(over, visitor(2), "问题", made("c"))
        assert "排队" in await anext(second)
        await second.aclose()  # type: ignore[attr-defined]
        await first.aclose()  # type: ignore[attr-defined]
        return [html async for html in in_line(over, visitor(1), "问题", made("d"))]

    assert asyncio.run(run()) == ["d"]


def test_the_time_to_wait_is_reckoned_from_those_before() -> None:
    now = iter([0.0, 10.0])
    own = Line(2, clock=lambda: next(now))

    async def run() -> int:
        with own.place() as done:
            async for _ in done.waited():
                raise AssertionError
        with own.place(), own.place(), own.place(), own.place() as last:
            return (await anext(last.waited())).seconds

    assert asyncio.run(run()) == 10  # the second in line, two at a time, ten seconds each


def test_it_is_said_again_only_when_the_line_has_moved(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "_EVERY", 0.001)
    own, told = Line(1), []

    async def run() -> None:
        with own.place():
            before, last = own.place(), own.place()
            before.__enter__()
            with last as place:
                standing = place.waited()
                told.append((await anext(standing)).before)
                waits = asyncio.ensure_future(anext(standing))
                for _ in range(20):
                    await asyncio.sleep(0)
                assert not waits.done()
                before.__exit__(None, None, None)
                told.append((await waits).before)
                await standing.aclose()  # type: ignore[attr-defined]

    asyncio.run(run())
    assert told == [1, 0]


def test_what_is_stopped_is_closed_though_a_step_is_under_way() -> None:
    began, goes_on, closed = threading.Event(), threading.Event(), threading.Event()

    def pieces() -> Generator[str, None, None]:
        try:
            yield "first"
            began.set()
            goes_on.wait(20)
            yield "second"
        finally:
            closed.set()

    async def run() -> None:
        shown = in_line(watch(1), visitor(1), "问题", pieces())
        assert await anext(shown) == "first"
        stopped = asyncio.ensure_future(anext(shown))
        while not began.is_set():
            await asyncio.sleep(0)
        stopped.cancel()
        assert await asyncio.gather(stopped, return_exceptions=True)
        goes_on.set()
        while not closed.is_set():
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(run(), 20))
