"""Publishes the index of a folder as a snapshot for other processes: `python -m index.publish FOLDER`.

    build (where something changed) -> copy -> seal -> one pointer replaced

Processes that run with WENGUI_INDEX=FOLDER go over to it by themselves. Knows the order of things;
publishing an index that is in force already changes nothing.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from index.build import build_folder, rebuild_derived, silent
from index.build_report import BuildReport
from index.derived import drop_unused, open_derived
from index.embeddings import Model, load_embeddings
from index.engine import EngineBroken
from index.errors import IndexUnusable, NotWritten, UserError
from index.generations import Generation
from index.locks import InUse
from index.originals import laid_out
from index.seal import SEAL, seal, whole
from index.settings import Settings, from_environment
from index.snapshots import published
from index.store import Store

_MODE = 0o777


@dataclass(frozen=True, slots=True)
class Published:
    """The snapshot in force; `unchanged`: it was before."""

    folder: Path
    index_hash: str
    unchanged: bool


def publish(
    target: Path,
    docs_dir: Path | None = None,
    *,
    force: bool = False,
    settings: Settings | None = None,
    model: Model | None = None,
) -> Published:
    """Brings the folder's index up to date and puts a copy of it in force under `target`.

    Raises IndexUnusable where it can't be built or `target` can't be written, SettingError where a
    setting is wrong; what is published stays in force then.
    """
    settings = settings or from_environment()
    model = model or load_embeddings(settings.embedding_model)
    folder = docs_dir or settings.docs_dir
    with laid_out(folder, settings):  # until it is published: no other, older or newer, meanwhile
        report = build_folder(folder, settings, model)
        return _publish(report, target, force, settings)


def _publish(report: BuildReport, target: Path, force: bool, settings: Settings) -> Published:
    home = published(target)
    try:
        with home.writing():
            current = home.current()
            if current and not force and _holds(current, report.index_hash, settings):
                return Published(current.folder, report.index_hash, unchanged=True)
            with home.begin() as generation:
                _fill(Generation(report.folder), generation, settings)
                seal(generation.folder)
                _open_to_readers(generation)
                home.put_in_force(generation)
                drop_unused(generation, settings)
                return Published(generation.folder, report.index_hash, unchanged=False)
    except OSError as error:
        raise NotWritten(
            f"索引没有发布：请检查 {target} 的磁盘空间和写入权限（{error.__class__.__name__}）。"
        ) from error


def _fill(source: Generation, target: Generation, settings: Settings) -> None:
    """What the source has, in an empty generation. Raises IndexUnusable where it is not as built."""
    with closing(InUse(source.folder / SEAL)):
        if not whole(source.folder):
            raise IndexUnusable(
                f"索引 {source.folder} 已损坏，没有发布。请运行 python -m index.build --force 重新建立。"
            )
        if not (settings.chroma_url or settings.milvus_url):
            copy = shutil.copyfile
            shutil.copytree(source.folder, target.folder, dirs_exist_ok=True, copy_function=copy)
            return
        shutil.copyfile(source.store, target.store)
    with closing(Store(target.store)) as store:  # on a server, under the snapshot's own name
        rebuild_derived(store, target, settings, silent)


def _open_to_readers(target: Generation) -> None:
    """As readable as the folder it lies in: tantivy's own files are their owner's alone."""
    mode = target.folder.parent.stat().st_mode & _MODE
    for path in (target.folder, *target.folder.rglob("*")):
        path.chmod(mode if path.is_dir() else mode & 0o666)


def _holds(generation: Generation, index_hash: str, settings: Settings) -> bool:
    """Whether a snapshot is this index, is whole, and can be searched: on a server too."""
    if not whole(generation.folder):
        return False
    with closing(Store(generation.store)) as store:
        if store.index_hash != index_hash:
            return False
        try:
            open_derived(store, generation, settings).close()
        except EngineBroken:
            return False
    return True


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; 1 with one Chinese sentence where nothing could be published."""
    parser = argparse.ArgumentParser(
        prog="python -m index.publish", description="发布索引，供多个进程、多台机器使用"
    )
    parser.add_argument("target", type=Path, help="放发布的索引的文件夹")
    parser.add_argument("--docs", type=Path, default=None, help="文件所在的文件夹")
    parser.add_argument("--force", action="store_true", help="没有变化也重新发布")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    try:
        done = publish(given.target, given.docs, force=given.force)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    said = "没有变化，已发布的就是最新的" if done.unchanged else "已发布"
    print(f"{said}：{done.folder}（索引 {done.index_hash}）。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
