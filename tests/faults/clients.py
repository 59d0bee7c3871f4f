"""Clients that are gone in the middle, and a model that takes every question and never answers.

A place that such a client leaves occupied is missed: its visitor, who may ask three questions at
once, is turned away. A hung model must cost LLM_TIMEOUT and no more, and stop nobody else.
"""

from __future__ import annotations

import io
import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.faults.servers import Server, Servers, asked, servers
from tests.faults.tally import FIGURE, QUESTION, Tally, documents, require

STREAM, PAGE, BATCH, UPLOAD, HUNG = (
    "client gone from /v1",
    "client gone from the page",
    "client gone from a batch",
    "client gone while sending",
    "model that hangs",
)
MANY = {"WENGUI_BURST": "100000", "WENGUI_PER_MINUTE": "100000"}
TIMEOUT = 1.0  # LLM_TIMEOUT of the trial
_SECONDS = 30.0  # for an answer on a machine that is busy


def run(count: int, seed: int, folder: Path) -> Tally:
    """Vanished clients of each kind, and a fifth as many questions to a hung model."""
    tally, rng = Tally(), random.Random(seed)
    docs = documents(folder / "docs")
    with servers(folder) as started, hanging() as url:
        server = started.start(docs, folder / "data", **MANY)
        vanished(server, count, rng, tally)
        hung_model(started, docs, folder / "hung", url, max(count // 5, 5), tally)
    return tally


def vanished(server: Server, count: int, rng: random.Random, tally: Tally) -> None:
    """`count` clients gone from /v1, fewer of the dearer kinds; then everybody is answered again."""
    for _ in range(count):
        with tally.fault(STREAM, "stream"):
            body = asked(stream=rng.random() < 0.8, user="a")
            server.vanish("/v1/chat/completions", body, rng.choice((0, 1, 300, 1500)))
    with tally.fault(STREAM, "the next question"):
        require(FIGURE in soon(server), "no answer")
    for _ in range(count // 2):
        with tally.fault(PAGE, "page"):
            on_page(server, f"visit{rng.random()}", rng.choice((0, 1, 200, 2000)))
    with tally.fault(PAGE, "the next question"):
        said = on_page(server, "visit", 1 << 20)
        require(FIGURE in said, f"no answer: {said[-300:]!r}")
    table = sheet()
    for _ in range(count // 10):  # each is a table of twenty questions
        with tally.fault(BATCH, "batch"):
            posted(server, "/batch", table, len(table), rng.choice((0, 1, 120)))
    with tally.fault(BATCH, "the next table"):
        status, said = 429, ""
        for _ in range(200):  # the one question under way of a table left is answered first
            if status == 429:
                status, said = server.request("POST", "/batch", table)
        require(status == 200 and '"file"' in said, f"{status} {said[:200]}")
    for _ in range(count // 5):
        with tally.fault(UPLOAD, "half a request"):
            path = rng.choice(("/v1/chat/completions", "/batch", "/export/md", "/signin"))
            posted(server, path, table, rng.randrange(len(table)), 0)
    with tally.fault(UPLOAD, "after all of them"):
        require(server.ask(user="b")[0] == 200, "no answer")
        require("Traceback" not in server.said, f"a traceback: {server.said[-600:]}")
        numbers = (server.request("GET", "/metrics")[1] for _ in range(500))
        require(any("wengui_running 0.0" in said for said in numbers), "a place is still taken")


def hung_model(
    started: Servers, docs: Path, data: Path, url: str, count: int, tally: Tally
) -> None:
    """Questions to a server whose model hangs, all at once; and its health meanwhile."""
    model = {"LLM_BASE_URL": url, "LLM_MODEL": "hung", "LLM_TIMEOUT": str(TIMEOUT)}
    server = started.start(docs, data, **MANY, **model)
    answers: list[tuple[int, dict[str, Any]]] = []

    def ask(visitor: int) -> None:
        answers.append(server.ask(user=str(visitor)))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    with tally.fault(HUNG, "health meanwhile"):
        require(server.request("GET", "/healthz")[0] == 200, "no health")
    for thread in threads:
        thread.join()
    for answer in answers:
        with tally.fault(HUNG, "question"):
            require(FIGURE in text_of(answer), f"no answer: {answer}")
            require(answer[1]["wengui"]["fallback"], "nothing said of the model")
    for _ in range(count):
        with tally.fault(HUNG, "client gone meanwhile"):
            server.vanish("/v1/chat/completions", asked(stream=True, user="a"), 1)
    with tally.fault(HUNG, "the next question"):
        require(FIGURE in soon(server), "no answer")


def soon(server: Server) -> str:
    """What the visitor who vanished is told, once what was under way has ended."""
    answer = server.ask(user="a")
    for _ in range(200):
        if answer[0] == 429:
            answer = server.ask(user="a")
    return text_of(answer)


def text_of(answer: tuple[int, dict[str, Any]]) -> str:
    """What an answer of /v1 says."""
    _, got = answer
    return str(got["choices"][0]["message"]["content"] if "choices" in got else got)


def on_page(server: Server, visit: str, read: int) -> str:
    """A question on the chat page, of whose stream so many bytes are read; then the client is gone."""
    data = {"question": QUESTION, "history": [], "documents": None}
    joined = {"data": [], "event_data": data, "fn_index": 0, "session_hash": visit}
    joined["trigger_id"] = server.component("composer")
    status, said = server.request("POST", "/gradio_api/queue/join", joined)
    require(status == 200, f"{status} {said}")
    end = f'"msg":"process_completed","event_id":"{json.loads(said)["event_id"]}"'.encode()
    found = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as talk:
        talk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        path = f"/gradio_api/queue/data?session_hash={visit}"
        talk.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        until = time.monotonic() + _SECONDS
        while len(found) < read and end not in found:
            require(time.monotonic() < until, "no answer on the page")
            piece = talk.recv(min(read - len(found), 65536))
            require(piece, "the stream ended before its answer")
            found += piece
    return found.decode("utf-8", "replace")


def posted(server: Server, path: str, body: bytes, sent: int, read: int) -> None:
    """A request of which only so many bytes are sent, and of the response so many read."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as talk:
        talk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        talk.sendall(head.encode() + body[:sent])
        if read:
            talk.recv(read)


def sheet() -> bytes:
    """A table of questions."""
    book, out = Workbook(), io.BytesIO()
    for row in ("问题", *[QUESTION] * 20):
        book.active.append([row])
    book.save(out)
    return out.getvalue()


@contextmanager
def hanging() -> Iterator[str]:
    """A model's address that accepts every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
