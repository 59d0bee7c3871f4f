"""The client of an attacker.

It sends what a browser never would: paths as they are, any header, bytes for a request.
"""

from __future__ import annotations

import http.client
import json
import re
import secrets
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

SECRET = "绝不外露-7f3a19"  # stands in files that nobody may be shown
PASSWORD = "cloudy-stream-27"
SECONDS = 30  # one reply; past it the server counts as hanging
# Not the address whose X-Forwarded-For is believed (a proxy's on the same machine).
STRANGER = "127.0.0.7"


@dataclass(frozen=True)
class Reply:
    """What came back; status 0 where the connection was closed without an answer."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Target:
    """The server under attack. `own`: its folder where we started it ourselves, else None."""

    def __init__(self, url: str, own: Path | None = None) -> None:
        parts = urlsplit(url)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.url, self.own = f"http://{self.host}:{self.port}", own
        self._sessions: dict[str, str] = {}

    def send(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] = b"",
        headers: Mapping[str, str] | None = None,
        who: str = "",
        address: str = STRANGER,
    ) -> Reply:
        """One request, its path as it is. `who`: the role signed in, '' for a stranger."""
        connection = self._connection(address)
        sent = dict(headers or {})
        if who:
            sent["Cookie"] = f"wengui_session={self.session(who)}"
        try:
            connection.request(method, path, body, sent, encode_chunked=not isinstance(body, bytes))
            reply = connection.getresponse()
            return Reply(reply.status, _lower(reply.getheaders()), reply.read())
        except (http.client.HTTPException, ConnectionError):
            return Reply(0)
        finally:
            connection.close()

    def raw(self, request: bytes) -> Reply:
        """Bytes as they are; all that comes back until the other side closes."""
        with socket.create_connection((self.host, self.port), SECONDS) as line:
            line.sendall(request)
            came = b""
            try:
                while piece := line.recv(65536):
                    came += piece
            except ConnectionError:
                pass
        head, _, body = came.partition(b"\r\n\r\n")
        first = head.split(b"\r\n")[0].split()
        names = (one.partition(b":") for one in head.split(b"\r\n")[1:])
        headers = {n.decode("latin-1").lower(): v.decode("latin-1").strip() for n, _, v in names}
        return Reply(int(first[1]) if len(first) > 1 else 0, headers, body)

    def json(self, path: str, data: Any, who: str = "", **headers: str) -> Reply:
        """A POST of JSON."""
        kind = {"content-type": "application/json"} | {
            k.replace("_", "-"): v for k, v in headers.items()
        }
        return self.send("POST", path, json.dumps(data).encode(), kind, who)

    def form(self, path: str, data: Mapping[str, str], headers: Mapping[str, str] | None = None,
             address: str = STRANGER) -> Reply:  # fmt: skip
        """A POST of a form."""
        kind = {"content-type": "application/x-www-form-urlencoded"} | dict(headers or {})
        return self.send("POST", path, urlencode(data).encode(), kind, address=address)

    def upload(
        self, path: str, name: str, content: bytes, who: str = "", field_name: str = "file"
    ) -> Reply:
        """A POST of a file as a browser's form sends it; `name` goes in as it is."""
        body = (
            b'--edge\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n\r\n'
            % (field_name.encode(), name.encode())
            + content
            + b"\r\n--edge--\r\n"
        )
        return self.send(
            "POST", path, body, {"content-type": "multipart/form-data; boundary=edge"}, who
        )

    def session(self, role: str) -> str:
        """The cookie of a role's session, signed in once."""
        if role not in self._sessions:
            found = self.sign_in(role, PASSWORD)
            self._sessions[role] = token(found)
            assert self._sessions[role], f"{role}: {found.status}"
        return self._sessions[role]

    def sign_in(self, name: str, password: str, next: str = "/staff", address: str = STRANGER,  # noqa: A002
                **headers: str) -> Reply:  # fmt: skip
        """The form fetched and sent as a browser does."""
        shown = self.send("GET", "/signin", address=address)
        own = re.search(r'name="form" value="([^"]+)"', shown.text)
        cookie = {"Cookie": f"wengui_form={own[1]}" if own else ""}
        data = {"name": name, "password": password, "form": own[1] if own else "", "next": next}
        return self.form("/signin", data, cookie | headers, address)

    @cached_property
    def config(self) -> dict[str, Any]:
        """What Gradio tells the chat page about itself."""
        page = self.send("GET", "/").text
        start = page.index("window.gradio_config = ") + len("window.gradio_config = ")
        found: dict[str, Any] = json.JSONDecoder().raw_decode(page, start)[0]
        return found

    def ask(
        self, question: object, history: object = (), documents: object = None, **more: Any
    ) -> str:
        """The turn that the page shows in the end for a question, as HTML; '' where none came."""
        data = {"question": question, "history": history, "documents": documents}
        return self.event("submit", data, **more)

    def event(self, event: str, data: object, address: str = STRANGER) -> str:
        """An event of the chat page through Gradio's queue; the last HTML that came of it."""
        return last_html(self.stream(event, data, address))

    def stream(self, event: str, data: object, address: str = STRANGER) -> str:
        """The same as all that Gradio sends of it; '' where it does not take it."""
        number = next(
            d["id"] for d in self.config["dependencies"] if any(t[1] == event for t in d["targets"])
        )
        visit = secrets.token_hex(5)
        body = {"data": [], "event_data": data, "fn_index": number, "session_hash": visit}
        joined = self.send("POST", "/gradio_api/queue/join", json.dumps(body).encode(),
                           {"content-type": "application/json"}, address=address)  # fmt: skip
        if joined.status != 200:
            return ""
        stream = self.send("GET", f"/gradio_api/queue/data?session_hash={visit}", address=address)
        return stream.text

    def call(self, name: str, data: Sequence[Any]) -> Reply:
        """A server function of the chat page's components, called as Gradio's page does."""
        numbers = (
            c["id"] for c in self.config["components"] if name in str(c["props"].get("server_fns"))
        )
        body = {"data": data, "fn_name": name, "session_hash": secrets.token_hex(5),
                "component_id": next(numbers)}  # fmt: skip
        return self.json("/gradio_api/component_server/", body)

    def _connection(self, address: str) -> http.client.HTTPConnection:
        source = (address, 0) if self.own and can_come_from(address) else None
        return http.client.HTTPConnection(self.host, self.port, SECONDS, source)


def token(reply: Reply) -> str:
    """The session that a sign-in opened; '' where it did not."""
    found = re.search(r"wengui_session=([^;\s\"]+)", reply.headers.get("set-cookie", ""))
    return found[1] if found else ""


def can_come_from(address: str) -> bool:
    """Whether this machine has the address (Linux has all of 127.0.0.0/8)."""
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True


def _lower(headers: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers:
        found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
    return found


def last_html(stream: str) -> str:
    """The value that a component has after Gradio's messages, the later ones told as changes."""
    value: Any = ""
    for line in stream.splitlines():
        message = json.loads(line[6:]) if line.startswith("data: ") else {}
        for data in (message.get("output") or {}).get("data") or ():
            if isinstance(data, str):
                value = data
            elif isinstance(data, list):
                for action, path, change in data:
                    if not path:
                        value = value + change if action == "append" else change
    return value if isinstance(value, str) else ""
