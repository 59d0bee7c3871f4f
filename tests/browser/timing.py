"""How long a reader waits: python -m tests.browser.timing [--docs DIR].

Starts app.py and prints, each as measured in a real browser: until a page is usable after its
address is opened (new browser and again), first words after Enter, until a section is open. No test:
what it prints depends on the machine and what else runs on it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import FLAGS, chromium
from tests.browser.screens import running

PAGES = {"": "#question", "browse": "#contents details[open] a", "batch": "#batch-main"}
TIMES = 5
# From a doing to the first change that shows what was wanted, in milliseconds.
UNTIL = """([doing, where, wanted]) => new Promise((done) => {
  const place = document.querySelector(where);
  const begun = performance.now();
  const watch = new MutationObserver(() => {
    if (!place.querySelector(wanted)) return;
    watch.disconnect();
    done(performance.now() - begun);
  });
  watch.observe(place, { childList: true, subtree: true });
  new Function(doing)();
})"""


def opened(page: Page, address: str, path: str) -> float:
    begun = time.perf_counter()
    page.goto(f"{address}/{path}", wait_until="commit")
    page.wait_for_selector(PAGES[path])
    return (time.perf_counter() - begun) * 1000


def pages(browser: Browser, address: str) -> None:
    for path in PAGES:
        context = browser.new_context(locale="zh-CN")
        page = context.new_page()
        first, again = opened(page, address, path), opened(page, address, path)
        print(f"/{path:<8} 可用：第一次 {first:.0f} 毫秒，再次 {again:.0f} 毫秒")
        context.close()


def first_words(browser: Browser, address: str) -> None:
    page = browser.new_context(locale="zh-CN").new_page()
    opened(page, address, "")
    question = page.locator(".example").last.inner_text()
    waits = []
    for _ in range(TIMES):
        page.get_by_role("button", name="新对话").click()
        page.get_by_label("输入问题").fill(question)
        doing = "document.querySelector('.composer').requestSubmit()"
        waits.append(page.evaluate(UNTIL, [doing, "#turn", ".answer-text"]))
        page.wait_for_selector("#turn article[data-state=done] .next")
    print(f"回车到第一个字：中位 {statistics.median(waits):.0f} 毫秒，最长 {max(waits):.0f} 毫秒")
    page.context.close()


def sections(browser: Browser, address: str) -> None:
    page = browser.new_context(locale="zh-CN").new_page()
    opened(page, address, "browse")
    links = page.locator("#contents details[open] a").count()
    waits = []
    for at in range(0, links, max(1, links // TIMES)):
        page.wait_for_selector("#reading h1")
        page.evaluate("document.querySelector('#reading h1').remove()")
        doing = f"document.querySelectorAll('#contents details[open] a')[{at}].click()"
        waits.append(page.evaluate(UNTIL, [doing, "#reading", "h1"]))
    print(f"打开一节：中位 {statistics.median(waits):.0f} 毫秒，最长 {max(waits):.0f} 毫秒")
    page.context.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.browser.timing")
    parser.add_argument("--docs", type=Path, default=None)
    given = parser.parse_args()
    path = chromium()
    if path is None:
        sys.exit("没有找到 Chromium 浏览器。")
    with running(given.docs) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for measured in (pages, first_words, sections):
            measured(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
