"""The staff pages in a real browser: an operator's day and a QA member's, on one server of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.records import Feedback, Queue, open_database
from pages.records.accounts import Accounts
from tests.browser.conftest import PAPER, PLAN, ROOT, _until_started, free_port
from tests.browser.test_accessible import AXE, violations

pytestmark = pytest.mark.browser
PASSWORD = "cloudy-stream-27"
BUILD_MS = 60_000


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("office")
    docs = folder / "docs"
    docs.mkdir()
    (docs / "plan.md").write_text(PLAN, "utf-8")
    (docs / "paper.md").write_text(PAPER, "utf-8")
    records = open_database(folder / "var")
    for name, role in (("operator", "editor"), ("tester", "qa")):
        Accounts(records).add(name, role, PASSWORD)
    complaint = Feedback(
        False, "2025年每千人口托位数要达到多少？", "没有找到。", "没答出来",
        citations=[{"doc_id": "plan", "heading_path": ["第二章 改善人民生活", "第二节 健全托育服务体系"]}],
    )  # fmt: skip
    Queue(records).add(complaint)
    records.close()
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LLM_", "WENGUI_"))}
    process = subprocess.Popen(
        [sys.executable, "app.py", "--staff", "--port", str(port), "--docs", str(docs)],
        cwd=ROOT, env=kept | {"WENGUI_DATA": str(folder / "var")},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        _until_started(process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _sign_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/staff/")
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="文件", exact=True)).to_be_visible()


def _accessible(page: Page) -> None:
    if AXE.is_file():
        assert violations(page, AXE.read_text("utf-8")) == []


def test_an_operators_day(office: str, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    citizen, page = context.new_page(), context.new_page()
    citizen.goto(office)
    citizen.wait_for_selector("#question")
    _sign_in(page, office, "operator")
    _accessible(page)
    fresh = tmp_path / "桥梁.md"
    fresh.write_text(
        "# 云溪市桥梁规划\n\n## 第一章 桥梁建设\n\n到2027年，云溪市新建跨江桥梁7座。\n", "utf-8"
    )
    picker = page.get_by_label("上传文件：点这里选择")
    picker.focus()
    expect(picker).to_be_focused()
    expect(page.get_by_role("button", name="看一看")).to_be_disabled()
    picker.set_input_files(fresh)
    expect(page.get_by_label("上传文件：桥梁.md")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".outline")).to_contain_text("第一章 桥梁建设")
    page.get_by_role("button", name="收入").click()
    expect(page.locator("#office")).to_contain_text("桥梁.md 不在现在的索引里")
    page.get_by_role("button", name="更新索引").click()
    expect(page.locator(".work .said")).to_contain_text("3份文件", timeout=BUILD_MS)
    citizen.get_by_label("输入问题").fill("云溪市到2027年新建跨江桥梁多少座？")
    citizen.keyboard.press("Enter")
    expect(citizen.locator("#turn article[data-state=done]")).to_contain_text("7座")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("button[data-file='桥梁.md']").click()
    page.get_by_role("button", name="恢复").click()
    expect(page.get_by_role("button", name="恢复")).to_have_count(0)
    page.get_by_role("link", name="质检").click()
    expect(page.get_by_role("heading", name="质检", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="开始运行")).to_have_count(0)
    context.close()


def test_a_testers_day_on_a_phone(office: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    _sign_in(page, office, "tester")
    expect(page.get_by_role("button", name="更新索引")).to_have_count(0)
    page.goto(f"{office}/staff/quality")
    page.get_by_role("link", name="2025年每千人口托位数要达到多少？").click()
    page.get_by_role("button", name="做成测试题").click()
    expect(page.locator(".notes")).to_contain_text("没有要点")
    page.get_by_label("回答里必须出现的").fill("4.5")
    page.get_by_role("button", name="保存并检查").click()
    expect(page.locator(".said")).to_contain_text("没有发现问题")
    _accessible(page)
    page.get_by_role("button", name="收下这道题").click()
    expect(page.locator("#office")).to_contain_text("已收为测试题")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) == 0
    page.get_by_role("link", name="返回质检").click()
    page.get_by_label("分组").select_option("complaint")
    page.get_by_role("button", name="开始运行").click()
    expect(page.locator(".work .said")).to_contain_text("运行完成", timeout=BUILD_MS)
    page.locator("tbody a").first.click()
    expect(page.locator(".cases")).to_contain_text("托位数")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="工作人员登录")).to_be_visible()
    context.close()
