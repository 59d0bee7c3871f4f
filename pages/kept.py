"""What a browser sends back of the answers it has kept: read, measured, never trusted.

A browser could send anything; a source counts as checked only where its passage is still held and
holds the quote. Knows the shape of pages.citing.Kept and the Library; knows no file format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.records import Passage
from pages.citing import Kept, Source, source_words
from pages.units import Shelf, folded

MOST_ANSWERS = 100  # of one conversation
# What XML, and so .docx and .xlsx, can't hold: control signs, halves of pairs, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 20_000  # characters of any text
_MOST_SOURCES = 60
UNCHECKED = "文件已更新，这处引文未能再次核对"


def read_kept(data: object) -> Kept | None:
    """One answer as `pages.citing.as_data` wrote it; None where it is of another shape."""
    if not isinstance(data, dict) or not isinstance(data.get("sources"), list):
        return None
    read = [_source(item) for item in data["sources"][:_MOST_SOURCES]]
    return Kept(
        question=_text(data, "question"),
        asked=_text(data, "asked"),
        text=_text(data, "text"),
        refused=data.get("refused") is True,
        model=_text(data, "model"),
        filing=_text(data, "filing"),
        notes=_texts(data.get("notes")),
        sources=tuple(source for source in read if source),
        evidence=_texts(data.get("evidence")),
        settings_hash=_text(data, "settings_hash"),
    )


def _source(data: object) -> Source | None:
    if not isinstance(data, dict) or not isinstance(marker := data.get("marker"), int):
        return None
    fields = (_text(data, name) for name in ("words", "quote", "edition", "passage_id"))
    return Source(marker, *fields)


def _text(data: dict[str, object], name: str) -> str:
    return _plain(data.get(name))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_plain, value[:_MOST_SOURCES])) if isinstance(value, list) else ()


def _plain(value: object) -> str:
    """A text cut to size and without the signs that no file format takes; else ''."""
    return printable(value[:_LONGEST]) if isinstance(value, str) else ""


def printable(text: str) -> str:
    """The text without the signs that no file, page or database takes."""
    return _UNPRINTABLE.sub("", text)


def checked(shelf: Shelf, answer: Kept) -> Kept:
    """The answer with every source looked up anew: its words are the index's, or say they aren't."""
    titles = {document.doc_id: document.title for document in shelf.documents()}
    sources = (_checked(shelf, titles, source) for source in answer.sources)
    return replace(answer, sources=tuple(sources))


def _checked(shelf: Shelf, titles: dict[str, str], source: Source) -> Source:
    passage = held(shelf, source.passage_id)
    if passage is None or folded(source.quote) not in folded(passage.text):
        return replace(source, words=f"{source.words}（{UNCHECKED}）")
    title = titles[passage.doc_id]
    words = source_words(title, passage.heading_path, passage.lead, passage.row)
    return replace(source, words=words)


def held(shelf: Shelf, passage_id: str) -> Passage | None:
    """A passage by its id; None where no document holds it any more."""
    try:
        return shelf.passage(passage_id)
    except KeyError:
        return None


def read_conversation(data: object) -> Sequence[Kept]:
    """The answers of a request, in order; [] where nothing in it is one."""
    answers = data.get("answers") if isinstance(data, dict) else None
    if not isinstance(answers, list):
        return []
    return [kept for item in answers[:MOST_ANSWERS] if (kept := read_kept(item))]
