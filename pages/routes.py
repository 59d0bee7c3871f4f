"""The pages' own addresses beside Gradio's: an export is posted, a file comes back.

Knows HTTP and the formats of pages.export; what is exported was kept by the reader's browser and
is checked against the documents once more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from json import loads
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from pages.citing import Kept
from pages.export.markdown import markdown
from pages.export.text import title
from pages.kept import checked, read_conversation
from pages.site_file import Site
from pages.units import Shelf

LARGEST = 1_000_000  # bytes of a posted conversation; pages.guard lets in little more


def word(answers: Sequence[Kept], producer: str) -> bytes:
    """A .docx of these answers (see pages.export.word)."""
    # Here and not above: python-docx and lxml, 10 MB, wait for the first who wants a Word file.
    from pages.export.word import word as written

    return written(answers, producer)


FORMATS: dict[str, tuple[Callable[[Sequence[Kept], str], bytes], str]] = {
    "docx": (word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "md": (markdown, "text/markdown; charset=utf-8"),
}
_NOTHING = "没有可以导出的回答。请刷新页面后再试。"
_TOO_MUCH = "对话太长，导不出来。请逐个导出回答。"


def exports(library: Shelf, site: Site) -> APIRouter:
    """POST /export/docx and /export/md with {"answers": […]} as pages.citing.as_data wrote them."""
    router = APIRouter()

    def made(answers: Sequence[Kept], kind: str) -> bytes:
        write, _ = FORMATS[kind]
        return write([checked(library, answer) for answer in answers], site.full_name)

    @router.post("/export/{kind}")
    async def export(kind: str, request: Request) -> Response:
        if kind not in FORMATS:
            return refused(404, "没有这种格式。可以导出 docx 和 md。")
        body = await limited(request, LARGEST)
        if body is None:
            return refused(413, _TOO_MUCH)
        try:
            answers = read_conversation(loads(body))
        except (ValueError, RecursionError):  # of JSON, of UTF-8, of a number without end
            answers = []
        if not answers:
            return refused(400, _NOTHING)
        content = await run_in_threadpool(made, answers, kind)
        return attachment(content, f"{title(answers)}.{kind}", FORMATS[kind][1])

    return router


async def limited(request: Request, largest: int) -> bytes | None:
    """The request's body; None as soon as it proves larger."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > largest:
            return None
    return bytes(body)


def attachment(content: bytes, name: str, kind: str) -> Response:
    """A file to be saved under a Chinese name."""
    safe = "".join("_" if sign in '\\/:*?"<>|\r\n\t' else sign for sign in name)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(safe)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=kind, headers=headers)


def refused(status: int, words: str) -> Response:
    """A refusal in one sentence that the page shows as it is."""
    return Response(words, status_code=status, media_type="text/plain; charset=utf-8")
