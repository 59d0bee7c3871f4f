"""Which files of a folder are which documents: catalog.csv, head blocks, files without a row.

Knows names and the catalog's words; opens a document only to see its head block. What is wrong in
a catalog becomes one sentence, and the rest goes on.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.readers.kinds import SUFFIXES
from index.records import Edition

CATALOG = "catalog.csv"
NEEDED = ("doc_id", "file")
DESCRIBING = ("title", "issuer", "kind", "published")
EDITIONS: tuple[Edition, ...] = ("原文", "读本")
MAX_CATALOG_BYTES = 5 * 1024 * 1024  # 20,000 rows; more is another file by mistake
HEAD_BYTES = 4096  # a head block stands within these
# Texts about a folder rather than of it, by the names they have everywhere.
_ABOUT = re.compile(r"(?i)^(readme|license|licence|notice|changelog|copying)\b")
_HEAD_BLOCK = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)\n(?:---|\.\.\.)", re.S)
_HEAD_LINE = re.compile(r"^[ \t]*(\w+)[ \t]*[:：][ \t]*[\"']?(.*?)[\"']?[ \t]*\r?$", re.M)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the folder before it is read; '' where catalog and head block are silent."""

    doc_id: str
    files: tuple[str, ...]  # relative to the folder, '/' between, in the order of their text
    title: str = ""
    issuer: str = ""
    kind: str = ""
    published: str = ""
    edition: Edition = "原文"
    in_catalog: bool = False
    replaced_by: str = ""  # doc_id, as the catalog's optional column says


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds: its documents in order, and sentences for the operator."""

    documents: tuple[Listed, ...]
    warnings: tuple[str, ...] = field(default=())


def discover(docs_dir: Path) -> Listing:
    """The folder's documents: the catalog's in its order, then the other files by name."""
    files, warnings = _files(docs_dir)
    rows, more = _catalog_rows(docs_dir)
    listed, wrong = _from_rows(rows, {_same_name(f): f for f in files})
    named = {f for document in listed for f in document.files}
    free = [f for f in files if f not in named and not _ABOUT.match(Path(f).stem)]
    others = [_alone(docs_dir, f) for f in free]
    documents = _distinct([*listed, *others])
    return Listing(documents, (*more, *wrong, *warnings))


def slug(name: str) -> str:
    """`name` as ASCII letters, digits, '.', '_' and '-'; a hash tells apart what that loses."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", unicodedata.normalize("NFKC", name)).strip("-.")
    return plain if plain == name else f"{plain or 'doc'}-{_short_hash(name)}"


def _files(docs_dir: Path) -> tuple[list[str], list[str]]:
    found: list[str] = []
    unread: list[str] = []
    for path in sorted(docs_dir.rglob("*")):
        parts = path.relative_to(docs_dir).parts
        hidden = any(part.startswith((".", "~$")) for part in parts)
        if hidden or not path.is_file() or parts == (CATALOG,):
            continue
        name = "/".join(parts)
        known = path.suffix.lower() in SUFFIXES or path.suffix.lower() == ".doc"
        (found if known else unread).append(name)
    if not unread:
        return found, []
    shown = "、".join(unread[:5]) + ("等" if len(unread) > 5 else "")
    return found, [f"有 {len(unread)} 个文件不是可以读取的格式，没有收入：{shown}。"]


def _catalog_rows(docs_dir: Path) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """The catalog's rows with their line numbers, and what is wrong with the catalog."""
    path = docs_dir / CATALOG
    if not path.is_file():
        return [], []
    try:
        text = _decoded(path)
    except OSError:
        return [], [f"{CATALOG} 打不开，没有使用目录。请检查文件的读取权限。"]
    if text is None:
        return [], [f"{CATALOG} 的编码认不出，没有使用目录。请另存为 UTF-8 编码的 CSV。"]
    delimiter = max(",\t;", key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        return [], [f"{CATALOG} 不是完整的 CSV 文件，没有使用目录。请检查引号是否成对。"]
    lines = [(number, row) for number, row in lines if any(row)]
    if not lines:
        return [], [f"{CATALOG} 是空的，没有使用目录。"]
    header = [cell.lower() for cell in lines[0][1]]
    missing = [name for name in NEEDED if name not in header]
    if missing:
        return [], [f"{CATALOG} 缺少 {'、'.join(missing)} 列，没有使用目录。请补上这一列。"]
    silent = [name for name in DESCRIBING if name not in header]
    said = [f"{CATALOG} 缺少 {'、'.join(silent)} 列，这些内容留空。"] if silent else []
    rows = [(number, dict(zip(header, row, strict=False))) for number, row in lines[1:]]
    return rows, said


def _decoded(path: Path) -> str | None:
    if path.stat().st_size > MAX_CATALOG_BYTES:
        return None
    data = path.read_bytes()
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _from_rows(
    rows: Iterable[tuple[int, dict[str, str]]], files: Mapping[str, str]
) -> tuple[list[Listed], list[str]]:
    listed: dict[tuple[str, str], Listed] = {}
    taken: set[str] = set()
    warnings: list[str] = []
    for number, row in rows:
        where = f"{CATALOG} 第 {number} 行"
        name, doc_id = row.get("file", ""), row.get("doc_id", "")
        file = files.get(_same_name(name))
        if not name or not doc_id:
            empty = "file" if not name else "doc_id"
            warnings.append(f"{where}没有填写 {empty}，这一行没有使用。")
        elif file is None:
            warnings.append(f"{where}：找不到文件“{name}”，这一行没有使用。请检查文件名。")
        elif file in taken:
            warnings.append(f"{where}：文件“{name}”已在前面列出，这一行没有使用。")
        else:
            taken.add(file)
            edition, wrong = _edition(row.get("edition", ""), where)
            warnings.extend(wrong)
            own = replace(_described(doc_id, file, row, edition), in_catalog=True)
            before = listed.get((doc_id, edition))
            listed[doc_id, edition] = own if before is None else _joined(before, own)
    return list(listed.values()), warnings


def _edition(value: str, where: str) -> tuple[Edition, list[str]]:
    for edition in EDITIONS:
        if value == edition:
            return edition, []
    said = f"{where}：edition 的值“{value}”不对，应为“原文”或“读本”，已按“原文”处理。"
    return "原文", [said] if value else []


def _joined(first: Listed, second: Listed) -> Listed:
    return replace(
        first,
        files=first.files + second.files,
        title=first.title or second.title,
        issuer=first.issuer or second.issuer,
        kind=first.kind or second.kind,
        published=first.published or second.published,
        replaced_by=first.replaced_by or second.replaced_by,
    )


def _described(doc_id: str, file: str, about: Mapping[str, str], edition: Edition) -> Listed:
    title, issuer, kind, published = (about.get(key, "") for key in DESCRIBING)
    behind = about.get("replaced_by", "")
    return Listed(doc_id, (file,), title, issuer, kind, published, edition, replaced_by=behind)


def _alone(docs_dir: Path, file: str) -> Listed:
    """A file without a row: its head block's word, else its stem."""
    head = _head_block(docs_dir / file)
    edition, _ = _edition(head.get("edition", ""), file)
    return _described(head.get("doc_id") or slug(Path(file).stem), file, head, edition)


def _head_block(path: Path) -> dict[str, str]:
    """`key: value` lines between two `---` at a text file's very start."""
    if SUFFIXES.get(path.suffix.lower()) not in ("md", "txt"):
        return {}
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except OSError:  # the reader will say why
        return {}
    block = _HEAD_BLOCK.match(head.decode("utf-8", errors="replace"))
    lines = _HEAD_LINE.findall(block.group(1)) if block else []
    return {key.lower(): value for key, value in lines}


def _distinct(documents: Iterable[Listed]) -> tuple[Listed, ...]:
    """Two documents of one edition never share a doc_id: the later gets its file's hash."""
    return tuple(_renamed(documents))


def _renamed(documents: Iterable[Listed]) -> Iterator[Listed]:
    seen: set[tuple[str, str]] = set()
    for document in documents:
        if (document.doc_id, document.edition) in seen:
            own = f"{document.doc_id}-{_short_hash(document.files[0])}"
            document = replace(document, doc_id=own)
        seen.add((document.doc_id, document.edition))
        yield document


def _same_name(name: str) -> str:
    """One spelling of a file's name: NFC, '/' between folders, no './' before."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).removeprefix("./")


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:8]
