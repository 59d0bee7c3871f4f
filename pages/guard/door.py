"""What of a Gradio app is reached from outside: its pages, their files and the calls they make.

Gradio serves much besides (uploads, any file by name, a proxy, its own sign-in, links that write to
the disk, streams that never end), and a new version may serve more. Knows paths; knows no page.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_FILES = ("/assets/", "/static/")
_SINGLE = frozenset({"/theme.css", "/favicon.ico", "/robots.txt"})
# What Gradio's page in the browser calls (seen there, and in the tests of tests/browser).
_CALLS = frozenset(
    f"/gradio_api/{name}"
    for name in ("queue/join", "queue/data", "cancel", "reset", "component_server", "app_id")
)
CLOSED = "没有这个页面。请回到首页。"


class Door:
    """Passes on what the pages need, and answers 404 to everything else."""

    def __init__(self, app: ASGIApp, pages: Iterable[str]) -> None:
        self._app = app
        self._open = _SINGLE | _CALLS | {f"/{page}".rstrip("/") for page in pages}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._lets_in(_path(scope)):
            await PlainTextResponse(CLOSED, 404)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _lets_in(self, path: str) -> bool:
        return path.rstrip("/") in self._open or path.startswith(_FILES)


def _path(scope: Scope) -> str:
    """The path below the place where the app is mounted."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))
