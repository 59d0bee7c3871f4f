"""问规 as a model: GET /v1/models and POST /v1/chat/completions in OpenAI's shape, for other front ends.

Knows HTTP and that shape; answers nothing itself. The last message is the question, those before
it the conversation; a system message is left aside, for it is no setting of ours. Beside OpenAI's
fields an answer carries `wengui`: citations, whether it is a refusal, notes.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, Field, ValidationError
from starlette.background import BackgroundTask

from assistant.ask import as_record
from assistant.records import Answer, Turn
from index.errors import UserError
from pages.chat import HISTORY_CHARS, Answering
from pages.kept import printable
from pages.limits import Busy
from pages.routes import limited
from pages.watch import Visitor, Watch

MODEL = "wengui"
CITED = "wengui-cited"  # the same with its sources written out at the text's end
LARGEST = 1_000_000  # bytes of a request
_HISTORY = 12  # messages taken along, as on the page
_SOURCES = "\n\n出处：\n"


class Part(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: str = ""


class Message(BaseModel):
    """One message; `content` as a text or in parts."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[Part] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return printable("\n".join(p.text for p in self.content if p.type == "text"))
        return printable(self.content or "")


class StreamOptions(BaseModel):
    include_usage: bool = False


class Asked(BaseModel):
    """The request; fields that shape a model's wording (temperature …) are taken and not used."""

    model: str
    messages: list[Message] = Field(min_length=1, max_length=500)
    stream: bool = False
    stream_options: StreamOptions | None = None
    n: Literal[1, None] = 1
    user: str | None = Field(default=None, max_length=200)  # tells a front end's readers apart
    documents: list[str] | None = None  # ours: doc_ids to search in


class Refused(Exception):
    """A request that can't be answered, as OpenAI's clients understand it."""

    def __init__(
        self, status: int, message: str, code: str, param: str | None = None, after: int = 0
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.code, self.param, self.after = (
            status, message, code, param, after,
        )  # fmt: skip

    @property
    def body(self) -> dict[str, Any]:
        kind = "server_error" if self.status >= 500 else "invalid_request_error"
        kind = "rate_limit_error" if self.status == 429 else kind
        error = {"message": self.message, "type": kind, "param": self.param, "code": self.code}
        return {"error": error}

    def response(self) -> JSONResponse:
        headers = {"Retry-After": str(self.after)} if self.after else {}
        return JSONResponse(self.body, self.status, headers)


def router(assistant: Answering, watch: Watch | None = None) -> APIRouter:
    """The routes over an assistant; every question passes by `watch`, where there is one."""
    routes = APIRouter(prefix="/v1")

    @routes.get("/models")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [_card(name) for name in (MODEL, CITED)]}

    @routes.get("/models/{name}")
    def model(name: str) -> JSONResponse:
        known = name in (MODEL, CITED)
        return JSONResponse(_card(name)) if known else _unknown_model(name).response()

    @routes.post("/chat/completions", response_model=None)
    async def complete(request: Request) -> JSONResponse | StreamingResponse:
        try:
            reply = Reply(assistant, _read(await limited(request, LARGEST), assistant))
            pieces = reply.pieces(watch, request)
            if reply.asked.stream:
                first = await run_in_threadpool(next, pieces)  # what can't be taken fails here
                events = reply.events(chain([first], pieces))
                # However the client goes, the question's place is free again at once.
                ends = BackgroundTask(pieces.close)
                return StreamingResponse(events, media_type="text/event-stream", background=ends)
            return JSONResponse(await run_in_threadpool(reply.whole, pieces))
        except Refused as refused:
            return refused.response()

    return routes


@dataclass(frozen=True, slots=True)
class Reply:
    """One request on its way to an answer."""

    assistant: Answering
    asked: Asked

    def pieces(self, watch: Watch | None, request: Request) -> Generator[str | Answer]:
        """The assistant's stream; its user errors become Refused."""
        try:
            said = self._said()
            yield from said if watch is None else watch.over(self._visitor(request), said)
        except Busy as error:
            raise Refused(429, str(error), "rate_limit_exceeded", after=error.seconds) from error
        except UserError as error:
            raise Refused(400, str(error), "invalid_question", "messages") from error

    def _said(self) -> Iterator[str | Answer]:
        yield ""  # the head goes out before the first sentence is there
        asked = self.asked
        yield from self.assistant.stream(_question(asked), _history(asked), asked.documents)

    def _visitor(self, request: Request) -> Visitor:
        address = request.client.host if request.client else ""
        browser = request.headers.get("user-agent", "")
        return Visitor(address, browser, visit=self.asked.user or "")

    def whole(self, pieces: Iterator[str | Answer]) -> dict[str, Any]:
        """The answer as one object."""
        answer = next(piece for piece in pieces if isinstance(piece, Answer))
        message = {"role": "assistant", "content": answer.text + self._sources(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return _frame("chat.completion", self.asked.model) | {
            "choices": [choice],
            "usage": _usage(answer),
            MODEL: extras(answer),
        }

    def events(self, pieces: Iterator[str | Answer]) -> Iterator[str]:
        """The answer as server-sent events: checked sentences, the extras, [DONE]."""
        frame = _frame("chat.completion.chunk", self.asked.model)
        try:
            yield _event(frame | _delta({"role": "assistant", "content": ""}))
            for piece in pieces:
                if isinstance(piece, Answer):
                    yield from self._last(frame, piece)
                elif piece:
                    yield _event(frame | _delta({"content": piece}))
        except Refused as refused:
            yield _event(refused.body)
        yield "data: [DONE]\n\n"

    def _last(self, frame: dict[str, Any], answer: Answer) -> Iterator[str]:
        if sources := self._sources(answer):
            yield _event(frame | _delta({"content": sources}))
        yield _event(frame | _delta({}, "stop") | {MODEL: extras(answer)})
        if self.asked.stream_options and self.asked.stream_options.include_usage:
            yield _event(frame | {"choices": [], "usage": _usage(answer)})

    def _sources(self, answer: Answer) -> str:
        if self.asked.model != CITED or not answer.citations:
            return ""
        lines = [
            f"[{c.marker}] 《{c.title}》{' '.join(c.heading_path)} · {c.edition}"
            for c in answer.citations
        ]
        return _SOURCES + "\n".join((*lines, *answer.notes))


def extras(answer: Answer) -> dict[str, Any]:
    """What an answer has beyond its text, less the passages it was made from."""
    record = as_record(answer)
    return {name: value for name, value in record.items() if name not in ("text", "evidence")}


def _read(body: bytes | None, assistant: Answering) -> Asked:
    """The request, checked; raises Refused with what is wrong."""
    if body is None:
        raise Refused(413, "请求太大，请减少对话内容。", "request_too_large")
    try:
        asked = Asked.model_validate_json(body)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        message = f"请求里的 {where} 不对。" if where else "请求不是正确的 JSON。"
        raise Refused(400, message, "invalid_request", where or None) from error
    if asked.model not in (MODEL, CITED):
        raise _unknown_model(asked.model)
    if asked.messages[-1].role != "user":
        raise Refused(400, "最后一条消息要是用户的问题。", "invalid_request", "messages")
    known = {document.doc_id for document in assistant.library.documents()}
    if asked.documents is not None and not set(asked.documents) & known == set(asked.documents):
        raise Refused(400, "documents 里有不认识的文件编号。", "invalid_request", "documents")
    if asked.documents == []:
        raise Refused(
            400, "documents 是空的：请写文件编号，或去掉这一项。", "invalid_request", "documents"
        )
    return asked


def _question(asked: Asked) -> str:
    return asked.messages[-1].text.strip()


def _history(asked: Asked) -> Sequence[Turn]:
    said = [m for m in asked.messages[:-1] if m.role in ("user", "assistant")]
    return [Turn(m.role, m.text.partition(_SOURCES)[0][:HISTORY_CHARS]) for m in said[-_HISTORY:]]


def _unknown_model(name: str) -> Refused:
    message = f"没有名为 {name[:40]} 的模型，可用的是 {MODEL} 和 {CITED}。"
    return Refused(404, message, "model_not_found", "model")


def _card(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": MODEL}


def _frame(kind: str, model: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{uuid.uuid4().hex}",
        "object": kind,
        "created": int(time.time()),
        "model": model,
    }


def _delta(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _usage(answer: Answer) -> dict[str, int]:
    """Tokens of the chat model behind it; none in the default mode."""
    prompt = answer.usage.prompt_tokens if answer.usage else 0
    completion = answer.usage.completion_tokens if answer.usage else 0
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }
