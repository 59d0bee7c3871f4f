"""The 👎 queue of the page 质检 as HTML, a complaint with the case made of it, and what views share.

Pure; every text is escaped. Knows kept complaints and a case's plain data; does nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from pages.records.feedback import Complaint

Json = Mapping[str, Any]
BACK = '<p><a class="quiet" href="?" data-view>返回质检</a></p>'


def address(view: str, **more: str) -> str:
    """The address of a view of the page."""
    return "?" + urlencode({"view": view, **more})


def queue(waiting: Sequence[Complaint], counts: Mapping[str, int]) -> str:
    """What waits to be looked at, and how many came for each reason."""
    told = "，".join(f"{escape(reason)}{number}" for reason, number in counts.items())
    items = "".join(
        f'<li><a href="{escape(address("complaint", id=str(one.id)))}" data-view>{escape(one.feedback.question)}</a>'
        f' <span class="fine">{escape(one.feedback.reason or "没写原因")} · {escape(one.at[:10])}'
        f"{' · 已有草稿' if one.state == 'draft' else ''}</span></li>"
        for one in waiting
    )
    body = f'<ul class="plain">{items}</ul>' if items else "<p>没有等着处理的意见。</p>"
    return f"<h2>读者说有问题的回答</h2><p class='fine'>{told or '还没有收到意见'}</p>{body}"


def complaint_view(one: Complaint, findings: Sequence[Json], may: bool) -> str:
    """A complaint with what it stood on, and the case made of it."""
    said = one.feedback
    history = "".join(f'<p class="fine">{escape(t["content"])}</p>' for t in said.history)
    asked = said.standalone_question
    standalone = (
        f'<p class="fine">理解为：{escape(asked)}</p>' if asked and asked != said.question else ""
    )
    note = f"<p>补充：{escape(said.note)}</p>" if said.note else ""
    return (
        f"{BACK}<h1>{escape(said.question)}</h1>{history}{standalone}"
        f'<p class="badge near">{escape(said.reason or "没写原因")}</p>{note}'
        f'<div class="answer-text quoted"><p>{escape(said.answer)}</p></div>'
        f"{places(said.citations, 'doc_id', 'heading_path')}"
        f'<p class="fine">索引 {escape(said.index_hash)}，设置 {escape(said.settings_hash)}，{escape(one.at[:19])}</p>'
        f"{_steps(one, findings, may)}"
    )


def _steps(one: Complaint, findings: Sequence[Json], may: bool) -> str:
    if one.state in ("case", "dismissed"):
        return f"<p>{'已收为测试题。' if one.state == 'case' else '已标为不处理。'}</p>"
    if not may:
        return ""
    dismiss = (
        f'<button type="button" class="quiet" data-post="dismiss" data-id="{one.id}"'
        ' data-confirm="不处理这条意见？">不处理</button>'
    )
    if one.state == "new":
        return (
            f'<p class="panel-tools"><button type="button" class="solid" data-post="draft" data-id="{one.id}">'
            f"做成测试题</button>{dismiss}</p>"
        )
    items = "".join(
        f"<li>{'要改' if f['error'] else '提醒'}：{escape(f['message'])}</li>" for f in findings
    )
    checked = (
        f'<ul class="notes">{items}</ul>' if items else '<p class="said">检查没有发现问题。</p>'
    )
    shown = json.dumps(one.draft, ensure_ascii=False, indent=1)
    must = "\n".join(" / ".join(group) for group in one.draft.get("must", []))
    return (
        f'<h2>测试题草稿</h2>{checked}<form data-post="save" data-id="{one.id}"><label for="must">回答里必须出现的，'
        "一行一个要点，几种写法用 / 隔开</label>"
        f'<textarea id="must" name="must" rows="3">{escape(must)}</textarea>'
        f'<details><summary>全部内容（JSON）</summary><textarea name="case" rows="18" aria-label="测试题的 JSON"'
        f' spellcheck="false">{escape(shown)}</textarea></details>'
        '<p class="panel-tools"><button type="submit" class="quiet">保存并检查</button>'
        f'<button type="button" class="solid" data-post="accept" data-id="{one.id}">收下这道题</button>'
        f"{dismiss}</p></form>"
    )


def places(found: Sequence[Json], doc: str, path: str) -> str:
    """Each document and heading path once; `doc`, `path`: their keys."""
    named = dict.fromkeys(f"{p[doc]}：{' › '.join(p[path])}" for p in found)
    items = "".join(f"<li>{escape(name)}</li>" for name in named)
    return f'<ul class="fine">{items}</ul>' if items else ""
