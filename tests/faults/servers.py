"""Real servers for trials: started, asked over HTTP, killed. Knows the product's own addresses alone."""

from __future__ import annotations

import http.client
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.tally import QUESTION, Wrong

READY = "问规已启动"
NAME, PASSWORD = "张三", "太湖之滨-2025-abc"
_SECONDS = 60.0  # for a server to come up on a machine that is busy
_UNSET = ("WENGUI_", "LLM_", "DATABASE_URL", "CHROMA_URL")


@dataclass
class Server:
    """One that was started: its process, its port and what it says."""

    pid: int
    port: int
    said_file: Path
    components: dict[str, int] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return self.said_file.read_text("utf-8", errors="replace")

    @property
    def lives(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def kill(self) -> None:
        """SIGKILL; it is gone when this returns."""
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(self.pid)
            try:
                signal.pidfd_send_signal(handle, signal.SIGKILL)
                select.select([handle], [], [], 10)
            finally:
                os.close(handle)

    def request(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and text of a response."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            sent = json.dumps(body) if isinstance(body, dict | list) else body
            kind = {"Content-Type": "application/json"} if isinstance(body, dict | list) else {}
            connection.request(method, path, sent, {**kind, **(headers or {})})
            got = connection.getresponse()
            return got.status, got.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def ask(self, question: str = QUESTION, **given: Any) -> tuple[int, dict[str, Any]]:
        """An answer through /v1."""
        status, text = self.request("POST", "/v1/chat/completions", asked(question, **given))
        return status, json.loads(text)

    def component(self, elem_id: str) -> int:
        """The number by which Gradio's page calls one of its components."""
        if not self.components:
            page = self.request("GET", "/")[1]
            config = json.JSONDecoder().raw_decode(page.partition("window.gradio_config = ")[2])[0]
            found = ((c["props"].get("elem_id"), c["id"]) for c in config["components"])
            self.components.update({name: number for name, number in found if name})
        return self.components[elem_id]

    def vanish(self, path: str, body: dict[str, Any], read: int) -> None:
        """Asks, reads so many bytes of the response, and is gone without a word."""
        sent = json.dumps(body).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(sent)}\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as talk:
            talk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset
            talk.sendall(head.encode() + sent)
            while read > 0 and (piece := talk.recv(read)):
                read -= len(piece)


def asked(question: str = QUESTION, **given: Any) -> dict[str, Any]:
    """A request to /v1."""
    return {"model": "wengui", "messages": [{"role": "user", "content": question}]} | given


@dataclass
class Servers:
    """Starts servers; all of them are gone at the end."""

    folder: Path
    _zygote: subprocess.Popen[str]
    _started: list[Server] = field(default_factory=list)

    def order(
        self,
        docs: Path,
        data: Path,
        *arguments: str,
        log: Path | None = None,
        **environment: str,
    ) -> Server:
        """A server that is coming up, or about to say why it can't; `log`: where it says so."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        said = log or self.folder / f"said-{uuid.uuid4().hex[:8]}"
        order = {
            "arguments": ["--port", str(port), "--docs", str(docs), *arguments],
            "environment": {"WENGUI_DATA": str(data), **environment},
            "said": str(said),
        }
        assert self._zygote.stdin and self._zygote.stdout
        self._zygote.stdin.write(json.dumps(order) + "\n")
        self._zygote.stdin.flush()
        server = Server(int(self._zygote.stdout.readline()), port, said)
        self._started.append(server)
        return server

    def start(self, docs: Path, data: Path, *arguments: str, **environment: str) -> Server:
        """A server that answers."""
        server = self.order(docs, data, *arguments, **environment)
        if not came_up(server):
            raise Wrong(f"it did not start: {server.said[-400:]}")
        return server

    def stop(self) -> None:
        for server in self._started:
            server.kill()


def came_up(server: Server) -> bool:
    """True once it takes requests, False once it has ended."""
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1) as talk:
            talk.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            talk.settimeout(_SECONDS)
            if b" 200 " in talk.recv(64):
                return True
        if not server.lives:
            return False
        select.select([], [], [], 0.02)
    raise Wrong(f"it neither started nor ended: {server.said[-400:]}")


@contextmanager
def servers(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[Servers]:
    """The zygote and its servers. Python's own settings go along, the product's do not.

    `settings`: environment for the zygote itself, such as a library put under it.
    """
    environment = {k: v for k, v in os.environ.items() if not k.startswith(_UNSET)}
    environment |= settings or {}
    zygote = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.zygote"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    started = Servers(folder, zygote)
    try:
        yield started
    finally:
        started.stop()
        assert zygote.stdin is not None
        zygote.stdin.close()
        zygote.wait(30)
