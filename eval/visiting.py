"""One visitor of a running 问规 over HTTP: what the pages' own scripts send, and nothing beside it.

Knows the addresses of the pages and of /v1 and how an answer arrives there; knows no cases and keeps
no time. Gradio's protocol: a question is posted to queue/join, its turn comes as events from
queue/data; a page's other calls are posted to component_server.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

import httpx2

_PREFIX = "/gradio_api"
_TURN = re.compile(r'data-state="([a-z]+)"')
_WORDS = re.compile(r'data-answer="([^"]*)"')
_RECORD = re.compile(r'data-record="([^"]*)"')
_WHY = re.compile(r'class="failure"[^>]*>.*?<span>([^<]*)')
_DOCUMENT = re.compile(r'<details data-doc="([^"]+)"')
_SECTION = re.compile(r'data-section="([^"]+)"')
_SEARCHED = 12  # characters of a question that are searched for
_GONE = frozenset({404, 502, 503, 504})  # of a proxy, or a session that another process began


class Failed(Exception):
    """The server gave an answer that no visitor should get."""


class Broken(Failed):
    """The connection or its process went away; a visitor who tries again may be served."""


@dataclass(frozen=True, slots=True)
class Turns:
    """A question and its answer as the chat page has them; `record`: what the page keeps of it."""

    question: str
    text: str
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """Which component of the pages answers what, by the names they were given."""

    ask: int
    form: int
    servers: Mapping[str, int]  # a server function -> its component
    documents: tuple[str, ...]


def config_of(page: str) -> Mapping[str, Any]:
    """What Gradio tells a page about itself, from its HTML; {} where it is no page of Gradio's."""
    _, found, rest = page.partition("window.gradio_config = ")
    config: Mapping[str, Any] = json.JSONDecoder().raw_decode(rest)[0] if found else {}
    return config


def site_of(chat: Mapping[str, Any], browse: Mapping[str, Any]) -> Site:
    """From the two pages' own configuration. Raises Failed where it is none of ours."""
    both = (*chat.get("components", ()), *browse.get("components", ()))
    parts = {c["props"].get("elem_id"): c for c in both}
    if not {"composer", "contents"} <= parts.keys():
        raise Failed("这个地址上不是问规的网页")
    form = parts["composer"]["id"]
    named = {
        name: part["id"]
        for part in parts.values()
        for name in part["props"].get("server_fns") or ()
    }
    ask = next(d["id"] for d in chat["dependencies"] if [form, "submit"] in d["targets"])
    documents = _DOCUMENT.findall(parts["contents"]["props"]["value"])
    return Site(ask, form, named, tuple(map(unescape, documents)))


class Visitor:
    """A browser with one page open. Every call raises Broken or Failed, and httpx2's errors never."""

    def __init__(self, client: httpx2.AsyncClient, name: str) -> None:
        self._client, self.name = client, name
        self._session = ""
        self._site: Site | None = None
        self.talk: list[Turns] = []

    async def arrive(self) -> None:
        """Opens the page anew: another visit, an empty conversation."""
        pages = [config_of((await self._called("GET", path)).text) for path in ("/", "/browse")]
        self._site = site_of(*pages)
        self._session, self.talk = secrets.token_hex(6), []

    async def ask(self, question: str) -> Turns:
        """A question in the chat page, after what was said before in this visit."""
        site, session = self._opened(), self._session
        roles = [(t.question, t.text) for t in self.talk]
        history = [
            {"role": role, "content": said}
            for pair in roles
            for role, said in zip(("user", "assistant"), pair, strict=True)
        ]
        asked = {"question": question, "documents": None, "history": history}
        joined = await self._called(
            "POST",
            f"{_PREFIX}/queue/join",
            {
                "data": [],
                "event_data": asked,
                "fn_index": site.ask,
                "trigger_id": site.form,
                "session_hash": session,
            },
        )
        turn = _finished(question, await self._outcome(joined.json()["event_id"]))
        self.talk.append(turn)
        return turn

    async def api(self, question: str, stream: bool) -> str:
        """The same question over /v1; the answer's text."""
        body = {
            "model": "wengui",
            "messages": [{"role": "user", "content": question}],
            "stream": stream,
            "user": self.name,
        }
        reply = await self._called("POST", "/v1/chat/completions", body)
        text = _streamed(reply.text) if stream else reply.json()["choices"][0]["message"]["content"]
        if not text:
            raise Failed("接口的回答是空的")
        return str(text)

    async def tree(self, doc_id: str) -> list[str]:
        """The sections that the contents of a document lead to."""
        html = str(await self._server("open_tree", [doc_id]))
        return [unescape(key) for key in _SECTION.findall(html)]

    async def read(self, doc_id: str, section: str) -> None:
        """A section and what stands beside it."""
        place = {"doc": doc_id, "section": section}
        view = await self._server("open_view", [place])
        # A table's or a box's own key opens the section it stands in.
        if not isinstance(view, dict) or not view.get("section"):
            raise Failed(f"章节没有打开：{doc_id} {section}")
        await self._server("open_aside", [place])

    async def find(self, words: str) -> None:
        """A search in the browse page."""
        view = await self._server("open_view", [{"q": words[:_SEARCHED]}])
        if not isinstance(view, dict) or not view.get("html"):
            raise Failed("搜索没有结果页")

    async def say(self, turn: Turns, good: bool, note: str = "") -> None:
        """👍 or 👎 under an answer."""
        data = {"answer": turn.record, "good": good, "reason": "内容不对", "note": note}
        problem = await self._server("say", [data])
        if problem:
            raise Failed(f"意见没有收下：{problem}")

    @property
    def documents(self) -> Sequence[str]:
        return self._opened().documents

    def _opened(self) -> Site:
        if self._site is None:
            raise Failed("网页还没有打开")
        return self._site

    async def _server(self, name: str, data: list[Any]) -> Any:
        body = {
            "data": data,
            "component_id": self._opened().servers[name],
            "fn_name": name,
            "session_hash": self._session,
        }
        return (await self._called("POST", f"{_PREFIX}/component_server", body)).json()

    async def _called(self, method: str, path: str, body: object = None) -> httpx2.Response:
        try:
            reply = await self._client.request(method, path, json=body)
        except httpx2.HTTPError as error:
            raise Broken(f"连接中断（{type(error).__name__}）") from error
        if reply.status_code in _GONE:
            raise Broken(f"{path} 返回 {reply.status_code}")
        if reply.status_code != 200:
            raise Failed(f"{path} 返回 {reply.status_code}：{reply.text[:80]}")
        return reply

    async def _outcome(self, event_id: str) -> str:
        """HTML of the finished turn, from the session's stream of events, read to its end."""
        html = ""
        where = {"session_hash": self._session}
        try:
            async with self._client.stream("GET", f"{_PREFIX}/queue/data", params=where) as stream:
                async for line in stream.aiter_lines():
                    html = _completed(line, event_id) or html
        except httpx2.HTTPError as error:
            raise Broken(f"回答中断（{type(error).__name__}）") from error
        if not html:
            raise Broken("回答没有完成")
        return html


def _completed(line: str, event_id: str) -> str:
    """The finished turn's HTML where the line brings it, else ''."""
    if '"process_completed"' not in line:
        return ""
    said = json.loads(line.removeprefix("data:"))
    if said.get("event_id") != event_id:
        return ""
    if not said.get("success"):
        raise Failed("回答出错")
    return str(said["output"]["data"][0])


def _finished(question: str, html: str) -> Turns:
    state, words, record = (pattern.search(html) for pattern in (_TURN, _WORDS, _RECORD))
    if state is None or state[1] != "done" or words is None or record is None:
        why = _WHY.search(html)
        raise Failed(unescape(why[1]) if why else "回答没有写完")
    return Turns(question, unescape(words[1]), json.loads(unescape(record[1])))


def _streamed(events: str) -> str:
    """The text of /v1's server-sent events; '' where they do not end as they should."""
    lines = [line.removeprefix("data: ") for line in events.splitlines() if line]
    if not lines or lines[-1] != "[DONE]":
        raise Broken("接口的回答没有完成")
    frames = [json.loads(line) for line in lines[:-1]]
    if any("error" in frame for frame in frames):
        raise Failed(str(frames[-1].get("error")))
    return "".join(c["delta"].get("content", "") for f in frames for c in f["choices"])
