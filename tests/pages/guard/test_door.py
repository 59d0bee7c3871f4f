"""What of a Gradio app is reached, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pages.guard.door import CLOSED, Door


@pytest.fixture(params=["", "/staff"])
def client(request: pytest.FixtureRequest) -> TestClient:
    """An app that answers every path, behind a door, mounted at the root or under a path."""
    inner = FastAPI()
    inner.get("/{path:path}")(lambda path: f"reached {path}")
    app = FastAPI()
    door: Any = Door(inner, ["", "browse"])
    app.mount(request.param or "/", door)
    return TestClient(app, base_url=f"http://testserver{request.param}")


@pytest.mark.parametrize(
    "path",
    ["/", "/browse", "/browse/", "/assets/a.js", "/static/js/b.js", "/theme.css",
     "/gradio_api/queue/join", "/gradio_api/component_server/", "/gradio_api/cancel"],
)  # fmt: skip
def test_the_pages_and_their_calls_are_open(client: TestClient, path: str) -> None:
    assert "reached" in client.get(path).text


@pytest.mark.parametrize(
    "path",
    ["/config", "/login", "/monitoring/x", "/gradio_api/upload", "/gradio_api/file=/etc/passwd",
     "/gradio_api/proxy=http://a", "/gradio_api/run/ask", "/gradio_api/heartbeat/x", "/assetsx",
     "/gradio_api/queue/join/x", "/other", "/gradio_api/dev/reload", "/gradio_api/deep_link"],
)  # fmt: skip
def test_everything_else_is_closed(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.text) == (404, CLOSED)
