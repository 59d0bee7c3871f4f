"""A running server goes over to another index: every page goes on, and nothing is left of the one before."""

from __future__ import annotations

import gc
import json
import weakref
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pages import application
from pages.following import Following
from tests.pages.fakes import FakeAssistant

QUESTION = "每千人口拥有婴幼儿托位数是多少"


class Server:
    """The whole web app over an assistant of our own; `change` goes over to a fresh one."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._changes = folder, 0
        self.kept: list[weakref.ref[Any]] = []
        self.web = application.create(self._assistant(), ready=lambda: None, follow=self._follow)

    def _assistant(self) -> FakeAssistant:
        made = FakeAssistant()
        self.kept = [weakref.ref(made), weakref.ref(made.library)]
        return made

    def _follow(self, serving: application.Serving) -> Following:
        self._following = Following(
            in_force=lambda: f"{self._changes:06}",
            change=lambda: serving.replace(self._assistant()),
            seen="000000",
            turn=self._folder / "turn.lock",
        )
        return self._following

    def change(self) -> list[weakref.ref[Any]]:
        """What must be gone once the pages before have ended."""
        before, self._changes = self.kept, self._changes + 1
        assert self._following.look()
        return before


def composer(page: str) -> int:
    """The number of the component that asks, as a page has it."""
    config = json.JSONDecoder().raw_decode(page.partition("window.gradio_config = ")[2])[0]
    own = [c["id"] for c in config["components"] if c["props"].get("elem_id") == "composer"]
    assert len(own) == 1
    return int(own[0])


def asked_on(client: TestClient, component: int, visit: str) -> str:
    """The stream that a page is answered with."""
    data = {"question": QUESTION, "history": [], "documents": None}
    joined = {"data": [], "event_data": data, "fn_index": 0, "session_hash": visit}
    said = client.post("/gradio_api/queue/join", json=joined | {"trigger_id": component})
    assert said.status_code == 200, said.text
    stream = client.get(f"/gradio_api/queue/data?session_hash={visit}").text
    last = [json.loads(line[6:]) for line in stream.splitlines() if '"process_completed"' in line]
    assert [message["success"] for message in last] == [True]
    return stream


def test_what_was_replaced_is_let_go_and_pages_left_open_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.switch._GRACE_SECONDS", 0)
    server = Server(tmp_path)
    with TestClient(server.web) as client:
        open_page = composer(client.get("/").text)
        assert "4.5" in asked_on(client, open_page, "before")
        before = server.change()
        assert client.get("/browse").status_code == 200
        assert composer(client.get("/").text) == open_page
        assert "4.5" in asked_on(client, open_page, "after")
        gc.collect()
        assert [ref() for ref in before] == [None, None]
        assert [ref() is not None for ref in server.kept] == [True, True]
