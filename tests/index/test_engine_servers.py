"""An index published with its vectors on a real server: for many to read, and through its outages."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from index import vectors
from index.build import build
from index.embeddings import StaticEmbeddings
from index.errors import IndexUnusable
from index.library import Library
from index.publish import publish
from index.settings import Settings
from index.snapshots import KEPT
from tests.engine_servers import ENGINES, EngineServer, engine

pytestmark = pytest.mark.server
QUESTION = "养老服务"
T = TypeVar("T")


@pytest.fixture(params=ENGINES)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EngineServer]:
    with engine(request.param, tmp_path / "engine") as made:
        yield made


@pytest.fixture
def publisher(server: EngineServer, settings: Settings) -> Settings:
    """Who has the documents, and the server's address."""
    name = "chroma_url" if "chroma" in server.said.name else "milvus_url"
    return replace(settings, **{name: server.url})  # type: ignore[arg-type]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Of a name that Chroma takes for no collection's."""
    return tmp_path / "发布的索引"


def reader(publisher: Settings, shared: Path, name: str = "reader") -> Settings:
    """Another machine: no documents, a data folder of its own, the same server."""
    own = shared.parent / name
    return replace(publisher, docs_dir=own / "none", data_dir=own, index_dir=shared)


def texts(library: Library) -> list[str]:
    return [hit.passage.text for hit in library.search(QUESTION)]


def whole(library: Library, question: str) -> str:
    return "\n".join(hit.passage.text for hit in library.search(question))


def at_last(ask: Callable[[], T]) -> T:
    """gRPC's client takes a second or two to see that its server is back."""
    end = time.monotonic() + 60
    while True:
        try:
            return ask()
        except IndexUnusable:
            assert time.monotonic() < end
            time.sleep(0.1)


def add(docs: Path, n: int) -> None:
    (docs / f"new-{n}.md").write_text(
        f"# 新规划{n}\n\n## 第一章 绿道\n\n建成绿道{n}公里。\n", "utf-8"
    )


def collections(settings: Settings) -> list[str]:
    """On the server, of whatever index."""
    if settings.chroma_url:
        return sorted(vectors.served(settings.chroma_url, 10.0).names())
    from index.milvus import connected

    return sorted(connected(settings).client.list_collections())


def of(shared: Path, settings: Settings) -> list[str]:
    """The numbers of the published collections."""
    mark = f"wengui_{(shared / 'ID').read_text().strip()}_"
    return [name.removeprefix(mark) for name in collections(settings) if name.startswith(mark)]


def test_several_readers_follow_and_old_collections_go(
    docs: Path, shared: Path, publisher: Settings, model: StaticEmbeddings
) -> None:
    publish(shared, docs, settings=publisher, model=model)
    own = Library.open(docs, settings=publisher, model=model)
    readers = [reader(publisher, shared, name) for name in ("甲", "乙")]
    first = [Library.open(settings=r, model=model) for r in readers]
    assert [texts(library) for library in first] == [texts(own)] * 2 and texts(own)
    for n in range(KEPT):
        add(docs, n)
        publish(shared, docs, settings=publisher, model=model)
        followed = [Library.open(settings=r, model=model) for r in readers]
        assert [f"绿道{n}公里" in whole(f, "绿道") for f in followed] == [True] * 2
        # Who is one publication behind still answers.
        assert n + 1 == KEPT or [texts(library) for library in first] == [texts(own)] * 2
    assert of(shared, publisher) == ["000002", "000003", "000004"]


def test_two_folders_of_one_name_keep_their_own(
    docs: Path, shared: Path, publisher: Settings, model: StaticEmbeddings, tmp_path: Path
) -> None:
    other = tmp_path / "其他" / shared.name
    publish(other, docs, settings=publisher, model=model)
    kept = Library.open(settings=reader(publisher, other, "other"), model=model)
    for n in range(KEPT + 1):
        add(docs, n)
        publish(shared, docs, settings=publisher, model=model)
    assert texts(kept)
    assert of(other, publisher) == ["000001"]


def test_a_server_that_is_away_leaves_what_is_published_in_force(
    docs: Path, shared: Path, server: EngineServer, publisher: Settings, model: StaticEmbeddings
) -> None:
    publish(shared, docs, settings=publisher, model=model)
    server.kill()
    for change in (lambda: None, lambda: add(docs, 1)):
        change()
        with pytest.raises(IndexUnusable, match="连不上|没有回答") as raised:
            publish(shared, docs, settings=publisher, model=model)
        assert "\n" not in str(raised.value)
        assert (shared / "CURRENT").read_text() == "000001\n"
    server.start()
    again = at_last(lambda: publish(shared, docs, settings=publisher, model=model))
    assert not again.unchanged
    found = Library.open(settings=reader(publisher, shared), model=model)
    assert "绿道1公里" in whole(found, "绿道")


def test_a_server_that_goes_while_it_is_written_to_changes_nothing(
    docs: Path,
    shared: Path,
    server: EngineServer,
    publisher: Settings,
    model: StaticEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(shared, docs, settings=publisher, model=model)
    add(docs, 1)
    build(docs, settings=publisher, model=model)

    def killed(*_: object) -> None:
        server.kill()

    with monkeypatch.context() as patched:
        patched.setattr("index.publish.silent", killed)  # told of the first step
        with pytest.raises(IndexUnusable, match="Chroma|Milvus"):
            publish(shared, docs, settings=publisher, model=model)
    assert (shared / "CURRENT").read_text() == "000001\n"
    assert sorted(p.name for p in shared.iterdir() if p.name.isdigit()) == ["000001"]
    server.start()
    at_last(lambda: publish(shared, docs, settings=publisher, model=model))
    assert of(shared, publisher) == ["000001", "000002"]


def test_a_server_that_goes_while_serving_is_named_and_comes_back(
    docs: Path, shared: Path, server: EngineServer, publisher: Settings, model: StaticEmbeddings
) -> None:
    publish(shared, docs, settings=publisher, model=model)
    library = Library.open(settings=reader(publisher, shared), model=model)
    wanted = texts(library)
    server.kill()
    for ask in (
        lambda: texts(library),
        lambda: Library.open(settings=reader(publisher, shared), model=model),
    ):
        with pytest.raises(IndexUnusable, match="没有回答|连不上|打不开"):
            ask()
    server.start()
    assert at_last(lambda: texts(library)) == wanted
    assert texts(Library.open(settings=reader(publisher, shared), model=model)) == wanted


def test_a_server_that_answers_nothing_is_not_waited_for_without_end(
    docs: Path,
    shared: Path,
    server: EngineServer,
    publisher: Settings,
    model: StaticEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(shared, docs, settings=publisher, model=model)
    monkeypatch.setattr(vectors, "TO_CONNECT", 0.5)
    monkeypatch.setattr("index.embedded.TO_SEARCH", 0.5)
    if publisher.milvus_url:
        monkeypatch.setattr("index.milvus.TO_SEARCH", 0.5)
        monkeypatch.setattr("index.milvus.TO_CONNECT", 0.5)
    library = Library.open(settings=reader(publisher, shared), model=model)
    wanted = texts(library)
    with server.frozen():
        with pytest.raises(IndexUnusable, match="没有回答"):
            texts(library)
        with pytest.raises(IndexUnusable, match="连不上|打不开|没有回答"):
            Library.open(settings=reader(publisher, shared), model=model)
    assert texts(library) == wanted


def test_a_server_that_lost_its_collections_is_filled_by_publishing_again(
    docs: Path, shared: Path, publisher: Settings, model: StaticEmbeddings
) -> None:
    publish(shared, docs, settings=publisher, model=model)
    wanted = texts(Library.open(settings=reader(publisher, shared), model=model))
    dropped(publisher)
    with pytest.raises(IndexUnusable, match=r"index\.publish .* --force"):
        Library.open(settings=reader(publisher, shared), model=model)
    assert not publish(shared, docs, settings=publisher, model=model).unchanged
    assert texts(Library.open(settings=reader(publisher, shared), model=model)) == wanted
    assert texts(Library.open(docs, settings=publisher, model=model)) == wanted


def dropped(settings: Settings) -> None:
    for name in collections(settings):
        if settings.chroma_url:
            vectors.served(settings.chroma_url, 10.0).discard(name)
        else:
            from index.milvus import connected

            connected(settings).client.drop_collection(name)


def test_many_ask_at_once_while_another_is_published(
    docs: Path, shared: Path, publisher: Settings, model: StaticEmbeddings
) -> None:
    publish(shared, docs, settings=publisher, model=model)
    library = Library.open(settings=reader(publisher, shared), model=model)
    wanted, ends, wrong = texts(library), threading.Event(), []

    def ask() -> None:
        while not ends.is_set():
            if texts(library) != wanted:
                wrong.append(texts(library))

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for thread in asking:
        thread.start()
    try:
        add(docs, 1)
        publish(shared, docs, settings=publisher, model=model)
    finally:
        ends.set()
        for thread in asking:
            thread.join()
    assert wrong == []
