"""Rare with the quick default mode: streams, stops, failures. An assistant paced by hand."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, expect

from assistant.records import Answer, Turn
from index.errors import IndexUnusable
from pages import application
from pages.records import Feedback
from tests.browser.conftest import Visit, free_port, open_page
from tests.pages.fakes import FakeAssistant

pytestmark = pytest.mark.browser

QUESTION = "养老机构护理型床位占比是多少？"


@dataclass
class Paced(FakeAssistant):
    """Says its first words, then waits for `go_on`; fails in the way its question names."""

    go_on: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)
    said: list[Feedback] = field(default_factory=list)

    def stream(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Iterator[str | Answer]:
        if "索引" in question:
            raise IndexUnusable("索引打不开，请重新建库。")
        if "程序错误" in question:
            raise ZeroDivisionError
        try:
            yield "养老机构[1]"
            self.go_on.wait(20)
            yield self.ask(question, history, doc_ids)
        finally:
            self.ended.set()


@pytest.fixture(scope="module")
def assistant() -> Paced:
    paced = Paced()
    paced.settings.max_question = 500
    return paced


@pytest.fixture(scope="module")
def address(assistant: Paced) -> Iterator[str]:
    ready = threading.Event()
    port = free_port()
    made = application.create(assistant, ready=ready.set, take=assistant.said.append)
    server = uvicorn.Server(uvicorn.Config(made, port=port, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert ready.wait(60)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def paced(address: str, assistant: Paced, browser: Browser) -> Iterator[Visit]:
    assistant.go_on.clear()
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield open_page(context, address)
    assistant.go_on.set()
    context.close()


def send(visit: Visit, question: str) -> None:
    visit.page.get_by_label("输入问题").fill(question)
    visit.page.keyboard.press("Enter")


def test_words_show_while_they_come_and_sources_at_the_end(paced: Visit, assistant: Paced) -> None:
    send(paced, QUESTION)
    expect(paced.page.locator("#turn article[data-state=streaming]")).to_contain_text("养老机构")
    assert paced.page.locator("#turn .cite").count() == 0
    expect(paced.page.get_by_role("button", name="提问")).to_be_hidden()
    assistant.go_on.set()
    expect(paced.page.locator("#turn .sources")).to_contain_text("第十四章第六节")
    expect(paced.page.get_by_role("button", name="提问")).to_be_visible()


def test_a_stopped_answer_says_so_and_can_be_asked_again(paced: Visit, assistant: Paced) -> None:
    send(paced, QUESTION)
    expect(paced.page.locator("#turn article[data-state=streaming]")).to_be_visible()
    paced.page.get_by_role("button", name="停止回答").click()
    expect(paced.page.locator("#turn [role=alert]")).to_contain_text("已停止")
    assert paced.page.locator(".kept-one").count() == 0
    assistant.ended.clear()
    assistant.go_on.set()
    assert assistant.ended.wait(20)  # the stopped answer has let go of the server
    paced.page.get_by_role("button", name="重新回答").click()
    expect(paced.page.locator("#turn .sources")).to_be_visible(timeout=20_000)


def test_a_failure_is_shown_in_its_own_sentence(paced: Visit) -> None:
    send(paced, "索引")
    expect(paced.page.locator("#turn [role=alert]")).to_have_text("索引打不开，请重新建库。")


def test_an_unforeseen_failure_is_said_plainly_and_in_chinese(
    paced: Visit, assistant: Paced
) -> None:
    send(paced, "程序错误")
    expect(paced.page.locator("#turn [role=alert]")).to_contain_text("这次没有答成")
    assert paced.page.evaluate("document.body.innerText.match(/[A-Za-z]{2,}/g)") is None
    assistant.go_on.set()
    paced.ask(QUESTION)
    expect(paced.page.locator("#turn .sources")).to_be_visible()


def test_a_reader_says_what_an_answer_is_worth(paced: Visit, assistant: Paced) -> None:
    assistant.go_on.set()
    paced.ask(QUESTION)
    paced.page.get_by_role("button", name="有帮助").click()
    expect(paced.page.get_by_role("button", name="有帮助")).to_have_attribute(
        "aria-pressed", "true"
    )
    paced.page.get_by_role("button", name="有问题").click()
    dialog = paced.page.get_by_role("dialog", name="这个回答哪里有问题？")
    dialog.get_by_label("数字不对").check()
    dialog.get_by_label("补充说明，可以不填").fill("应当是70%")
    dialog.get_by_role("button", name="提交").click()
    expect(paced.page.get_by_role("button", name="有问题")).to_have_attribute(
        "aria-pressed", "true"
    )
    good, bad = assistant.said
    assert (good.good, bad.good) == (True, False)
    assert (bad.reason, bad.note, bad.question) == ("数字不对", "应当是70%", QUESTION)
