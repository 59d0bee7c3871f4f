"""The staff pages as a Gradio app of its own under /staff, so that the guard covers its API too.

Knows the frame; what stands in it comes from pages/staff/routes.py.
"""

from __future__ import annotations

from html import escape

import fastapi
import gradio as gr
from fastapi.responses import RedirectResponse
from gradio.components import Navbar

from pages.guard.middleware import STAFF
from pages.site import bar, mounted
from pages.site_file import Site

# name, path, icon, the view it asks for
PAGES = (("文件", "", "open", "files"), ("质检", "quality", "check", "quality"))


def build(site: Site, alone: bool = False) -> gr.Blocks:
    """The frame of both pages; `alone`: the citizens' pages are on another port."""
    demo: gr.Blocks
    with gr.Blocks(
        title=f"{site.full_name} 工作人员", analytics_enabled=False, fill_width=True
    ) as demo:
        _page("", "files", site, alone)
    for name, path, _, view in PAGES[1:]:
        with demo.route(name, f"/{path}"):
            _page(path, view, site, alone)
    return demo


def _page(path: str, view: str, site: Site, alone: bool) -> None:
    Navbar(visible=False)
    shown = bar(path, site, [(name, to, sign) for name, to, sign, _ in PAGES], alone)
    gr.HTML(shown, elem_id="bar", apply_default_css=False, js_on_load="wengui.bar(element)")
    gr.HTML(
        f'<main id="office" tabindex="-1" data-view="{escape(view)}"></main>',
        elem_id="staff",
        apply_default_css=False,
        js_on_load="wengui.office(element)",
    )


def serve_on(app: fastapi.FastAPI, demo: gr.Blocks, site: Site) -> None:
    """Mounts the pages; the routes they call must be added before."""

    @app.get(STAFF, include_in_schema=False)
    def entrance() -> RedirectResponse:
        return RedirectResponse(f"{STAFF}/", 307)

    mounted(app, demo, STAFF, site)
