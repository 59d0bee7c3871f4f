"""The page 批量提问 and what it talks to: a table of questions in, the same table with answers out.

The answers come as they are made, a line each, so that the page can show how far they are; a reader
who closes the page or cancels stops them. Nothing is kept on the server. Knows the Assistant.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from threading import BoundedSemaphore

import gradio as gr
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from assistant.records import Answer
from index.errors import UserError
from pages.chat import Answering
from pages.export.workbook import (
    LARGEST,
    MOST,
    Questions,
    open_questions,
    sample,
    saved,
    write_answer,
    write_failure,
    write_heads,
)
from pages.routes import attachment, limited, refused
from pages.site_file import Site
from pages.theme import icon, site_foot
from pages.watch import Visitor, Watch

Asking = Callable[[str], Answer]

AT_ONCE = 2  # tables answered side by side: the chat page's readers come first
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TOO_LARGE = f"文件超过{LARGEST // 1_000_000} MB。请只留下写问题的那一列再试。"
_BUSY = "正有其他人在批量提问。请过几分钟再试。"


def build(site: Site) -> None:
    """The components of the page inside the Blocks that is open."""
    gr.HTML(
        page(site),
        elem_id="batch",
        apply_default_css=False,
        js_on_load="wengui.batch(element)",
    )


def page(site: Site) -> str:
    """What the page shows before a file is chosen."""
    return (
        '<section id="batch-main" tabindex="-1"><h1>批量提问</h1>'
        f"<p>选一个 .xlsx 表格，第一行写“问题”，下面一行一个，最多{MOST}个。"
        "每个问题单独回答，写回同一个表格：回答、出处、把握。表格不在服务器上保存。</p>"
        f'<p><a class="quiet" href="./batch/sample.xlsx" download>{icon("export")}下载空白表格</a></p>'
        '<form class="batch-form"><label class="drop">'
        f'{icon("upload")}<span class="drop-name">选择表格，或拖到这里</span>'
        '<input type="file" name="table" accept=".xlsx" aria-describedby="batch-said"></label>'
        '<button type="submit" class="solid" disabled>开始回答</button>'
        '<button type="button" class="quiet" data-act="cancel" hidden>取消</button></form>'
        '<div class="batch-progress" hidden><progress max="1" value="0" aria-label="回答进度">'
        '</progress><span class="fine"></span></div>'
        '<p id="batch-said" class="batch-said" role="status"></p>'
        f'<p class="batch-done" hidden><button type="button" class="solid" data-act="save">'
        f"{icon('export')}下载结果</button></p>{site_foot(site)}</section>"
    )


def routes(assistant: Answering, site: Site, watch: Watch | None = None) -> APIRouter:
    """POST /batch with the table as its body; GET /batch/sample.xlsx.

    `watch` logs and counts the answers; how many may be asked is limited here, by the table.
    """
    router = APIRouter()
    places = BoundedSemaphore(AT_ONCE)

    @router.get("/batch/sample.xlsx")
    def form() -> Response:
        return attachment(sample(), "批量提问.xlsx", _XLSX)

    @router.post("/batch")
    async def batch(request: Request) -> Response:
        content = await limited(request, LARGEST)
        if content is None:
            return refused(413, _TOO_LARGE)
        try:
            questions = await run_in_threadpool(open_questions, content)
        except UserError as error:
            return refused(400, str(error))
        if not places.acquire(blocking=False):
            return refused(429, _BUSY)
        place = ExitStack()
        place.callback(places.release)
        lines = _answers(_asking(assistant, watch, request), site, questions, place)
        # A reader who is gone before the first line never starts the lines that would end.
        ends = BackgroundTask(place.close)
        return StreamingResponse(lines, media_type="application/x-ndjson", background=ends)

    return router


def _asking(assistant: Answering, watch: Watch | None, request: Request) -> Asking:
    address = request.client.host if request.client else ""
    visitor = Visitor(address, request.headers.get("user-agent", ""))

    def ask(question: str) -> Answer:
        answer = assistant.ask(question)
        if watch is not None:
            watch.answered(answer, visitor)
        return answer

    return ask


async def _answers(
    ask: Asking, site: Site, questions: Questions, place: ExitStack
) -> AsyncIterator[str]:
    """A line of JSON an answer, then one with the file; ends early with the reader's connection."""
    total = len(questions.asked)
    with place:
        write_heads(questions)
        yield _line(done=0, total=total)
        for done, (row, question) in enumerate(questions.asked, 1):
            await run_in_threadpool(_answer, ask, questions, row, question)
            yield _line(done=done, total=total)
        content = await run_in_threadpool(saved, questions, site.full_name)
        place.close()  # who takes the file slowly, or not at all, keeps nobody waiting
        yield _line(done=total, total=total, file=b64encode(content).decode("ascii"))


def _answer(ask: Asking, questions: Questions, row: int, question: str) -> None:
    try:
        write_answer(questions, row, ask(question))
    except UserError as error:
        write_failure(questions, row, str(error))


def _line(**said: int | str) -> str:
    return json.dumps(said) + "\n"
