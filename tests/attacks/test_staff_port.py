"""The staff pages on a port of their own: not on the citizens', and nothing else on theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks.ground import served
from tests.attacks.target import PASSWORD, Target, token
from tests.browser.conftest import free_port


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Target, Target]]:
    """The citizens' port and the staff's, of one server."""
    port = free_port()
    folder = tmp_path_factory.mktemp("apart")
    with served(folder, "--staff-port", str(port)) as citizens:
        yield citizens, Target(f"http://127.0.0.1:{port}", folder)


@pytest.mark.parametrize(
    "path",
    ["/staff", "/staff/", "/staff/quality", "/staff/api/files", "/staff/signout", "/signin",
     "/signin?next=/staff", "/staff/theme.css", "//staff/", "/%73taff/api/files"],
)  # fmt: skip
def test_they_are_not_on_the_citizens_port(both: tuple[Target, Target], path: str) -> None:
    citizens, staff = both
    cookie = {"Cookie": f"wengui_session={staff.session('admin')}"}
    lies = {"Host": f"127.0.0.1:{staff.port}", "X-Forwarded-Port": str(staff.port)}
    for headers in ({}, cookie, cookie | lies):
        assert citizens.send("GET", path, b"", headers).status == 404


def test_nothing_is_changed_there_either(both: tuple[Target, Target]) -> None:
    citizens, staff = both
    cookie = {"Cookie": f"wengui_session={staff.session('admin')}"}
    assert citizens.send("POST", "/staff/api/build", b"{}", cookie).status == 404
    assert citizens.form("/signin", {"name": "admin", "password": PASSWORD}).status == 404


@pytest.mark.parametrize(
    "path", ["/browse", "/v1/models", "/gradio_api/queue/join", "/metrics", "/batch", "/export/md"]
)
def test_the_citizens_pages_are_not_on_theirs(both: tuple[Target, Target], path: str) -> None:
    assert both[1].send("GET", path).status == 404


def test_they_work_on_their_own(both: tuple[Target, Target]) -> None:
    _, staff = both
    entered = staff.send("GET", "/")
    assert (entered.status, entered.headers["location"]) == (303, "/staff/")
    assert token(staff.sign_in("admin", PASSWORD))
    page = staff.send("GET", "/staff/", who="admin").text
    assert "../browse" not in page
    assert "返回问答页" not in staff.send("GET", "/signin").text
    assert "plan.md" in staff.send("GET", "/staff/api/files", who="admin").text


def test_the_citizens_are_answered_on_theirs(both: tuple[Target, Target]) -> None:
    assert "4.5" in both[0].ask("2025年每千人口托位数要达到多少？")
