"""The page 浏览 in a real browser: the tree, a section, its own link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Served, Visit, open_page

pytestmark = pytest.mark.browser


def test_a_section_is_read_and_its_link_opens_it_again(
    visit: Visit, served: Served, browser: Browser
) -> None:
    page = visit.page
    page.get_by_role("link", name="浏览").click()
    expect(page.get_by_role("heading", name="浏览原文")).to_be_visible()
    for summary in page.locator("#contents details:not([open]) summary").all():
        summary.click()
    page.get_by_role("link", name="第二节 健全托育服务体系").click()
    expect(page.locator("#reading h1")).to_have_text("第二节 健全托育服务体系")
    expect(page.locator("#reading .text")).to_contain_text("4.5个")
    assert "section=" in page.url
    again = open_page(browser.new_context(locale="zh-CN"), page.url)
    expect(again.page.locator("#reading h1")).to_have_text("第二节 健全托育服务体系")
    expect(again.page.locator("#contents a[aria-current]")).to_have_text("第二节 健全托育服务体系")
    again.page.context.close()
    page.go_back()
    expect(page.get_by_role("heading", name="浏览原文")).to_be_visible()


def test_a_section_is_asked_about_on_the_chat_page(visit: Visit, served: Served) -> None:
    visit.page.goto(f"{served.address}/browse")
    visit.page.locator("#contents details[open] a").first.click()
    visit.page.get_by_role("link", name="问问这一节").click()
    expect(visit.page.get_by_label("输入问题")).to_have_value(
        re.compile("关于“.+”，文件是怎么写的？")
    )


def test_a_lost_link_is_said(visit: Visit, served: Served) -> None:
    visit.page.goto(f"{served.address}/browse?doc=nobody&section=000000000000")
    expect(visit.page.locator("#reading")).to_contain_text("已不在现有文件中")


def test_documents_stay_text_while_browsing(visit: Visit, served: Served) -> None:
    visit.page.goto(f"{served.address}/browse")
    expect(visit.page.get_by_role("heading", name="浏览原文")).to_be_visible()
    for summary in visit.page.locator("#contents details:not([open]) summary").all():
        summary.click()
    visit.page.get_by_role("link", name="第三节 推进教育优质均衡").click()
    expect(visit.page.locator("#reading .text")).to_contain_text("附注文字")
    assert visit.page.locator("#reading img, #reading script").count() == 0
    assert visit.page.evaluate("window.hit") is None
