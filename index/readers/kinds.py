"""Decides how a file is read, by its content first and its suffix second.

Knows the formats' first bytes, not how to read them. What can't be read is refused here with
what to do instead.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from index.errors import DocumentError
from index.readers.files import SourceFile, too_large

Kind = Literal["txt", "md", "html", "csv", "docx", "pdf"]

SUFFIXES: dict[str, Kind] = {
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".docx": "docx",
    ".pdf": "pdf",
}
# Text is parsed in this process, so its limit is lower than a file's: 20 MB is 7 million
# characters, 80 times the longest plan seen.
MAX_TEXT_BYTES = 20 * 1024 * 1024

SUPPORTED = "txt、md、html、docx、pdf、csv"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p)\b", re.I)
_TEXT_KINDS = frozenset({"txt", "md", "html", "csv"})
_FOREIGN = (
    (b"{\\rtf", "RTF文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)


def detect(source: SourceFile) -> tuple[Kind, str]:
    """How to read the file, and a warning where its suffix says something else ('' where not).

    Raises DocumentError where no reader can.
    """
    named = SUFFIXES.get(source.suffix)
    if named is None and source.suffix != ".doc":
        raise DocumentError(source.name, f"不支持这种文件。请转换成以下格式之一：{SUPPORTED}。")
    kind = _by_content(source, named)
    if kind in _TEXT_KINDS and len(source.data) > MAX_TEXT_BYTES:
        raise too_large(source.name, len(source.data), MAX_TEXT_BYTES)
    if kind == named or (kind in _TEXT_KINDS and named in _TEXT_KINDS):
        return kind, ""
    return kind, f"{source.name}：文件名后缀与内容不符，已按{kind}格式读取。"


def _by_content(source: SourceFile, named: Kind | None) -> Kind:
    head = source.data[:1024]
    if b"%PDF-" in head and (named not in _TEXT_KINDS or head.lstrip().startswith(b"%PDF-")):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(source)
    if head.startswith(_OLE):
        raise _old_office(source)
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise DocumentError(
                source.name, f"内容是{what}，不能直接读取。请转换成以下格式之一：{SUPPORTED}。"
            )
    if named in _TEXT_KINDS:
        is_page = named == "txt" and _HTML.match(head.lstrip(b"\xef\xbb\xbf \t\r\n"))
        return "html" if is_page else named
    if named is None and _HTML.search(head):
        return "html"  # a web page saved with a Word suffix is common on government sites
    raise _not_what_it_says(source)


def _zipped(source: SourceFile) -> Kind:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(source.data)).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise DocumentError(
            source.name, "文件已损坏，打不开。请重新下载，或用Word打开后另存为docx。"
        ) from None
    if "word/document.xml" in names:
        return "docx"
    raise DocumentError(source.name, f"不是Word文档（docx）。请转换成以下格式之一：{SUPPORTED}。")


def _old_office(source: SourceFile) -> DocumentError:
    if _ENCRYPTED_OFFICE in source.data:
        return DocumentError(source.name, "文件有密码保护。请先去掉密码再放入。")
    return DocumentError(
        source.name, "这是旧版Office文件（doc等），不能读取。请用Word或WPS另存为docx。"
    )


def _not_what_it_says(source: SourceFile) -> DocumentError:
    label = source.suffix.lstrip(".")
    return DocumentError(
        source.name,
        f"后缀是{label}，内容却不是，可能没有下载完整或已损坏。请重新下载或另存后再放入。",
    )
