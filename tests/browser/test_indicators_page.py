"""The page 指标 in a real browser: narrowed, sorted, taken away, and followed to its source."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Served, Visit

pytestmark = pytest.mark.browser


def _figures(page: Page) -> list[str]:
    rows = page.locator(".sheet tbody tr:visible th a")
    return rows.all_inner_texts()


def test_a_citizen_reads_sorts_and_follows_an_indicator(visit: Visit, served: Served) -> None:
    page = visit.page
    page.get_by_role("link", name="指标").click()
    expect(page.locator(".summary")).to_contain_text("共4项指标")
    assert page.locator(".pictures figure").count() == 3
    page.get_by_role("button", name="2025年目标值").click()
    assert _figures(page)[0] == "每千人口托位数（个）"
    page.get_by_label("查找").fill("护理")
    expect(page.locator("#shown")).to_have_text("共4项，显示1项。")
    assert _figures(page) == ["护理型床位占比（%）"]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "护理型床位占比" in download.value.path().read_text("utf-8-sig")
    page.locator(".pairs a.point.target").first.click()
    expect(page.locator("#reading")).to_contain_text("公园绿地面积")
    assert all("127.0.0.1" in url or url.startswith("data:") for url in visit.requests)
    assert not served.refused.exists()


def test_on_a_phone_nothing_scrolls_sideways(phone: Visit, served: Served) -> None:
    phone.page.goto(f"{served.address}/indicators")
    expect(phone.page.locator(".summary")).to_be_visible()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.page.evaluate(wide) == 0
