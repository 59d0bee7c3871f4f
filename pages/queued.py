"""One question from its place in the line to its finished turn, as HTML that grows.

Knows the line, the limits and how a turn looks; what is answered comes in as pieces.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Generator

from starlette.concurrency import run_in_threadpool

from pages import render
from pages.limits import Busy
from pages.watch import Visitor, Watch

# Gradio's own queue lets so many events run; those that wait in our line are among them.
MOST_EVENTS = 200

Pieces = Generator[str, None, None]


async def in_line(
    watch: Watch | None, visitor: Visitor, question: str, pieces: Pieces
) -> AsyncIterator[str]:
    """HTML of a turn: how many are before it, then the pieces, made in a thread; or why it can't be."""
    if watch is None:
        async for html in _made(pieces):
            yield html
        return
    try:
        with watch.admitted(visitor), watch.line.place() as place:
            async for standing in place.waited():
                yield render.waiting(question, standing.before, standing.seconds)
            async for html in _made(pieces):
                yield html
    except Busy as busy:
        yield render.failed(question, str(busy))


async def _made(pieces: Pieces) -> AsyncIterator[str]:
    """Each piece, made in a thread. They are closed in the end: by the step under way, where there is one."""
    step: asyncio.Future[str | None] | None = None
    try:
        while True:
            step = asyncio.ensure_future(run_in_threadpool(next, pieces, None))
            piece = await asyncio.shield(step)
            if piece is None:
                return
            yield piece
    finally:
        if step is None or step.done():
            pieces.close()
        else:  # a reader who stops does not wait for it
            step.add_done_callback(lambda _: pieces.close())
