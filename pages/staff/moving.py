"""A folder of documents into the database and out of it again, for the operator's command line.

Knows which files of a folder are documents; what is kept of them is originals.py's.
"""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from index.errors import NotWritten
from index.originals import TRASH, documents, lay_out, write
from index.readers.kinds import SUFFIXES
from pages.records.database import Database
from pages.staff.collection import LARGEST, CollectionError
from pages.staff.originals import Originals

LONGEST_PATH = 500  # characters, as the table has it
OPERATOR = "命令行"  # who did it, where nobody is signed in


@dataclass(frozen=True, slots=True)
class Brought:
    """What came in: files changed by it, files of the folder in all, sentences on what was left out."""

    changed: list[str]
    found: int
    problems: list[str]


def bring_in(folder: Path, originals: Originals, only_these: bool = False) -> Brought:
    """The folder's documents and catalog into the database, all or none.

    `only_these`: what else is there goes into the trash. Raises CollectionError where there is no
    such folder or nothing in it.
    """
    if not folder.is_dir():
        raise CollectionError(f"找不到文件夹 {folder}，请检查路径。")
    names, problems = _documents(folder)
    if not names:
        raise CollectionError(f"文件夹 {folder} 里没有可以收入的文件。{''.join(problems)}")
    try:
        changed = originals.take_in(folder, names, OPERATOR, only_these)
    except OSError as error:
        raise CollectionError(f"文件夹 {folder} 里有文件读不了，没有收入：请检查权限。") from error
    return Brought(changed, len(names), problems)


def bring_out(database: Database, folder: Path, trash: bool = False) -> int:
    """The files in use, with the catalog, into a folder that is empty or not there yet; how many.

    `trash`: the versions in the trash too, below `.trash`, which no import and no build looks into.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CollectionError(f"{folder} 不是空的，没有写入。请换一个文件夹。")
    with database.reading() as connection:
        count = lay_out(connection, folder)
        return count + (_trash_out(connection, folder / ".trash") if trash else 0)


def _trash_out(connection: Connection, folder: Path) -> int:
    """Each version in a folder of its own, and a list of them all."""
    own = documents.c
    query = select(documents).where(own.state == TRASH).order_by(own.removed, own.id)
    rows = connection.execute(query).all()
    told = ("id", "name", "sha256", "added", "added_by", "removed", "removed_by")
    try:
        for row in rows:
            write(connection, row.id, row.sha256, folder.joinpath(row.id, *row.name.split("/")))
        folder.mkdir(exist_ok=True)
        with (folder / "versions.csv").open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows([told, *([getattr(r, name) for name in told] for r in rows)])
    except OSError as error:
        raise NotWritten(f"回收站没有取出：请检查 {folder} 的磁盘空间和写入权限。") from error
    return len(rows)


def _documents(folder: Path) -> tuple[list[str], list[str]]:
    names: list[str] = []
    problems: list[str] = []
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        if not path.is_file() or any(part.startswith((".", "~$")) for part in within.parts):
            continue
        name = within.as_posix()
        known = path.suffix.lower() in SUFFIXES  # as the catalog, a .csv, is
        if not known:
            problems.append(f"{name}：不是可以读取的格式，没有收入。")
        elif path.stat().st_size > LARGEST:
            problems.append(f"{name}：超过{LARGEST >> 20} MB，没有收入。")
        elif len(name) > LONGEST_PATH or "\\" in name or not _plain(name):
            problems.append(f"{name!a}：文件名太长或有不能用的字符，没有收入。请改名。")
        else:
            names.append(name)
    # What a catalog names in NFC is found whatever the disk has; a name is one name in the database.
    if len({unicodedata.normalize("NFC", name) for name in names}) < len(names):
        raise CollectionError(f"文件夹 {folder} 里有看上去同名的文件，没有收入。请改名。")
    return names, problems


def _plain(name: str) -> bool:
    return name.isprintable() and name.encode("utf-8", "replace").decode() == name
