"""All pages as one Gradio app: the bar above them, and each page by its own route.

Knows the pages and the Assistant they share; adding a page is one entry in PAGES and one in
`_builders`.
"""

from __future__ import annotations

import warnings
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from html import escape
from typing import Any

import fastapi
import gradio as gr
from gradio.components import Navbar
from gradio.context import Context
from starlette.routing import Mount

from pages import batch, browse, chat, feedback, routes, theme
from pages.bank import Bank
from pages.examples import examples
from pages.guard.door import Door
from pages.indicators import page as indicators
from pages.indicators import sheet
from pages.queued import MOST_EVENTS
from pages.settings import spare_statistics
from pages.site_file import Site
from pages.watch import Watch

# Visits whose components Gradio remembers, 100 KB each; its own 10,000 let a server grow by a
# gigabyte. The pages keep nothing there: one that was forgotten is made anew when it asks again.
SESSIONS = 200
# name, path, icon ('': not in the bar; other pages link to it)
PAGES = (
    ("问答", "", "ask"),
    ("浏览", "browse", "browse"),
    ("指标", "indicators", "figures"),
    ("批量提问", "batch", ""),
)


def bar(
    current: str,
    site: Site,
    staff: Sequence[tuple[str, str, str]] | None = None,
    alone: bool = False,
) -> str:
    """The bar above every page: its name, the pages, and how it is shown on this device.

    `staff`: the pages under /staff, one of which this is; the citizens' are then a step up, or,
    where the staff's stand `alone`, on another port.
    """
    up = "./" if staff is None or alone else "../"
    own = [
        (name, f"{up}{path}", sign, staff is None and path == current)
        for name, path, sign in (() if alone else PAGES)
    ]
    own += [(name, f"./{path}", sign, path == current) for name, path, sign in staff or ()]
    links = "".join(
        f'<a href="{href}"{" aria-current=page" if here else ""}>{theme.icon(sign)}{escape(name)}</a>'
        for name, href, sign, here in own
        if sign
    )
    logo = f'<img src="{escape(site.logo)}" alt="" height="28">' if site.logo else theme.LOGO
    city = f'<span class="city">{escape(site.city)}</span>' if site.city else ""
    return (
        '<header class="bar"><a class="skip" href="#main">跳到正文</a>'
        '<button type="button" class="quiet menu" data-act="menu"'
        f' aria-label="打开菜单" aria-expanded="false">{theme.icon("menu")}</button>'
        f'<a class="brand" href="{up}" aria-label="{escape(site.full_name)}，首页">'
        f"{logo}{city}<span>{escape(site.name)}</span></a>"
        f'<nav aria-label="页面">{links}</nav>'
        '<button type="button" class="quiet" data-act="dark" aria-pressed="false" aria-label="深色">'
        f"{theme.icon('dark')}<span>深色</span></button>"
        '<button type="button" class="quiet" data-act="elder" aria-pressed="false">长辈版</button>'
        "</header>"
    )


def _bar(current: str, site: Site) -> None:
    Navbar(visible=False)
    gr.HTML(
        bar(current, site),
        elem_id="bar",
        apply_default_css=False,
        js_on_load="wengui.bar(element)",
    )


def next_number() -> int:
    """The number Gradio gives the next component."""
    return Context.id


@contextmanager
def numbered_from(number: int) -> Iterator[None]:
    """Components made within are numbered from there, so that a page built again has the same ones.

    Gradio counts on for the whole process, and a page left open calls its components by number.
    """
    counted = Context.id
    Context.id = number
    try:
        yield
    finally:
        Context.id = max(Context.id, counted)


def build(
    assistant: chat.Answering,
    site: Site | None = None,
    take: feedback.Taking | None = None,
    watch: Watch | None = None,
) -> gr.Blocks:
    """The Gradio app over an assistant; `take` is given what readers say of answers."""
    spare_statistics()
    site = site or Site()
    plain = assistant.plain
    bank = Bank(assistant.library, plain.ask)
    shown = examples(assistant.library, lambda question: not plain.ask(question).refused, site)
    builders: dict[str, Callable[[], None]] = {
        "": lambda: chat.build(assistant, shown, site, bank, take, watch),
        "browse": lambda: browse.build(assistant.library, bank, site),
        "batch": lambda: batch.build(site),
        "indicators": lambda: indicators.build(assistant.library, site),
    }
    demo: gr.Blocks
    with gr.Blocks(title=site.full_name, analytics_enabled=False, fill_width=True) as demo:
        _bar("", site)
        builders[""]()
    for name, path, _ in PAGES[1:]:
        with demo.route(name, f"/{path}"):
            _bar(path, site)
            builders[path]()
    return demo


def serve_on(
    app: fastapi.FastAPI,
    assistant: chat.Answering,
    demo: gr.Blocks,
    site: Site | None = None,
    watch: Watch | None = None,
) -> fastapi.FastAPI:
    """`app` with the pages mounted at its root; routes of its own must be added before."""
    site = site or Site()
    app.include_router(routes.exports(assistant.library, site))
    app.include_router(batch.routes(assistant, site, watch))
    app.include_router(sheet.router(assistant.library))
    return mounted(app, demo, "/", site)


def mounted(app: fastapi.FastAPI, demo: gr.Blocks, path: str, site: Site) -> fastapi.FastAPI:
    """`app` with a Gradio app under a path: our look, nothing of Gradio's own around it."""
    demo.max_threads = MOST_EVENTS
    demo.queue()
    demo.state_session_capacity = SESSIONS
    # Gradio warns that it leaves out server-side rendering, which is not asked for.
    warnings.filterwarnings("ignore", message="SSR mode is not supported")
    whole: fastapi.FastAPI = gr.mount_gradio_app(
        app,
        demo,
        path=path,
        footer_links=[],
        run_history=False,
        show_error=False,
        theme=theme.gradio_theme(),
        head=theme.head(site),
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    _end_with(whole, demo)
    place = next(r for r in reversed(whole.routes) if isinstance(r, Mount))
    place.app = Door(place.app, [page for page, *_ in demo.pages])
    return whole


def _end_with(app: fastapi.FastAPI, demo: gr.Blocks) -> None:
    """Stops the Gradio app where the app that it is mounted on ends.

    Its queue's two tasks would go on for good, and keep the pages and the index in memory.
    """
    starts = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(whole: fastapi.FastAPI) -> AsyncIterator[Any]:
        async with starts(whole) as state:
            try:
                yield state
            finally:
                demo.close(verbose=False)

    app.router.lifespan_context = lifespan
