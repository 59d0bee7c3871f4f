"""Refuses a PDF that unpacks to far more than a document can hold, before anything parses it.

Knows where compressed streams stand in the bytes; nothing of pages. A stream hidden in another way
still meets the child's memory and time limits.
"""

from __future__ import annotations

import re
import zlib

from index.errors import DocumentError

# The largest stream that is no picture in the PDFs seen unpacks to 0.5 MB; a whole Chinese font to
# 20 MB.
MAX_STREAM_BYTES = 64 * 1024 * 1024
MAX_UNPACKED_BYTES = 512 * 1024 * 1024

BOMB = "文件展开后异常庞大，已停止读取。请用原软件另存一份PDF后再放入。"

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# A stream's dictionary is right before it; pictures are never unpacked by the reader.
_DICTIONARY_BYTES = 400
_PICTURE = re.compile(rb"/Subtype\s*/Image")
_PIECE_BYTES = 64 * 1024
_STEP = 1024 * 1024


def check(data: bytes, name: str) -> None:
    """Raises DocumentError where one stream, or all together, are past the limits."""
    total = 0
    for match in _STREAM.finditer(data):
        # A zlib header; other streams stay the size they are.
        if data[match.end() : match.end() + 1] == b"\x78" and not _is_picture(data, match.start()):
            size = _unpacked(memoryview(data)[match.end() :])
            total += size
            if size > MAX_STREAM_BYTES or total > MAX_UNPACKED_BYTES:
                raise DocumentError(name, BOMB)


def _is_picture(data: bytes, end: int) -> bool:
    dictionary = data[max(0, end - _DICTIONARY_BYTES) : end]
    return bool(_PICTURE.search(dictionary[dictionary.rfind(b" obj") + 1 :]))


def _unpacked(packed: memoryview) -> int:
    """How many bytes a zlib stream unpacks to, counted no further than the limit."""
    inflater, size, position = zlib.decompressobj(), 0, 0
    while not inflater.eof and size <= MAX_STREAM_BYTES and position < len(packed):
        piece = bytes(packed[position : position + _PIECE_BYTES])
        position += len(piece)
        while piece and not inflater.eof and size <= MAX_STREAM_BYTES:
            try:
                size += len(inflater.decompress(piece, _STEP))
            except zlib.error:  # broken streams are the parser's business
                return size
            piece = inflater.unconsumed_tail
    return size
