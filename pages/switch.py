"""The pages of one index behind one place, so that a running server goes over to the next index.

Each app put here lives in a task of its own: its start-up and shut-down belong to one task. What an
app before is still answering is answered by it. Knows ASGI apps; knows no index and no page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import fastapi
from fastapi.dependencies import models
from starlette.types import Receive, Scope, Send

_WAIT_SECONDS = 60  # for an app to come up
# An app that was replaced lives on for so long: open streams end in their own time.
_GRACE_SECONDS = 60


class Switch:
    """An ASGI app that passes everything on to the app in force."""

    def __init__(self, app: fastapi.FastAPI) -> None:
        self.app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ends: asyncio.Event | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: list[asyncio.Event] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The time in which requests come; the apps' own start-up and shut-down stand around it."""
        self._loop = asyncio.get_running_loop()
        self._ends = await self._start(self.app)
        try:
            yield
        finally:
            for ends in self._open:
                ends.set()
            await asyncio.gather(*self._tasks)
            self._loop = None

    def put(self, app: fastapi.FastAPI) -> None:
        """Puts another app in force, from any thread but the server's own; it is up on return."""
        if self._loop is None:  # not serving yet
            self.app = app
            return
        asyncio.run_coroutine_threadsafe(self._swap(app), self._loop).result(_WAIT_SECONDS)

    async def _swap(self, app: fastapi.FastAPI) -> None:
        before = self._ends
        self._ends = await self._start(app)
        self.app = app
        if before is not None:
            asyncio.get_running_loop().call_later(_GRACE_SECONDS, before.set)

    async def _start(self, app: fastapi.FastAPI) -> asyncio.Event:
        up, ends = asyncio.Event(), asyncio.Event()
        self._open.append(ends)
        task = asyncio.create_task(self._live(app, up, ends))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        coming = asyncio.create_task(up.wait())
        await asyncio.wait({coming, task}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            coming.cancel()
            task.result()
        return ends

    async def _live(self, app: fastapi.FastAPI, up: asyncio.Event, ends: asyncio.Event) -> None:
        async with app.router.lifespan_context(app):
            up.set()
            await ends.wait()
        forget_routes()


def forget_routes() -> None:
    """Lets go of the routes that FastAPI has analysed, which are analysed again where they are used.

    Its caches outlive the apps: each app that was replaced would be kept for good.
    """
    for value in vars(models).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
