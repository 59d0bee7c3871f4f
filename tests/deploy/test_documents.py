"""Three processes on two machines' folders, the documents in PostgreSQL, no folder of originals anywhere.

What is claimed in deploy/README.md: a document that one process took is all processes', any process or
`python -m index.publish` builds the next index from them, and a process that is killed takes none along.
"""

from __future__ import annotations

import signal
from pathlib import Path

import httpx2
import psycopg
import pytest

from index import publish
from pages.records import Audit
from pages.records.accounts import Accounts
from pages.records.database import Database
from pages.staff.moving import bring_in, bring_out
from pages.staff.originals import Originals
from tests.deploy.cluster import Process, processes, until
from tests.postgres import binaries

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(binaries() is None, reason="PostgreSQL is not installed"),
]
NAME, PASSWORD = "wenjian", "云溪-files-2026-long"
PLAN = (
    "# 云溪市发展规划纲要\n\n## 第一章 养老服务\n\n到2025年，全市养老机构护理型床位占比达到65%。\n"
)
GREENWAY = "# 云溪市绿道建设规划\n\n## 第一章 绿道网络\n\n到2027年，全市建成生态绿道820公里。\n"
LONGER = GREENWAY.replace("820", "960")
QUESTION = "2027年全市建成生态绿道多少公里？"


class Staff:
    """A member of staff, signed in at one process and let in by all."""

    def __init__(self, process: Process) -> None:
        with httpx2.Client(base_url=process.url, trust_env=False, timeout=60) as client:
            form = client.get("/signin").cookies["wengui_form"]
            given = {"name": NAME, "password": PASSWORD, "form": form}
            self._cookies = client.post("/signin", data=given).cookies

    def _call(self, process: Process, method: str, kind: str, **sent: object) -> httpx2.Response:
        with httpx2.Client(
            base_url=process.url, cookies=self._cookies, trust_env=False, timeout=60
        ) as client:
            return client.request(method, f"/staff/api/{kind}", **sent)

    def sends(self, process: Process, name: str, content: str) -> str:
        """A file that is looked at; its token."""
        reply = self._call(process, "POST", "upload", files={"file": (name, content.encode())})
        assert reply.status_code == 200, reply.text
        return reply.text.split('data-token="')[1].split('"')[0]

    def does(self, process: Process, kind: str, **data: str) -> httpx2.Response:
        return self._call(process, "POST", kind, json=data)

    def sees(self, process: Process) -> str:
        return self._call(process, "GET", "files").text


def answer(process: Process) -> str:
    asked = {"model": "wengui", "messages": [{"role": "user", "content": QUESTION}]}
    reply = httpx2.post(
        f"{process.url}/v1/chat/completions", json=asked, trust_env=False, timeout=60
    )
    return str(reply.json()["choices"][0]["message"]["content"])


def built_and_gone_over_to(staff: Staff, builder: Process, alive: list[Process]) -> None:
    """The index that one process builds and publishes is in force in all."""
    before = builder.index_hash()
    assert staff.does(builder, "build").status_code == 200
    until(lambda: builder.index_hash() != before, "the index was not built")
    for process in alive:
        until(lambda p=process: p.index_hash() == builder.index_hash(), "not gone over to")


def test_a_document_is_all_processes_and_any_of_them_builds(
    tmp_path: Path, records: tuple[str, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, database = records
    shared, first, other = (tmp_path / name for name in ("shared", "first", "other"))
    shared.mkdir()
    Accounts(database).add(NAME, "editor", PASSWORD)
    imported(tmp_path, database)
    common = {"DATABASE_URL": url, "WENGUI_ORIGINALS": "database", "WENGUI_DOCS": ""}
    for name, value in (common | {"WENGUI_DATA": str(tmp_path / "builder")}).items():
        monkeypatch.setenv(name, value)
    assert publish.main([str(shared)]) == 0  # as an operator does, on a machine of its own
    common["WENGUI_INDEX"] = str(shared)
    environs = [common | {"WENGUI_DATA": str(folder)} for folder in (first, first, other)]
    with processes(tmp_path, environs) as (one, two, three):
        staff = Staff(one)
        staff.does(one, "take", token=staff.sends(one, "greenway.md", GREENWAY))
        assert not (other / "originals").exists()
        built_and_gone_over_to(staff, three, [one, two, three])
        assert all("820公里" in answer(process) for process in (one, two, three))
        assert "greenway.md" in staff.sees(two)
        two_take_the_same_name(staff, two, three)
        # What a killed process was sent, another takes in; what it took in before stays.
        token = staff.sends(one, "greenway.md", LONGER)
        one.end(signal.SIGKILL)
        assert staff.does(two, "take", token=token).status_code == 200
        built_and_gone_over_to(staff, two, [two, three])
        assert all("960公里" in answer(process) for process in (two, three))
        the_database_goes_and_comes_back(staff, url, two)
    assert bring_out(database, tmp_path / "out") == 3
    assert (tmp_path / "out" / "greenway.md").read_text("utf-8") == LONGER
    assert [one.file for one in Originals(database).trashed()] == ["greenway.md"]
    assert Audit(database).verify().holds


def imported(tmp_path: Path, database: Database) -> None:
    """The first documents, from a folder that is gone afterwards."""
    folder = tmp_path / "brought"
    folder.mkdir()
    (folder / "plan.md").write_text(PLAN, "utf-8")
    assert bring_in(folder, Originals(database)).changed == ["plan.md"]
    (folder / "plan.md").unlink()
    folder.rmdir()


def two_take_the_same_name(staff: Staff, two: Process, three: Process) -> None:
    """Sent through two processes before either is taken in: the second is told, and nothing is lost."""
    here, there = (staff.sends(p, "两份.md", f"{PLAN}\n{p.number}\n") for p in (two, three))
    assert staff.does(two, "take", token=here).status_code == 200
    refused = staff.does(three, "take", token=there)
    assert (refused.status_code, "已由wenjian换成另一份" in refused.text) == (400, True)


def the_database_goes_and_comes_back(staff: Staff, url: str, process: Process) -> None:
    """The index in force answers meanwhile; nobody has to start anything anew."""
    with psycopg.connect(url.replace("/wengui?", "/postgres?"), autocommit=True) as elsewhere:
        elsewhere.execute("ALTER DATABASE wengui ALLOW_CONNECTIONS false")
        elsewhere.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'wengui'"
        )
        assert "960公里" in answer(process)
        assert "连不上" in staff.sees(process)
        elsewhere.execute("ALTER DATABASE wengui ALLOW_CONNECTIONS true")
    assert "greenway.md" in staff.sees(process)
