"""Finds the title of a document, and the titles of several documents in one file.

A notice with its annexes, or two standards on one page: each inner title stands alone on a line,
is named in 《》 earlier or ends as titles do (…办法), and numbering starts anew below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.outline import text as t
from index.outline.numbering import marker_of
from index.outline.paragraphs import Para
from index.outline.words import is_formal, is_part, names_document, names_paper, quoted_names

MAX_TITLE = 70.0
AKIN = 0.8  # of the shorter title's pairs of characters stand in the longer one
LOOK_AHEAD = 60  # paragraphs from a title to the first number below it (a preamble stands between)
_TOP = 10  # paragraphs above a title: the path and the buttons of a web page
_ABOUT = re.compile(r"(?:关于|印发|发布|转发|公布|的)$")
_NOT_TITLE = re.compile(r"[。；？：:|]|^[（(\[【]|^\d(?!\d{3}年)|^附|文件$")


@dataclass(frozen=True, slots=True)
class Start:
    """Where a document begins: the paragraphs index..end (end not included) are its title."""

    index: int
    end: int
    title: str


def printed_title(paras: Sequence[Para], given: str) -> Start | None:
    """The title lines at the top of the file, joined; None where the text starts at once.

    A line the format calls a heading is the title only where it heads the whole file.
    """
    for index, para in enumerate(paras[:6]):
        if not _could_be_title(para):
            if para.text and t.ends_sentence(para.text):
                return None
            continue
        end = _title_end(paras, index, given)
        title = _title_text(paras[index:end])
        if para.level is not None and not _heads_all(paras, index, title, given):
            if given:
                continue
            return None
        is_given = not given or t.squeeze(title) == t.squeeze(given) or end > index + 1
        if not is_given and index > 0 and not _finished(title):
            continue
        if not given and not _finished(title) and (named := _named_below(paras, end)):
            return named
        return Start(index, end, title)
    return None


def _named_below(paras: Sequence[Para], start: int) -> Start | None:
    """A line below the first one that names a document: a web page's path stands above its title."""
    for index in range(start, min(len(paras), _TOP)):
        if paras[index].text and t.ends_sentence(paras[index].text):
            return None
        if _could_be_title(paras[index]) and names_document(t.fold(paras[index].text)):
            end = _title_end(paras, index, "")
            return Start(index, end, _title_text(paras[index:end]))
    return None


def _heads_all(paras: Sequence[Para], index: int, title: str, given: str) -> bool:
    """Whether a heading of the file's format is the document's title and not its first heading."""
    if given and _akin(title, given):
        return True
    level = paras[index].level
    beside = [p for p in paras[index + 1 :] if p.level == level and marker_of(p.text) is None]
    if given:
        return not beside and _finished(title)
    below = next((p for p in paras[index + 1 :] if p.text), None)
    return not beside or _finished(title) or below is not None and below.level is not None


def _akin(title: str, given: str) -> bool:
    """Whether two titles are one, said at more or less length."""
    one, other = _pairs(title), _pairs(given)
    return len(one & other) >= AKIN * min(len(one), len(other))


def _pairs(title: str) -> set[str]:
    bare = re.sub(r"\W", "", title)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def inner_starts(paras: Sequence[Para], skip: set[int]) -> list[Start]:
    """The documents of a file that holds several; [] where it holds one.

    `skip`: paragraphs of tables and boxes.
    """
    starts: list[Start] = []
    quoted: set[str] = set()
    outermost: float | None = None
    index = 0
    while index < len(paras):
        para = paras[index]
        start = None if index in skip else _start_at(paras, index, quoted, outermost)
        if start:
            if starts and not _has_text(paras[starts[-1].end : index]):
                starts.pop()
            starts.append(start)
            outermost = None
            index = start.end
            continue
        marker = None if index in skip else marker_of(para.text)
        if marker and (marker.number == 1 or outermost is not None):
            outermost = marker.rank if outermost is None else min(outermost, marker.rank)
        quoted |= quoted_names(para.text)
        index += 1
    if len(starts) == 1 and _has_text(paras[: starts[0].index]):
        return starts if starts[0].index > 0 and _text_before(paras, starts[0]) else []
    return starts if len(starts) > 1 else []


def _text_before(paras: Sequence[Para], start: Start) -> bool:
    """Whether a notice stands before the only titled document: text that names it in 《》."""
    named: set[str] = set()
    for para in paras[: start.index]:
        named |= quoted_names(para.text)
    return _is_named(start.title, named)


def _has_text(paras: Sequence[Para]) -> bool:
    return any(t.ends_sentence(para.text) or t.width(para.text) > 60 for para in paras)


def _start_at(
    paras: Sequence[Para], index: int, quoted: set[str], outermost: float | None
) -> Start | None:
    if not _could_be_title(paras[index]):
        return None
    end = _title_end(paras, index, "")
    title = _title_text(paras[index:end])
    named = _is_named(title, quoted)
    if not named and not names_document(title) or _is_sentence_end(paras, index):
        return None
    marker = _next_marker(paras, end)
    if marker is None:
        return Start(index, end, title) if named and outermost is None else None
    if marker[0] != 1 or outermost is not None and marker[1] > outermost:
        return None
    return Start(index, end, title)


def _is_sentence_end(paras: Sequence[Para], index: int) -> bool:
    """Whether the line before is broken off, so that this one goes on with it."""
    return index > 0 and t.ends_open(paras[index - 1].text)


def _is_named(title: str, quoted: set[str]) -> bool:
    bare = t.squeeze(title)
    return bare in quoted or re.sub(r"[（(][^（）()]*[)）]$", "", bare) in quoted


def _next_marker(paras: Sequence[Para], start: int) -> tuple[int, float] | None:
    """Number and rank of the first numbered line below a title; 前言 counts as a first number."""
    for para in paras[start : start + LOOK_AHEAD]:
        marker = marker_of(para.text)
        if marker and not para.tabbed:
            return marker.number, marker.rank
        if is_part(para.text) and not t.squeeze(para.text).startswith("附"):
            return 1, 0.0
    return None


def _could_be_title(para: Para) -> bool:
    return (
        4 <= t.width(para.text) <= MAX_TITLE
        and not (para.tabbed or para.grid)
        and para.lines <= 3
        and not t.ends_sentence(para.text)
        and not _NOT_TITLE.search(para.text)
        and not is_part(para.text)
        and not is_formal(para.text)
        and marker_of(para.text) is None
        and t.chinese_share(para.text) > 0.5
    )


def _title_end(paras: Sequence[Para], index: int, given: str) -> int:
    """After the last line of a title that is printed on several lines."""
    whole = t.squeeze(given)
    joined = ""
    for end in range(index, min(index + 4, len(paras))):
        if not _could_be_title(paras[end]):
            break
        joined += t.squeeze(paras[end].text)
        if whole and joined == whole:
            return end + 1
    first = paras[index].text
    if index + 1 < len(paras) and _could_be_title(paras[index + 1]):
        second = paras[index + 1].text
        if _ABOUT.search(first) or not _finished(first) and _finished(second):
            return index + 2
    return index + 1


def _finished(title: str) -> bool:
    return names_document(title) or names_paper(title)


def _title_text(paras: Sequence[Para]) -> str:
    title = ""
    for para in paras:
        title = t.join(title, t.fold(para.text))
    return title
