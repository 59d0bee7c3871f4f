"""One ASGI layer around all pages: size of what comes in, headers of what goes out, who may enter.

Knows paths and sessions; knows no page. Everything under STAFF needs a session, and a request that
changes something there must come from a page of ours (Fetch metadata, else Origin).
"""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import UserError
from pages.guard.headers import HEADERS, TRANSPORT
from pages.records.accounts import Session

STAFF = "/staff"
SIGN_IN = "/signin"
COOKIE = "wengui_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 8 * 1024 * 1024  # of a citizen's request: an exported talk, a sheet of questions
LARGEST_UPLOAD = 64 * 1024 * 1024  # of one under STAFF: a document


class _TooLarge(Exception):
    """The body went past its limit while it was read."""


class Guard:
    """Wraps an ASGI app. `session(token)`: who is signed in, None for nobody."""

    def __init__(
        self,
        app: ASGIApp,
        session: Callable[[str], Session | None] = lambda _: None,
        largest_body: int = LARGEST_BODY,
        largest_upload: int = LARGEST_UPLOAD,
    ) -> None:
        self.app = app
        self._session = session
        self._body, self._upload = largest_body, largest_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _with_headers(scope, send)
        try:
            refused = await self._refused(scope)
        except UserError as error:  # the records can't be read: nobody can be let in
            refused = said(error)
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self._sized(scope, receive, send)

    async def _sized(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the app; a body past its limit gets one answer, ours, whatever the app makes of it."""
        limit = self._upload if _is_staff(scope["path"]) else self._body
        read, started = 0, False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise _TooLarge
            return message

        async def sent(message: Message) -> None:
            nonlocal started
            if read <= limit or started:
                started = True
                await send(message)

        try:
            await self.app(scope, counted, sent)
        except _TooLarge:
            if started:
                raise
        if read > limit and not started:
            await _too_large(limit)(scope, receive, send)

    async def _refused(self, scope: Scope) -> Response | None:
        """Why a request goes no further, as the response that says so; None where it may."""
        headers = Headers(scope=scope)
        staff = _is_staff(scope["path"])
        limit = self._upload if staff else self._body
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > limit:
            return _too_large(limit)
        if scope["method"] not in SAFE and not from_our_page(headers):
            return PlainTextResponse("请从本站的页面操作。", 403)
        if not staff:
            return None
        token = cookie(headers)
        session = await run_in_threadpool(self._session, token) if token else None
        if session is None:
            return _to_sign_in(scope)
        scope.setdefault("state", {})["session"] = session
        return None


def said(error: Exception) -> Response:
    """An error for people that nobody on the way has answered: its sentence, and to try again later."""
    return PlainTextResponse(str(error), 503)


async def on_user_error(_: Request, error: Exception) -> Response:
    """For FastAPI's `exception_handlers`, under UserError."""
    return said(error)


def cookie(headers: Headers) -> str:
    """The session's token as the browser sent it, '' where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def from_our_page(headers: Headers) -> bool:
    """Whether a changing request was made by our own page, or by a program that is no browser."""
    site = headers.get("sec-fetch-site")
    if site:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    if not origin:
        return True
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _is_staff(path: str) -> bool:
    return path == STAFF or path.startswith(f"{STAFF}/")


def _to_sign_in(scope: Scope) -> Response:
    if scope["method"] in SAFE and "text/html" in Headers(scope=scope).get("accept", ""):
        return RedirectResponse(f"{SIGN_IN}?next={quote(scope['path'])}", 303)
    return PlainTextResponse("请先登录。", 401)


def _too_large(limit: int) -> Response:
    return PlainTextResponse(f"内容太大，请缩减到{max(1, limit // 1024 // 1024)}兆字节以内。", 413)


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS:
                headers.setdefault(name, value)
            if scope.get("scheme") == "https":
                headers.setdefault(*TRANSPORT)
            if "server" in headers:
                del headers["server"]
        await send(message)

    return sent
