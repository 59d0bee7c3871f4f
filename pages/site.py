"""All pages as one Gradio app: the bar above them, 问答, and 浏览 by its own route.

Knows the pages and the Assistant they share; adding a page is one entry in PAGES and one route.
"""

from __future__ import annotations

import warnings
from html import escape

import fastapi
import gradio as gr
from gradio.components import Navbar

from pages import browse, chat, theme
from pages.examples import examples

PAGES = (("问答", "", "ask"), ("浏览", "browse", "browse"))  # name, path, icon


def bar(current: str) -> str:
    """The bar above every page: its name, the pages, and how it is shown on this device."""
    links = "".join(
        f'<a href="./{path}"{" aria-current=page" if path == current else ""}>'
        f"{theme.icon(sign)}{escape(name)}</a>"
        for name, path, sign in PAGES
    )
    return (
        '<header class="bar"><button type="button" class="quiet menu" data-act="menu"'
        f' aria-label="打开菜单" aria-expanded="false">{theme.icon("menu")}</button>'
        f'<a class="brand" href="./">问规</a><nav aria-label="页面">{links}</nav>'
        '<button type="button" class="quiet" data-act="dark" aria-pressed="false">深色</button>'
        '<button type="button" class="quiet" data-act="elder" aria-pressed="false">长辈版</button>'
        "</header>"
    )


def _bar(current: str) -> None:
    Navbar(visible=False)
    gr.HTML(
        bar(current),
        elem_id="bar",
        apply_default_css=False,
        js_on_load="wengui.bar(element)",
    )


def build(assistant: chat.Answering) -> gr.Blocks:
    """The Gradio app over an assistant."""
    shown = examples(assistant.library, lambda question: not assistant.ask(question).refused)
    demo: gr.Blocks
    with gr.Blocks(title="问规", analytics_enabled=False, fill_width=True) as demo:
        _bar("")
        chat.build(assistant, shown)
    with demo.route("浏览", "/browse"):
        _bar("browse")
        browse.build(assistant.library)
    return demo


def serve_on(app: fastapi.FastAPI, demo: gr.Blocks) -> fastapi.FastAPI:
    """`app` with the pages mounted at its root; routes of its own must be added before."""
    # Gradio warns that it leaves out server-side rendering, which is not asked for.
    warnings.filterwarnings("ignore", message="SSR mode is not supported")
    mounted: fastapi.FastAPI = gr.mount_gradio_app(
        app,
        demo,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        theme=theme.gradio_theme(),
        head=theme.HEAD,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    return mounted
