"""A folder of documents many times over, each copy a little different, to see how a size behaves.

Knows files and the catalog's columns; not what is measured.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

_TEXT = frozenset({".txt", ".md", ".html", ".htm"})
CATALOG = "catalog.csv"
_HEAD_ID = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*---[^\0]{0,2000}?\ndoc_id[ \t]*:[ \t]*[\w-]+")


def documents_in(folder: Path) -> list[Path]:
    """The documents of a folder: its files, hidden ones and the catalog aside."""
    names = (p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith("."))
    return [p for p in names if p.name != CATALOG]


def catalog(folder: Path) -> list[dict[str, str]]:
    """The rows of the folder's catalog, none where it has none."""
    file = folder / CATALOG
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _copy_file(source: Path, target: Path, copy: int) -> None:
    """A copy of other content: an unchanged file would be recognised and not indexed again."""
    if not copy or source.suffix.lower() not in _TEXT:
        shutil.copyfile(source, target)
        return
    content = _HEAD_ID.sub(rb"\g<0>-c%d" % copy, source.read_bytes(), count=1)
    target.write_bytes(content + f"\n\n副本 {copy}。\n".encode())


def renamed(files: str, names: Mapping[str, str]) -> str:
    """A catalog's file cell, which may name several files, with the new names."""
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(known, lambda m: names[m.group()], files)


def multiply(docs: Path, target: Path, scale: int) -> int:
    """`scale` times the documents under new names and ids; the number of files written.

    The first copy keeps its names and ids, so that the cases find their documents.
    """
    target.mkdir(parents=True)
    rows, files = catalog(docs), documents_in(docs)
    written: list[dict[str, str]] = []
    for copy in range(scale):
        mark = f"-c{copy}" if copy else ""
        names = {file.name: f"{file.stem}{mark}{file.suffix}" for file in files}
        for file in files:
            _copy_file(file, target / names[file.name], copy)
        for row in rows:
            own = {"doc_id": row["doc_id"] + mark, "file": renamed(row["file"], names)}
            own |= {"title": row["title"] + (f"（副本{copy}）" if copy else "")}
            written.append(row | own)
    write_catalog(target, written)
    return scale * len(files)


def write_catalog(folder: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """The rows as the folder's catalog; nothing where there are none."""
    if rows:
        with (folder / CATALOG).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
