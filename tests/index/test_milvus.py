"""What is Milvus's own: its collections, a broken one, and filling it from an index that is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("pymilvus")

from index import migrate as module  # noqa: E402
from index import milvus as engine  # noqa: E402
from index.build import build  # noqa: E402
from index.embeddings import StaticEmbeddings  # noqa: E402
from index.errors import IndexUnusable  # noqa: E402
from index.generations import Generation, Home  # noqa: E402
from index.library import Library  # noqa: E402
from index.migrate import migrate  # noqa: E402
from index.milvus import _create, connected  # noqa: E402
from index.publish import publish  # noqa: E402
from index.settings import Settings  # noqa: E402


@pytest.fixture
def on_milvus(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, milvus_url=str(tmp_path / "lite.db"))


def collections(settings: Settings) -> list[str]:
    return sorted(path.name for path in Path(settings.milvus_url, "collections").iterdir())


def current(docs: Path, settings: Settings) -> Generation:
    generation = Home.of(docs, settings.data_dir).current()
    assert generation is not None
    return generation


def texts(library: Library) -> list[str]:
    return [hit.passage.text for hit in library.search("养老服务")]


def test_each_generation_has_its_collection_until_it_is_removed(
    docs: Path, on_milvus: Settings, model: StaticEmbeddings
) -> None:
    made = []
    for _ in range(3):
        build(docs, force=True, settings=on_milvus, model=model)
        made.append(current(docs, on_milvus).collection)
    assert len(set(made)) == 3
    assert collections(on_milvus) == sorted(made[-2:])


def test_other_collections_are_left_alone(
    docs: Path, on_milvus: Settings, model: StaticEmbeddings
) -> None:
    others = ["notes", "wengui_0123456789ab_000001"]
    for name in others:
        _create(connected(on_milvus).client, name, 1, 2)
    build(docs, settings=on_milvus, model=model)
    build(docs, force=True, settings=on_milvus, model=model)
    assert set(others) < set(collections(on_milvus))


def test_what_is_published_is_searched_there_without_the_publishers_folders(
    docs: Path, on_milvus: Settings, model: StaticEmbeddings, tmp_path: Path
) -> None:
    publish(tmp_path / "shared", docs, settings=on_milvus, model=model)
    reader = replace(
        on_milvus, docs_dir=tmp_path / "none", data_dir=tmp_path / "reader",
        index_dir=tmp_path / "shared",
    )  # fmt: skip
    library = Library.open(settings=reader, model=model)
    assert texts(library)
    library.close()


def dropped(generation: Generation, settings: Settings) -> None:
    connected(settings).client.drop_collection(generation.collection)


def incomplete(generation: Generation, settings: Settings) -> None:
    connected(settings).client.delete(generation.collection, filter='passage_id >= "8"')


def without_statistics(generation: Generation, settings: Settings) -> None:
    generation.statistics.unlink()


def torn(generation: Generation, settings: Settings) -> None:
    to = connected(settings).client
    to.release_collection(generation.collection)
    folder = Path(settings.milvus_url, "collections", generation.collection)
    for path in folder.rglob("data_*"):
        path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize("ruin", [dropped, incomplete, torn, without_statistics])
def test_what_is_missing_is_written_again_without_reading_a_file(
    ruin: Callable[[Generation, Settings], None],
    docs: Path,
    on_milvus: Settings,
    model: StaticEmbeddings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = Library.open(docs, settings=on_milvus, model=model)
    wanted = texts(before)
    before.close()
    ruin(current(docs, on_milvus), on_milvus)
    shutil.rmtree(docs)
    mended = Library.open(docs, False, settings=on_milvus, model=model)
    assert texts(mended) == wanted
    mended.close()
    assert "正在从数据库重建" in caplog.text
    caplog.clear()
    Library.open(docs, False, settings=on_milvus, model=model).close()
    assert caplog.text == ""
    dropped(current(docs, on_milvus), on_milvus)
    Library.open(docs, False, settings=on_milvus, model=model).close()
    assert collections(on_milvus) == [current(docs, on_milvus).collection]  # the torn one is gone


def test_an_index_moves_to_milvus_and_back_without_reading_a_file(
    docs: Path, settings: Settings, on_milvus: Settings, model: StaticEmbeddings
) -> None:
    library = Library.open(docs, settings=settings, model=model)
    shutil.rmtree(docs)
    told: list[tuple[str, int, int]] = []
    said = migrate(docs, on_milvus, model, lambda *step: told.append(step))
    assert f"2 份文件、{library.count()} 段" in said and "没有重新读取文件" in said
    assert told[-1][1:] == (library.count(), library.count())
    moved = Library.open(docs, False, settings=on_milvus, model=model)
    assert texts(moved) == texts(library)
    assert moved.index_hash == library.index_hash
    back = Library.open(docs, False, settings=settings, model=model)
    assert texts(back) == texts(library)


def test_moving_twice_does_nothing_the_second_time(
    docs: Path, settings: Settings, on_milvus: Settings, model: StaticEmbeddings
) -> None:
    build(docs, settings=settings, model=model)
    migrate(docs, on_milvus, model)
    before = collections(on_milvus)
    assert "不用再写" in migrate(docs, on_milvus, model)
    assert collections(on_milvus) == before


def test_a_move_that_is_cut_off_changes_nothing_and_is_made_up_for(
    docs: Path,
    settings: Settings,
    on_milvus: Settings,
    model: StaticEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    build(docs, settings=settings, model=model)
    before = current(docs, settings)

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Home, "publish", cut_off)
        with pytest.raises(KeyboardInterrupt):
            migrate(docs, on_milvus, model)
    assert current(docs, settings) == before
    assert "没有重新读取文件" in migrate(docs, on_milvus, model)
    assert collections(on_milvus) == [current(docs, on_milvus).collection]


def test_without_an_index_there_is_nothing_to_move(
    docs: Path, on_milvus: Settings, model: StaticEmbeddings
) -> None:
    with pytest.raises(IndexUnusable, match="python -m index.build"):
        migrate(docs, on_milvus, model)


def test_nothing_is_read_where_milvus_does_not_answer(
    docs: Path, settings: Settings, model: StaticEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(*_: object) -> None:
        raise AssertionError("read a file")

    monkeypatch.setattr("index.build.take", read)
    with pytest.raises(IndexUnusable, match="MILVUS_URL"):
        build(docs, settings=replace(settings, milvus_url="http://127.0.0.1:9"), model=model)


def test_a_server_in_trouble_is_no_reason_to_write_it_all_again(
    docs: Path, on_milvus: Settings, model: StaticEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(docs, settings=on_milvus, model=model)
    before = current(docs, on_milvus)
    # The same Milvus by its address: a server, as far as the program can tell.
    served = replace(on_milvus, milvus_url=connected(on_milvus).client._config.uri)
    library = Library.open(docs, settings=served, model=model)
    assert texts(library)

    def refused(*_: object, **__: object) -> None:
        raise engine.MilvusException(message="no memory left")

    for call in ("search", "has_collection"):
        monkeypatch.setattr(engine.MilvusClient, call, refused)
    with pytest.raises(IndexUnusable, match="过一会儿"):
        texts(library)
    with pytest.raises(IndexUnusable, match="MILVUS_TOKEN"):
        Library.open(docs, settings=served, model=model)
    assert current(docs, on_milvus) == before


def test_what_is_slow_to_answer_is_not_broken(
    docs: Path, on_milvus: Settings, model: StaticEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(docs, settings=on_milvus, model=model)
    before = current(docs, on_milvus)

    def too_late(*_: object, **__: object) -> None:
        raise engine.grpc.RpcError("deadline exceeded")

    monkeypatch.setattr(engine.MilvusClient, "search", too_late)
    with pytest.raises(IndexUnusable, match="没有回答"):
        Library.open(docs, settings=on_milvus, model=model)
    assert current(docs, on_milvus) == before


def test_the_command_line(
    docs: Path,
    settings: Settings,
    on_milvus: Settings,
    model: StaticEmbeddings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("WENGUI_DATA", str(settings.data_dir))
    monkeypatch.delenv("MILVUS_URL", raising=False)
    assert module.main(["--docs", str(docs)]) == 1
    assert "请先设置 MILVUS_URL" in capsys.readouterr().err
    monkeypatch.setenv("MILVUS_URL", on_milvus.milvus_url)
    assert module.main(["--docs", str(docs)]) == 1
    assert "还没有索引" in capsys.readouterr().err
    build(docs, settings=settings, model=model)
    assert module.main(["--docs", str(docs)]) == 0
    assert "没有重新读取文件" in capsys.readouterr().out
