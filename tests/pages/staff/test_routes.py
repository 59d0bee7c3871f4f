"""The staff pages' calls: roles asked every time, actions in the log, work in the background."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from index.errors import UserError
from pages.records import Feedback, Queue, open_database
from pages.records.accounts import Account, Role, Session
from pages.staff.folder import Folder
from pages.staff.routes import Office, router
from tests.pages.fakes import PLAN, FakeLibrary

RUN = {
    "run_id": "r2", "started": "2026-11-26T10:00:00", "finished": "x", "only": "", "count": 2,
    "index_hash": "f" * 12, "settings_hash": "s", "commit": "c", "figures": {"right": 0.5},
}  # fmt: skip
OLDER = RUN | {"run_id": "r1", "index_hash": "e" * 12, "figures": {"right": 1.0}}
CASE = {
    "id": "t-1", "group": "table", "status": "wrong", "miss": "缺要点", "missing": ["4.5"],
    "case": {"question": "托位<多少>", "history": [], "expect": "answer", "must": [["4.5"]],
             "gold": [{"doc": "plan", "path": ["第一章"]}]},
    "answer": {"text": "1.7个", "citations": []},
}  # fmt: skip


class Shelf(FakeLibrary):
    def superseded(self) -> tuple[()]:
        return ()

    def warnings(self, doc_id: str = "") -> tuple[str, ...]:
        return ("有一页读不出。",) if doc_id == PLAN.doc_id else ()

    def count(self, doc_id: str | None = None) -> int:
        return len(self.passages_)


@dataclass
class FakeSuite:
    started: list[str] = field(default_factory=list)
    accepted: list[Any] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)

    def runs(self) -> list[dict[str, Any]]:
        return [RUN, OLDER]

    def figures(self) -> list[dict[str, str]]:
        return [{"key": "right", "label": "全对"}]

    def groups(self) -> list[str]:
        return ["table"]

    def run(self, run_id: str, against: str = "") -> dict[str, Any]:
        return {"run": RUN, "cases": [CASE, CASE | {"id": "t-2", "status": "right"}]}

    def compare(self, earlier: str, later: str) -> dict[str, Any]:
        counts = {
            "broke": 1,
            "mended": 2,
            "changed": 3,
            "same": 4,
            "added": 0,
            "gone": 0,
            "altered": 0,
        }
        return {"counts": counts, "cases": []}

    def start(self, progress: Callable[[int, int], None], stop: threading.Event, only: str = "",
              split: str = "", mode: str = "default") -> str:  # fmt: skip
        self.started.append(only)
        progress(1, 2)
        self.go.wait(10)
        if stop.is_set():
            raise UserError("已停止。")
        return "r3"

    def draft(self, complaint: dict[str, Any]) -> dict[str, Any]:
        return {"id": "c-1", "question": complaint["question"], "must": []}

    def findings(self, case: dict[str, Any]) -> list[dict[str, Any]]:
        return [] if case["must"] else [{"message": "没有要点", "error": True}]

    def accept(self, case: dict[str, Any]) -> dict[str, Any]:
        if not case["must"]:
            raise UserError("还不能收下这道题：没有要点")
        self.accepted.append(case)
        return case


class Place:
    """The calls of an office, made under a role."""

    def __init__(self, folder: Path) -> None:
        (folder / "docs").mkdir()
        (folder / "docs" / "甲.md").write_text("# 甲\n\n## 目标\n\n到2027年建成公园。\n", "utf-8")
        self.suite, self.queue = FakeSuite(), Queue(open_database(folder / "data"))
        self.log: list[tuple[str, str]] = []
        self.told: list[str] = []
        self.role: Role | None = "admin"
        office = Office(
            library=Shelf,
            suite=lambda: self.suite,
            folder=Folder(folder / "docs", folder / "data"),
            queue=self.queue,
            rebuild=lambda tell: self.told.append("built") or "建好了。",
            record=lambda kind, actor, _: self.log.append((kind, actor)),
        )
        app = FastAPI()

        @app.middleware("http")
        async def signed_in(request: Request, go: Callable[[Request], Any]) -> Response:
            if self.role:
                request.state.session = Session(Account(1, "张三", self.role), "token")
            return await go(request)

        app.include_router(router(office))
        self.client = TestClient(app)

    def post(self, kind: str, **data: str) -> Any:
        return self.client.post(f"/staff/api/{kind}", json=data)

    def get(self, page: str, **asked: str) -> str:
        return self.client.get(f"/staff/api/{page}", params=asked).text


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


ACTIONS = {
    "editor": ("take", "drop", "remove", "restore", "build"),
    "qa": ("run", "stop", "draft-case", "save-case", "accept-case", "dismiss-case"),
}


@pytest.mark.parametrize("role", ["reader", "editor", "qa"])
def test_a_role_can_do_its_own_actions_alone(place: Place, role: Role) -> None:
    place.role = role
    place.suite.go.set()
    for owner, kinds in ACTIONS.items():
        for kind in kinds:
            assert (place.post(kind).status_code == 403) is (owner != role), (role, kind)
    sent = place.client.post("/staff/api/upload", files={"file": ("乙.md", b"# a")})
    assert (sent.status_code == 403) is (role != "editor")


def test_nobody_sees_anything_without_a_session(place: Place) -> None:
    place.role = None
    assert {place.client.get(f"/staff/api/{v}").status_code for v in ("files", "quality")} == {401}


def test_a_reader_sees_no_buttons(place: Place) -> None:
    place.role = "reader"
    shown = place.get("files") + place.get("quality")
    assert PLAN.title in shown
    assert "有一页读不出" in shown
    assert "data-post" not in shown
    assert "data-upload" not in shown


def test_an_operators_day(place: Place) -> None:
    sent = {"file": ("乙.md", "# 乙\n\n## 第一章 总则\n\n新建学校三所。\n".encode())}
    preview = place.client.post("/staff/api/upload", files=sent).text
    assert "第一章 总则" in preview
    token = preview.split('data-token="')[1].split('"')[0]
    assert "乙.md" in place.post("take", token=token).text
    assert "<h2>回收站" in place.post("remove", file="甲.md").text
    entry = place.get("files").split('data-entry="')[1].split('"')[0]
    assert "<h2>回收站" not in place.post("restore", entry=entry).text
    assert "更新索引" in place.post("build").text
    kinds = ["upload", "take", "remove", "restore", "build"]
    assert place.log == [(kind, "张三") for kind in kinds]


def test_the_answers_that_changed_with_the_index_are_counted(place: Place) -> None:
    assert "变好2题，变坏1题，有变化但对错不变3题" in place.get("files")


def test_a_run_is_started_watched_and_stopped(place: Place) -> None:
    assert "data-poll" in place.post("run", only="table").text
    assert place.post("run").status_code == 400
    assert place.post("stop").status_code == 200
    place.suite.go.set()
    assert place.suite.started == ["table"]


def test_a_run_is_read_narrowed_and_compared(place: Place) -> None:
    shown = place.get("quality", view="run", id="r2", status="wrong")
    assert "托位&lt;多少&gt;" in shown
    assert "符合的有1题" in shown
    assert "没有变化4题" in place.get("quality", view="compare", a="r1", b="r2")


def test_a_complaint_becomes_a_case_after_lint(place: Place) -> None:
    said = Feedback(
        False,
        "托位有多少？",
        "1.7个",
        "数字不对",
        citations=[{"doc_id": "plan", "heading_path": ["一"]}],
    )
    number = str(place.queue.add(said))
    assert "托位有多少" in place.get("quality")
    assert "没有要点" in place.post("draft-case", id=number).text
    refused = place.post("accept-case", id=number)
    assert (refused.status_code, "没有要点" in refused.text) == (400, True)
    case = '{"id": "c-1", "question": "托位有多少？"}'
    assert "没有发现问题" in place.post("save-case", id=number, case=case, must="4.5 / 四点五").text
    assert "已收为测试题" in place.post("accept-case", id=number).text
    assert place.suite.accepted[0]["must"] == [["4.5", "四点五"]]
    assert place.post("save-case", id=number, case="{", must="").status_code == 400


def test_a_complaint_can_be_set_aside(place: Place) -> None:
    number = place.queue.add(replace(Feedback(False, "问", "答"), reason="其他"))
    assert "没有等着处理的意见" in place.post("dismiss-case", id=str(number)).text
    assert place.post("draft-case", id="77").status_code == 404
