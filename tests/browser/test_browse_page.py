"""The page 浏览 in a real browser: the tree, a section, its own link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served, Visit, open_page

pytestmark = pytest.mark.browser


def unfold(page: Page) -> None:
    """Opens the tree of every document."""
    expect(page.locator("#contents details[open] a").first).to_be_visible()
    for summary in page.locator("#contents details:not([open]) summary").all():
        summary.click()


def test_a_section_is_read_and_its_link_opens_it_again(
    visit: Visit, served: Served, browser: Browser
) -> None:
    page = visit.page
    page.get_by_role("link", name="浏览").click()
    expect(page.get_by_role("heading", name="浏览原文")).to_be_visible()
    unfold(page)
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
    unfold(visit.page)
    visit.page.get_by_role("link", name="第三节 推进教育优质均衡").click()
    expect(visit.page.locator("#reading .text")).to_contain_text("附注文字")
    assert visit.page.locator("#reading img, #reading script").count() == 0
    assert visit.page.evaluate("window.hit") is None


def test_a_question_of_a_section_is_asked_by_a_click(visit: Visit, served: Served) -> None:
    visit.page.goto(f"{served.address}/browse")
    unfold(visit.page)
    visit.page.get_by_role("link", name="第一节 积极应对人口老龄化").click()
    beside = visit.page.get_by_role("complementary", name="本节的要点、问题和相关章节")
    question = beside.locator('a[href^="./?ask="]').first
    words = question.inner_text()
    question.click()
    visit.finished()
    expect(visit.page.locator("#turn .question")).to_have_text(words)
    expect(visit.page.locator("#turn .sources")).to_contain_text("第二章第一节")
    assert "ask=" not in visit.page.url


def test_a_search_is_narrowed_opened_and_shared(visit: Visit, served: Served) -> None:
    page = visit.page
    page.goto(f"{served.address}/browse")
    page.get_by_role("searchbox", name="搜索文件里的文字").fill("产业 企业")
    page.keyboard.press("Enter")
    expect(page.locator("#reading [role=status]")).to_contain_text("找到")
    assert page.locator("#reading mark").count() > 0
    page.locator(".facet a", has_text="产业发展研究").click()
    expect(page.locator(".facet a[aria-current]")).to_contain_text("产业发展研究")
    assert "in=" in page.url
    page.locator(".found a").first.click()
    expect(page.locator("#reading .pointed")).to_contain_text("产业")
    again = open_page(page.context, page.url)
    expect(again.page.locator("#reading .pointed")).to_contain_text("产业")
    page.get_by_role("searchbox", name="搜索文件里的文字").fill("量子火箭")
    page.keyboard.press("Enter")
    expect(page.locator("#reading")).to_contain_text("换一个说法")


def test_a_paragraphs_link_is_copied_and_leads_back_to_it(visit: Visit, served: Served) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{served.address}/browse")
    unfold(page)
    page.get_by_role("link", name="第一节 积极应对人口老龄化").click()
    page.get_by_role("link", name="复制这一段的链接").nth(1).click()
    address = page.evaluate("navigator.clipboard.readText()")
    assert "&p=" in address
    again = open_page(page.context, address)
    expect(again.page.locator("#reading .pointed")).to_contain_text("银发经济")


def test_the_original_opens_at_the_quoted_paragraph(visit: Visit) -> None:
    visit.ask("2025年养老机构护理型床位占比达到多少？")
    visit.page.locator("#turn .answer-text .cite").first.click()
    visit.page.get_by_role("link", name="打开原文").click()
    expect(visit.page.locator("#reading .pointed")).to_contain_text("65%")


def test_where_one_read_last_is_offered(visit: Visit, served: Served) -> None:
    visit.page.goto(f"{served.address}/browse")
    unfold(visit.page)
    visit.page.get_by_role("link", name="第二节 健全托育服务体系").click()
    expect(visit.page.locator("#reading h1")).to_have_text("第二节 健全托育服务体系")
    visit.page.goto(f"{served.address}/browse")
    visit.page.get_by_role("link", name="接着读：第二节 健全托育服务体系").click()
    expect(visit.page.locator("#reading .text")).to_contain_text("4.5个")


def test_browsing_on_a_phone_does_not_scroll_sideways(phone: Visit, served: Served) -> None:
    page = phone.page
    page.goto(f"{served.address}/browse")
    page.get_by_role("button", name="打开菜单").tap()
    unfold(page)
    page.get_by_role("link", name="第一节 主要目标").tap()
    expect(page.locator("#reading h1")).to_have_text("第一节 主要目标")
    expect(page.locator("#contents")).to_be_hidden()
    expect(page.locator(".beside h2").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
