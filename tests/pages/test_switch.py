"""The switch: requests go to the app in force, and each app starts and ends once."""

from __future__ import annotations

import gc
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import fastapi
import pytest
from fastapi.testclient import TestClient

from pages.switch import Switch


def _app(name: str, told: list[str]) -> fastapi.FastAPI:
    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        told.append(f"{name} up")
        yield
        told.append(f"{name} down")

    app = fastapi.FastAPI(lifespan=lifespan)
    app.get("/")(lambda: name)
    return app


def _outer(switch: Switch) -> fastapi.FastAPI:
    @asynccontextmanager
    async def lifespan(_: fastapi.FastAPI) -> AsyncIterator[None]:
        async with switch.running():
            yield

    app = fastapi.FastAPI(lifespan=lifespan)
    app.mount("/", switch)
    return app


def test_an_app_takes_the_place_of_another_while_serving() -> None:
    told: list[str] = []
    switch = Switch(_app("old", told))
    with TestClient(_outer(switch)) as client:
        assert client.get("/").json() == "old"
        switch.put(_app("new", told))
        assert client.get("/").json() == "new"
        assert told == ["old up", "new up"]  # the old one ends its open streams first
    assert sorted(told) == ["new down", "new up", "old down", "old up"]


def test_an_app_that_was_replaced_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.switch._GRACE_SECONDS", 0)
    first = _app("old", [])
    gone = weakref.ref(first)
    with TestClient(_outer(switch := Switch(first))) as client:
        client.get("/")
        del first
        switch.put(_app("new", []))
        client.get("/")
    gc.collect()
    assert gone() is None


def test_an_app_that_still_answers_ends_after_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.switch._GRACE_SECONDS", 0)
    told: list[str] = []
    switch = Switch(first := _app("old", told))

    @first.get("/long")
    def replaced_meanwhile() -> list[str]:
        switch.put(_app("new", told))
        assert client.get("/").json() == "new"
        return list(told)

    with TestClient(_outer(switch)) as client:
        assert client.get("/long").json() == ["old up", "new up"]
        assert client.get("/").json() == "new"
        assert told == ["old up", "new up", "old down"]


def test_before_serving_only_the_last_app_comes_up() -> None:
    told: list[str] = []
    switch = Switch(_app("old", told))
    switch.put(_app("new", told))
    with TestClient(_outer(switch)) as client:
        assert client.get("/").json() == "new"
    assert told == ["new up", "new down"]


def _queueing(name: str) -> fastapi.FastAPI:
    app = _app(name, [])

    async def join(request: fastapi.Request) -> str:
        await request.body()
        return name

    app.post("/gradio_api/queue/join")(join)
    app.get("/gradio_api/queue/data")(lambda session_hash: f"{name} {session_hash}")
    return app


def test_who_took_a_question_answers_it_though_another_is_in_force_by_then() -> None:
    join, data = "/gradio_api/queue/join", "/gradio_api/queue/data"
    switch = Switch(_queueing("old"))
    with TestClient(_outer(switch)) as client:
        assert client.post(join, json={"session_hash": "a"}).json() == "old"
        switch.put(_queueing("new"))
        assert client.get(data, params={"session_hash": "b"}).json() == "new b"
        assert client.get(data, params={"session_hash": "a"}).json() == "old a"
        assert client.post(join, json={"session_hash": "a"}).json() == "new"
        assert client.get(data, params={"session_hash": "a"}).json() == "new a"
        for body in (b"", b"[]", b'{"session_hash": 7}', b"\xff"):
            assert client.post(join, content=body).status_code == 200
