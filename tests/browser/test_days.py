"""Whole days: an official's, a citizen's on a phone, an elderly citizen's without a mouse."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served, Visit, visiting

pytestmark = pytest.mark.browser

BEDS = "2025年养老机构护理型床位占比达到多少？"
PLACES = "2025年每千人口拥有3岁以下婴幼儿托位数达到多少？"


def test_an_officials_day(visit: Visit, tmp_path: Path) -> None:
    """Asks, checks the source, opens the original, takes the answer into a paper, then a table."""
    page = visit.page
    visit.ask(BEDS)
    page.locator("#turn .answer-text .cite").first.click()
    expect(page.locator("#source-body mark").first).to_contain_text("65%")
    visit.ask("那托位数呢？")
    expect(page.locator("#turn .restated")).to_contain_text("您问的是")
    page.locator("#turn .choices summary").click()
    with page.expect_download() as got:
        page.get_by_role("button", name="整个对话，Word").click()
    paper = docx.Document(BytesIO(got.value.path().read_bytes()))
    assert "65%" in "\n".join(p.text for p in paper.paragraphs)

    page.get_by_role("link", name="批量提问").click()
    table = tmp_path / "问题.xlsx"
    book = Workbook()
    for words in ("问题", BEDS, PLACES, "今天下雨吗？"):
        book.active.append([words])
    book.save(table)
    page.locator("input[type=file]").set_input_files(table)
    page.get_by_role("button", name="开始回答").click()
    expect(page.locator("#batch-said")).to_contain_text("已全部回答")
    with page.expect_download() as got:
        page.get_by_role("button", name="下载结果").click()
    assert got.value.suggested_filename == "问题（已回答）.xlsx"
    rows = list(
        load_workbook(BytesIO(got.value.path().read_bytes())).active.iter_rows(values_only=True)
    )
    assert [row[3] for row in rows[1:]] == ["高", "高", "文件中没有"]
    assert "第二章第二节" in rows[2][2]
    assert visit.complaints == []


def test_a_table_that_is_none_is_said_and_can_be_changed(visit: Visit, served: Served) -> None:
    page = visit.page
    page.goto(f"{served.address}/batch")
    expect(page.get_by_role("button", name="开始回答")).to_be_disabled()
    page.locator("input[type=file]").set_input_files(
        {"name": "问题.xlsx", "mimeType": "", "buffer": b"no table"}
    )
    page.get_by_role("button", name="开始回答").click()
    expect(page.locator("#batch-said")).to_contain_text("这个文件打不开")
    page.locator("input[type=file]").set_input_files(
        {"name": "大.xlsx", "mimeType": "", "buffer": b"0" * 1_000_001}
    )
    expect(page.locator("#batch-said")).to_contain_text("文件超过1 MB")
    expect(page.get_by_role("button", name="开始回答")).to_be_disabled()


def test_a_citizens_day(phone: Visit, served: Served) -> None:
    """Taps an example, looks at its source, asks on, browses, looks a word up, shares a place."""
    page = phone.page
    page.locator(".example").last.tap()
    phone.finished()
    page.locator("#turn .answer-text .cite").first.tap()
    expect(page.locator("#source-body .here, #source-body .marked").first).to_be_visible()
    page.get_by_role("button", name="关闭出处").tap()
    page.locator("#turn .next .example").first.tap()
    phone.finished()
    assert page.locator("#past article").count() == 1
    page.get_by_role("link", name="浏览").tap()
    page.get_by_role("button", name="打开菜单").tap()
    page.get_by_role("searchbox").fill("托育")
    page.get_by_role("button", name="搜索", exact=True).tap()
    page.locator(".found a").first.tap()
    expect(page.locator("#reading h1")).to_have_text("第二节 健全托育服务体系")
    address = page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{served.address}/browse?doc=plan&section=000000000000")
    expect(page.locator("#reading")).to_contain_text("已不在现有文件中")
    page.goto(address)
    expect(page.locator("#reading .pointed")).to_be_visible()
    assert phone.complaints == []


# A voice that remembers what it was given to say.
VOICE = """
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => window.voices ?? [{ lang: "zh-CN", name: "中文" }],
  speak: (part) => { window.spoken.push(part.text); },
  cancel: () => { window.spoken.push("|"); },
  addEventListener: (_, answer) => answer(),
} });
"""


@pytest.fixture
def speaking(served: Served, browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.add_init_script(VOICE)
    with visiting(context, served) as opened:
        yield opened


# The focused element's name, and whether it or the form around it shows that it has the focus.
FOCUSED = """() => {
  const at = document.activeElement;
  const form = getComputedStyle(at.closest("form") ?? at);
  return [(at.getAttribute("aria-label") || at.innerText || "").trim(),
          getComputedStyle(at).outlineStyle !== "none" || form.boxShadow !== "none"];
}"""


def tab_to(page: Page, name: str, key: str = "Tab", most: int = 60) -> None:
    """Presses Tab until the element of this name has the focus, and looks whether one sees it."""
    for _ in range(most):
        page.keyboard.press(key)
        focused, seen = page.evaluate(FOCUSED)
        if focused == name:
            assert seen, f"{name}: no visible focus"
            return
    pytest.fail(f"no way to {name} by {key}")


def test_an_elderly_citizens_day_by_keyboard_alone(speaking: Visit, served: Served) -> None:
    page = speaking.page
    tab_to(page, "跳到正文")
    tab_to(page, "长辈版")
    page.keyboard.press("Enter")
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 19
    page.keyboard.press("Shift+Tab")
    tab_to(page, "输入问题")
    page.keyboard.type(BEDS)
    page.keyboard.press("Enter")
    speaking.finished()
    answer = page.locator("#turn .answer-text")
    assert answer.evaluate("(text) => parseFloat(getComputedStyle(text).fontSize)") >= 20
    expect(page.locator("#turn .unused")).to_be_hidden()
    tab_to(page, "朗读", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="停止朗读")).to_be_focused()
    heard = "".join(page.evaluate("window.spoken"))
    assert heard.count("65%") == 1
    assert not heard.rstrip("。").endswith("1")  # the source's number is not read
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="朗读", exact=True)).to_be_focused()
    tab_to(page, "出处1，第二章第一节", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="出处", exact=True)).to_be_focused()
    tab_to(page, "打开原文")
    page.keyboard.press("Enter")
    expect(page.locator("#reading .pointed")).to_be_focused()
    small = page.evaluate(
        """[...document.querySelectorAll('button, .quiet, summary, .contents a, .beside a')]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 44)
            .map((e) => e.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_a_device_without_a_chinese_voice_says_so(speaking: Visit) -> None:
    page = speaking.page
    page.evaluate("window.voices = [{ lang: 'en-US', name: 'x' }]")
    page.get_by_role("button", name="长辈版").click()
    speaking.ask(BEDS)
    page.get_by_role("button", name="朗读", exact=True).click()
    expect(page.locator("#turn .said")).to_contain_text("没有中文朗读声音")
    assert page.evaluate("window.spoken.filter((one) => one !== '|')") == []
