"""What the staff pages call: views to read and actions to do, each checked, each in the audit log.

Knows HTTP, the pages' HTML and who may do what. An action answers with the view it leads to; an
error for people is one sentence with status 400.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse

from assistant.scope import describe
from index.errors import UserError
from pages.guard.middleware import STAFF
from pages.guard.signin import whoami
from pages.records import Queue
from pages.records.feedback import Complaint
from pages.staff import complaints, files, quality
from pages.staff.access import FILES, QUALITY, account, may, need
from pages.staff.collection import Collection
from pages.staff.job import Job

Data = Annotated[dict[str, str], Body()]
_OPENING = 2_000  # characters of a document that its period may stand in


@dataclass(frozen=True, slots=True)
class Office:
    """All that the staff pages work with.

    `library` and `suite` give those in force; `rebuild(tell)` brings the index up to date, puts it in
    force and gives a sentence; `record(kind, actor, data)` writes the audit log.
    """

    library: Callable[[], Any]
    suite: Callable[[], quality.Suite]
    folder: Collection
    queue: Queue
    rebuild: Callable[[Callable[[str, int, int], None]], str]
    record: Callable[[str, str, dict[str, Any]], object]


def router(office: Office) -> APIRouter:
    """GET /staff/api/files, /staff/api/quality and the POSTs of their actions."""
    routes = APIRouter(prefix=f"{STAFF}/api")
    _files(routes, office, Job())
    _quality(routes, office, Job())
    return routes


def _shown(request: Request, html: str) -> HTMLResponse:
    return HTMLResponse(whoami(request) + html, headers={"cache-control": "no-store"})


def _said(error: UserError) -> HTTPException:
    return HTTPException(400, str(error))


def _note(office: Office, kind: str, by: str, told: dict[str, Any]) -> None:
    """Into the audit log what was done; where that fails it is done all the same, and said so."""
    try:
        office.record(kind, by, told)
    except UserError as error:
        raise HTTPException(503, f"已经完成，但没有记入审计记录。{error}") from error


def _files(routes: APIRouter, office: Office, build: Job) -> None:
    def shown(request: Request) -> HTMLResponse:
        library = office.library()
        html = files.page(
            library,
            {d.doc_id: _period(library, d) for d in library.documents()},
            office.folder.files(),
            office.folder.trashed(),
            build.now,
            _changes(office),
            may(request, FILES),
        )
        return _shown(request, html)

    @routes.get("/files")
    def view(request: Request) -> HTMLResponse:
        account(request)
        return shown(request)

    @routes.post("/upload")
    def upload(request: Request, file: UploadFile) -> HTMLResponse:
        by = need(request, FILES)
        try:
            waiting = office.folder.receive(file.filename or "", file.file)
        except UserError as error:
            raise _said(error) from error
        _note(office, "upload", by, {"file": waiting.name, "bytes": waiting.size})
        return _shown(request, files.preview(waiting))

    def act(kind: str, work: Callable[[str, Mapping[str, str]], dict[str, Any]]) -> None:
        @routes.post(f"/{kind}")
        def done(request: Request, data: Data) -> HTMLResponse:
            by = need(request, FILES)
            try:
                told = work(by, data)
            except UserError as error:
                raise _said(error) from error
            _note(office, kind, by, told)
            return shown(request)

    def take(by: str, data: Mapping[str, str]) -> dict[str, Any]:
        return {"file": office.folder.take(data.get("token", ""), by)}

    def drop(by: str, data: Mapping[str, str]) -> dict[str, Any]:
        office.folder.drop(data.get("token", ""))
        return {}

    def remove(by: str, data: Mapping[str, str]) -> dict[str, Any]:
        office.folder.remove(data.get("file", ""), by)
        return {"file": data.get("file", "")}

    def restore(by: str, data: Mapping[str, str]) -> dict[str, Any]:
        return {"file": office.folder.restore(data.get("entry", ""))}

    def start(by: str, data: Mapping[str, str]) -> dict[str, Any]:
        build.start(lambda job: office.rebuild(job.tell))
        return {"index": office.library().index_hash}

    for kind, work in (
        ("take", take), ("drop", drop), ("remove", remove), ("restore", restore), ("build", start),
    ):  # fmt: skip
        act(kind, work)


def _period(library: Any, document: Any) -> tuple[int, int] | None:
    text = "\n".join(p for s in library.sections(document.doc_id)[:6] for p in s.paragraphs)
    return describe(document, text[:_OPENING]).period


def _changes(office: Office) -> str:
    """The newest run of this index against the newest before it of another index, both of all cases."""
    runs = [r for r in office.suite().runs() if r["finished"]]
    own = office.library().index_hash
    now = next((r for r in runs if r["index_hash"] == own), None)
    older = runs[runs.index(now) + 1 :] if now else []
    before = next(
        (r for r in older if r["index_hash"] != own and now and r["only"] == now["only"]), None
    )
    counts = None
    if now and before:
        counts = office.suite().compare(before["run_id"], now["run_id"])["counts"]
    return files.changed(runs, own, counts)


def _quality(routes: APIRouter, office: Office, work: Job) -> None:
    def overview(request: Request) -> HTMLResponse:
        waiting = (*office.queue.waiting("draft"), *office.queue.waiting("new"))
        html = quality.overview(
            office.suite(), work.now, waiting, office.queue.counts(), may(request, QUALITY)
        )
        return _shown(request, html)

    def complaint(request: Request, number: str) -> HTMLResponse:
        one = _complaint(office, number)
        found = office.suite().findings(one.draft) if one.state == "draft" else ()
        return _shown(request, complaints.complaint_view(one, found, may(request, QUALITY)))

    @routes.get("/quality")
    def view(request: Request, view: str = "", id: str = "", a: str = "", b: str = "",  # noqa: A002
             status: str = "", group: str = "", q: str = "") -> HTMLResponse:  # fmt: skip
        account(request)
        try:
            if view == "run":
                run = office.suite().run(id)
                return _shown(request, quality.run_view(run, status, group, q.strip()))
            if view == "compare":
                found = office.suite().compare(a, b)
                return _shown(request, quality.compare_view(found, a, b))
            if view == "complaint":
                return complaint(request, id)
        except UserError as error:
            raise _said(error) from error
        return overview(request)

    @routes.post("/run")
    def run(request: Request, data: Data) -> HTMLResponse:
        by, only = need(request, QUALITY), data.get("only", "")

        def working(job: Job) -> str:
            def told(done: int, total: int) -> None:
                job.tell(f"已答{done}题，共{total}题", done, total)

            name = office.suite().start(told, job.stop, only=only)
            return f"运行完成：{name}。"

        try:
            work.start(working)
        except UserError as error:
            raise _said(error) from error
        _note(office, "eval-run", by, {"only": only})
        return overview(request)

    @routes.post("/stop")
    def stop(request: Request) -> HTMLResponse:
        by = need(request, QUALITY)
        work.stop.set()
        _note(office, "eval-stop", by, {})
        return overview(request)

    @routes.post("/{kind}-case")
    def step(kind: str, request: Request, data: Data) -> HTMLResponse:
        by, number = need(request, QUALITY), data.get("id", "")
        try:
            told = _step(office, kind, _complaint(office, number), data)
        except UserError as error:
            raise _said(error) from error
        _note(office, f"complaint-{kind}", by, {"complaint": int(number), **told})
        return overview(request) if kind == "dismiss" else complaint(request, number)


def _complaint(office: Office, number: str) -> Complaint:
    found = office.queue.get(int(number)) if number.isdigit() and len(number) < 10 else None
    if found is None:
        raise HTTPException(404, "没有这条意见，可能已被清理。请返回质检页。")
    return found


def _step(office: Office, kind: str, one: Complaint, data: Mapping[str, str]) -> dict[str, Any]:
    """One step of a complaint on its way to a case; what the log is told of it."""
    if kind == "dismiss":
        office.queue.move(one.id, "dismissed")
    elif kind == "draft":
        office.queue.move(one.id, "draft", office.suite().draft(asdict(one.feedback)))
    elif kind == "save":
        office.queue.move(one.id, "draft", _edited(data))
    elif kind == "accept":
        case = office.suite().accept(_edited(data) if data.get("case") else one.draft)
        office.queue.move(one.id, "case", case)
        return {"case": case["id"]}
    else:
        raise HTTPException(404, "没有这项操作。")
    return {}


def _edited(data: Mapping[str, str]) -> dict[str, Any]:
    """The draft as the form sent it; the points' own field goes before what the JSON says of them."""
    try:
        case = json.loads(data.get("case", ""))
    except json.JSONDecodeError as error:
        raise UserError(f"不是完整的 JSON（第{error.lineno}行）。请改好后再保存。") from error
    if not isinstance(case, dict):
        raise UserError("应为一个 JSON 对象，从 { 开始。请改好后再保存。")
    lines = [line for line in data.get("must", "").splitlines() if line.strip()]
    case["must"] = [[p.strip() for p in line.split(" / ") if p.strip()] for line in lines]
    return case
