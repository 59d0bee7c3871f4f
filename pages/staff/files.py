"""The page 文件 as HTML: what is indexed, the reader's warnings, the trash, a file looked at.

Pure; every text is escaped. Knows documents, files and how a build stands; does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Protocol

from index.records import ParsedDocument, Section, SourceDoc
from pages.staff.collection import LARGEST, Trashed, Waiting
from pages.staff.job import Progress
from pages.theme import edition, icon

_OUTLINE = 80  # headings of a preview


class Holdings(Protocol):
    """What the page asks of the index's Library."""

    index_hash: str

    def documents(self) -> Sequence[SourceDoc]: ...

    def superseded(self) -> Sequence[SourceDoc]: ...

    def sections(self, doc_id: str) -> Sequence[Section]: ...

    def count(self, doc_id: str | None = None) -> int: ...

    def warnings(self, doc_id: str = "") -> Sequence[str]: ...


def page(
    library: Holdings,
    periods: Mapping[str, tuple[int, int] | None],
    files: Sequence[str],
    trash: Sequence[Trashed],
    build: Progress,
    changes: str,
    may: bool,
) -> str:
    """The whole page; without `may` nothing on it changes anything."""
    documents = "".join(
        _document(library, doc, periods.get(doc.doc_id), may) for doc in library.documents()
    )
    behind = "".join(
        f"<li>《{escape(d.title)}》 {edition(d.edition)}：已有原文，不再检索。</li>"
        for d in library.superseded()
    )
    indexed = {f for doc in library.documents() for f in doc.path.split("、")}
    indexed |= {f for doc in library.superseded() for f in doc.path.split("、")}
    outside = "".join(
        f'<li>{escape(f)} <span class="fine">不在现在的索引里</span>{_remove(f) if may else ""}</li>'
        for f in files
        if f not in indexed
    )
    said = "".join(f"<li>{escape(w)}</li>" for w in library.warnings())
    return (
        f"<h1>文件</h1>{_build(build, library.index_hash, may)}{changes}"
        f"{_upload() if may else ''}"
        f'<h2>已收入（{len(library.documents())}份）</h2><ul class="holdings">{documents}</ul>'
        f"{_list('不再检索的读本', behind)}{_list('其他文件', outside)}"
        f"{_list('读取时的提示', said)}{_trash(trash, may)}"
    )


def _list(title: str, items: str) -> str:
    return f"<h2>{title}</h2><ul class='plain'>{items}</ul>" if items else ""


def _document(library: Holdings, doc: SourceDoc, period: tuple[int, int] | None, may: bool) -> str:
    titles = {d.doc_id: d.title for d in library.documents()}
    newer = titles.get(doc.replaced_by, "")
    facts = [
        f"已由《{newer}》替代，问到它或它的年份时才用" if newer else "现行",
        doc.issuer,
        doc.kind,
        doc.published,
        f"规划期 {period[0]}—{period[1]}年" if period else "",
        f"{len(library.sections(doc.doc_id))}节",
        f"{library.count(doc.doc_id)}段",
    ]
    warnings = "".join(f"<li>{escape(w)}</li>" for w in library.warnings(doc.doc_id))
    folded = f"<details><summary>提示</summary><ul>{warnings}</ul></details>" if warnings else ""
    files = "".join(
        f"<li>{escape(f)}{_remove(f) if may else ''}</li>" for f in doc.path.split("、")
    )
    return (
        f"<li><p>《{escape(doc.title)}》 {edition(doc.edition)}</p>"
        f'<p class="fine">{escape(" · ".join(filter(None, facts)))}</p>'
        f'<p class="fine">编号 {escape(doc.doc_id)} · 校验值 <code title="{doc.sha256}">{doc.sha256[:12]}</code></p>'
        f'<ul class="fine">{files}</ul>{folded}</li>'
    )


def _remove(file: str) -> str:
    return (
        f' <button type="button" class="quiet" data-post="remove" data-file="{escape(file)}"'
        f' data-confirm="把“{escape(file)}”移到回收站？以后可以恢复。">移走</button>'
    )


def _build(build: Progress, index_hash: str, may: bool) -> str:
    bar, state = "", ""
    if build.running:
        bar = f'<progress max="{build.total or 1}" value="{build.done}" aria-label="建立索引的进度"></progress>'
        state = " data-poll"
    button = (
        f'<button type="button" class="solid" data-post="build"{" disabled" if build.running else ""}>'
        "更新索引</button>"
        if may
        else ""
    )
    wrong = " failure" if build.failed else ""
    return (
        f'<section class="work"{state}><p class="fine">现在的索引 <code>{escape(index_hash)}</code>。'
        f"文件变动后要更新索引，更新时照常回答，建成后自动换用。</p>{button}{bar}"
        f'<p class="said{wrong}" role="status">{escape(build.said)}</p></section>'
    )


def _upload() -> str:
    return (
        # The browser's own button speaks the browser's language: the label stands in its place.
        f'<form class="upload" data-upload><label class="drop">{icon("upload")}'
        '<span class="drop-name">上传文件：点这里选择，或拖到这里</span>'
        '<input name="file" type="file" accept=".txt,.md,.html,.htm,.docx,.pdf,.csv"></label>'
        '<button type="submit" class="solid" disabled>看一看</button>'
        f'<p class="fine">txt、md、html、docx、pdf、csv，每个不超过{LARGEST >> 20} MB。'
        "先看读出的目录，再决定收不收。</p></form>"
    )


def _trash(trash: Sequence[Trashed], may: bool) -> str:
    items = "".join(
        f'<li>{escape(one.file)} <span class="fine">{escape(one.at)}，{escape(one.by)}，'
        f"{max(1, one.size // 1024)} KB</span>"
        + (
            f' <button type="button" class="quiet" data-post="restore" data-entry="{one.id}">恢复</button>'
            if may
            else ""
        )
        + "</li>"
        for one in trash
    )
    return _list("回收站", items)


def preview(waiting: Waiting) -> str:
    """What was found in a file that was sent, and the two ways on."""
    parsed = waiting.parsed
    kinds = [s for s in parsed.sections if s.paragraphs or s.table]
    tables = sum(s.table is not None for s in parsed.sections)
    signs = sum(len(p) for s in parsed.sections for p in s.paragraphs)
    remarks = [
        f"内容与已有的“{waiting.same}”完全相同，收入后不会重复计入。" if waiting.same else "",
        f"已有同名的“{waiting.name}”：收入后替换它，原来的进回收站。" if waiting.replaces else "",
        *parsed.warnings,
    ]
    notes = "".join(f"<li>{escape(r)}</li>" for r in remarks if r)
    take = "替换" if waiting.replaces else "收入"
    return (
        f"<h1>读出的内容</h1><p>{escape(waiting.name)}</p><p>《{escape(parsed.title or waiting.name)}》："
        f"{len(kinds)}节，{tables}张表，{signs}个字。</p>"
        f"{f'<ul class=notes>{notes}</ul>' if notes else ''}"
        f'<p class="panel-tools"><button type="button" class="solid" data-post="take"'
        f' data-token="{waiting.token}">{take}</button>'
        f'<button type="button" class="quiet" data-post="drop" data-token="{waiting.token}">不收</button></p>'
        f"<h2>目录</h2>{_outline(parsed)}"
    )


def _outline(parsed: ParsedDocument) -> str:
    paths = list(dict.fromkeys(s.heading_path for s in parsed.sections if s.heading_path))
    items = "".join(
        f'<li class="depth-{min(len(path) - 1, 4)}">{escape(path[-1])}</li>'
        for path in paths[:_OUTLINE]
    )
    more = (
        f'<p class="fine">还有{len(paths) - _OUTLINE}个标题。</p>' if len(paths) > _OUTLINE else ""
    )
    if not items:
        return '<p class="notes">没有认出标题，整份文件会作为一节。</p>'
    return f'<ul class="outline">{items}</ul>{more}'


def changed(
    runs: Sequence[Mapping[str, Any]], index_hash: str, counts: Mapping[str, int] | None
) -> str:
    """What changed in the answers to the cases with this index; `counts` of Desk.compare."""
    if not any(run["index_hash"] == index_hash and run["finished"] for run in runs):
        return '<p class="fine">还没有用现在的索引运行过测试题；到“质检”运行一次，就能看到回答变了哪些。</p>'
    if counts is None:
        return '<p class="fine">现在的索引是第一份有测试结果的，还没有可以比较的。</p>'
    return (
        f"<p>与上一份索引相比，测试题的回答：变好{counts['mended']}题，变坏{counts['broke']}题，"
        f"有变化但对错不变{counts['changed']}题。</p>"
    )
