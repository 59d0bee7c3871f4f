"""Two processes whose engine is a real server: they go over to what is published, and outlive it.

What is claimed in deploy/README.md: while the server is away every question gets a sentence, nothing
published changes, and all of it works again when the server is back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from eval.visiting import Failed, Visitor
from index.embeddings import StaticEmbeddings
from index.errors import IndexUnusable
from index.publish import publish
from index.settings import Settings
from tests.deploy.cluster import Process, processes, until
from tests.engine_servers import ENGINES, EngineServer, engine

pytestmark = pytest.mark.server
PLAN = "# 云溪市规划\n\n## 第一章 养老服务\n\n到2025年，全市养老机构护理型床位占比达到65%。\n"
GREENWAY = "# 云溪市绿道规划\n\n## 第一章 绿道\n\n到2027年，全市建成生态绿道820公里。\n"
BEDS, NEW = "2025年养老机构护理型床位占比达到多少？", "2027年全市建成生态绿道多少公里？"
SORRY = "没有回答"


@pytest.fixture(params=ENGINES)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EngineServer]:
    with engine(request.param, tmp_path / "engine") as made:
        yield made


def by_interface(process: Process, question: str) -> str:
    """What /v1 says: an answer, or an error's sentence."""
    asked = {"model": "wengui", "messages": [{"role": "user", "content": question}]}
    reply = httpx2.post(
        f"{process.url}/v1/chat/completions", json=asked, trust_env=False, timeout=60
    )
    said = reply.json()
    return str(said["choices"][0]["message"]["content"] if reply.is_success else said["error"])


def on_the_page(process: Process, question: str) -> str:
    """The HTML of the finished turn in the chat page."""

    async def visit() -> str:
        async with httpx2.AsyncClient(base_url=process.url, timeout=60, trust_env=False) as client:
            visitor = Visitor(client, "one")
            await visitor.arrive()
            return (await visitor.ask(question)).text

    return asyncio.run(visit())


def test_two_processes_go_over_and_outlive_their_server(
    tmp_path: Path, server: EngineServer, model: StaticEmbeddings
) -> None:
    docs, shared = tmp_path / "docs", tmp_path / "发布"
    docs.mkdir()
    (docs / "plan.md").write_text(PLAN, "utf-8")
    name = server.said.stem  # chroma or milvus
    publisher = replace(Settings(docs, tmp_path / "builder"), **{f"{name}_url": server.url})
    publish(shared, docs, settings=publisher, model=model)
    environ = {f"{name.upper()}_URL": server.url, "WENGUI_INDEX": str(shared)}
    environ |= {"WENGUI_DOCS": str(docs), "WENGUI_PER_MINUTE": "10000", "WENGUI_BURST": "1000"}
    data = [tmp_path / "one", tmp_path / "other"]
    environs = [environ | {"WENGUI_DATA": str(folder)} for folder in data]
    with processes(tmp_path, environs) as both:
        assert ["65%" in by_interface(p, BEDS) for p in both] == [True, True]
        gone_over_to(both, docs, shared, publisher, model)
        server.kill()
        for process in both:
            assert SORRY in by_interface(process, BEDS)
            with pytest.raises(Failed, match=SORRY):
                on_the_page(process, BEDS)
            assert server.url not in by_interface(process, BEDS)  # the public need not know it
            assert process.status("/healthz") == 200
        (docs / "more.md").write_text(GREENWAY.replace("绿道", "步道"), "utf-8")
        with pytest.raises(IndexUnusable):
            publish(shared, docs, settings=publisher, model=model)
        assert (shared / "CURRENT").read_text() == "000002\n"
        server.start()
        for process in both:
            until(lambda p=process: "65%" in by_interface(p, BEDS), "it did not recover")
            assert "820" in on_the_page(process, NEW)
        assert ["Traceback" in process.said() for process in both] == [False, False]


def gone_over_to(
    both: list[Process], docs: Path, shared: Path, publisher: Settings, model: StaticEmbeddings
) -> None:
    (docs / "greenway.md").write_text(GREENWAY, "utf-8")
    new = publish(shared, docs, settings=publisher, model=model).index_hash
    for process in both:
        until(lambda p=process: p.index_hash() == new, "an index was not gone over to")
        assert "820公里" in by_interface(process, NEW)
