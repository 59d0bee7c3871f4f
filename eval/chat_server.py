"""A chat model's server for trials: the OpenAI protocol on a real socket, every reply scripted.

Knows the protocol (GET /v1/models, POST /v1/chat/completions with and without stream), not what is
said: that is a function over an `Exchange`, which may also break off, stall or talk nonsense.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MODEL = "echo"
_PIECE = 3  # characters of a streamed piece


@dataclass
class Exchange:
    """One request and the reply to it, made with say, status or raw."""

    request: dict[str, Any]
    headers: Mapping[str, str]
    handler: BaseHTTPRequestHandler
    stopped: threading.Event

    @property
    def system(self) -> str:
        return self._content("system")

    @property
    def user(self) -> str:
        return self._content("user")

    def _content(self, role: str) -> str:
        return "\n".join(m["content"] for m in self.request["messages"] if m["role"] == role)

    def say(self, text: str, finish: str | None = "stop", piece: int = _PIECE) -> None:
        """A whole reply, streamed where that was asked for."""
        if not self.request.get("stream"):
            self._whole(text, finish)
            return
        self.start()
        self.write(text, piece)
        self.end(finish)

    def plain(
        self, body: bytes, kind: str = "text/event-stream", length: int | None = None
    ) -> None:
        """Any body at all; a `length` greater than its own makes it break off."""
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", kind)
        if length is not None:
            self.handler.send_header("Content-Length", str(length))
        self.handler.end_headers()
        self.raw(body)

    def start(self) -> None:
        """The head of a stream."""
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()

    def write(self, text: str, piece: int = _PIECE) -> None:
        """Words of a stream, a few characters at a time."""
        for at in range(0, len(text), piece):
            self.event(_chunk({"content": text[at : at + piece]}))

    def event(self, data: object) -> None:
        """One event of a stream; a str as it is, all else as JSON."""
        shown = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        self.raw(f"data: {shown}\n\n".encode())

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def end(self, finish: str | None) -> None:
        """The end of a stream, with the tokens where they were asked for."""
        self.event(_chunk({}, finish))
        if (self.request.get("stream_options") or {}).get("include_usage"):
            self.event(_chunk(None) | {"choices": [], "usage": self._usage()})
        self.event("[DONE]")

    def stall(self, seconds: float) -> None:
        """Silence, ended early when the server stops."""
        self.stopped.wait(seconds)

    def status(self, code: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        """An error in OpenAI's shape."""
        body = json.dumps({"error": {"message": message, "type": "error", "code": code}}).encode()
        self.handler.send_response(code)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.handler.send_header(name, value)
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.end_headers()
        self.raw(body)

    def _whole(self, text: str, finish: str | None) -> None:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        body = _frame("chat.completion") | {"choices": [choice], "usage": self._usage()}
        data = json.dumps(body, ensure_ascii=False).encode()
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", "application/json")
        self.handler.send_header("Content-Length", str(len(data)))
        self.handler.end_headers()
        self.raw(data)

    def _usage(self) -> dict[str, int]:
        sent = len(self.system) + len(self.user)
        return {"prompt_tokens": sent, "completion_tokens": 10, "total_tokens": sent + 10}


Respond = Callable[[Exchange], None]


@dataclass
class ChatServer:
    """The server that is running: its address and every request so far, in order."""

    url: str
    requests: list[Exchange] = field(default_factory=list)


@contextmanager
def serving(respond: Respond, port: int = 0) -> Iterator[ChatServer]:
    """A server on 127.0.0.1 that answers with `respond`; port 0 takes a free one."""
    stopped = threading.Event()
    running = ChatServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = json.dumps({"object": "list", "data": [{"id": MODEL, "object": "model"}]})
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(data.encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            exchange = Exchange(json.loads(body), self.headers, self, stopped)
            running.requests.append(exchange)
            with suppress(BrokenPipeError, ConnectionResetError):  # a client may go
                respond(exchange)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: requests are kept in the list."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    running.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield running
    finally:
        stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _frame(kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": 0, "model": MODEL}


def _chunk(delta: dict[str, str] | None, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return _frame("chat.completion.chunk") | {"choices": [choice]}
