"""Builds the index of a folder: `python -m index.build [--docs DIR] [--force]`.

    folder -> intake (read, parse, copy) -> store -> words and vectors -> one pointer replaced

Knows the order of things and what makes a build unnecessary. Until the pointer is replaced the
index before stays in force, whatever happens.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from tqdm import tqdm

from index.build_report import BuildReport, describe, report_of
from index.derived import drop_unused, require_engine, write_derived
from index.embeddings import Model, load_embeddings
from index.errors import IndexUnusable, NotWritten, UserError
from index.generations import Generation
from index.intake import Intake, Taken, take
from index.originals import laid_out
from index.passages import indexed_text
from index.plan import Plan, model_of, plan_for
from index.settings import Settings, from_environment
from index.store import Store
from index.store_writer import StoredDocument, StoreWriter

# Told the stage, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]
READING, INDEXING = "读取文件", "建立索引"


def silent(_stage: str, _done: int, _total: int) -> None:
    """Tells nobody."""


def build(
    docs_dir: Path | None = None,
    *,
    force: bool = False,
    progress: Progress | None = None,
    settings: Settings | None = None,
    model: Model | None = None,
    wait: float = 0.0,
) -> BuildReport:
    """Bring the index of `docs_dir` (by default the settings' originals) up to date.

    A file that can't be read is left out and named in the report. Raises IndexUnusable where the
    folder is missing or empty or nothing in it can be read, BeingBuilt where another build is
    under way and has not ended in `wait` seconds, NotWritten where the index folder can't be
    written; SettingError where a setting is wrong.
    """
    settings = settings or from_environment()
    model = model or load_embeddings(settings.embedding_model)
    folder = docs_dir or settings.docs_dir
    with laid_out(folder, settings, wait):
        return build_folder(folder, settings, model, force, progress or silent, wait)


def build_folder(
    folder: Path,
    settings: Settings,
    model: Model,
    force: bool = False,
    progress: Progress = silent,
    wait: float = 0.0,
) -> BuildReport:
    """The same of what lies in a folder now."""
    started = time.monotonic()
    plan = plan_for(folder, settings, model.identity)
    try:
        report = None if force else _unchanged(plan, started)
        if report is not None:
            return report
        with plan.home.writing(wait):
            # Whoever held the lock before may have built just this.
            report = None if force else _unchanged(plan, started)
            return report or _build(plan, model, progress, started)
    except (OSError, SQLAlchemyError) as error:
        raise not_written(plan.home.folder) from error


def not_written(folder: Path) -> NotWritten:
    """What to say where an index could not be written into its folder."""
    return NotWritten(f"索引没有建成，原来的索引不受影响：请检查 {folder} 的磁盘空间和写入权限。")


def _unchanged(plan: Plan, started: float) -> BuildReport | None:
    current = plan.home.current()
    store = _opened(current)
    if current is None or store is None:
        return None
    with closing(store):
        same = store.meta.get("fingerprint") == plan.fingerprint
        return report_of(store, current, None, started) if same else None


def _opened(generation: Generation | None) -> Store | None:
    """Its store; None where there is none, or none whose every bit is what was written."""
    try:
        sound = generation is not None and generation.store_is_sound
        return Store(generation.store) if generation is not None and sound else None
    except IndexUnusable:
        return None


def _build(plan: Plan, model: Model, progress: Progress, started: float) -> BuildReport:
    require_engine(plan.settings)
    before = _opened(plan.home.current())
    with closing(before) if before is not None else nullcontext():
        intake = _take(plan, before, progress)
    with plan.home.begin() as generation:
        _write_store(plan, intake, model, generation)
        with closing(Store(generation.store)) as store:
            rebuild_derived(store, generation, plan.settings, progress)
            plan.home.publish(generation)
            drop_unused(generation, plan.settings)
            copied = {t.source.doc_id: t.copied for t in intake.taken}
            return report_of(store, generation, copied, started)


def rebuild_derived(
    store: Store, generation: Generation, settings: Settings, progress: Progress
) -> None:
    """Write words and vectors of a store into its generation."""
    total, done = store.count(), 0

    def step(passages: int) -> None:
        nonlocal done
        done += passages
        progress(INDEXING, done, total)

    progress(INDEXING, 0, total)
    write_derived(store, generation, settings, step)


def _take(plan: Plan, before: Store | None, progress: Progress) -> Intake:
    total, done = len(plan.hashed), 0

    def told(_: str) -> None:
        nonlocal done
        done += 1
        progress(READING, done, total)

    progress(READING, 0, total)
    reusable = before if before and before.meta.get("code") == plan.code else None
    same_model = before is not None and model_of(before) == plan.model
    intake = take(plan.docs_dir, plan.hashed, reusable, same_model, told)
    if not intake.taken:
        said = "".join(intake.problems)
        raise IndexUnusable(f"文件夹 {plan.docs_dir} 里没有一个文件能读取，索引没有建立。{said}")
    return intake


def _write_store(plan: Plan, intake: Intake, model: Model, generation: Generation) -> None:
    writer = StoreWriter(generation.store)
    try:
        for taken in intake.taken:
            writer.add(_stored(taken, model))
        for source in intake.superseded:
            writer.add_superseded(source)
        writer.warn((*plan.warnings, *intake.problems))
        writer.finish(
            {
                "fingerprint": plan.fingerprint,
                "code": plan.code,
                "docs_dir": str(plan.docs_dir.resolve()),
                "model": plan.model.name,
                "model_digest": plan.model.digest,
                "model_dimension": str(plan.model.dimension),
            }
        )
    finally:
        writer.close()


def _stored(taken: Taken, model: Model) -> StoredDocument:
    vectors = taken.vectors
    if vectors is None:
        title = taken.source.title
        vectors = model.matrix([indexed_text(passage, title) for passage in taken.passages])
    return StoredDocument(taken.source, taken.key, taken.parsed, taken.passages, vectors)


class Bars:
    """One tqdm bar a stage, on standard error; none where that is no terminal or is closed."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._bar: tqdm | None = None
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not self._shown:
            return
        if self._bar is None or stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(desc=stage, total=total, leave=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; 1 with one Chinese sentence where nothing could be built."""
    parser = argparse.ArgumentParser(prog="python -m index.build", description="建立文件夹的索引")
    parser.add_argument("--docs", type=Path, default=None, help="文件所在的文件夹")
    parser.add_argument("--force", action="store_true", help="没有变化也重新建立")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.ERROR, format="%(name)s: %(message)s")
    bars = Bars()
    try:
        report = build(given.docs, force=given.force, progress=bars)
    except UserError as error:
        bars.close()
        print(error, file=sys.stderr)
        return 1
    bars.close()
    print(describe(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
