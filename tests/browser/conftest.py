"""A real app.py over a small folder of our own documents, and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: while the session's browser lives, Playwright's event loop runs in
    the main thread, and no other test may start one there (asyncio.run).
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


START_SECONDS = 120  # importing and indexing on a slow machine; the page itself is far quicker
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]

PLAN = """# 云溪市发展规划纲要

## 第一章 发展目标

### 第一节 主要目标

到2025年，全市公园绿地面积达到3200公顷。全市轨道交通运营里程达到110公里。

## 第二章 改善人民生活

### 第一节 积极应对人口老龄化

健全养老服务体系。到2025年，全市养老机构护理型床位占比达到65%。居家社区养老服务中心实现街道全覆盖。

发展银发经济。支持企业开发适合老年人的产品，培育10家银发经济示范企业。

### 第二节 健全托育服务体系

到2025年，每千人口拥有3岁以下婴幼儿托位数达到4.5个。新建居住区配套建设托育机构。

### 第三节 推进教育优质均衡

到2025年，新增公办幼儿园20所。义务教育学校集团化办学覆盖率达到90%。

附注文字<script>window.hit=1</script>仅供核对转义。
<img src="http://evil.example/a.png" onerror="window.hit=1">附图。

### 附表 主要指标

| 类别 | 指标 | 2020年实际值 | 2025年目标值 | 属性 |
|---|---|---|---|---|
| 生态 | 公园绿地面积（公顷） | 2800 | 3200 | 约束性 |
| 生态 | 轨道交通里程（公里） | 60 | 110 | 预期性 |
| 民生 | 护理型床位占比（%） | 58 | 65 | 约束性 |
| 民生 | 每千人口托位数（个） | 1.7 | 4.5 | 预期性 |
"""

PAPER = """# 云溪市产业发展研究

## 1 产业现状

2019年，云溪市物联网产业营业收入达到820亿元。集成电路产业营业收入达到460亿元。

## 2 存在的问题

高端人才不足是云溪市产业发展的主要短板。
"""

# Loaded by Python at start: any connection outside this machine is written down and refused.
GUARD = """
import socket
_connect = socket.socket.connect
def connect(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        with open({log!r}, "a") as log:
            log.write(repr(address) + "\\n")
        raise OSError("no connection outside this machine")
    return _connect(self, address)
socket.socket.connect = connect
_look_up = socket.getaddrinfo
def look_up(host, *rest, **more):
    if host not in (None, "", "127.0.0.1", "::1", "localhost", "0.0.0.0", b"127.0.0.1"):
        with open({log!r}, "a") as log:
            log.write(repr(host) + "\\n")
        raise socket.gaierror("no name outside this machine")
    return _look_up(host, *rest, **more)
socket.getaddrinfo = look_up
"""


@dataclass(frozen=True)
class Served:
    """A running app: its address, and where the guard writes what it refused."""

    address: str
    refused: Path


def chromium() -> str | None:
    """A browser on this machine; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("app")
    docs, guard, refused = folder / "docs", folder / "guard", folder / "refused.txt"
    docs.mkdir()
    guard.mkdir()
    (docs / "plan.md").write_text(PLAN, "utf-8")
    (docs / "paper.md").write_text(PAPER, "utf-8")
    (guard / "sitecustomize.py").write_text(GUARD.format(log=str(refused)), "utf-8")
    port = free_port()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("LLM_", "WENGUI_"))},
        "PYTHONPATH": str(guard),
        "WENGUI_DATA": str(folder / "var"),
    }
    command = [sys.executable, "app.py", "--port", str(port), "--docs", str(docs)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        _until_started(process)
        yield Served(f"http://127.0.0.1:{port}", refused)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _until_started(process: subprocess.Popen[bytes]) -> None:
    """Reads what the app says until it says it has started; fails with all of it otherwise."""
    said = []
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line.decode("utf-8", "replace"))
        if "问规已启动" in said[-1]:
            return
    pytest.fail("app.py 没有启动：\n" + "".join(said))


@contextmanager
def launched() -> Iterator[Browser]:
    """A real browser; the test is skipped where there is none."""
    path = chromium()
    if path is None:
        pytest.skip("没有找到 Chromium 浏览器，跳过浏览器测试")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as opened:
        yield opened


@dataclass
class Visit:
    """One open page with what it asked for and complained of."""

    page: Page
    address: str
    requests: list[str]
    complaints: list[str]

    def ask(self, question: str) -> None:
        """Types a question, sends it and waits for its turn to be finished."""
        self.page.get_by_label("输入问题").fill(question)
        self.page.keyboard.press("Enter")
        self.finished()

    def finished(self) -> None:
        self.page.wait_for_selector(
            "#turn article[data-state=done], #turn article[data-state=failed]", timeout=15000
        )

    def outside(self) -> list[str]:
        """What was asked of anyone but this page's own server."""
        home = urlsplit(self.address).netloc
        near = ("data", "blob", "about")
        asked = (urlsplit(url) for url in self.requests)
        return [url.geturl() for url in asked if url.scheme not in near and url.netloc != home]

    @property
    def last(self) -> str:
        return self.page.inner_text("#turn article")


def open_page(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    page.set_default_timeout(15000)
    visit = Visit(page, address, [], [])
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("websocket", lambda socket: visit.requests.append(socket.url))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            visit.complaints.append(message.text) if message.type in ("error", "warning") else None
        ),
    )
    page.goto(address)
    page.wait_for_selector("#question, #reading > *, #batch-main")
    return visit


@contextmanager
def visiting(context: BrowserContext, served: Served, path: str = "") -> Iterator[Visit]:
    """One open page; in the end neither it nor the server may have asked anything of the outside."""
    visit = open_page(context, f"{served.address}/{path}")
    yield visit
    assert visit.outside() == []
    assert not served.refused.exists(), served.refused.read_text()
    context.close()


@pytest.fixture
def visit(served: Served, browser: Browser) -> Iterator[Visit]:
    """The chat page on a desk: 1440 by 900, Chinese."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    with visiting(context, served) as opened:
        yield opened


@pytest.fixture
def phone(served: Served, browser: Browser) -> Iterator[Visit]:
    """The chat page on a phone of 390 by 844."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, locale="zh-CN", has_touch=True, is_mobile=True
    )
    with visiting(context, served) as opened:
        yield opened
