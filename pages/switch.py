"""The pages of one index behind one place, so that a running server goes over to the next index.

Each app put here lives in a task of its own: its start-up and shut-down belong to one task. What an
app before is still answering is answered by it; so is a question that it took and whose answer is
fetched only now (Gradio posts to queue/join, then reads queue/data). Knows ASGI apps; knows no index
and no page.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import fastapi
from fastapi.dependencies import models
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from pages.memory import hand_back

_WAIT_SECONDS = 60  # for an app to come up
# An app that was replaced lives on for so long, and then until its open streams have ended.
_GRACE_SECONDS = 60


_JOIN, _DATA = "/queue/join", "/queue/data"
_MOST_JOINED = 10_000  # questions taken whose answers nobody has come for yet


class _Life:
    """One app's time in force and after: what it is still answering, and when it ends."""

    def __init__(self, app: fastapi.FastAPI) -> None:
        self.app = app
        self.ends = asyncio.Event()
        self._under_way = 0
        self._replaced = False

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._under_way += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self._under_way -= 1
            self._end_if_idle()

    def replaced(self) -> None:
        """From now on it ends as soon as it answers nobody."""
        self._replaced = True
        self._end_if_idle()

    def _end_if_idle(self) -> None:
        if self._replaced and not self._under_way:
            self.ends.set()


class Switch:
    """An ASGI app that passes everything on to the app in force."""

    def __init__(self, app: fastapi.FastAPI) -> None:
        self._now = _Life(app)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lives: dict[asyncio.Task[None], _Life] = {}
        self._joined: dict[str, _Life] = {}  # a visit's session, and the app that took its question

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path.endswith(_JOIN):
            await self._join(scope, receive, send)
            return
        life = self._now
        if path.endswith(_DATA):
            life = self._joined.pop(Request(scope).query_params.get("session_hash", ""), life)
        await life.answer(scope, receive, send)

    async def _join(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a question on and remembers, before it is answered that it was taken, by whom."""
        life, body = self._now, bytearray()

        async def heard() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                self._remember(bytes(body), life)
            await send(message)

        await life.answer(scope, heard, said)

    def _remember(self, body: bytes, life: _Life) -> None:
        try:
            session = json.loads(body).get("session_hash")
        except (ValueError, AttributeError):
            return
        if isinstance(session, str):
            self._joined[session] = life
            if len(self._joined) > _MOST_JOINED:
                del self._joined[next(iter(self._joined))]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The time in which requests come; the apps' own start-up and shut-down stand around it."""
        self._loop = asyncio.get_running_loop()
        await self._start(self._now)
        try:
            yield
        finally:
            for life in self._lives.values():
                life.ends.set()
            await asyncio.gather(*self._lives)
            self._loop = None

    def put(self, app: fastapi.FastAPI) -> None:
        """Puts another app in force, from any thread but the server's own; it is up on return."""
        if self._loop is None:  # not serving yet
            self._now = _Life(app)
            return
        asyncio.run_coroutine_threadsafe(self._swap(app), self._loop).result(_WAIT_SECONDS)

    async def _swap(self, app: fastapi.FastAPI) -> None:
        fresh = _Life(app)
        await self._start(fresh)
        before, self._now = self._now, fresh
        asyncio.get_running_loop().call_later(_GRACE_SECONDS, before.replaced)

    async def _start(self, life: _Life) -> None:
        up = asyncio.Event()
        task = asyncio.create_task(_live(life, up))
        self._lives[task] = life
        task.add_done_callback(self._ended)
        coming = asyncio.create_task(up.wait())
        await asyncio.wait({coming, task}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            coming.cancel()
            task.result()

    def _ended(self, task: asyncio.Task[None]) -> None:
        ended = self._lives.pop(task)
        self._joined = {s: life for s, life in self._joined.items() if life is not ended}
        forget_routes()
        # An app and its pages are full of cycles, and Python looks for such large ones rarely.
        asyncio.get_running_loop().call_soon(hand_back)


async def _live(life: _Life, up: asyncio.Event) -> None:
    async with life.app.router.lifespan_context(life.app):
        up.set()
        await life.ends.wait()


def forget_routes() -> None:
    """Lets go of the routes that FastAPI has analysed, which are analysed again where they are used.

    Its caches outlive the apps: each app that was replaced would be kept for good.
    """
    for value in vars(models).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
