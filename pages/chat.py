"""The chat page 问答: what the page sends, and the turn that is sent back.

Knows the Assistant and HTML made elsewhere; keeps nothing between two questions: history and
chosen documents come with each question from the reader's own device.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Protocol

import gradio as gr

from assistant.records import Answer, Turn
from index.errors import UserError
from pages import feedback, render, source, standing
from pages.bank import Bank
from pages.examples import Examples
from pages.kept import printable
from pages.queued import in_line
from pages.site_file import Site
from pages.watch import Visitor, Watch

HISTORY_TURNS = 6  # questions and answers taken along; a follow-up rarely reaches further back
HISTORY_CHARS = 2000  # of one message
MOST_CITED = 20  # passages that the next questions are made from


class Answering(Protocol):
    """What the page asks of the Assistant."""

    library: Any
    settings: Any

    @property
    def notice(self) -> str:
        """What a public page has to say of the chat model in use; '' in the default mode."""

    @property
    def plain(self) -> Answering:
        """The same in the default mode, for questions that the pages ask themselves."""

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        doc_ids: Sequence[str] | None = None,
    ) -> Answer: ...

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        doc_ids: Sequence[str] | None = None,
    ) -> Iterator[str | Answer]: ...


@dataclass(frozen=True, slots=True)
class Request:
    """One question as the page sent it, put in order. `doc_ids` None: all documents."""

    question: str
    history: tuple[Turn, ...]
    doc_ids: tuple[str, ...] | None


def read_request(data: dict[str, Any], known: Sequence[str]) -> Request:
    """What the browser sent, checked: anything of another shape is dropped, never trusted."""
    chosen = data.get("documents")
    doc_ids = tuple(d for d in known if d in chosen) if isinstance(chosen, list) else tuple(known)
    return Request(
        question=printable(str(data.get("question", ""))).strip(),
        history=tuple(read_turns(data.get("history"))[-2 * HISTORY_TURNS :]),
        doc_ids=None if len(doc_ids) == len(known) else doc_ids,
    )


def read_turns(turns: object) -> list[Turn]:
    """The messages of a conversation as the page sent them, those of another shape left out."""
    return [turn for item in turns if (turn := _turn(item))] if isinstance(turns, list) else []


def _turn(item: object) -> Turn | None:
    if not isinstance(item, dict):
        return None
    role, content = item.get("role"), item.get("content")
    if role not in ("user", "assistant") or not isinstance(content, str):
        return None
    return Turn(role, printable(content[:HISTORY_CHARS]))


def objection(request: Request, limit: int) -> str:
    """Why a question can't be asked as it is, in one sentence; '' where it can."""
    if not request.question:
        return "问题是空的。请先输入想问的内容。"
    if len(request.question) > limit:
        return f"问题最长{limit}字，现在有{len(request.question)}字。请缩短或分成几次问。"
    if request.doc_ids == ():
        return "没有选中任何文件。请在“检索范围”里至少勾选一份。"
    return ""


Pieces = Iterator[str | Answer]


def reply(
    assistant: Answering,
    request: Request,
    limit: int,
    watched: Callable[[Pieces], Pieces] = iter,
) -> Generator[str, None, None]:
    """HTML of the turn as it grows: received, its words as they come, the finished answer.

    `watched` is what each answer's pieces pass through: limits, log, counters.
    """
    problem = objection(request, limit)
    if problem:
        yield render.failed(request.question, problem)
        return
    yield render.pending(request.question)
    text = ""
    try:
        pieces = assistant.stream(request.question, request.history, request.doc_ids)
        for piece in watched(pieces):
            if isinstance(piece, Answer):
                yield render.answered(piece)
            else:
                text += piece
                yield render.streaming(request.question, text)
    except UserError as error:
        yield render.failed(request.question, str(error))


def visitor_of(visit: gr.Request) -> Visitor:
    """Who sent a request, as the limits and the log's hash need it."""
    address = visit.client.host if visit.client else ""
    return Visitor(address, visit.headers.get("user-agent", ""), visit.session_hash or "")


def build(
    assistant: Answering,
    shown: Examples,
    site: Site,
    bank: Bank,
    take: feedback.Taking | None = None,
    watch: Watch | None = None,
) -> None:
    """The components of the page inside the Blocks that is open; no `take`: no 👍 and 👎."""
    library, limit = assistant.library, assistant.settings.max_question
    documents = tuple(library.documents())
    known = [document.doc_id for document in documents]

    async def ask(event: gr.EventData, visit: gr.Request) -> AsyncIterator[str]:
        request, visitor = read_request(event._data, known), visitor_of(visit)
        noted = partial(watch.noted, visitor) if watch else iter
        pieces = reply(assistant, request, limit, noted)
        async for html in in_line(watch, visitor, request.question, pieces):
            yield html

    def open_source(request: list[Any]) -> str:
        passage_id, quote = request
        return source.panel(library, str(passage_id), str(quote))

    def next_questions(request: list[Any]) -> list[str]:
        cited, asked = (list(map(str, part)) if isinstance(part, list) else [] for part in request)
        return list(bank.following(cited[:MOST_CITED], asked))

    def say(request: list[Any], visit: gr.Request) -> str:
        data = request[0] if request else None
        turns = data.get("history") if isinstance(data, dict) else None
        history = [asdict(turn) for turn in read_turns(turns)]
        said = feedback.read_feedback(library, library.index_hash, data, history)
        if said is None or take is None:
            return "没有收到。请刷新页面后再试一次。"
        address = visit.client.host if visit.client else ""
        return feedback.keep(take, said, watch.opinions if watch else None, address)

    with gr.Row(elem_id="desk", elem_classes=[] if take else ["unheard"]):
        _static(standing.rail(documents), "rail", "wengui.rail(element)")
        with gr.Column(elem_id="talk"):
            _static(
                standing.welcome(documents, shown, site, assistant.notice),
                "welcome",
                "wengui.welcome(element)",
            )
            _static("", "past", "wengui.past(element)")
            turn = gr.HTML(
                "",
                elem_id="turn",
                apply_default_css=False,
                js_on_load="wengui.turn(element, props, watch, server)",
                server_functions=[next_questions, say],
            )
            form = gr.HTML(
                standing.composer(limit, site) + standing.why(),
                elem_id="composer",
                apply_default_css=False,
                js_on_load="wengui.composer(element, trigger, 'submit', 'stop')",
            )
        gr.HTML(
            standing.PANEL,
            elem_id="panel",
            apply_default_css=False,
            js_on_load="wengui.panel(element, server)",
            server_functions=[open_source],
        )
    asked = form.submit(
        ask, None, turn, show_progress="hidden", concurrency_limit=None, api_visibility="private"
    )
    asked.failure(None, js="() => wengui.failed()", api_visibility="private")
    form.stop(None, cancels=[asked], api_visibility="private")


def _static(html: str, elem_id: str, js: str) -> gr.HTML:
    return gr.HTML(html, elem_id=elem_id, apply_default_css=False, js_on_load=js)
