"""A hand-written assistant and library over two small documents of our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant import Settings
from assistant.records import Answer, Citation, Evidence, Turn
from eval.records import Case, Got, GotCitation, GotEvidence
from index.errors import SettingError
from index.records import Passage, Section, SourceDoc, Table, TableRow

CHAPTER = ("第一篇 总则", "第二章 公共服务", "第三节 一老一小")
OTHER = ("第一篇 总则", "第三章 交通", "第一节 公路")
TABLE = (*CHAPTER[:2], "表2 主要指标")
ROW = TableRow(
    "1", "民生", "", "每千人口托位数（个）", "个",
    (("2020年", "1.7"), ("2025年", "4.5"), ("属性", "预期性")),
    "1 每千人口托位数（个） 1.7 4.5 预期性",
)  # fmt: skip
ROW_2 = TableRow("2", "民生", "", "床位数（张）", "张", (("2025年", "60"),), "2 床位数（张） 60")
SECTIONS = (
    Section("plan", CHAPTER, "text", ("扩大托育。到2025年，托位达到4.5个，新建20家。",), 1, 0),
    Section("plan", OTHER, "text", ("新建公路100公里。",), 2, 1),
    Section(
        "plan", TABLE, "table", (ROW.text, ROW_2.text), 3, 2,
        Table("表2 主要指标", ("指标", "2020年", "2025年", "属性"), (ROW, ROW_2), unit="见各行"),
    ),
    Section("paper", ("1 绪论",), "text", ("本文讨论公路。",), 1, 0),
    Section("paper", ("3 分析", "3.3 问题"), "text", ("不良率为1.27%。",), 4, 1),
)  # fmt: skip


class FakeLibrary:
    """SECTIONS as an index would give them."""

    index_hash = "i"

    def documents(self) -> list[SourceDoc]:
        return [
            SourceDoc("plan", "某市规划", "", "", "2021", "读本", "0", "plan.md"),
            SourceDoc("paper", "某市论文", "", "", "2021", "读本", "1", "paper.md"),
        ]

    def sections(self, doc_id: str) -> list[Section]:
        return [s for s in SECTIONS if s.doc_id == doc_id]

    def text(self, doc_id: str) -> str:
        return "\n".join(p for s in self.sections(doc_id) for p in s.paragraphs)


def passage(section: Section, text: str = "") -> Passage:
    own = text or "\n".join(section.paragraphs)
    where = (section.kind, section.page, section.order)
    return Passage("p", section.doc_id, section.heading_path, "", own, *where, 0, len(own))


def answer(question: str, section: Section = SECTIONS[0], text: str = "") -> Answer:
    """An answer from one section; the other sections follow it as evidence."""
    said = text or section.paragraphs[0] + "[1]"
    path, page = section.heading_path, section.page
    cited = Citation(1, section.doc_id, "某", path, "", page, section.paragraphs[0])
    order = [section, *(s for s in SECTIONS if s is not section)]
    evidence = tuple(Evidence(i, passage(s), "某", 1 / i) for i, s in enumerate(order, 1))
    return Answer(question, question, said, (cited,), evidence, False, 0, "", "h", 0.01)


def refusal(question: str) -> Answer:
    return replace(answer(question), text="文件中没有这方面的内容。", citations=(), refused=True)


class FakeAssistant:
    """Answers by question; an exception in its place is raised. It remembers what it was asked."""

    def __init__(self, replies: Mapping[str, Answer | Exception]) -> None:
        self.replies = replies
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.library = FakeLibrary()
        self.settings_hash = Settings().settings_hash

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        reply = self.replies.get(question)
        if reply is None:
            raise SettingError("没有准备这个问题。")
        if isinstance(reply, Exception):
            raise reply
        return reply


def case(**fields: object) -> Case:
    """An answerable case with the given fields."""
    base = Case(id="c1", group="数字", question="托位多少？", expect="answer")
    return replace(base, **fields)  # type: ignore[arg-type]


def evidence(doc_id: str, *path: str, text: str = "", lead: str = "") -> GotEvidence:
    return GotEvidence(doc_id, path, text, 1.0, lead)


def citation(marker: int, doc_id: str, *path: str, quote: str = "") -> GotCitation:
    return GotCitation(marker, doc_id, "", path, "", None, quote)


def reply(text: str = "", **fields: object) -> Got:
    return replace(Got("问"), text=text, **fields)  # type: ignore[arg-type]


# The cases of a run, and what FakeAssistant says to them.
GOLD = [{"doc": "plan", "path": ["第二章", "第三节"]}]
CASES = [
    {"id": "good", "group": "数字", "question": "托位多少？", "gold": GOLD, "must": [["4.5"]]},
    {"id": "bad", "group": "数字", "question": "新建多少？", "gold": GOLD, "must": [["20家"]],
     "history": [{"role": "user", "content": "前面问的"}]},
    {"id": "boom", "group": "意外", "question": "炸？", "gold": GOLD, "must": [["1"]]},
    {"id": "no", "group": "拒答", "question": "天气？", "expect": "refuse"},
]  # fmt: skip
SECRET = {"id": "secret-1", "group": "数字", "question": "保密的问题？", "gold": GOLD,
          "must": [["保密的要点"]]}  # fmt: skip
REPLIES = {
    "托位多少？": answer("托位多少？"),
    "新建多少？": answer(
        "新建多少？", SECTIONS[1], "<script>alert(1)</script>见 http://example.org [1]"
    ),
    "炸？": ValueError("内部错误"),
    "天气？": refusal("天气？"),
    "保密的问题？": answer("保密的问题？", text="保密的回答[1]"),
}
Command = Callable[..., int]  # eval.run with those cases and these options
