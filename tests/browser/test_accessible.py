"""axe-core finds no serious violation: every page, every state that hides things, every look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Served, Visit, visiting

pytestmark = pytest.mark.browser

AXE = ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
BEDS = "2025年养老机构护理型床位占比达到多少？"
LOOKS = {
    "light": (False, False),
    "dark": (True, False),
    "elder": (False, True),
    "both": (True, True),
}


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("没有 axe-core，跳过无障碍检查。安装 Node.js 后由 test.sh 取得。")
    return Path(AXE).read_text("utf-8")


def violations(page: Page, axe: str, *more_rules: str) -> list[str]:
    """What axe-core finds serious or worse, each with the elements it finds it on."""
    page.evaluate(axe)
    options: dict[str, Any] = {"rules": {rule: {"enabled": True} for rule in more_rules}}
    found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    return [
        f"{one['id']} ({one['impact']}): " + "; ".join(node["html"][:160] for node in one["nodes"])
        for one in found
        if one["impact"] in SERIOUS
    ]


# The first look and the last differ in every colour; 问答 has the most states and is seen in all four.
FEWER_LOOKS = pytest.mark.parametrize("look", ["light", "both"])
ALL_LOOKS = pytest.mark.parametrize("look", LOOKS)


@pytest.fixture
def looked(look: str, served: Served, browser: Browser) -> Iterator[Visit]:
    dark, elder = LOOKS[look]
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.add_init_script(
        f"localStorage.setItem('wengui.dark', '{str(dark).lower()}');"
        f"localStorage.setItem('wengui.elder', '{str(elder).lower()}');"
    )
    with visiting(context, served) as opened:
        yield opened


def rules_for(visit: Visit) -> tuple[str, ...]:
    """长辈版 promises 7 : 1."""
    elder = visit.page.evaluate("document.documentElement.classList.contains('elder')")
    return ("color-contrast-enhanced",) if elder else ()


@ALL_LOOKS
def test_the_chat_page(looked: Visit, axe: str) -> None:
    page, rules = looked.page, rules_for(looked)
    assert violations(page, axe, *rules) == []
    looked.ask(BEDS)
    expect(page.locator("#turn .next")).to_be_visible()
    page.locator("#turn .answer-text .cite").first.click()
    expect(page.locator("#source-body mark").first).to_be_visible()
    for summary in page.locator("#turn summary").all():  # 长辈版 has none
        if summary.is_visible():
            summary.click()
    assert violations(page, axe, *rules) == []
    looked.ask("今天下雨吗？")
    page.get_by_role("button", name="有问题").last.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page, axe, *rules) == []


@FEWER_LOOKS
def test_the_indicators_page(looked: Visit, served: Served, axe: str) -> None:
    looked.page.goto(f"{served.address}/indicators")
    expect(looked.page.locator(".summary")).to_be_visible()
    assert violations(looked.page, axe) == []


@FEWER_LOOKS
def test_the_browse_page(looked: Visit, served: Served, axe: str) -> None:
    page, rules = looked.page, rules_for(looked)
    page.goto(f"{served.address}/browse")
    expect(page.locator("#contents details[open] a").first).to_be_visible()
    assert violations(page, axe, *rules) == []
    page.locator("#contents details[open] a").first.click()
    expect(page.locator(".beside h2").first).to_be_visible()
    assert violations(page, axe, *rules) == []
    page.goto(f"{served.address}/browse?q=%E4%BA%A7%E4%B8%9A")
    page.locator(".found a").first.wait_for()
    assert violations(page, axe, *rules) == []
    page.goto(f"{served.address}/browse?view=terms")
    expect(page.locator("#reading h1")).to_have_text("名词")
    assert violations(page, axe, *rules) == []


@FEWER_LOOKS
def test_the_batch_page(looked: Visit, served: Served, axe: str) -> None:
    looked.page.goto(f"{served.address}/batch")
    expect(looked.page.get_by_role("heading", name="批量提问")).to_be_visible()
    assert violations(looked.page, axe, *rules_for(looked)) == []


def test_a_phone_with_its_drawer_and_its_sheet(phone: Visit, axe: str) -> None:
    phone.ask(BEDS)
    phone.page.locator("#turn .answer-text .cite").first.tap()
    expect(phone.page.locator("#source-body mark").first).to_be_visible()
    assert violations(phone.page, axe) == []
    phone.page.get_by_role("button", name="关闭出处").tap()
    phone.page.get_by_role("button", name="打开菜单").tap()
    expect(phone.page.get_by_role("button", name="新对话")).to_be_visible()
    assert violations(phone.page, axe) == []


def test_the_check_sees_what_it_looks_for(visit: Visit, axe: str) -> None:
    visit.page.evaluate("document.querySelector('.bar').append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in violations(visit.page, axe))
