"""What the page sends and what it gets back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup

from assistant.records import Answer, Turn
from index.errors import IndexUnusable
from pages import chat, standing
from pages.examples import Examples
from pages.site_file import Site
from tests.pages.fakes import PAPER, PLAN, FakeAssistant, FakeLibrary, FakeSettings

KNOWN = ["plan", "paper"]
QUESTION = "养老机构护理型床位占比是多少？"


def states(pieces: Iterator[str]) -> list[str]:
    return [str(BeautifulSoup(html, "lxml").article["data-state"]) for html in pieces]


def test_all_documents_chosen_is_no_narrowing() -> None:
    assert chat.read_request({"question": " 问 ", "documents": KNOWN}, KNOWN).doc_ids is None
    assert chat.read_request({"question": "问", "documents": ["paper"]}, KNOWN).doc_ids == (
        "paper",
    )


def test_a_request_of_another_shape_is_put_in_order() -> None:
    data: dict[str, Any] = {
        "question": 5,
        "documents": ["paper", "../etc", 3],
        "history": [{"role": "system", "content": "x"}, "x", {"role": "user", "content": 1}],
    }
    request = chat.read_request(data, KNOWN)
    assert request == chat.Request("5", (), ("paper",))


def test_history_is_the_last_turns_cut_to_size() -> None:
    turns = [{"role": "user", "content": str(n) * 3000} for n in range(20)]
    history = chat.read_request({"question": "问", "history": turns}, KNOWN).history
    assert len(history) == 2 * chat.HISTORY_TURNS
    assert {len(turn.content) for turn in history} == {chat.HISTORY_CHARS}
    assert history[-1].content.startswith("19")


def test_a_reply_streams_and_ends_with_the_answer() -> None:
    assistant = FakeAssistant()
    pieces = states(chat.reply(assistant, chat.Request(QUESTION, (), None), 60))
    assert pieces == ["pending", "streaming", "done"]


def test_history_and_documents_reach_the_assistant() -> None:
    assistant = FakeAssistant()
    history = (Turn("user", "养老"), Turn("assistant", "……"))
    list(chat.reply(assistant, chat.Request("那2025年呢？", history, ("plan",)), 60))
    assert assistant.asked == [("那2025年呢？", history, ("plan",))]


def test_empty_long_and_documentless_questions_are_turned_back_unasked() -> None:
    assistant = FakeAssistant()
    for request, said in (
        (chat.Request("", (), None), "问题是空的"),
        (chat.Request("长" * 61, (), None), "问题最长60字，现在有61字"),
        (chat.Request("问", (), ()), "没有选中任何文件"),
    ):
        (html,) = chat.reply(assistant, request, 60)
        assert said in html
    assert assistant.asked == []


@dataclass
class Broken:
    library: FakeLibrary = field(default_factory=FakeLibrary)
    settings: FakeSettings = field(default_factory=FakeSettings)

    def stream(self, *_: object) -> Iterator[str | Answer]:
        yield "到20"
        raise IndexUnusable("索引打不开，请重新建库。")


def test_a_failure_is_shown_in_its_own_words() -> None:
    *_, last = chat.reply(Broken(), chat.Request("问", (), None), 60)
    assert states(iter([last])) == ["failed"]
    assert "索引打不开，请重新建库。" in last


def test_the_welcome_names_documents_and_examples() -> None:
    html = standing.welcome((PLAN, PAPER), Examples(("甲？",), ("乙？",)), Site())
    assert "《云溪市发展规划纲要》" in html
    assert [b.get_text() for b in BeautifulSoup(html, "lxml").select(".example")] == [
        "甲？",
        "乙？",
    ]


def test_the_welcome_says_what_the_city_and_the_model_have_to_say() -> None:
    site = Site(
        heading="问云溪", notices=("周末维护。",), contact=("电话：12345",), records=("备案1",)
    )
    html = standing.welcome((PLAN,), Examples((), ()), site, "回答由某模型生成。")
    words = BeautifulSoup(html, "lxml").get_text()
    assert all(said in words for said in ("问云溪", "周末维护。", "电话：12345", "备案1"))
    assert "回答由某模型生成。" in words


def test_without_documents_the_welcome_says_what_to_do() -> None:
    assert "把文件放进文件夹" in standing.welcome((), Examples((), ()), Site())


def test_the_rail_offers_each_document_with_its_edition() -> None:
    page = BeautifulSoup(standing.rail((PLAN, PAPER)), "lxml")
    assert [box["value"] for box in page.select("input[name=document]")] == KNOWN
    assert [mark.get_text() for mark in page.select(".edition")] == ["读本", "原文"]
