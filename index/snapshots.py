"""Snapshots of an index in a folder that several machines share: copied, checked, looked for.

    <folder>/CURRENT, <folder>/000007/{store.sqlite, words/, vectors/, SEAL.json}

Knows folders and their seals; not what an index is. A snapshot is opened from a copy on the reader's
own disk: tantivy and Chroma want to write beside their files even where they only read, and a shared
disk may be read-only, slow or away. The copy is made once a machine, whatever the processes.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from index.catalog import slug
from index.errors import IndexUnusable
from index.generations import MARK, Generation, Home
from index.seal import SEAL, whole
from index.settings import Settings

KEPT = 3  # snapshots; one that proves wrong can be gone back from
_WAIT_SECONDS = 600.0  # for another process of this machine that copies


def published(folder: Path) -> Home:
    """The snapshots in a shared folder."""
    return Home(folder, KEPT)


def copies(folder: Path, data_dir: Path, anew: bool = False) -> Home:
    """This machine's copies, the snapshot in force of `folder` among them and in force here too.

    `anew`: it is copied even where it is here. Raises IndexUnusable where nothing is published or a
    file is not what was published.
    """
    own = Home(data_dir / "snapshots" / slug(folder.name), KEPT)
    with own.writing(_WAIT_SECONDS):
        try:
            _bring(folder, own, anew)
        except FileNotFoundError:  # it left while it was copied: there are newer ones
            _bring(folder, own, anew)
    return own


def in_force(docs_dir: Path | None, settings: Settings) -> str:
    """Which generation Library.open would read now, by its number; '' where there is none."""
    shared = settings.index_dir if docs_dir is None else None
    home = (
        published(shared) if shared else Home.of(docs_dir or settings.docs_dir, settings.data_dir)
    )
    current = home.current()
    return current.folder.name if current else ""


def _bring(folder: Path, own: Home, anew: bool) -> None:
    found = published(folder).current()
    if found is None:
        raise IndexUnusable(
            f"{folder} 里还没有发布的索引。请先运行 python -m index.publish {folder}"
        )
    copy = Generation(own.folder / found.folder.name)
    seal = (found.folder / SEAL).read_bytes()
    if anew or _seal_of(copy) != seal:
        _copy(found, copy)
        shutil.copyfile(folder / MARK, own.folder / MARK)  # a server's collections are named by it
    if own.current() != copy:
        own.put_in_force(copy)


def _seal_of(copy: Generation) -> bytes:
    try:
        return (copy.folder / SEAL).read_bytes()
    except FileNotFoundError:
        return b""


def _copy(found: Generation, copy: Generation) -> None:
    """Copies beside the place and renames, so that a copy is there whole or not at all."""
    draft = copy.folder.with_name(f"{copy.folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(found.folder, draft, copy_function=shutil.copyfile)
    if not whole(draft):
        shutil.rmtree(draft)
        raise IndexUnusable(
            f"发布的索引 {found.folder} 不完整。请重新运行 python -m index.publish {found.folder.parent}"
        )
    shutil.rmtree(copy.folder, ignore_errors=True)
    draft.rename(copy.folder)
