"""In which documents and readings a follow-up is drafted, over a clerk that knows what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace

from assistant.drafts import Draft
from assistant.records import Turn
from assistant.scope import DocumentScope, describe
from assistant.statements import Statement
from assistant.understanding import Understanding
from index.records import SourceDoc

REFUSED = Draft((), (), True, "none")
TURNS = [Turn("user", "石桥镇有多少人口"), Turn("assistant", "2万人[1]。")]


def found(text: str, confidence: str = "high") -> Draft:
    return Draft((Statement(text),), (), False, confidence)


class Finds:
    """A clerk that has these drafts by question, each in these documents alone where they are named."""

    def __init__(self, drafts: dict[str, Draft], scopes: Sequence[DocumentScope] = ()) -> None:
        self.drafts = drafts
        self.scopes = scopes
        self.words = SimpleNamespace(similar=lambda word, others: [0.0] * len(others))
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def draft(self, text: str, doc_ids: Sequence[str] | None = None, before: str = "") -> Draft:
        self.asked.append((text, tuple(doc_ids or ())))
        return self.drafts.get(text, REFUSED)


def read(
    clerk: Finds, question: str, standalone: str, turns: Sequence[Turn] = TURNS
) -> tuple[str, Draft]:
    return Understanding(clerk).drafted(question, standalone, turns, None)


def test_without_a_conversation_a_question_is_drafted_once() -> None:
    clerk = Finds({"茶馆几家": found("三家")})
    assert read(clerk, "茶馆几家", "茶馆几家", []) == ("茶馆几家", found("三家"))
    assert clerk.asked == [("茶馆几家", ())]


def test_a_refused_follow_up_is_answered_by_the_last_subject() -> None:
    joined = found("石桥镇逐步迁出工厂")
    clerk = Finds({"石桥镇的人口，以后打算怎么办": joined})
    assert read(clerk, "以后打算怎么办", "以后打算怎么办") == (
        "石桥镇的人口，以后打算怎么办",
        joined,
    )


def test_an_unsure_answer_gives_way_to_a_sure_one() -> None:
    unsure, sure = found("另办学校", "low"), found("逐步增加教师")
    leaning = "石桥镇的人口以后打算怎么办"
    clerk = Finds({leaning: unsure, "石桥镇的人口，以后打算怎么办": sure})
    assert read(clerk, "以后打算怎么办", leaning)[1] == sure
    kept = Finds({leaning: found("已经办好"), "石桥镇的人口，以后打算怎么办": sure})
    assert read(kept, "以后打算怎么办", leaning)[1] == found("已经办好")


def test_another_things_figure_is_no_answer() -> None:
    clerk = Finds({"石桥镇的人口，门票多少钱": found("石桥镇人口2万人")})
    assert read(clerk, "门票多少钱", "门票多少钱") == ("门票多少钱", REFUSED)


def test_the_document_that_was_named_comes_first() -> None:
    named = [("rules", "青海省居民医疗保险办法", "办法"), ("plan", "云南规划纲要", "规划")]
    scopes = [describe(SourceDoc(i, t, "", k, "", "原文", "0", i), "") for i, t, k in named]
    turns = [Turn("user", "青海医保办法怎么缴费"), Turn("assistant", "分两档[1]。")]
    clerk = Finds({"困难群众如何办理参保": found("困难群众由财政承担")}, scopes)
    read(clerk, "困难群众如何办理参保", "困难群众如何办理参保", turns)
    assert clerk.asked == [("困难群众如何办理参保", ("rules",))]


def test_where_the_last_question_was_answered_is_remembered() -> None:
    clerk = Finds({"茶馆几家": found("三家")})
    understanding = Understanding(clerk)
    understanding.drafted("茶馆几家", "茶馆几家", [], None)
    turns = [Turn("user", "茶馆几家"), Turn("assistant", "三家[1]。")]
    understanding.drafted("书场如何管护", "书场如何管护", turns, None)
    assert [text for text, _ in clerk.asked].count("茶馆几家") == 1
