"""The look of the pages: style sheets, script, icons and Gradio's theme, read once.

Knows files beside it and Gradio's theme; knows no documents and no answers.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import quote

import gradio as gr

_HERE = Path(__file__).parent

STYLE = "\n".join((_HERE / name).read_text("utf-8") for name in ("tokens.css", "page.css"))
_SCRIPTS = ("tools", "source", "chat", "browse")  # in this order: each uses those before it
SCRIPT = "\n".join((_HERE / "scripts" / f"{name}.js").read_text("utf-8") for name in _SCRIPTS)
# The system's own Chinese faces: nothing is fetched.
FACES = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")

_SIGN = quote(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="7" fill="#1f5a86"/>'
    '<path d="M8 9h16v11H14l-5 4v-4H8z" fill="none" stroke="#fff" stroke-width="2"/></svg>'
)

# In the head because Gradio prefixes css= with its container's class, and rules on the page's
# states (body.dark, .panel-open) would then match nothing. Gradio serves lang="en", which would
# have a screen reader read Chinese as English.
HEAD = f"""
<meta name="description" content="规划文件问答：每句话都注明章节出处">
<link rel="icon" href="data:image/svg+xml,{_SIGN}">
<style>{STYLE}</style>
<script>document.documentElement.lang = "zh-CN";</script>
<script>{SCRIPT}</script>
"""

_PATHS = {
    "ask": "M4 5h16v11H9l-5 4z",
    "browse": "M4 4h7v16H4zM13 4h7v16h-7z",
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


def gradio_theme() -> gr.themes.Base:
    """Gradio's plainest theme with the system's faces; every colour comes from tokens.css."""
    return gr.themes.Base(font=list(FACES), font_mono=["ui-monospace", "monospace"])
