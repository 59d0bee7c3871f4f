"""Moves an index to Milvus: `python -m index.migrate [--docs DIR]`.

    store in force -> words and vectors in the engine of the settings -> one pointer replaced

No file of the folder is read again. What is in force stays so until the new part is complete, and
a run that was cut off is begun anew by the next. An index that is complete there is left alone.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from index.build import Bars, Progress, silent
from index.embeddings import Model, load_embeddings
from index.errors import IndexUnusable, SettingError, UserError
from index.generations import Home
from index.opening import open_index
from index.settings import Settings, from_environment


def migrate(docs_dir: Path, settings: Settings, model: Model, progress: Progress = silent) -> str:
    """Fill Milvus with the index in force of `docs_dir`; what was done, as a Chinese sentence.

    Raises IndexUnusable where there is no index yet, it is not the model's or can't be read,
    another build is under way or Milvus does not answer.
    """
    home, started = Home.of(docs_dir, settings.data_dir), time.monotonic()
    before = home.current()
    with closing(open_index(docs_dir, False, settings, model, progress)) as opened:
        store = opened.store
        counted = f"{len(store.documents())} 份文件、{store.count()} 段"
    generation = home.current()
    if generation is None:
        raise IndexUnusable(f"索引文件夹 {home.folder} 刚刚被删除，请重新建立索引。")
    if generation == before:
        return f"Milvus 里已有这个索引的 {counted}（集合 {generation.collection}），不用再写。"
    return (
        f"已把 {counted}从数据库写入 Milvus（集合 {generation.collection}），"
        f"用时 {time.monotonic() - started:.1f} 秒；没有重新读取文件。"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; 1 with one Chinese sentence where nothing could be moved."""
    parser = argparse.ArgumentParser(
        prog="python -m index.migrate",
        description="把已有的索引从数据库写入 Milvus，不重新读取文件",
    )
    parser.add_argument("--docs", type=Path, default=None, help="文件所在的文件夹")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    bars = Bars()
    try:
        settings = from_environment()
        if not settings.milvus_url:
            raise SettingError(
                "请先设置 MILVUS_URL：Milvus 的地址，或以 .db 结尾的路径（Milvus Lite）。"
            )
        model = load_embeddings(settings.embedding_model)
        said = migrate(given.docs or settings.docs_dir, settings, model, bars)
    except UserError as error:
        bars.close()
        print(error, file=sys.stderr)
        return 1
    bars.close()
    print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
