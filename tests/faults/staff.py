"""A member of staff and a reader, as their browsers talk to the server. Knows addresses and forms."""

from __future__ import annotations

import http.client
import uuid
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from pages.records import open_database
from pages.records.accounts import Accounts
from tests.faults.servers import NAME, PASSWORD, Server
from tests.faults.tally import Wrong, documents


@dataclass
class Staff:
    """Signed in at one server."""

    server: Server
    cookie: str = ""

    def sign_in(self) -> None:
        """By the form, as a browser does."""
        talk = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        talk.request("GET", "/signin")
        got = talk.getresponse()
        form = (got.getheader("set-cookie") or "").split(";")[0]
        got.read()
        data = {"name": NAME, "password": PASSWORD, "form": form.partition("=")[2]}
        kind = "application/x-www-form-urlencoded"
        talk.request("POST", "/signin", urlencode(data), {"Cookie": form, "Content-Type": kind})
        got = talk.getresponse()
        got.read()
        cookies = [v for n, v in got.getheaders() if n == "set-cookie"]
        self.cookie = next(c.split(";")[0] for c in cookies if c.startswith("wengui_session="))
        talk.close()

    def post(self, kind: str, **data: str) -> tuple[int, str]:
        """An action of the staff pages."""
        return self.server.request("POST", f"/staff/api/{kind}", data, {"Cookie": self.cookie})

    def upload(self, name: str, content: bytes) -> tuple[int, str]:
        """A file that is looked at; the preview holds its token."""
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        kind = f"multipart/form-data; boundary={edge}"
        headers = {"Cookie": self.cookie, "Content-Type": kind}
        return self.server.request("POST", "/staff/api/upload", body, headers)

    def take(self, name: str, content: bytes) -> bool:
        """Upload and take in; whether it was acknowledged."""
        return self.told(name, content)[0] == 200

    def told(self, name: str, content: bytes) -> tuple[int, str]:
        """The same; the status and what was said."""
        status, preview = self.upload(name, content)
        if status != 200:
            raise Wrong(f"upload: {status} {preview[:200]}")
        token = preview.split('data-token="')[1].split('"')[0]
        return self.post("take", token=token)


def feedback(server: Server, question: str) -> str:
    """What the chat page says to a 👎; '' where it was kept."""
    answer = {"question": question, "text": "到2025年……", "sources": []}
    said = {"good": False, "reason": "数字不对", "answer": answer, "history": []}
    sent = {
        "session_hash": "s",
        "component_id": server.component("turn"),
        "fn_name": "say",
        "data": [said],
    }
    status, text = server.request("POST", "/gradio_api/component_server", sent)
    return "" if (status, text) == (200, '""') else f"{status} {text[:200]}"


def with_staff(folder: Path) -> tuple[Path, Path]:
    """The folders of documents and of data in `folder`, with an account for Staff."""
    docs, data = documents(folder / "docs"), folder / "data"
    with closing(open_database(data)) as database:
        Accounts(database).add(NAME, "admin", PASSWORD)
    return docs, data
