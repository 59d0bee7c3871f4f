"""Opening an index whatever was done to it: up to date, sound, mended where it is not.

    folder -> brought up to date -> the generation in force, held -> its store -> words and vectors
    what is published -> copied  -> the same

Knows what can be wrong and what puts it right; a part that is damaged is never searched. The store
is made again from the documents, words and vectors from the store.
"""

from __future__ import annotations

import logging
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from index.build import Progress, build, not_written, rebuild_derived, silent
from index.derived import drop_unused, open_derived
from index.embeddings import Model
from index.engine import Engine, EngineBroken
from index.errors import IndexUnusable, NotWritten
from index.generations import BeingBuilt, Generation, Home
from index.locks import InUse
from index.plan import model_of
from index.seal import whole
from index.settings import Settings
from index.snapshots import copies
from index.store import Store

log = logging.getLogger(__name__)

# A hundred times the usual corpus builds in 120 s; whoever waits longer is told what is under way.
WAIT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Opened:
    """What a Library reads from; `use` keeps the generation from being removed."""

    generation: str  # its number
    store: Store
    engine: Engine
    use: InUse | None

    def close(self) -> None:
        """Lets go of everything."""
        self.store.close()
        self.engine.close()
        if self.use is not None:
            self.use.close()


def open_index(
    docs_dir: Path | None,
    build_if_needed: bool,
    settings: Settings,
    model: Model,
    progress: Progress = silent,
) -> Opened:
    """The index of a folder, ready to be read (see Library.open).

    `progress` is told where words and vectors have to be written from the store.
    """
    if docs_dir is None and settings.index_dir is not None:
        return _of_snapshot(settings.index_dir, settings, model)
    docs_dir = docs_dir or settings.docs_dir
    if build_if_needed:
        _bring_up_to_date(docs_dir, settings, model)
    home = Home.of(docs_dir, settings.data_dir)
    try:
        return _opened(docs_dir, home, settings, model)
    except EngineBroken as error:
        log.warning("索引的检索部分缺失或已损坏，正在从数据库重建（%s）。", error)
    try:
        _mend(docs_dir, home, settings, model, progress)
        return _opened(docs_dir, home, settings, model)
    except EngineBroken as error:
        raise IndexUnusable("索引重建后仍不能使用，请检查磁盘后重新建立索引。") from error
    except (OSError, SQLAlchemyError) as error:
        raise not_written(home.folder) from error


def _of_snapshot(folder: Path, settings: Settings, model: Model) -> Opened:
    """A copy of what is published; a copy that this disk has damaged is made again."""
    home = copies(folder, settings.data_dir)
    copy = home.current()
    if copy is not None and not whole(copy.folder):
        log.warning("本机的索引副本已损坏，重新复制。")
        home = copies(folder, settings.data_dir, anew=True)
    try:
        return _opened(folder, home, settings, model)
    except EngineBroken as error:
        raise IndexUnusable(
            f"{folder} 里发布的索引不能使用。请运行 python -m index.publish {folder} --force"
        ) from error


def _opened(docs_dir: Path, home: Home, settings: Settings, model: Model) -> Opened:
    """What is in force. Raises EngineBroken where it has to be mended."""
    held = home.held()
    if held is None:
        raise IndexUnusable(
            f"文件夹 {docs_dir} 还没有索引。请运行 python -m index.build --docs {docs_dir} 建立。"
        )
    generation, use = held
    with (
        ExitStack() as let_go
    ):  # what fails to open must not keep its generation from being removed
        if use is not None:
            let_go.callback(use.close)
        store = _sound_store(docs_dir, generation)
        let_go.callback(store.close)
        _require_model(store, model)
        engine = open_derived(store, generation, settings)
        opened = Opened(generation.folder.name, store, engine, use)
        let_go.pop_all()
        return opened


def _sound_store(docs_dir: Path, generation: Generation) -> Store:
    if not generation.store_is_sound:
        raise IndexUnusable(
            f"索引文件 {generation.store} 已损坏或缺失。"
            f"请运行 python -m index.build --docs {docs_dir} 从文件重新建立。"
        )
    return Store(generation.store)


def _bring_up_to_date(docs_dir: Path, settings: Settings, model: Model) -> None:
    home = Home.of(docs_dir, settings.data_dir)
    try:
        report = build(docs_dir, settings=settings, model=model)
    except (BeingBuilt, NotWritten) as error:
        current = home.current()
        if current is not None and current.store_is_sound:
            log.warning("%s现在先使用原来的索引。", error)
            return
        if isinstance(error, NotWritten):
            raise
        log.warning("另一个程序正在建立索引，等它完成。")
        report = build(docs_dir, settings=settings, model=model, wait=WAIT_SECONDS)
    if report.unchanged:  # its problems were told when it was built
        return
    log.info("索引已更新：%d 个文件，%.1f 秒。", len(report.documents), report.seconds)
    for problem in report.problems:
        log.warning("%s", problem)


def _require_model(store: Store, model: Model) -> None:
    """Vectors of two models can't be compared."""
    own = model_of(store)
    if own != model.identity:
        raise IndexUnusable(
            f"这个索引是用向量模型“{own.name}”建立的，现在的设置是“{model.identity.name}”，"
            "或模型文件已经更换。请改回原来的 EMBEDDING_MODEL，"
            "或运行 python -m index.build 重新建立索引。"
        )


def _mend(docs_dir: Path, home: Home, settings: Settings, model: Model, progress: Progress) -> None:
    """Puts a new generation in force: the same store, its words and vectors written anew."""
    with home.writing(WAIT_SECONDS):
        try:  # whoever held the lock before may have mended it
            _opened(docs_dir, home, settings, model).close()
            return
        except EngineBroken:
            pass
        broken = home.current()
        assert broken is not None, "opened a moment ago, and the lock is ours"
        with home.begin() as generation:
            shutil.copyfile(broken.store, generation.store)
            store = Store(generation.store)
            try:
                rebuild_derived(store, generation, settings, progress)
                home.publish(generation)
                drop_unused(generation, settings)
            finally:
                store.close()
