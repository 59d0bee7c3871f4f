"""A failure of the program as one sentence, instead of what some library says of it.

Knows status 500; the failure itself is in the server's own log.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Send

from pages.guard.headers import HEADERS

FAILED = "程序出错，没有完成。请稍后再试；如果总是这样，请告诉管理员。"


def failed(_: Request, __: Exception) -> Response:
    """The answer to a request that failed outside of what `explained` sees, for FastAPI's handlers."""
    return PlainTextResponse(FAILED, 500, dict(HEADERS))


def explained(send: Send) -> Send:
    """`send`, with our sentence for the body of a failure."""
    cut = False

    async def sent(message: Message) -> None:
        nonlocal cut
        if message["type"] == "http.response.start" and message["status"] == 500:
            cut = True
            body = FAILED.encode()
            headers = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
            ]
            await send({"type": "http.response.start", "status": 500, "headers": headers})
            await send({"type": "http.response.body", "body": body})
        elif not cut:
            await send(message)

    return sent
