"""app.py: what it says of itself, and why it can't start."""

from __future__ import annotations

import socket

import fastapi
import pytest
from fastapi.testclient import TestClient

import app
from index.errors import SettingError
from pages import application, site
from pages.site_file import Site
from tests.pages.fakes import FakeAssistant, FakeLibrary


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application.create(FakeAssistant(), ready=lambda: None))


def test_healthz_counts_documents_and_passages(client: TestClient) -> None:
    assert client.get("/healthz").json() == {
        "status": "ok",
        "documents": 2,
        "passages": 6,
        "index_hash": "f" * 12,
    }


def test_the_openai_routes_stand_before_the_pages(client: TestClient) -> None:
    assert client.get("/v1/models").json()["data"][0]["id"] == "wengui"


def test_an_index_without_documents_is_said_to_be_empty() -> None:
    empty = FakeAssistant(library=FakeLibrary(documents_=(), sections_=(), passages_=()))
    assert application.health(empty)["status"] == "empty"


@pytest.mark.parametrize("path", ["/", "/browse"])
def test_each_page_is_served_with_our_style_and_no_footer(client: TestClient, path: str) -> None:
    html = client.get(path).text
    assert "--lake" in html
    assert "window.wengui" in html
    assert '"footer_links":[]' in html.replace(" ", "")


def test_gradio_remembers_few_visits() -> None:
    demo = site.build(FakeAssistant())
    site.mounted(fastapi.FastAPI(), demo, "/", Site())
    held = demo.state_holder
    for visit in range(2 * site.SESSIONS):
        held[str(visit)]
    assert len(held.session_data) <= site.SESSIONS


def test_a_taken_port_is_said_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SettingError, match="--port"):
            app.listen("127.0.0.1", taken.getsockname()[1])


def test_a_taken_port_ends_with_1_and_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert app.main(["--port", str(taken.getsockname()[1])]) == 1
    said = capsys.readouterr().err
    assert "端口被占用" in said
    assert said.count("\n") == 1


def test_the_defaults_are_this_machine_alone() -> None:
    given = app.arguments([])
    assert (given.host, given.port, given.docs) == ("127.0.0.1", 7860, None)
