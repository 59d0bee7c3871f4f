"""The guard around all pages, over real HTTP requests to a small app."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.responses import HTMLResponse, PlainTextResponse

from pages.guard import Guard, router
from pages.guard.failing import FAILED, failed
from pages.guard.signin import OF_SIGNING_IN, whoami
from pages.limits import Allowance
from pages.records import accounts as accounts_module
from pages.records import open_database
from pages.records.accounts import Accounts

PASSWORD = "太湖之滨-2025-abc"
HTML = {"accept": "text/html"}


class Site:
    """An app with one open page, one staff page and one staff action, and its accounts."""

    def __init__(self, folder: Path) -> None:
        self.database = open_database(folder)
        self.accounts = Accounts(self.database)
        self.accounts.add("qa-1", "qa", PASSWORD)
        self.log: list[tuple[str, str, dict[str, str]]] = []
        app = FastAPI()
        app.include_router(router(self.accounts, lambda *entry: self.log.append(entry)))

        @app.get("/")
        def home() -> str:
            return "open"

        @app.post("/ask")
        async def ask(request: Request) -> int:
            return len(await request.body())

        @app.get("/staff")
        def staff(request: Request) -> str:
            return whoami(request)

        @app.post("/staff/do")
        async def act(request: Request) -> str:
            return f"{request.state.session.account.name} {len(await request.body())}"

        guarded: Any = Guard(app, self.accounts.session, largest_body=1000, largest_upload=5000)
        self.client = TestClient(guarded, follow_redirects=False)

    def form_token(self) -> str:
        found = re.search(r'name="form" value="([^"]+)"', self.client.get("/signin").text)
        assert found
        return found[1]

    def sign_in(self, **fields: str) -> Any:
        given = {"name": "qa-1", "password": PASSWORD, "form": self.form_token()}
        return self.client.post("/signin", data=given | fields)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts_module, "_hasher", hasher)
    monkeypatch.setattr(accounts_module, "_nobody", lambda: hasher.hash("nobody at all"))
    made = Site(tmp_path)
    yield made
    made.database.close()


def test_every_answer_carries_the_headers_and_nothing_from_outside(site: Site) -> None:
    for reply in (site.client.get("/"), site.client.get("/nothing"), site.client.get("/staff")):
        policy = reply.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
        assert not re.search(r"https?:|\*", policy)
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "same-origin"
        assert "strict-transport-security" not in reply.headers
    secure = TestClient(site.client.app, base_url="https://testserver").get("/")
    assert "strict-transport-security" in secure.headers


def test_the_staff_pages_need_a_session(site: Site) -> None:
    assert site.client.get("/staff").status_code == 401
    sent = site.client.get("/staff/files", headers=HTML)
    assert (sent.status_code, sent.headers["location"]) == (303, "/signin?next=/staff/files")
    assert site.client.post("/staff/do").status_code == 401
    assert site.sign_in().status_code == 303
    assert "qa-1（质检）" in site.client.get("/staff").text
    assert site.client.post("/staff/do", content=b"abc").text == '"qa-1 3"'
    assert [entry[:2] for entry in site.log] == [("signin", "qa-1")]


@pytest.mark.parametrize(
    "path", ["/staff%2Fdo", "/STAFF", "/./staff", "http://testserver//staff", "/staffx", "/staff;a"]
)
def test_no_other_spelling_opens_the_staff_pages(site: Site, path: str) -> None:
    reply = site.client.get(path)
    assert reply.status_code in (401, 404)
    assert "qa-1" not in reply.text


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(site: Site) -> None:
    cookie = site.sign_in().headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "path=/staff"))
    assert "; secure" not in cookie
    secure = Site.__new__(Site)
    secure.client = TestClient(
        site.client.app, base_url="https://testserver", follow_redirects=False
    )
    assert "; secure" in secure.sign_in().headers["set-cookie"].lower()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
    ],
)
def test_another_site_changes_nothing(site: Site, headers: dict[str, str]) -> None:
    site.sign_in()
    assert site.client.post("/staff/do", headers=headers).status_code == 403
    assert site.client.post("/ask", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {}]
)
def test_our_own_page_may(site: Site, headers: dict[str, str]) -> None:
    site.sign_in()
    assert site.client.post("/staff/do", headers=headers).status_code == 200


def test_signing_in_needs_the_forms_own_token(site: Site) -> None:
    assert site.sign_in(form="made-up").status_code == 403
    site.client.cookies.clear()
    data = {"name": "qa-1", "password": PASSWORD, "form": ""}
    assert site.client.post("/signin", data=data).status_code == 403


def test_a_wrong_password_is_said_and_logged(site: Site) -> None:
    reply = site.sign_in(password="wrong wrong wrong")
    assert reply.status_code == 401
    assert "账号或密码不对" in reply.text
    assert "set-cookie" not in reply.headers or "wengui_session" not in reply.headers["set-cookie"]
    assert site.log == [("signin-failed", "qa-1", {})]


@pytest.mark.parametrize(
    "after",
    ["https://evil.example/", "//evil.example", "/staff/../x", "/staff//evil", "/", "javascript:x",
     "/staff\r\nset-cookie: a=b", "/staff/\\evil"],
)  # fmt: skip
def test_signing_in_leads_nowhere_else(site: Site, after: str) -> None:
    assert site.sign_in(next=after).headers["location"] == "/staff"


def test_it_leads_back_to_the_page_asked_for(site: Site) -> None:
    assert site.sign_in(next="/staff/files").headers["location"] == "/staff/files"
    assert 'value="/staff/files"' in site.client.get("/signin?next=/staff/files").text
    assert "<script>" not in site.client.get("/signin?next=/staff/<script>").text


def test_signing_out_needs_the_sessions_token_and_ends_it(site: Site) -> None:
    site.sign_in()
    token = site.client.cookies.get("wengui_session")
    assert site.client.post("/staff/signout", data={"csrf": "x"}).status_code == 403
    found = re.search(r'name=\\"csrf\\" value=\\"([^"\\]+)', site.client.get("/staff").text)
    assert found
    assert site.client.post("/staff/signout", data={"csrf": found[1]}).status_code == 303
    cookies = {"cookie": f"wengui_session={token}"}
    assert site.client.get("/staff", headers=cookies).status_code == 401


@pytest.mark.parametrize(
    "value", ["", "a", "x" * 5000, "\"'", "a; wengui_session=b", "wengui_session=%00"]
)
def test_a_made_up_cookie_opens_nothing(site: Site, value: str) -> None:
    headers = {"cookie": f"wengui_session={value}"}
    assert site.client.get("/staff", headers=headers).status_code == 401


def test_what_is_too_large_is_refused(site: Site) -> None:
    assert site.client.post("/ask", content=b"x" * 1000).text == "1000"
    assert site.client.post("/ask", content=b"x" * 1001).status_code == 413
    unsized = site.client.post("/ask", content=(b"x" * 300 for _ in range(5)))
    assert unsized.status_code == 413
    assert site.client.post("/ask", headers={"content-length": "-5"}).status_code == 413
    site.sign_in()
    assert site.client.post("/staff/do", content=b"x" * 4000).status_code == 200


def test_what_comes_too_slowly_is_refused(site: Site) -> None:
    guarded: Any = Guard(site.client.app.app, body_seconds=0.01)  # type: ignore[attr-defined]
    received: list[Any] = []

    async def run() -> None:
        first = iter([{"type": "http.request", "body": b"x", "more_body": True}])

        async def receive() -> Any:
            return next(first, None) or await asyncio.Future()

        async def send(message: Any) -> None:
            received.append(message)

        scope = {"type": "http", "method": "POST", "path": "/ask", "raw_path": b"/ask", "headers": [],
                 "query_string": b"", "root_path": "", "scheme": "http", "client": ("1.2.3.4", 1)}  # fmt: skip
        await guarded(scope, receive, send)

    asyncio.run(run())
    assert received[0]["status"] == 408
    assert "太慢" in received[1]["body"].decode()


@pytest.mark.parametrize(
    "name", ["x-forwarded-host", "x-gradio-server", "x-original-url", "forwarded"]
)
def test_what_a_request_says_of_a_proxy_goes_no_further(name: str) -> None:
    app = FastAPI()

    @app.get("/")
    def heads(request: Request) -> list[str]:
        return list(request.headers)

    guarded: Any = Guard(app)
    seen = TestClient(guarded).get("/", headers={name: "evil.example", "x-own": "1"}).json()
    assert name not in seen
    assert "x-own" in seen


def test_pages_are_kept_by_no_proxy_and_files_may_be() -> None:
    app = FastAPI()
    app.get("/")(lambda: HTMLResponse("page"))
    app.get("/file")(lambda: PlainTextResponse("body {}", media_type="text/css"))
    guarded: Any = Guard(app)
    client = TestClient(guarded)
    assert client.get("/").headers["cache-control"] == "private, no-cache"
    assert "cache-control" not in client.get("/file").headers


def test_an_address_changes_only_so_much_at_a_time(site: Site) -> None:
    few = Allowance(per_minute=1, burst=2)
    guarded: Any = Guard(site.client.app.app, changes=few)  # type: ignore[attr-defined]
    client = TestClient(guarded)
    assert [client.post("/ask").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/outer", "/inner/"])
def test_a_failure_is_one_sentence_of_ours(path: str) -> None:
    app, inner = FastAPI(exception_handlers={Exception: failed}), FastAPI()

    def fails() -> None:
        raise LookupError("the secret of line 12")

    app.get("/outer")(fails)
    inner.get("/")(fails)
    app.mount("/inner", inner)
    app.add_middleware(Guard)
    reply = TestClient(app, raise_server_exceptions=False).get(path)
    assert (reply.status_code, reply.text) == (500, FAILED)
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_signing_in_is_not_tried_without_end(site: Site) -> None:
    statuses = [site.sign_in(name=f"n{n}").status_code for n in range(OF_SIGNING_IN.burst + 5)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
