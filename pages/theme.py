"""The look of the pages: style sheets, script, icons and Gradio's theme, read once.

Knows files beside it and Gradio's theme; knows no documents and no answers.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote

import gradio as gr

from pages.colours import own_colours
from pages.site_file import Site

_HERE = Path(__file__).parent

_SHEETS = ("tokens.css", "page.css", "indicators.css", "staff.css")
STYLE = "\n".join((_HERE / name).read_text("utf-8") for name in _SHEETS)
# In this order: each uses those before it.
_SCRIPTS = ("tools", "speech", "source", "answer", "chat", "browse", "batch", "indicators", "staff")
SCRIPT = "\n".join((_HERE / "scripts" / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
# The system's own Chinese faces: nothing is fetched.
FACES = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")

_SIGN = quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="7" fill="#1f5a86"/>'
    '<path d="M8 9h16v11H14l-5 4v-4H8z" fill="none" stroke="#fff" stroke-width="2"/></svg>'
)
LOGO = (
    '<svg class="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
    '<rect width="32" height="32" rx="7"/><path d="M8 9h16v11H14l-5 4v-4H8z"/></svg>'
)


def head(site: Site) -> str:
    """What stands in every page's <head>: style, scripts, the site's colours and description.

    In the head because Gradio prefixes css= with its container's class, and rules on the page's
    states (body.dark, .panel-open) would then match nothing. Gradio serves lang="en", which would
    have a screen reader read Chinese as English.
    """
    icon_address = site.logo or f"data:image/svg+xml,{_SIGN}"
    return (
        f'<meta name="description" content="{escape(site.full_name)}：规划文件问答，每句话都注明章节出处">'
        '<meta name="referrer" content="no-referrer">'
        f'<link rel="icon" href="{escape(icon_address)}">'
        f"<style>{STYLE}\n{own_colours(site.main, site.accent)}</style>"
        f'<script>document.documentElement.lang = "zh-CN";</script><script>{SCRIPT}</script>'
    )


_PATHS = {
    "ask": "M4 5h16v11H9l-5 4z",
    "browse": "M4 4h7v16H4zM13 4h7v16h-7z",
    "figures": "M4 20h16M7 16v-5M12 16V6M17 16v-8",
    "new": "M12 5v14M5 12h14",
    "send": "M4 12h15M13 6l6 6-6 6",
    "stop": "M7 7h10v10H7z",
    "close": "M6 6l12 12M18 6L6 18",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "copy": "M9 9h11v11H9zM5 15V4h11",
    "check": "M5 12.5l4.5 4.5L19 7",
    "near": "M12 4v9M12 17v.5M4 20h16L12 4z",
    "prev": "M15 5l-7 7 7 7",
    "next": "M9 5l7 7-7 7",
    "open": "M5 4h10l4 4v12H5zM9 12h6M9 16h6",
    "trash": "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
    "warn": "M12 8v5M12 16.5v.5M12 3l10 18H2z",
    "dark": "M19 14.5A7.5 7.5 0 019.5 5a7.5 7.5 0 109.5 9.5z",
    "edit": "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
    "again": "M19 12a7 7 0 1 1-2-5M19 4v4h-4",
    "export": "M12 4v11M8 11l4 4 4-4M5 19h14",
    "up": "M7 11v9H4v-9zM7 11l4-7c1.6 0 2.4 1 2 3l-.6 3H19l-1.6 9H7",
    "down": "M7 13V4H4v9zM7 13l4 7c1.6 0 2.4-1 2-3l-.6-3H19l-1.6-9H7",
    "speak": "M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 010 6M18.5 6.5a8 8 0 010 11",
    "search": "M10.5 4a6.5 6.5 0 110 13 6.5 6.5 0 010-13zM15.5 15.5L20 20",
    "terms": "M5 4h11a3 3 0 013 3v13H8a3 3 0 01-3-3zM9 9h6M9 13h6",
    "batch": "M4 5h16v14H4zM4 10h16M10 5v14",
    "upload": "M12 16V5M8 9l4-4 4 4M5 19h14",
    "link": "M10 14l4-4M8 11l-3 3a3.5 3.5 0 005 5l3-3M16 13l3-3a3.5 3.5 0 00-5-5l-3 3",
}


def icon(name: str) -> str:
    """One inline SVG of the page's own set; decoration only, hidden from screen readers."""
    return (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path d="{_PATHS[name]}"/></svg>'
    )


def edition(words: str) -> str:
    """The small 原文 or 读本 beside a document's title."""
    return f'<span class="edition">{escape(words)}</span>'


def site_foot(site: Site) -> str:
    """Contact lines and 备案号, as the law wants them at the foot of a public page; '' without."""
    lines = [f"<p>{escape(line)}</p>" for line in (*site.contact, *site.records)]
    return f'<div class="site-foot" role="contentinfo">{"".join(lines)}</div>' if lines else ""


def gradio_theme() -> gr.themes.Base:
    """Gradio's plainest theme with the system's faces; every colour comes from tokens.css."""
    return gr.themes.Base(font=list(FACES), font_mono=["ui-monospace", "monospace"])
