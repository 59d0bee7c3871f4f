"""One ASGI layer around all pages: size and pace of what comes in, headers of what goes out, who may enter.

Knows paths and sessions; knows no page. Everything under STAFF needs a session, and a request that
changes something must come from a page of ours (Fetch metadata, else Origin). What a request says of
the proxy it came through is not passed on: uvicorn has taken the address and scheme of a proxy it trusts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import UserError
from pages.guard.door import CLOSED
from pages.guard.failing import explained
from pages.guard.headers import HEADERS, KEPT_BY_NOBODY, TRANSPORT
from pages.limits import Allowance, Busy, Limits
from pages.records.accounts import Session

STAFF = "/staff"
SIGN_IN = "/signin"
COOKIE = "wengui_session"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY = 8 * 1024 * 1024  # of a citizen's request: an exported talk, a sheet of questions
LARGEST_UPLOAD = 64 * 1024 * 1024  # of one under STAFF: a document
BODY_SECONDS, UPLOAD_SECONDS = 60.0, 600.0  # in which they must have come
# Changing requests of one address, whatever they ask for; questions have closer limits of their own.
OF_CHANGES = Allowance(per_minute=3000, burst=1000, at_once=128, at_once_in_all=512)
# Gradio and others build links from these, whoever sent them.
_UNTRUSTED = (b"x-forwarded-", b"x-gradio-", b"x-original-", b"x-rewrite-")


class _Unfit(Exception):
    """The body went past its limit, or came too slowly, while it was read."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class Guard:
    """Wraps an ASGI app. `session(token)`: who is signed in, None for nobody.

    `staff_port`: the port that has the staff pages and nothing else; None: they are on every port.
    """

    def __init__(
        self,
        app: ASGIApp,
        session: Callable[[str], Session | None] = lambda _: None,
        largest_body: int = LARGEST_BODY,
        largest_upload: int = LARGEST_UPLOAD,
        changes: Allowance = OF_CHANGES,
        body_seconds: float = BODY_SECONDS,
        staff_port: int | None = None,
    ) -> None:
        self.app = app
        self._session = session
        self._body, self._upload = largest_body, largest_upload
        self._changes = Limits(changes)
        self._seconds = body_seconds
        self._staff_port = staff_port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":  # no page of ours opens one
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = _own(scope)
        send = explained(_with_headers(scope, send))
        try:
            refused = await self._refused(scope)
        except UserError as error:  # the records can't be read: nobody can be let in
            refused = said(error)
        if refused is not None:
            await refused(scope, receive, send)
            return
        with ExitStack() as turn:
            try:
                if scope["method"] not in SAFE:
                    turn.enter_context(self._changes.turn((scope.get("client") or [""])[0]))
            except Busy as busy:
                await _too_many(busy)(scope, receive, send)
                return
            await self._read(scope, receive, send)

    async def _read(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the app; a body past its limits gets one answer, ours, whatever the app makes of it."""
        staff = _is_staff(scope["path"])
        limit = self._upload if staff else self._body
        ends = asyncio.get_running_loop().time() + (UPLOAD_SECONDS if staff else self._seconds)
        read, whole, started = 0, False, False
        unfit: _Unfit | None = None

        async def counted() -> Message:
            nonlocal read, whole, unfit
            if whole:  # what comes now is the end of the connection
                return await receive()
            try:
                async with asyncio.timeout_at(ends):
                    message = await receive()
            except TimeoutError:
                unfit = _Unfit(PlainTextResponse("内容传得太慢。请检查网络后再试。", 408))
                raise unfit from None
            read += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if read > limit:
                unfit = _Unfit(_too_large(limit))
                raise unfit
            return message

        async def sent(message: Message) -> None:
            nonlocal started
            if unfit is None or started:
                started = True
                await send(message)

        try:
            await self.app(scope, counted, sent)
        except _Unfit:
            if started:
                raise
        if unfit is not None and not started:
            await unfit.response(scope, receive, send)

    def _elsewhere(self, scope: Scope) -> Response | None:
        """What says that a page is on the other port; None where it is on this one."""
        if self._staff_port is None:
            return None
        # The socket's own port: what the request says of its host has no part in it.
        here = (scope.get("server") or ("", 0))[1] == self._staff_port
        if here and scope["path"] == "/":
            return RedirectResponse(f"{STAFF}/", 303)
        if here == (_is_staff(scope["path"]) or scope["path"] == SIGN_IN):
            return None
        return PlainTextResponse(CLOSED, 404)

    async def _refused(self, scope: Scope) -> Response | None:
        """Why a request goes no further, as the response that says so; None where it may."""
        if (elsewhere := self._elsewhere(scope)) is not None:
            return elsewhere
        headers = Headers(scope=scope)
        staff = _is_staff(scope["path"])
        limit = self._upload if staff else self._body
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > limit:
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
    """What no route has answered itself."""
    return said(error)


async def on_gone(_: Request, __: Exception) -> Response:
    """A client that went while it was sending: nobody reads this, and the log needs no traceback."""
    return Response(status_code=400)


# For FastAPI's `exception_handlers`.
HANDLERS = {UserError: on_user_error, ClientDisconnect: on_gone}


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


def _too_many(busy: Busy) -> Response:
    said = f"操作太快了，请{busy.seconds}秒后再试。"
    return PlainTextResponse(said, 429, {"retry-after": str(busy.seconds)})


def _own(scope: Scope) -> Scope:
    """The request without what it says of proxies."""
    kept = [
        (n, v) for n, v in scope["headers"] if n != b"forwarded" and not n.startswith(_UNTRUSTED)
    ]
    return {**scope, "headers": kept}


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS:
                headers.setdefault(name, value)
            if headers.get("content-type", "").startswith(KEPT_BY_NOBODY):
                headers.setdefault("cache-control", "private, no-cache")
            if scope.get("scheme") == "https":
                headers.setdefault(*TRANSPORT)
            if "server" in headers:
                del headers["server"]
        await send(message)

    return sent
