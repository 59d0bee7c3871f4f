"""Hand-written stand-ins for the Library and the Assistant, with documents of our own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.records import Answer, Citation, Evidence, Turn
from index.records import Hit, Passage, Section, SourceDoc, Table, TableRow

PLAN = SourceDoc(
    "plan", "云溪市发展规划纲要", "云溪市人民政府", "规划纲要", "2021", "读本", "a" * 64, "云溪.md"
)
PAPER = SourceDoc("paper", "云溪市产业发展研究", "", "论文", "2020", "原文", "b" * 64, "研究.txt")
CARE = ("第二篇 重点任务", "第十四章 持续改善生活品质", "第六节 积极应对人口老龄化")
TABLE_PATH = ("第一篇 总体要求", "第三章 发展目标", "第五节 主要指标", "表2 云溪市主要指标")
INDUSTRY = ("3 产业现状", "3.1 产业结构的变化")


def row(number: str, group: str, label: str, now: str, goal: str) -> TableRow:
    cells = (("2020年实际值", now), ("2025年目标值", goal), ("属性", "预期性"))
    return TableRow(number, group, "", label, "", cells, f"{number} {label} {now} {goal} 预期性")


TABLE = Table(
    "表2 云溪市主要指标",
    ("序号", "指标", "2020年实际值", "2025年目标值", "属性"),
    (
        row("1", "经济", "全社会研发经费支出占比（%）", "2.8", "3.2"),
        row("2", "民生", "每千人口拥有婴幼儿托位数（个）", "1.7", "4.5"),
        row("3", "民生", "每千人口拥有执业医师数（人）", "3.1", "3.6"),
    ),
    note="注：数据由有关部门提供。",
)

SECTIONS = (
    Section(
        "plan",
        CARE,
        "text",
        (
            "健全养老服务体系。到2025年，全市养老机构护理型床位占比达到65%。居家社区养老服务中心实现街道全覆盖。",
            "发展银发经济。支持企业开发适合老年人的产品。",
        ),
        31,
        1,
    ),
    Section("plan", TABLE_PATH, "table", tuple(r.text for r in TABLE.rows), 9, 2, TABLE),
    Section(
        "paper",
        INDUSTRY,
        "text",
        ("2019年云溪市三次产业比重为1.0：48.0：51.0。<img src=x onerror=alert(1)>",),
        3,
        1,
    ),
)


def _passages() -> tuple[Passage, ...]:
    made: list[Passage] = []
    for section in SECTIONS:
        rows = section.table.rows if section.table else (None,) * len(section.paragraphs)
        for text, table_row in zip(section.paragraphs, rows, strict=True):
            made.append(
                Passage(
                    f"{section.doc_id}-{len(made)}",
                    section.doc_id,
                    section.heading_path,
                    "",
                    text,
                    section.kind,
                    section.page,
                    len(made),
                    0,
                    len(text),
                    table_row,
                )  # fmt: skip
            )
    return tuple(made)


@dataclass
class FakeLibrary:
    """Searches by shared characters; raises KeyError for what it does not hold."""

    documents_: tuple[SourceDoc, ...] = (PLAN, PAPER)
    sections_: tuple[Section, ...] = SECTIONS
    passages_: tuple[Passage, ...] = field(default_factory=_passages)
    index_hash: str = "f" * 12

    def documents(self) -> tuple[SourceDoc, ...]:
        return self.documents_

    def sections(self, doc_id: str) -> tuple[Section, ...]:
        return tuple(s for s in self.sections_ if s.doc_id == doc_id)

    def passages(self, doc_id: str) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages_ if p.doc_id == doc_id)

    def count(self) -> int:
        return len(self.passages_)

    def passage(self, passage_id: str) -> Passage:
        return {p.passage_id: p for p in self.passages_}[passage_id]

    def section_of(self, passage: Passage) -> Section:
        path = passage.heading_path
        return next(s for s in self.sections(passage.doc_id) if s.heading_path == path)

    def neighbours(self, passage_id: str) -> tuple[Passage | None, Passage | None]:
        passage = self.passage(passage_id)
        own = self.passages(passage.doc_id)
        at = own.index(passage)
        return (own[at - 1] if at else None, own[at + 1] if at + 1 < len(own) else None)

    def search(self, query: str, k: int = 10, doc_ids: Sequence[str] | None = None) -> list[Hit]:
        held = [p for p in self.passages_ if doc_ids is None or p.doc_id in doc_ids]
        where = {p.passage_id: "".join(p.heading_path) + p.text for p in held}
        scored = [Hit(p, sum(sign in where[p.passage_id] for sign in set(query))) for p in held]
        return sorted(scored, key=lambda hit: -hit.score)[:k]


@dataclass
class FakeSettings:
    max_question: int = 60


@dataclass
class FakeAssistant:
    """Answers from one passage, refuses what shares too little with it, remembers its calls."""

    library: FakeLibrary = field(default_factory=FakeLibrary)
    settings: FakeSettings = field(default_factory=FakeSettings)
    asked: list[tuple[str, tuple[Turn, ...], tuple[str, ...] | None]] = field(default_factory=list)

    notice: str = ""

    @property
    def plain(self) -> FakeAssistant:
        return self

    def stream(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Iterator[str | Answer]:
        self.asked.append((question, tuple(history), None if doc_ids is None else tuple(doc_ids)))
        answer = self.ask(question, history, doc_ids)
        if not answer.refused:
            yield answer.text[:8]
        yield answer

    def ask(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Answer:
        standalone = f"{history[0].content}{question}" if history else question
        hits = self.library.search(standalone, 3, doc_ids)
        titles = {d.doc_id: d.title for d in self.library.documents()}
        evidence = tuple(
            Evidence(i, h.passage, titles[h.passage.doc_id], h.score) for i, h in enumerate(hits, 1)
        )
        blank = Answer(question, standalone, "", (), evidence, False, 0, "", "0" * 12, 0.01)
        if not hits or hits[0].score < 5:
            return replace(blank, text="文件中没有这方面的内容。", refused=True, confidence="none")
        best = hits[0].passage
        quote = best.text.split("。")[0 if "。" not in best.text else 1] + "。"
        quote = best.text if best.kind == "table" else quote
        citation = Citation(
            1, best.doc_id, titles[best.doc_id], best.heading_path, best.lead, best.page, quote,
            next(d.edition for d in self.library.documents() if d.doc_id == best.doc_id),
            best.passage_id,
        )  # fmt: skip
        return replace(blank, text=f"{quote}[1]", citations=(citation,))
