"""Pictures of every page for the README: python -m tests.browser.screens [--docs DIR] [--out DIR].

Starts app.py, asks the page's own example questions, and writes one picture a state: desk, tablet
and phone, light, dark and 长辈版.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from pages.records import open_database
from pages.records.accounts import Accounts
from tests.browser.conftest import FLAGS, ROOT, chromium, free_port

DESK, TABLET, PHONE = (1440, 900), (1024, 768), (390, 844)
STAFF, PASSWORD = "操作员", "only-for-pictures"
OUT_OF_THE_DOCUMENTS = "今天下雨吗？"
LARGEST = 150_000  # bytes of a picture
SETTLED_MS = 250  # what slides in has arrived


@contextmanager
def running(docs: Path | None) -> Iterator[str]:
    """The address of an app.py of our own, with an account that is gone afterwards."""
    port = free_port()
    command = [sys.executable, "app.py", "--staff", "--port", str(port)]
    command += ["--docs", str(docs)] if docs else []
    data = tempfile.TemporaryDirectory()
    records = open_database(Path(data.name))
    Accounts(records).add(STAFF, "admin", PASSWORD)
    records.close()
    environment = os.environ | {"WENGUI_DATA": data.name}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        if not any("问规已启动" in line for line in process.stdout):
            sys.exit("app.py 没有启动。")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
        data.cleanup()


class Camera:
    """One browser window after another, each with its size and look."""

    def __init__(self, browser: Browser, address: str, out: Path) -> None:
        self.browser, self.address, self.out = browser, address, out

    @contextmanager
    def window(
        self, size: tuple[int, int], path: str = "", dark: bool = False, elder: bool = False
    ) -> Iterator[Page]:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        if elder:
            page.add_init_script("localStorage.setItem('wengui.elder', 'true')")
        page.goto(f"{self.address}/{path}")
        page.wait_for_selector("#question, #reading > *, #batch-main, .summary")
        yield page
        context.close()

    def shoot(self, page: Page, name: str) -> None:
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(SETTLED_MS)
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        file = self.out / f"{name}.png"
        for colours in (256, 96, 48):
            picture.quantize(colours, Image.Quantize.MAXCOVERAGE).save(file, optimize=True)
            if file.stat().st_size <= LARGEST:
                return
        sys.exit(f"{file} 超过 {LARGEST // 1000} KB。")


def ask(page: Page, question: str) -> None:
    page.get_by_label("输入问题").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_selector("#turn article[data-state=done], #turn article[data-state=failed]")
    page.wait_for_selector("#turn .next, #turn .nearest")


def open_source(page: Page) -> None:
    page.locator("#turn .answer-text .cite").first.click()
    page.wait_for_selector("#source-body .doc-title")


def take(camera: Camera) -> None:
    """All pictures, page by page; a page more is a function more here."""
    chat(camera)
    browse(camera)
    indicators(camera)
    batch(camera)


def chat(camera: Camera) -> None:
    """问答; what is asked is what the welcome page offers."""
    with camera.window(DESK) as page:
        camera.shoot(page, "desk-welcome")
        questions = page.locator(".example").all_inner_texts()
        ask(page, questions[-1])
        open_source(page)
        camera.shoot(page, "desk-answer")
        page.locator("#turn .answer-text .cite").last.hover()
        page.get_by_role("tooltip").wait_for()
        camera.shoot(page, "desk-preview")
        ask(page, OUT_OF_THE_DOCUMENTS)
        camera.shoot(page, "desk-refusal")
    with camera.window(DESK, dark=True) as page:
        ask(page, questions[0])
        open_source(page)
        camera.shoot(page, "desk-dark")
    with camera.window(DESK, elder=True) as page:
        ask(page, questions[-1])
        open_source(page)
        camera.shoot(page, "desk-elder")
    with camera.window(TABLET) as page:
        ask(page, questions[-1])
        camera.shoot(page, "tablet-answer")
        open_source(page)
        camera.shoot(page, "tablet-source")
    for name, dark, elder in (("", False, False), ("-dark", True, False), ("-elder", False, True)):
        with camera.window(PHONE, dark=dark, elder=elder) as page:
            camera.shoot(page, f"phone{name}-welcome")
            ask(page, questions[-1])
            camera.shoot(page, f"phone{name}-answer")
            open_source(page)
            camera.shoot(page, f"phone{name}-source")


def browse(camera: Camera) -> None:
    """浏览: a section, a table, a search, the glossary."""
    with camera.window(DESK, "browse") as page:
        page.wait_for_selector("#contents details[open] a")
        titles = page.locator("#contents details[open] a").all_inner_texts()
        page.get_by_role("link", name=next(t for t in titles if "养老" in t or "老龄" in t)).click()
        page.wait_for_selector(".beside h2")
        camera.shoot(page, "desk-browse")
        section = page.url.removeprefix(f"{camera.address}/")
        page.get_by_role("link", name=next(t for t in titles if t.startswith("表"))).click()
        page.wait_for_selector("#reading table")
        camera.shoot(page, "desk-browse-table")
    with camera.window(DESK, "browse?q=养老服务") as page:
        page.wait_for_selector(".found")
        camera.shoot(page, "desk-search")
    with camera.window(DESK, "browse?view=terms", dark=True) as page:
        page.wait_for_selector(".terms")
        camera.shoot(page, "desk-terms-dark")
    with camera.window(PHONE, section) as page:
        page.wait_for_selector(".beside h2")
        camera.shoot(page, "phone-browse")


def indicators(camera: Camera) -> None:
    """指标: the pictures, on a desk and in the dark."""
    with camera.window(DESK, "indicators") as page:
        camera.shoot(page, "desk-indicators")
    with camera.window(PHONE, "indicators", dark=True) as page:
        camera.shoot(page, "phone-dark-indicators")


def take_staff(camera: Camera) -> None:
    """The pages behind the sign-in."""
    context = camera.browser.new_context(
        viewport={"width": DESK[0], "height": DESK[1]}, locale="zh-CN", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{camera.address}/staff/")
    page.get_by_label("账号").fill(STAFF)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    for path, name in (("", "files"), ("quality", "quality")):
        page.goto(f"{camera.address}/staff/{path}")
        page.wait_for_selector("#office h1")
        camera.shoot(page, f"desk-{name}")
    context.close()


def batch(camera: Camera) -> None:
    """批量提问 with its answers made."""
    with camera.window(DESK, "batch") as page:
        book = Workbook()
        for words in ("问题", "2025年公园绿地有什么目标？", OUT_OF_THE_DOCUMENTS):
            book.active.append([words])
        written = BytesIO()
        book.save(written)
        table = {"name": "问题.xlsx", "mimeType": "", "buffer": written.getvalue()}
        page.locator("input[type=file]").set_input_files(table)
        page.get_by_role("button", name="开始回答").click()
        page.get_by_role("button", name="下载结果").wait_for()
        camera.shoot(page, "desk-batch")


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.browser.screens")
    parser.add_argument("--docs", type=Path, default=None)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screens")
    given = parser.parse_args()
    path = chromium()
    if path is None:
        sys.exit("没有找到 Chromium 浏览器。")
    given.out.mkdir(parents=True, exist_ok=True)
    with running(given.docs) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        camera = Camera(browser, address, given.out)
        take(camera)
        take_staff(camera)
        browser.close()


if __name__ == "__main__":
    main()
