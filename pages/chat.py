"""The chat page 问答: what the page sends, and the turn that is sent back.

Knows the Assistant and HTML made elsewhere; keeps nothing between two questions: history and
chosen documents come with each question from the reader's own device.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from html import escape
from typing import Any, Protocol

import gradio as gr

from assistant.records import Answer, Turn
from index.errors import UserError
from index.records import SourceDoc
from pages import feedback, render, source
from pages.bank import Bank
from pages.examples import Examples
from pages.kept import printable
from pages.queued import in_line
from pages.site_file import Site
from pages.theme import edition, icon, site_foot
from pages.watch import Visitor, Watch

HISTORY_TURNS = 6  # questions and answers taken along; a follow-up rarely reaches further back
HISTORY_CHARS = 2000  # of one message
MOST_CITED = 20  # passages that the next questions are made from
FEW_DOCUMENTS = 3  # up to these are ticked one by one


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


def welcome(
    documents: Sequence[SourceDoc], shown: Examples, site: Site, model_notice: str = ""
) -> str:
    """First visit: what can be asked about, and good questions for each audience."""
    if not documents:
        return (
            '<section class="welcome"><h1>还没有可以回答的文件</h1><p>请把文件放进文件夹，'
            "再运行一次建库命令，然后重新打开本页。</p></section>"
        )
    more = f"等{len(documents)}份文件" if len(documents) > 1 else ""
    introduction = site.introduction or (
        f"根据《{documents[0].title}》{more}回答，每句话都注明出自哪一章哪一节，点一下就能看到原文。"
        "文件里没有的，会直接说没有。"
    )
    groups = _group("机关工作人员可以问", shown.officials) + _group("市民可以问", shown.citizens)
    notices = "".join(f'<p class="notice">{escape(notice)}</p>' for notice in site.notices)
    notices += f'<p class="fine">{escape(model_notice)}</p>' if model_notice else ""
    return (
        f'<section class="welcome"><h1>{escape(site.heading)}</h1><p>{escape(introduction)}</p>'
        f'{notices}<div class="examples">{groups}</div>{site_foot(site)}</section>'
    )


def _group(title: str, questions: Sequence[str]) -> str:
    if not questions:
        return ""
    items = "".join(
        f'<li><button type="button" class="example">{escape(q)}</button></li>' for q in questions
    )
    return f"<div><h2>{title}</h2><ul>{items}</ul></div>"


def rail(documents: Sequence[SourceDoc]) -> str:
    """Documents to search in, and the conversations kept on this device."""
    boxes = "".join(
        f'<li><label><input type="checkbox" name="document" value="{escape(d.doc_id)}" checked>'
        f"<span>{escape(d.title)} {edition(d.edition)}</span></label></li>"
        for d in documents
    )
    every = '<button type="button" class="quiet" data-act="all">全选或全不选</button>'
    scope = (
        f'<fieldset><legend>检索范围</legend><ul class="documents">{boxes}</ul>'
        f"{every if len(documents) > FEW_DOCUMENTS else ''}</fieldset>"
    )
    return (
        f'<button type="button" class="solid" data-act="new">{icon("new")}新对话</button>'
        f"{scope if documents else ''}"
        '<section class="kept" aria-label="对话记录"><h2>对话记录</h2><ul id="kept"></ul>'
        '<p class="fine">只保存在这台设备的浏览器里。</p>'
        f'<button type="button" class="quiet" data-act="clear">{icon("trash")}全部清除</button>'
        f'</section><a class="quiet to-batch" href="./batch">{icon("batch")}批量提问</a>'
    )


def composer(limit: int, site: Site) -> str:
    """The form at the foot; Enter sends, Shift+Enter breaks the line."""
    return (
        f'<form class="composer" data-limit="{limit}" aria-label="提问">'
        '<p class="editing" hidden><span>发送后，从这一问重新开始，后面的问答不再保留。</span>'
        '<button type="button" class="quiet" data-act="keep">不改了</button></p>'
        '<textarea id="question" rows="1" aria-label="输入问题" aria-describedby="hint"'
        f' placeholder="{escape(site.placeholder)}" enterkeyhint="send"></textarea>'
        f'<button type="submit" class="solid send" aria-label="提问">{icon("send")}</button>'
        '<button type="button" class="solid halt" data-act="stop" aria-label="停止回答" hidden>'
        f"{icon('stop')}</button>"
        '<p id="hint" class="fine" role="status" aria-live="polite"></p></form>'
    )


PANEL = (
    '<div class="panel-head"><h2 tabindex="-1">出处</h2>'
    '<button type="button" class="quiet" data-act="close-panel" aria-label="关闭出处">'
    f'{icon("close")}</button></div><div id="source-body" aria-live="polite">'
    '<p class="fine">点回答里的数字，这里会显示它的原文。</p></div>'
)


def _why() -> str:
    """The dialog that asks for the reason of a 👎."""
    boxes = "".join(
        f'<label><input type="radio" name="reason" value="{reason}"><span>{reason}</span></label>'
        for reason in feedback.REASONS
    )
    return (
        '<dialog id="why" aria-labelledby="why-title"><form method="dialog">'
        '<h2 id="why-title">这个回答哪里有问题？</h2>'
        f'<fieldset class="reasons" aria-labelledby="why-title">{boxes}</fieldset>'
        f'<textarea name="note" rows="3" maxlength="{feedback.NOTE_CHARS}"'
        ' aria-label="补充说明，可以不填" placeholder="补充说明，可以不填"></textarea>'
        '<p class="fine">问题、回答和以上说明会保存在服务器上，供改进使用。请不要填写个人信息。</p>'
        '<p class="dialog-tools"><button type="button" class="quiet" data-act="dismiss">取消</button>'
        '<button type="submit" class="solid">提交</button></p></form></dialog>'
    )


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
        _static(rail(documents), "rail", "wengui.rail(element)")
        with gr.Column(elem_id="talk"):
            _static(
                welcome(documents, shown, site, assistant.notice),
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
                composer(limit, site) + _why(),
                elem_id="composer",
                apply_default_css=False,
                js_on_load="wengui.composer(element, trigger, 'submit', 'stop')",
            )
        gr.HTML(
            PANEL,
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
