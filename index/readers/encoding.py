"""Turns a text file's bytes into text, whatever Chinese encoding they were saved in.

Knows encodings and how plausible Chinese text looks; knows nothing of documents.
"""

from __future__ import annotations

import codecs
import re

from index.errors import DocumentError

# Share of characters that ordinary Chinese or English text is made of. The five originals and the
# other cities' text files have 1.00; the same files read in a wrong encoding fail or hold NULs.
MIN_PLAUSIBLE = 0.85
# Bad bytes that are forgiven in a UTF-8 file cut or patched by tools, as a share of characters.
MAX_BAD_SHARE = 0.002
# How many characters are judged; the rest of a file is no different.
SAMPLE = 20_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.I)
_PLAUSIBLE = re.compile(
    # Of Latin-1 only signs: GBK bytes read as Latin-1 are a row of accented letters.
    "[\t\n\r\x0c\x20-\x7e\xa0\xa7\xa8\xab\xb0-\xb3\xb7\xbb\xd7\xf7\u2000-\u206f\u2100-\u22ff\u2460-\u24ff\u25a0-\u25ff"
    "\u2e80-\u2fdf\u3000-\u303f\u4e00-\u9fa5\uff00-\uffef]"
)


def decode(data: bytes, name: str, *, html: bool = False) -> tuple[str, str]:
    """The text and a warning ('' where none); an html page's own charset is tried first.

    Raises DocumentError where no encoding gives readable text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lenient(data, encoding, name)
    for encoding in _candidates(data, html):
        text = _strict(data, encoding)
        if text is None or "\0" in text:
            continue
        if plausible_share(text) >= MIN_PLAUSIBLE:
            return text, ""
        if encoding == "utf-8":
            # What is valid UTF-8 is UTF-8: another encoding would turn its garbage into
            # well-formed Chinese characters without sense.
            raise not_text(name)
    return _patched(data, name)


def plausible_share(text: str, sample: int = SAMPLE) -> float:
    """The share (0 to 1) of the first characters that Chinese or English documents are made of."""
    judged = text[:sample]
    return len(_PLAUSIBLE.findall(judged)) / len(judged) if judged else 0.0


def _candidates(data: bytes, html: bool) -> list[str]:
    encodings = ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5hkscs"]
    declared = _DECLARED.search(data[:4096]) if html else None
    if declared and declared.group(1).lower().startswith(b"big5"):
        encodings.insert(1, "big5hkscs")
    # Where every second byte is NUL so often, the file can only be UTF-16 without a mark.
    if data.count(b"\0") > len(data) // 100:
        encodings.sort(key=lambda encoding: not encoding.startswith("utf-16"))
    return encodings


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        # A download cut in the middle of its last character loses only that character.
        if error.start >= len(data) - 4 and error.start > 0:
            return data[: error.start].decode(encoding)
        return None


def _patched(data: bytes, name: str) -> tuple[str, str]:
    best = min(
        (data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")),
        key=lambda text: text.count("\ufffd"),
    )
    bad = best.count("\ufffd")
    if "\0" in best or bad > MAX_BAD_SHARE * len(best) or plausible_share(best) < MIN_PLAUSIBLE:
        raise not_text(name)
    return best.replace("\ufffd", ""), f"{name}：有{bad}处字符无法辨认，已略去，请核对原文件。"


def _lenient(data: bytes, encoding: str, name: str) -> tuple[str, str]:
    text = data.decode(encoding, errors="replace")
    bad = text.count("\ufffd")
    if (
        "\0" in text
        or bad > MAX_BAD_SHARE * len(text) + 1
        or (text.strip() and plausible_share(text) < MIN_PLAUSIBLE)
    ):
        raise not_text(name)
    return text.replace("\ufffd", ""), ""


def not_text(name: str) -> DocumentError:
    """The error for bytes that are no text in any known encoding."""
    return DocumentError(
        name, "内容不是可读的文字（编码无法识别或文件已损坏）。请另存为UTF-8编码的文本。"
    )
