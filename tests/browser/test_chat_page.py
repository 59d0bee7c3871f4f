"""The chat page in a real browser: ask, read, check the source, ask on."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Served, Visit

pytestmark = pytest.mark.browser

BEDS = "2025年养老机构护理型床位占比达到多少？"


def test_a_question_is_answered_with_its_source(visit: Visit) -> None:
    visit.ask(BEDS)
    assert "65%" in visit.last
    assert "《云溪市发展规划纲要》第二章第一节" in visit.last
    expect(visit.page.locator("#welcome .welcome")).to_be_hidden()


def test_a_citation_opens_the_passage_with_the_sentence_marked(visit: Visit) -> None:
    visit.ask(BEDS)
    cite = visit.page.locator("#turn .answer-text .cite").first
    assert cite.get_attribute("aria-label") == "出处1，第二章第一节"
    cite.click()
    expect(visit.page.locator("#source-body mark").first).to_contain_text("65%")
    expect(visit.page.locator("#source-body .crumbs")).to_contain_text("第二章 改善人民生活")
    expect(visit.page.locator("#source-body .around")).to_contain_text("银发经济")
    expect(visit.page.locator("#source-body .here mark")).to_contain_text("65%")
    visit.page.get_by_role("button", name="下一段").click()
    expect(visit.page.locator("#source-body .here")).to_contain_text("银发经济")


def test_a_follow_up_is_asked_with_its_history(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.ask("那托位数呢？")
    assert "4.5" in visit.last
    assert visit.page.locator("#past article").count() == 1


def test_what_the_documents_do_not_hold_is_refused(visit: Visit) -> None:
    visit.ask("今天下雨吗？")
    assert "没有" in visit.last
    assert visit.page.locator("#turn .badge.sound").count() == 0


def test_unticked_documents_are_not_searched(visit: Visit) -> None:
    visit.page.get_by_label("云溪市发展规划纲要").uncheck()
    visit.ask(BEDS)
    assert "65%" not in visit.page.inner_text("#turn .answer")
    visit.page.get_by_label("云溪市产业发展研究").uncheck()
    visit.page.get_by_label("输入问题").fill("还有呢？")
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#hint")).to_contain_text("至少勾选一份")


def test_an_example_is_asked_by_a_click_and_answered(visit: Visit) -> None:
    assert visit.page.locator(".example").count() >= 2
    visit.page.locator(".example").first.click()
    visit.finished()
    expect(visit.page.locator("#turn .sources")).to_be_visible()


def test_empty_and_long_questions_are_said_before_sending(visit: Visit) -> None:
    visit.page.get_by_role("button", name="提问").click()
    expect(visit.page.locator("#hint")).to_have_text("请先输入问题。")
    visit.page.get_by_label("输入问题").fill("长" * 600)
    expect(visit.page.locator("#hint")).to_contain_text("现在有600字")
    visit.page.keyboard.press("Enter")
    assert visit.page.locator("#turn article").count() == 0


def test_conversations_are_kept_on_the_device_until_cleared(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.page.get_by_role("button", name="新对话").click()
    visit.page.reload()
    kept = visit.page.locator(".kept-one")
    expect(kept).to_have_text(BEDS)
    kept.click()
    expect(visit.page.locator("#past article")).to_contain_text("65%")
    visit.page.reload()
    expect(visit.page.locator("#past article")).to_contain_text("65%")
    visit.page.locator("#past .cite").first.click()
    expect(visit.page.locator("#source-body mark").first).to_be_visible()
    visit.ask("那托位数呢？")
    assert "4.5" in visit.last
    visit.page.on("dialog", lambda dialog: dialog.accept())
    visit.page.get_by_role("button", name="全部清除").click()
    expect(visit.page.locator(".kept-one")).to_have_count(0)
    assert visit.page.evaluate("localStorage.getItem('wengui.conversations.2')") is None


def test_a_new_conversation_starts_empty(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.page.get_by_role("button", name="新对话").click()
    expect(visit.page.locator("#welcome .welcome")).to_be_visible()
    assert visit.page.locator("#talk article").count() == 0


def test_the_answer_is_copied_with_its_source(visit: Visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(BEDS)
    visit.page.get_by_role("button", name="复制", exact=True).click()
    expect(visit.page.get_by_role("button", name="已复制")).to_be_visible()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert "65%" in copied
    assert "《云溪市发展规划纲要》第二章第一节" in copied


def test_markup_in_a_question_or_a_document_stays_text(visit: Visit) -> None:
    evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>集团化办学覆盖率是多少？'
    visit.ask(evil)
    assert evil in visit.page.inner_text("#turn .question")
    visit.ask("义务教育学校集团化办学覆盖率达到多少？")
    visit.page.locator("#turn .cite").first.click()
    expect(visit.page.locator("#source-body")).to_contain_text("附注文字")
    assert visit.page.locator("#talk img, #panel img, #talk script, #panel script").count() == 0
    assert visit.page.evaluate("window.hit") is None
    assert [u for u in visit.requests if "evil.example" in u] == []


def test_a_source_is_previewed_under_the_pointer_and_on_focus(visit: Visit) -> None:
    visit.ask(BEDS)
    cite = visit.page.locator("#turn .answer-text .cite").first
    preview = visit.page.get_by_role("tooltip")
    cite.hover()
    expect(preview).to_contain_text("65%")
    expect(preview).to_contain_text("《云溪市发展规划纲要》第二章第一节")
    visit.page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    visit.page.mouse.move(2, 2)
    visit.page.get_by_role("button", name="修改这个问题").focus()
    visit.page.keyboard.press("Tab")
    expect(cite).to_be_focused()
    expect(preview).to_be_visible()


def test_what_was_found_and_not_used_can_be_unfolded(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.page.locator("#turn .unused summary").click()
    visit.page.locator("#turn .unused .near-link").first.click()
    expect(visit.page.locator("#source-body :is(.here, .marked)").first).to_be_visible()


def test_the_next_questions_are_answered_when_clicked(visit: Visit) -> None:
    visit.ask(BEDS)
    first = visit.page.locator("#turn .next .example").first
    asked = first.inner_text()
    first.click()
    expect(visit.page.locator("#turn .question")).to_have_text(asked)
    visit.finished()
    expect(visit.page.locator("#turn .badge.sound")).to_be_visible()
    assert visit.page.locator("#past .next").count() == 0


def test_a_question_is_put_differently_and_the_talk_goes_on_from_there(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.ask("那托位数呢？")
    visit.page.locator("#past").get_by_role("button", name="修改这个问题").click()
    field = visit.page.get_by_label("输入问题")
    expect(field).to_have_value(BEDS)
    visit.page.get_by_role("button", name="不改了").click()
    expect(field).to_have_value("")
    visit.page.locator("#past").get_by_role("button", name="修改这个问题").click()
    visit.ask("2025年新增公办幼儿园多少所？")
    assert "20所" in visit.last
    assert visit.page.locator("#past article").count() == 0
    kept = visit.page.evaluate(
        "JSON.parse(localStorage.getItem('wengui.conversations.2'))[0].turns.length"
    )
    assert kept == 1


def test_an_answer_is_given_again(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.page.get_by_label("云溪市发展规划纲要").uncheck()
    visit.page.get_by_role("button", name="重新回答").click()
    expect(visit.page.locator("#turn .answer")).not_to_contain_text("65%")
    assert visit.page.locator("#talk article").count() == 1


def test_an_answer_and_a_conversation_are_taken_away(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.ask("那托位数呢？")
    for name, suffix in (("这个回答，Word", ".docx"), ("整个对话，Markdown", "等2问.md")):
        visit.page.locator("#turn .choices summary").click()
        with visit.page.expect_download() as got:
            visit.page.locator("#turn").get_by_role("button", name=name).click()
        assert got.value.suggested_filename.endswith(suffix)
    text = got.value.path().read_text("utf-8")
    assert "65%" in text
    assert "[^2]: 《云溪市发展规划纲要》" in text
    assert "人工智能" in text


def test_a_conversation_is_forgotten_one_by_one(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.page.get_by_role("button", name="新对话").click()
    visit.ask("2025年新增公办幼儿园多少所？")
    expect(visit.page.locator(".kept-one")).to_have_count(2)
    visit.page.get_by_role("button", name=f"删除对话：{BEDS}").click()
    expect(visit.page.locator(".kept-one")).to_have_text("2025年新增公办幼儿园多少所？")


def test_a_server_that_is_gone_is_said(visit: Visit) -> None:
    visit.page.clock.install()
    visit.page.context.set_offline(True)
    visit.page.get_by_label("输入问题").fill(BEDS)
    visit.page.keyboard.press("Enter")
    visit.page.clock.fast_forward(9000)
    expect(visit.page.locator("#turn [role=alert]")).to_contain_text("连不上服务器")
    visit.page.context.set_offline(False)
    visit.page.clock.fast_forward(3000)
    expect(visit.page.get_by_label("输入问题")).to_have_value(BEDS)


def test_nothing_is_complained_of(visit: Visit) -> None:
    visit.ask(BEDS)
    visit.page.locator("#turn .cite").first.click()
    expect(visit.page.locator("#source-body mark").first).to_be_visible()
    assert visit.complaints == []


def test_a_request_to_the_outside_would_be_seen(visit: Visit) -> None:
    visit.page.route("http://outside.example/**", lambda route: route.abort())
    visit.page.evaluate("new Image().src = 'http://outside.example/a.png'")
    with visit.page.expect_event("request", timeout=5000) as asked:
        visit.page.evaluate("new Image().src = 'http://outside.example/b.png'")
    assert asked.value.url in visit.outside()
    visit.requests.clear()


def test_healthz_says_what_is_held(served: Served) -> None:
    with urllib.request.urlopen(f"{served.address}/healthz") as response:
        said = json.load(response)
    assert said["status"] == "ok"
    assert said["documents"] == 2
    assert said["passages"] >= 6
    assert said["index_hash"]
