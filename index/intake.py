"""From a folder to parsed documents: read, parse, copy what is unchanged, settle 读本 and 原文.

Knows which file gives which document and which is left out, and says so in a sentence. Knows
nothing of indexes. One file that can't be read costs itself alone.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.catalog import Listed, Listing, discover
from index.editions import in_place_of, superseded
from index.errors import DocumentError, IndexUnusable
from index.outline import parse
from index.passages import split
from index.readers import read
from index.records import ParsedDocument, Passage, Section, SourceDoc
from index.store import Store, Vectors

log = logging.getLogger(__name__)

# Han characters among Han and Latin letters: the five originals have 0.94 to 0.99, an English
# note on them that quotes Chinese headings 0.07.
HAN_SHARE = 0.5
# What a fault in a parser looks like. It costs one document and is logged, never the whole index.
FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
Told = Callable[[str], None]  # told each document's first file when it is done


@dataclass(frozen=True, slots=True)
class Hashed:
    """A listed document with its files' content."""

    listed: Listed
    sha256: str

    @property
    def key(self) -> str:
        """The same for as long as reading the document again would give the same."""
        own = (self.sha256, self.listed.doc_id, self.listed.title, str(self.listed.in_catalog))
        return hashlib.sha256("\n".join(own).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """A document ready for the store; `vectors` only where they could be copied."""

    source: SourceDoc
    key: str
    parsed: ParsedDocument
    passages: tuple[Passage, ...]
    vectors: Vectors | None = None
    copied: bool = False


@dataclass(frozen=True, slots=True)
class Intake:
    """What a folder gave: documents in force, 读本 left out, and sentences for the operator."""

    taken: tuple[Taken, ...]
    superseded: tuple[SourceDoc, ...]
    problems: tuple[str, ...]


def survey(docs_dir: Path) -> tuple[tuple[Hashed, ...], tuple[str, ...]]:
    """The folder's documents with their hashes, and what is wrong with its catalog.

    Raises IndexUnusable where the folder is missing or holds nothing to read.
    """
    if not docs_dir.is_dir():
        raise IndexUnusable(f"找不到文件夹 {docs_dir}，请检查 --docs 或 WENGUI_DOCS。")
    try:
        listing = discover(docs_dir)
    except OSError as error:
        raise IndexUnusable(f"文件夹 {docs_dir} 打不开，请检查读取权限。") from error
    if not listing.documents:
        said = "".join(listing.warnings)
        raise IndexUnusable(
            f"文件夹 {docs_dir} 里没有可以读取的文件。{said}"
            "请放入 txt、md、html、docx 或 pdf 文件后再试。"
        )
    return _without_copies(docs_dir, listing)


def take(
    docs_dir: Path, hashed: Sequence[Hashed], before: Store | None, same_model: bool, told: Told
) -> Intake:
    """Read or copy every document. `before` is the last index if its parser was the same one."""
    known = before.keys() if before is not None else {}
    found: list[tuple[Hashed, Taken]] = []
    problems: list[str] = []
    for document in hashed:
        doc_id = known.get(document.key)
        if before is not None and doc_id is not None:
            found.append((document, _copied(before, document, doc_id, same_model)))
        else:
            taken, wrong = _read(docs_dir, document)
            problems.extend(wrong)
            if taken is not None:
                found.append((document, taken))
        told(document.listed.files[0])
    return _settled(found, problems)


def _without_copies(docs_dir: Path, listing: Listing) -> tuple[tuple[Hashed, ...], tuple[str, ...]]:
    """A file without a row that repeats another byte for byte would only repeat its answers."""
    kept: list[Hashed] = []
    first_with: dict[str, Hashed] = {}
    warnings = list(listing.warnings)
    for listed in listing.documents:
        document = Hashed(listed, _sha256(docs_dir, listed.files))
        twin = first_with.get(document.sha256)
        if twin is not None and not listed.in_catalog:
            first = twin.listed.files[0]
            warnings.append(f"{listed.files[0]}：内容与“{first}”完全相同，没有重复收入。")
        else:
            kept.append(document)
            first_with.setdefault(document.sha256, document)
    return tuple(kept), tuple(warnings)


def _sha256(docs_dir: Path, files: Sequence[str]) -> str:
    """Of the file's bytes; of several files, of their hashes in order."""
    own = [_file_sha256(docs_dir / file) for file in files]
    return own[0] if len(own) == 1 else hashlib.sha256("".join(own).encode()).hexdigest()


def _file_sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:  # the reader will say why; by its name, it is no copy of another
        return hashlib.sha256(str(path).encode(errors="replace")).hexdigest()


def _copied(before: Store, document: Hashed, doc_id: str, same_model: bool) -> Taken:
    parsed, passages, vectors = before.document(doc_id)
    source = replace(_source(document, parsed.title), doc_id=doc_id)
    usable = vectors if same_model else None
    return Taken(source, document.key, parsed, passages, usable, copied=True)


def look(path: Path) -> ParsedDocument:
    """What would be taken in of a file that is in no folder yet. Raises DocumentError."""
    try:
        return _parsed(path.parent, path.name, Listed(path.stem, (path.name,)))
    except FAULTS as error:
        log.exception("%s", path.name)
        raise DocumentError(path.name, "读取时出错，没有收入。请转换成其他格式后再试。") from error


def _read(docs_dir: Path, document: Hashed) -> tuple[Taken | None, list[str]]:
    listed = document.listed
    parts: list[ParsedDocument] = []
    problems: list[str] = []
    for file in listed.files:
        try:
            part = _parsed(docs_dir, file, listed)
        except DocumentError as error:
            problems.append(str(error))
        except FAULTS:
            log.exception("%s", file)
            problems.append(f"{file}：读取时出错，没有收入。请转换成其他格式后再试。")
        else:
            parts.append(part)
    if not parts:
        return None, problems
    parsed = _merged(parts, listed)
    source = _source(document, parsed.title)
    return Taken(source, document.key, parsed, split(parsed)), problems


def _parsed(docs_dir: Path, file: str, listed: Listed) -> ParsedDocument:
    raw = read(docs_dir / file, docs_dir)
    parsed = parse(raw, listed.doc_id, listed.title)
    if not any(section.paragraphs for section in parsed.sections):
        raise DocumentError(file, "没有读到正文，没有收入。请检查文件内容。")
    if not listed.in_catalog and not _is_chinese(parsed):
        raise DocumentError(
            file, "正文不是中文，没有收入。如确需收入，请在 catalog.csv 里为它加一行。"
        )
    title = listed.title or parsed.title or raw.title or Path(file).stem
    return replace(parsed, title=title, warnings=(*raw.warnings, *parsed.warnings))


def _is_chinese(parsed: ParsedDocument) -> bool:
    text = "".join(p for section in parsed.sections for p in section.paragraphs)
    han = len(re.findall(r"[\u3400-\u9fff]", text))
    return han >= HAN_SHARE * (han + len(re.findall(r"[A-Za-z]", text)))


def _merged(parts: Sequence[ParsedDocument], listed: Listed) -> ParsedDocument:
    """Several files of one document: their sections one after another."""
    sections: list[Section] = []
    for section in (section for part in parts for section in part.sections):
        # A later file repeats the heading it goes on under (第二篇 …), with nothing of its own below.
        again = any(section.heading_path == s.heading_path for s in sections)
        if section.paragraphs or section.table is not None or not again:
            sections.append(section)
    return ParsedDocument(
        title=listed.title or parts[0].title,
        sections=tuple(replace(section, order=at) for at, section in enumerate(sections)),
        furniture=tuple(line for part in parts for line in part.furniture),
        # A reader and the outline may say the same thing.
        warnings=tuple(dict.fromkeys(line for part in parts for line in part.warnings)),
    )


def _source(document: Hashed, title: str) -> SourceDoc:
    listed = document.listed
    return SourceDoc(
        doc_id=listed.doc_id,
        title=title,
        issuer=listed.issuer,
        kind=listed.kind,
        published=listed.published,
        edition=listed.edition,
        sha256=document.sha256,
        path="、".join(listed.files),
        replaced_by=listed.replaced_by,
    )


def _settled(found: Sequence[tuple[Hashed, Taken]], problems: Iterable[str]) -> Intake:
    """Originals step in front of their 读本, and take over what their own entry leaves out."""
    titled = [replace(h.listed, title=t.source.title) for h, t in found]
    behind = superseded(titled, [t.parsed for _, t in found])
    settled = list(titled)
    for reader, original in behind.items():
        settled[original] = in_place_of(found[original][0].listed, titled[reader])
    in_force = [
        _as_settled(taken, listed)
        for at, (listed, (_, taken)) in enumerate(zip(settled, found, strict=True))
        if at not in behind
    ]
    left_out = tuple(found[at][1].source for at in sorted(behind))
    return Intake(tuple(in_force), left_out, tuple(problems))


def _as_settled(taken: Taken, listed: Listed) -> Taken:
    """The same document under the doc_id and the catalog words it ended up with."""
    old = taken.source
    source = replace(
        old,
        doc_id=listed.doc_id,
        title=listed.title,
        issuer=listed.issuer,
        kind=listed.kind,
        published=listed.published,
        replaced_by=listed.replaced_by,
    )
    if source.doc_id == old.doc_id:
        vectors = taken.vectors if source.title == old.title else None
        return replace(taken, source=source, vectors=vectors)
    sections = tuple(replace(s, doc_id=source.doc_id) for s in taken.parsed.sections)
    parsed = replace(taken.parsed, sections=sections)
    return replace(taken, source=source, parsed=parsed, passages=split(parsed), vectors=None)
