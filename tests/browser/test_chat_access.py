"""The chat page with a screen reader, by keyboard alone, in large type and on a phone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visit

BEDS = "2025年养老机构护理型床位占比达到多少？"


def test_screen_readers_hear_the_answer_once_and_its_end(visit: Visit) -> None:
    visit.ask(BEDS)
    log = visit.page.get_by_role("log")
    expect(log).to_contain_text("回答完毕，有")
    heard = log.inner_text()
    assert heard.count("65%") == 1
    assert "[1]" not in heard


def test_keyboard_alone_asks_and_reads_a_source(visit: Visit) -> None:
    visit.page.get_by_label("输入问题").focus()
    visit.page.keyboard.type(BEDS)
    visit.page.keyboard.press("Enter")
    visit.finished()
    visit.page.locator("#turn .answer-text .cite").first.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#source-body mark").first).to_be_visible()
    expect(visit.page.get_by_role("heading", name="出处", exact=True)).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#turn .answer-text .cite").first).to_be_focused()


def test_every_button_and_field_has_a_name(visit: Visit) -> None:
    visit.ask(BEDS)
    nameless = visit.page.evaluate(
        """[...document.querySelectorAll('button, a, textarea, input')]
            .filter((e) => e.offsetParent && !e.textContent.trim())
            .filter((e) => !e.ariaLabel && !e.labels?.length && !e.title)
            .map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_the_page_speaks_chinese(visit: Visit) -> None:
    visit.ask(BEDS)
    assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"
    assert visit.page.title() == "问规"
    words = visit.page.evaluate("document.body.innerText.match(/[A-Za-z]{2,}/g) ?? []")
    assert words == []


def test_large_type_stays_after_a_reload(visit: Visit) -> None:
    before = visit.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    visit.page.get_by_role("button", name="长辈版").click()
    visit.page.reload()
    visit.page.wait_for_selector("#question")
    expect(visit.page.get_by_role("button", name="长辈版")).to_have_attribute(
        "aria-pressed", "true"
    )
    after = visit.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    assert after > before


def test_phone_has_no_sideways_scroll_and_a_sheet_for_the_source(phone: Visit) -> None:
    page = phone.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    phone.ask(BEDS)
    page.locator("#turn .answer-text .cite").first.tap()
    expect(page.locator("#source-body mark").first).to_be_visible()
    sheet = page.locator("#panel").bounding_box()
    assert sheet is not None
    assert sheet["width"] == 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="关闭出处").tap()
    expect(page.locator("#panel")).to_be_hidden()
    field = page.get_by_label("输入问题").bounding_box()
    assert field is not None
    assert field["y"] + field["height"] <= 844
    page.get_by_role("button", name="打开菜单").tap()
    expect(page.get_by_role("button", name="新对话")).to_be_visible()
