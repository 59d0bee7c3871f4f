"""Answer -> HTML of one turn of the conversation. Pure functions; every text is escaped.

Knows the records of the assistant and the words on the page; knows no library and no Gradio.
Markup comes only from this file: what documents, questions and models say is text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html import escape

from markdown_it import MarkdownIt

from assistant.records import Answer, Citation, Evidence
from pages.citing import as_data, cited_words, copy_text, label, source_lines, source_words
from pages.headings import number_of, place
from pages.theme import edition, icon

DISCLAIMER = "由程序根据文件原文整理生成，正式使用请核对原文"
NEAREST_SHOWN = 3
_ALSO = "您还可以看："  # the refusal's line of nearest sections, which the page has as buttons
_GLIMPSE = 60  # characters of a passage nobody cited, behind its fold

_MARKER = re.compile(r"\[(\d{1,3})\]")
# A run of markers with the sign before it (no tag, no entity) and the stops after it.
_MARKERS = re.compile(r"([^\s<>&;\[\]]?)((?:\[\d{1,3}\])+)([。；，：！？、）”’》]*)")
# Block structure only: no links, images, html or entities can come out of a text. Emphasis is
# read in a model's wording alone, because in documents * is a sign like any other.
_PLAIN = MarkdownIt("zero", {"breaks": True}).enable(["table", "list", "newline", "blockquote"])
_WORDED = MarkdownIt("zero", {"breaks": True}).enable(
    ["table", "list", "newline", "blockquote", "heading", "emphasis"]
)


def answered(answer: Answer) -> str:
    """The finished turn: answer, refusal or nearest content, with its sources and tools."""
    parts = (
        (_restated(answer), _refusal(answer))
        if answer.refused
        else (
            _restated(answer),
            _low_confidence(answer),
            _body(answer),
            _notes(_said(answer)),
            _citations(answer, sound=answer.confidence == "high"),
            _unused(answer),
        )
    )
    return _turn(answer.question, "".join((*parts, _foot(answer))), "done", answer)


def streaming(question: str, text: str) -> str:
    """The turn while its text arrives; markers stay dead until the citations are known."""
    body = f'<div class="answer-text">{_PLAIN.render(text)}</div>'
    return _turn(question, _MARKER.sub(r'<sup class="dead">[\1]</sup>', body), "streaming")


def pending(question: str) -> str:
    """The turn before its first words; the note shows itself after 300 ms (page.css)."""
    return _turn(question, '<p class="thinking" role="status">正在查找文件…</p>', "pending")


def waiting(question: str, before: int, seconds: int) -> str:
    """The turn while others are answered first: how many, about how long, and what to do."""
    long = f"，大约要等{seconds}秒" if seconds > 1 else ""
    others = f"前面还有{before}个问题{long}" if before else f"前面的问题快答完了{long}"
    said = f"提问的人较多，正在排队：{others}。请不要关闭本页，轮到时会自动回答。"
    return _turn(question, f'<p class="thinking" role="status">{said}</p>', "pending")


def failed(question: str, message: str) -> str:
    """The turn of a failure: what happened and what to do, never an answer."""
    body = f'<p class="failure" role="alert">{icon("warn")}<span>{escape(message)}</span></p>'
    return _turn(question, body, "failed")


def _turn(question: str, body: str, state: str, answer: Answer | None = None) -> str:
    finished = (
        f' data-answer="{escape(answer.text)}" data-copy="{escape(copy_text(answer))}"'
        f' data-record="{escape(json.dumps(as_data(answer), ensure_ascii=False))}"'
        if answer
        else ""
    )
    edit = (
        '<button type="button" class="quiet" data-act="edit" aria-label="修改这个问题">'
        f"{icon('edit')}</button>"
    )
    return (
        f'<article class="turn" data-state="{state}" data-question="{escape(question)}"{finished}>'
        f'<div class="asked"><h2 class="question">{escape(question)}</h2>{edit}</div>'
        f'<div class="answer">{body}</div></article>'
    )


def _restated(answer: Answer) -> str:
    if answer.standalone_question.strip() in ("", answer.question.strip()):
        return ""
    return f'<p class="restated">您问的是：{escape(answer.standalone_question)}</p>'


def _low_confidence(answer: Answer) -> str:
    if answer.confidence != "low":
        return ""
    return f'<p class="badge near">{icon("near")}最接近的内容，请核对是否是您要问的</p>'


def _body(answer: Answer) -> str:
    reader = _WORDED if answer.model else _PLAIN
    html = _link_markers(reader.render(answer.text), answer.citations, cited_words(answer))
    html = html.replace("<table>", '<div class="table-wrap" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>")
    kind = "worded" if answer.model else "quoted"
    return f'<div class="answer-text {kind}">{html}</div>'


def _link_markers(html: str, citations: Sequence[Citation], words: Mapping[int, str]) -> str:
    """[n] with a citation becomes a named button; any other bracketed number stays text.

    The sign before and the full stop after stay on the marker's line.
    """
    by_marker = {citation.marker: citation for citation in citations}

    def button(match: re.Match[str]) -> str:
        citation = by_marker.get(int(match.group(1)))
        return match.group(0) if citation is None else f"<sup>{_marker(citation, words)}</sup>"

    def together(match: re.Match[str]) -> str:
        linked = _MARKER.sub(button, match.group(2))
        if linked == match.group(2):
            return match.group(0)
        return f'<span class="held">{match.group(1)}{linked}{match.group(3)}</span>'

    return _MARKERS.sub(together, html)


def _marker(citation: Citation, words: Mapping[int, str]) -> str:
    name = f"出处{citation.marker}，{number_of(citation.heading_path)}"
    return (
        f'<button type="button" class="cite" aria-label="{escape(name)}"'
        f' data-passage="{escape(citation.passage_id)}" data-quote="{escape(citation.quote)}"'
        f' data-place="{escape(words[citation.marker])}（{escape(citation.edition)}）"'
        f' data-marker="{citation.marker}">{citation.marker}</button>'
    )


def _citations(answer: Answer, sound: bool) -> str:
    words = cited_words(answer)
    items = "".join(
        f"<li>{''.join(_marker(c, words) for c in line.citations)} "
        f'<span class="source">{escape(line.words)}</span> '
        f"{edition(line.citations[0].edition)}</li>"
        for line in source_lines(answer)
    )
    badge = f'<p class="badge sound">{icon("check")}有出处</p>' if sound else ""
    return f'<div class="sources">{badge}<ul>{items}</ul></div>' if items else ""


def _unused(answer: Answer) -> str:
    """What was found and not cited, behind a fold: a reader can judge what was left out."""
    cited = {citation.passage_id for citation in answer.citations}
    rest = [e for e in answer.evidence if e.passage.passage_id not in cited]
    if not rest:
        return ""
    items = "".join(f"<li>{_to_passage(e)}{_glimpse(e.passage.text)}</li>" for e in rest)
    return (
        f'<details class="unused"><summary>还查到{len(rest)}段相关内容，回答没有用到</summary>'
        f"<ul>{items}</ul></details>"
    )


def _glimpse(text: str) -> str:
    short = " ".join(text.split())
    short = short if len(short) <= _GLIMPSE else f"{short[:_GLIMPSE]}…"
    return f'<span class="fine">{escape(short)}</span>'


def _to_passage(evidence: Evidence) -> str:
    passage = evidence.passage
    words = source_words(evidence.title, passage.heading_path, passage.lead, passage.row)
    return (
        f'<button type="button" class="near-link" data-passage="{escape(passage.passage_id)}"'
        f' data-quote="">{escape(words)}</button>'
    )


def _said(answer: Answer) -> tuple[str, ...]:
    """The answer's notes; sentences dropped are said even where no note counts them."""
    if not answer.dropped_claims or any("略去" in note for note in answer.notes):
        return answer.notes
    return (*answer.notes, f"已略去{answer.dropped_claims}句未能在文件中核实的内容。")


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="notes">{items}</ul>'


def _foot(answer: Answer) -> str:
    """What the answer is, and what can be done with it."""
    words = label(answer.model_label, answer.model_filing) if answer.model_label else DISCLAIMER
    return (
        f'<p class="fine made">{escape(words)}</p><div class="foot">'
        f"{_tool('copy', 'copy', '复制')}{_EXPORT}{_tool('again', 'again', '重新回答')}"
        f"{_tool('speak', 'speak', '朗读')}"
        f"{_tool('up', 'up', '有帮助', pressed=True)}{_tool('down', 'down', '有问题', pressed=True)}"
        "</div>"
    )


def _tool(act: str, sign: str, words: str, pressed: bool = False) -> str:
    state = ' aria-pressed="false"' if pressed else ""
    return (
        f'<button type="button" class="quiet" data-act="{act}"{state}>{icon(sign)}'
        f"<span>{words}</span></button>"
    )


_EXPORT = (
    f'<details class="choices"><summary class="quiet">{icon("export")}<span>导出</span></summary><ul>'
    '<li><button type="button" data-act="export" data-format="docx">这个回答，Word</button></li>'
    '<li><button type="button" data-act="export" data-format="md">这个回答，Markdown</button></li>'
    '<li><button type="button" data-act="export" data-format="docx" data-whole>整个对话，Word</button></li>'
    '<li><button type="button" data-act="export" data-format="md" data-whole>整个对话，Markdown</button></li>'
    "</ul></details>"
)


def _refusal(answer: Answer) -> str:
    """What was not found, in the answer's own lines; the sections it names become buttons."""
    nearest = _nearest(answer.evidence)
    lines = [line for line in answer.text.splitlines() if line.strip()]
    if nearest:
        lines = [line for line in lines if not line.startswith(_ALSO)]
    words = cited_words(answer)
    first, *rest = [_link_markers(escape(line), answer.citations, words) for line in lines] or [""]
    more = "".join(f"<p>{line}</p>" for line in rest)
    return "".join(
        (
            f'<div class="answer-text refusal"><p>{first}</p></div>',
            f'<div class="help">{more}</div>' if more else "",
            _citations(answer, sound=False),
            nearest,
            _notes(_said(answer)),
        )
    )


def _nearest(evidence: Sequence[Evidence]) -> str:
    """Up to three different sections that came nearest, each to be opened."""
    seen: dict[tuple[str, tuple[str, ...]], Evidence] = {}
    for item in evidence:
        seen.setdefault((item.passage.doc_id, item.passage.heading_path), item)
    nearest = list(seen.values())[:NEAREST_SHOWN]
    if not nearest:
        return ""
    items = "".join(
        f'<li><button type="button" class="near-link" data-passage="{escape(e.passage.passage_id)}"'
        f' data-quote="">《{escape(e.title)}》{escape(place(e.passage.heading_path))}</button></li>'
        for e in nearest
    )
    return f'<div class="nearest"><p>可以看看这些较接近的章节：</p><ul>{items}</ul></div>'
