"""What stands on the chat page before and around the answers, as HTML: welcome, rail, form, dialog.

Pure; every text is escaped. Knows documents' names and a city's own words, no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from index.records import SourceDoc
from pages import feedback
from pages.examples import Examples
from pages.site_file import Site
from pages.theme import edition, icon, site_foot

FEW_DOCUMENTS = 3  # up to these are ticked one by one


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


def why() -> str:
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
