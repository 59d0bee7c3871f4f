"""Answer -> HTML of one turn of the conversation. Pure functions; every text is escaped.

Knows the records of the assistant and the words on the page; knows no library and no Gradio.
Markup comes only from this file: what documents, questions and models say is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt

from assistant.records import Answer, Citation, Evidence
from pages.headings import number_of, place
from pages.theme import edition, icon

DISCLAIMER = "由程序根据文件原文整理生成，正式使用请核对原文"
NEAREST_SHOWN = 3
_ALSO = "您还可以看："  # the refusal's line of nearest sections, which the page has as buttons

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
    if answer.refused:
        body = _refusal(answer)
    else:
        body = "".join(
            (
                _restated(answer),
                _low_confidence(answer),
                _body(answer),
                _notes(answer.notes),
                _citations(answer, sound=answer.confidence == "high"),
                _foot(),
            )
        )
    return _turn(answer.question, body, "done", answer=answer.text, copy=copy_text(answer))


def streaming(question: str, text: str) -> str:
    """The turn while its text arrives; markers stay dead until the citations are known."""
    body = f'<div class="answer-text">{_PLAIN.render(text)}</div>'
    return _turn(question, _MARKER.sub(r'<sup class="dead">[\1]</sup>', body), "streaming")


def pending(question: str) -> str:
    """The turn before its first words; the note shows itself after 300 ms (page.css)."""
    return _turn(question, '<p class="thinking" role="status">正在查找文件…</p>', "pending")


def failed(question: str, message: str) -> str:
    """The turn of a failure: what happened and what to do, never an answer."""
    body = f'<p class="failure" role="alert">{icon("warn")}<span>{escape(message)}</span></p>'
    return _turn(question, body, "failed")


def copy_text(answer: Answer) -> str:
    """Plain text for a paper: the answer, then one line a source with document and place."""
    lines = [answer.text.strip()]
    for line in _source_lines(answer):
        numbers = "".join(f"[{citation.marker}]" for citation in line.citations)
        lines.append(f"{numbers} {line.words}（{line.citations[0].edition}）")
    if answer.citations:
        lines.append(f"（{DISCLAIMER}）")
    return "\n".join(lines)


def _turn(question: str, body: str, state: str, answer: str = "", copy: str = "") -> str:
    return (
        f'<article class="turn" data-state="{state}" data-question="{escape(question)}"'
        f' data-answer="{escape(answer)}" data-copy="{escape(copy)}">'
        f'<h2 class="question">{escape(question)}</h2>'
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
    html = _link_markers(reader.render(answer.text), answer.citations)
    html = html.replace("<table>", '<div class="table-wrap" tabindex="0"><table>')
    html = html.replace("</table>", "</table></div>")
    kind = "worded" if answer.model else "quoted"
    return f'<div class="answer-text {kind}">{html}</div>'


def _link_markers(html: str, citations: Sequence[Citation]) -> str:
    """[n] with a citation becomes a named button; any other bracketed number stays text.

    The sign before and the full stop after stay on the marker's line.
    """
    by_marker = {citation.marker: citation for citation in citations}

    def button(match: re.Match[str]) -> str:
        citation = by_marker.get(int(match.group(1)))
        return match.group(0) if citation is None else f"<sup>{_marker(citation)}</sup>"

    def together(match: re.Match[str]) -> str:
        linked = _MARKER.sub(button, match.group(2))
        if linked == match.group(2):
            return match.group(0)
        return f'<span class="held">{match.group(1)}{linked}{match.group(3)}</span>'

    return _MARKERS.sub(together, html)


def _marker(citation: Citation) -> str:
    name = f"出处{citation.marker}，{number_of(citation.heading_path)}"
    return (
        f'<button type="button" class="cite" aria-label="{escape(name)}" title="{escape(name)}"'
        f' data-passage="{escape(citation.passage_id)}" data-quote="{escape(citation.quote)}"'
        f' data-marker="{citation.marker}">{citation.marker}</button>'
    )


@dataclass(frozen=True, slots=True)
class _SourceLine:
    """One place of one document, with the citations that stand there."""

    words: str
    citations: tuple[Citation, ...]


def _source_lines(answer: Answer) -> list[_SourceLine]:
    """Citations of one place share a line; a table's row is a place of its own."""
    rows = {e.passage.passage_id: e.passage.row for e in answer.evidence}
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in answer.citations:
        row = rows.get(citation.passage_id)
        item = f" 第{row.number}项" if row and row.number else ""
        words = f"《{citation.title}》{place(citation.heading_path, citation.lead)}{item}"
        groups.setdefault((citation.doc_id, words), []).append(citation)
    return [_SourceLine(words, tuple(group)) for (_, words), group in groups.items()]


def _citations(answer: Answer, sound: bool) -> str:
    items = "".join(
        f"<li>{''.join(map(_marker, line.citations))} "
        f'<span class="source">{escape(line.words)}</span> '
        f"{edition(line.citations[0].edition)}</li>"
        for line in _source_lines(answer)
    )
    badge = f'<p class="badge sound">{icon("check")}有出处</p>' if sound else ""
    return f'<div class="sources">{badge}<ul>{items}</ul></div>' if items else ""


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return ""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="notes">{items}</ul>'


def _foot() -> str:
    return (
        f'<p class="foot"><span class="fine">{DISCLAIMER}</span>'
        f'<button type="button" class="quiet" data-act="copy">{icon("copy")}'
        "<span>复制</span></button></p>"
    )


def _refusal(answer: Answer) -> str:
    """What was not found, in the answer's own lines; the sections it names become buttons."""
    nearest = _nearest(answer.evidence)
    lines = [line for line in answer.text.splitlines() if line.strip()]
    if nearest:
        lines = [line for line in lines if not line.startswith(_ALSO)]
    first, *rest = [_link_markers(escape(line), answer.citations) for line in lines] or [""]
    more = "".join(f"<p>{line}</p>" for line in rest)
    return "".join(
        (
            _restated(answer),
            f'<div class="answer-text refusal"><p>{first}</p></div>',
            f'<div class="help">{more}</div>' if more else "",
            _citations(answer, sound=False),
            nearest,
            _notes(answer.notes),
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
