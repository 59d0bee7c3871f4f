"""Which documents a follow-up is asked of first, over invented documents."""

from __future__ import annotations

import pytest

from assistant.scope import DocumentScope, describe
from assistant.staying import named_documents, staying
from index.records import SourceDoc
from tests.assistant.answer_checks import Ask


def described(doc_id: str, title: str, kind: str) -> DocumentScope:
    return describe(SourceDoc(doc_id, title, "", kind, "", "原文", "0", f"{doc_id}.md"), "")


DOCUMENTS = (
    described("tenth", "云南省第十个五年计划纲要", "计划"),
    described("twelfth", "全国“十二五”规划纲要", "规划"),
    described("report", "青海省人民政府工作报告", "工作报告"),
    described("rules", "青海省居民医疗保险办法", "办法"),
)


def nowhere(_: str) -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("青海有几个产业", ("report", "rules")),
        ("青海医保办法怎么说", ("rules",)),
        ("十二五要建多少公里", ("twelfth",)),
        ("粮食产量多少", ()),
    ],
)
def test_the_documents_a_question_names(question: str, named: tuple[str, ...]) -> None:
    kept = named_documents(question, DOCUMENTS)
    assert set(named) <= set(kept) if named else kept == ()


@pytest.mark.parametrize("question", ["云南呢", "别的省呢", "另外那份规划里有没有", "各省谁最高"])
def test_a_follow_up_that_names_another_leaves(question: str) -> None:
    assert staying(question, ["青海医保办法怎么说"], DOCUMENTS, nowhere) == ()


def test_the_last_question_that_names_a_document_tells() -> None:
    earlier = ["缴费多少", "青海医保办法怎么说", "云南十五计划的目标"]
    assert staying("困难群众呢", earlier, DOCUMENTS, nowhere) == ("rules",)


def test_where_none_is_named_it_stays_where_the_answer_was() -> None:
    asked: list[str] = []

    def answered_in(question: str) -> tuple[str, ...]:
        asked.append(question)
        return ("report",)

    assert staying("存栏呢", ["光伏装机多少"], DOCUMENTS, answered_in) == ("report",)
    assert asked == ["光伏装机多少"]
    assert staying("存栏呢", [], DOCUMENTS, answered_in) == ()


def test_a_conversation_stays_in_its_document_until_another_is_named(ask_province: Ask) -> None:
    stayed = ask_province("粮食产量要多少", "全国农村公路规划新改建多少公里")
    assert {c.doc_id for c in stayed.citations} == {"nation"}
    left = ask_province("青海的粮食产量多少", "全国农村公路规划新改建多少公里")
    assert {c.doc_id for c in left.citations} == {"report"}


def test_what_the_document_does_not_hold_is_looked_for_in_all(ask_province: Ask) -> None:
    found = ask_province("牦牛存栏多少", "全国农村公路规划新改建多少公里")
    assert "500万头" in found.text
