"""The web app over an assistant: pages, staff pages, /healthz and /metrics, behind one guard.

Knows how the parts are put together and how another assistant takes the place of the one in force;
not where an assistant, its settings or its records come from.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import fastapi
from anyio import to_thread

from pages import metrics, openai_api, site
from pages.chat import Answering
from pages.feedback import Taking
from pages.following import Following
from pages.guard import HANDLERS, Guard
from pages.guard.failing import failed
from pages.records.accounts import Session
from pages.site_file import Site
from pages.switch import Switch
from pages.watch import Watch

# Answers under way hold a thread each, up to 64 (pages.limits): with anyio's own 40 a chat model that
# hangs kept /healthz and every page waiting for 2.6 s of its 3.
THREADS = 128


class Serving:
    """The assistant in force and the pages over it; `replace` goes over to another while serving."""

    def __init__(self, assistant: Answering, pages: Callable[[Answering], fastapi.FastAPI]) -> None:
        self.assistant = assistant
        self._pages = pages
        self.told: list[Callable[[Answering], object]] = []  # called with each new assistant
        self.following: Following | None = None
        self._first = site.next_number()
        self.switch = Switch(pages(assistant))

    def replace(self, assistant: Answering) -> None:
        """Puts the assistant and its pages in force; pages left open go on working."""
        with site.numbered_from(self._first):
            made = self._pages(assistant)
        self.switch.put(made)
        self.assistant = assistant
        for tell in self.told:
            tell(assistant)


def create(
    assistant: Answering,
    ready: Callable[[], None],
    look: Site | None = None,
    take: Taking | None = None,
    watch: Watch | None = None,
    staff: Callable[[Serving, fastapi.FastAPI], None] | None = None,
    session: Callable[[str], Session | None] = lambda _: None,
    follow: Callable[[Serving], Following] | None = None,
    staff_port: int | None = None,
) -> fastapi.FastAPI:
    """The web app over an assistant; `ready` is called once it is about to take requests.

    `look`: the city's own settings. `take`: keeps what readers say of answers; None: not asked.
    `watch`: what every question passes through; None: no limits, no log. `staff`: adds the staff
    pages; `session(token)`: who is signed in there; `staff_port`: the port that has them alone.
    `follow`: makes what goes over to new indexes.
    """
    told = {**HANDLERS, Exception: failed}

    def pages(over: Answering) -> fastapi.FastAPI:
        inner = fastapi.FastAPI(
            docs_url=None, redoc_url=None, openapi_url=None, exception_handlers=told
        )
        inner.include_router(openai_api.router(over, watch))
        return site.serve_on(inner, over, site.build(over, look, take, watch), look, watch)

    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        async with serving.switch.running():
            ready()
            if serving.following is not None:
                serving.following.start()
            yield
            if serving.following is not None:
                serving.following.stop()

    app = fastapi.FastAPI(
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        exception_handlers=told,
    )
    serving = Serving(assistant, pages)
    serving.following = follow(serving) if follow is not None else None

    @app.get("/healthz")
    def healthz() -> dict[str, str | int]:
        return health(serving.assistant)

    if watch is not None:
        serving.told.append(lambda fresh: watch.serve(fresh.library.index_hash))
        app.include_router(
            metrics.router(watch.metrics, lambda: problems(serving.assistant, watch))
        )
    if staff is not None:
        staff(serving, app)
    app.add_middleware(Guard, session=session, staff_port=staff_port)
    app.mount("/", serving.switch)
    return app


def health(assistant: Answering) -> dict[str, str | int]:
    """What GET /healthz says: status, documents, passages, index_hash."""
    library = assistant.library
    documents = library.documents()
    return {
        "status": "ok" if documents else "empty",
        "documents": len(documents),
        "passages": library.count(),
        "index_hash": library.index_hash,
    }


def problems(assistant: Answering, watch: Watch) -> list[str]:
    """Why no visitors should be sent here now, one sentence each."""
    found = [] if assistant.library.documents() else ["索引里没有文件。"]
    if watch.logbook is not None and not watch.logbook.works:
        found.append("审计记录写不进去。")
    return found
