"""Scripts in questions, documents, titles and complaints, in a real browser: none of them runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.attacks.ground import served
from tests.attacks.scripts import HIT, QUESTIONS, kept
from tests.attacks.target import PASSWORD, STRANGER, Target, can_come_from
from tests.browser.conftest import launched

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not can_come_from(STRANGER), reason="needs the addresses of 127.0.0.0/8"),
]
ASKED = (*QUESTIONS[:8:2], "云溪市2031年建成智能哨所多少处？", "第一章写什么？")


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    # One visitor asks all of them within seconds.
    with served(tmp_path_factory.mktemp("scripts"), "--staff", WENGUI_BURST="100") as attacked:
        yield attacked


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, target: Target) -> Iterator[Page]:
    """A page that in the end has run nothing of an attacker's and asked nobody else."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    opened = context.new_page()
    outside: list[str] = []
    opened.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((target.url, "data:", "blob:"))
            else outside.append(request.url)
        ),
    )
    opened.on("dialog", lambda dialog: outside.append(dialog.message) or dialog.dismiss())
    yield opened
    assert opened.evaluate("window.hit") is None
    assert outside == []
    context.close()


def test_a_script_that_runs_would_be_seen(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(f"<img src=x onerror='{HIT}'>")
    page.wait_for_function("window.hit === 1")
    context.close()


@pytest.mark.parametrize("question", ASKED, ids=range(len(ASKED)))
def test_in_the_chat_page(page: Page, target: Target, question: str) -> None:
    page.goto(target.url)
    page.get_by_label("输入问题").fill(question.replace("\n", " "))
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn article[data-state=done], #turn article[data-state=failed]")
    cited = page.locator("#turn .cite")
    if cited.count():
        cited.first.click()
        page.wait_for_selector("#source-body .passage")
    page.reload()  # the conversation comes back from the browser's own memory
    page.wait_for_selector("#past article")


def test_in_the_browse_page(page: Page, target: Target) -> None:
    page.goto(f"{target.url}/browse?q=<img src=x onerror={HIT}>哨所")
    page.wait_for_selector("#reading h1, #reading .notes, #reading p")
    page.goto(f"{target.url}/browse")
    page.locator("details[data-doc=hostile] summary").click()
    sections = page.locator("details[data-doc=hostile] a[data-section]")
    sections.first.wait_for(state="attached")
    for address in sections.evaluate_all("all => all.map((one) => one.href)"):
        page.goto(address)
        page.wait_for_selector("#reading h1, #reading h2, #reading p")


def test_in_the_indicators_page(page: Page, target: Target) -> None:
    page.goto(f"{target.url}/indicators")
    page.wait_for_selector("table.sheet")


def test_in_the_staff_pages(page: Page, target: Target) -> None:
    said = kept(question=f"意见<img src=x onerror={HIT}>")
    target.call(
        "say",
        [{"answer": said, "good": False, "reason": "没答出来", "note": f"<script>{HIT}</script>"}],
    )
    page.goto(f"{target.url}/staff/")
    page.get_by_label("账号").fill("admin")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_selector(".holdings")
    page.get_by_label("上传文件").set_input_files(
        {
            "name": "页.html",
            "mimeType": "text/html",
            "buffer": f"<title>题<b>目</title><h1>第一章 <img src=x onerror='{HIT}'>总则</h1><p>文</p>".encode(),
        }
    )
    page.get_by_role("button", name="看一看").click()
    page.wait_for_selector("h1:has-text('读出的内容')")
    page.goto(f"{target.url}/staff/quality?view=run&id=<img src=x onerror={HIT}>")
    page.wait_for_selector(".complaint")
    page.goto(f"{target.url}/staff/quality")
    page.get_by_role("link", name="意见").click()
    page.wait_for_selector("h1")
