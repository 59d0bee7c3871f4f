"""What a build did, as data and as Chinese for a terminal. Knows the store; builds nothing."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.generations import Generation
from index.records import SourceDoc
from index.store import Store


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """One document of a build; `copied` where it was unchanged and not read again."""

    source: SourceDoc
    sections: int
    tables: int
    passages: int
    copied: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `unchanged`: nothing, for the index was up to date."""

    folder: Path  # of the generation in force
    index_hash: str
    documents: tuple[BuiltDocument, ...]
    superseded: tuple[SourceDoc, ...]
    problems: tuple[str, ...]  # files left out and what is wrong with the catalog
    unchanged: bool
    seconds: float


def report_of(
    store: Store,
    generation: Generation,
    copied: Mapping[str, bool] | None,
    started: float,
) -> BuildReport:
    """The report on a store; `copied` by doc_id, None where nothing had to be done at all."""
    unchanged = copied is None
    return BuildReport(
        folder=generation.folder,
        index_hash=store.index_hash,
        documents=_built(store, copied),
        superseded=store.documents(in_force=False),
        problems=store.warnings(),
        unchanged=unchanged,
        seconds=time.monotonic() - started,
    )


def _built(store: Store, copied: Mapping[str, bool] | None) -> tuple[BuiltDocument, ...]:
    """All documents by a query for each kind of thing: one for each document took 5 s of 5,000."""
    sections, tables = store.section_counts(), store.table_counts()
    passages, warnings = store.passage_counts(), store.all_warnings()
    return tuple(
        BuiltDocument(
            source,
            sections.get(source.doc_id, 0),
            tables.get(source.doc_id, 0),
            passages[source.doc_id],
            copied is None or copied[source.doc_id],
            warnings.get(source.doc_id, ()),
        )
        for source in store.documents()
    )


def describe(report: BuildReport) -> str:
    """The report in Chinese, for a terminal."""
    if report.unchanged:
        lines = [f"文件没有变化，索引已是最新（{len(report.documents)} 个文件，{report.folder}）。"]
    else:
        lines = [_line(document) for document in report.documents]
    lines += [f"读本“{s.title}”已有原文，不再收入。" for s in report.superseded]
    lines += [f"提示：{problem}" for problem in report.problems]
    if not report.unchanged:
        total = sum(document.passages for document in report.documents)
        lines.append(
            f"索引已建成：{len(report.documents)} 个文件，{total} 个段落，"
            f"用时 {report.seconds:.1f} 秒，存放在 {report.folder}。"
        )
    return "\n".join(lines)


def _line(document: BuiltDocument) -> str:
    source = document.source
    edition = "（读本）" if source.edition == "读本" else ""
    kept = "，内容未变，沿用上次的结果" if document.copied else ""
    return (
        f"{source.doc_id}《{source.title}》{edition}：{document.sections} 节，"
        f"{document.tables} 张表，{document.passages} 个段落{kept}"
    )
