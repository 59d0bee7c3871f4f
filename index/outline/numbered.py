"""Numbered headings: which sequences are of headings, and where a run-in heading ends.

A numbered paragraph is a heading by its kin: a list is one of headings where most of its members
are short and have text of their own below them, and a list of clauses where they are sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from index.outline import text as t
from index.outline.contents import Contents
from index.outline.heading import Heading
from index.outline.numbering import STRONG, Marker
from index.outline.paragraphs import Para
from index.outline.sequence import Group, Node

MAX_TITLE = 45.0  # of a numbered heading; the longest true one of ../shared/other_docs has 37
MAX_RUN_IN = 40.0
MAX_TERM = 25.0
MAJORITY = 0.5  # of a list's members that must look like headings
_CLAUSE = re.compile(r"应当|不得|可以|必须|的[，,]|是指")
_WIDE_SPACE = re.compile(r"\u3000{2,}|[ \u3000]{4,}|\t+")
_BRACKETED = re.compile(r"^【[^】]{2,25}】|^〔[\u4e00-\u9fff]{2,25}〕")


def numbered(
    paras: Sequence[Para], nodes: Sequence[Node], contents: Contents, others: set[int]
) -> dict[int, Heading]:
    ranks = {node.place: node.rank for node in nodes}
    bodies = {n.place for n in nodes if _has_body(paras, n, ranks, others)}
    groups = {id(node.group): node.group for node in nodes}
    heads = {key: _heads(paras, group, bodies, contents) for key, group in groups.items()}
    titled = {key: _are_titled(group, bodies) for key, group in groups.items()}
    found: dict[int, Heading] = {}
    for node in nodes:
        below_text = node.parent is not None and node.parent.place not in found
        if heads[id(node.group)] and not below_text or paras[node.place].level is not None:
            heading = _heading(paras, node, node.place in bodies, titled[id(node.group)])
            if heading:
                found[node.place] = heading
    return _suffix_split(paras, nodes, found)


def _has_body(
    paras: Sequence[Para], node: Node, ranks: Mapping[int, float], others: set[int]
) -> bool:
    """Whether text, a deeper heading or a table stands below a numbered line."""
    after = node.place + 1
    if after >= len(paras) or after in others:
        return False
    return ranks.get(after, 99.0) > node.rank


def _heads(paras: Sequence[Para], group: Group, bodies: set[int], contents: Contents) -> bool:
    """Whether the members of a list are headings."""
    if group.style in STRONG or group.style == "条":
        return True
    if any(contents.lists(paras[node.place].text) for node in group.nodes):
        return True
    if group.style.startswith("1.1"):
        return True  # each for itself: 5.1 may be a sentence where 5.4 is a title
    if any(node.marker.rest.endswith(("；", ";")) for node in group.nodes):
        return False  # clauses of one sentence
    shapes = [_shape(node.marker) for node in group.nodes]
    with_text = [
        shape in ("run-in", "term") or shape == "title" and node.place in bodies
        for shape, node in zip(shapes, group.nodes, strict=True)
    ]
    if group.style == "一是" and (len(shapes) < 3 or "run-in" not in shapes):
        return False
    if len(shapes) == 1:  # a part may have one 一、 only
        return group.style in ("一、", "（一）") and with_text[0] and shapes[0] == "title"
    return sum(with_text) >= MAJORITY * len(shapes)


def _shape(marker: Marker) -> str:
    """title: a short line; run-in: a short sentence, then text; term: 名称：text; or sentence."""
    rest = marker.rest
    if _is_title_text(rest):
        return "title"
    head, stop, tail = rest.partition("。")
    if stop and tail and _is_run_in(head):
        return "run-in"
    term, stop, tail = _partition_colon(rest)
    if stop and tail and t.width(term) <= MAX_TERM and not re.search(r"[，。；]", term):
        return "term"
    return "sentence"


def _partition_colon(text: str) -> tuple[str, str, str]:
    return text.partition("：") if "：" in text else text.partition(":")


def _is_title_text(text: str) -> bool:
    bare = text.removesuffix("。").removesuffix("？")
    return (
        bool(bare)
        and t.width(bare) <= (MAX_RUN_IN if bare != text else MAX_TITLE)
        and not any(c in bare for c in "。！？；")
        and not bare.endswith(("：", ":", "，", "、", ",", ";"))
        and bare.count("，") + bare.count(",") <= 2
        and not (bare != text and _CLAUSE.search(bare))
        and not t.unbalanced(bare)
    )


def _is_run_in(head: str) -> bool:
    return (
        1 < t.width(head) <= MAX_RUN_IN
        and head.count("，") <= 1
        and not re.search(r"[；：？！]", head)
        and not _CLAUSE.search(head)
        and not t.unbalanced(head)
    )


def _are_titled(group: Group, bodies: set[int]) -> bool:
    """Whether most articles of a document print a title (第一条 编制目的)."""
    titled = [n.place in bodies and _shape(n.marker) == "title" for n in group.nodes]
    return sum(titled) >= MAJORITY * len(titled)


def _heading(paras: Sequence[Para], node: Node, has_body: bool, titled: bool) -> Heading | None:
    """The heading of one member of a list of headings."""
    para, marker = paras[node.place], node.marker
    if marker.style == "条":
        text, rest = _cut_article(para, marker, has_body and titled)
    else:
        text, rest = _cut(para, marker, has_body)
    if not text:
        return None
    return Heading(t.fold(text), node.rank, node.place + 1, rest, once=marker.style == "一是")


def _cut(para: Para, marker: Marker, has_body: bool) -> tuple[str, str]:
    """The heading as printed and the text after it on the same line; ("", "") for none."""
    shape = _shape(marker)
    if marker.style in STRONG:
        return _cut_chapter(para, marker)
    if shape == "title":
        return para.text.removesuffix("。"), ""
    if shape == "run-in":
        head, _, tail = para.text.partition("。")
        return head, tail.strip()
    if shape == "term":
        term, _, tail = _partition_colon(para.text)
        return term, tail.strip()
    if marker.style.startswith("1.1") or marker.style == "1":
        opens_list = has_body and _is_title_text(marker.rest.rstrip("：:"))
        return (para.text.rstrip("：:"), "") if opens_list else ("", "")
    if t.width(marker.rest) <= MAX_TITLE and marker.rest.count("。") <= 1:
        return para.text.rstrip("。；;：:"), ""
    return marker.printed, marker.rest


def _cut_article(para: Para, marker: Marker, has_body: bool) -> tuple[str, str]:
    rest = marker.rest
    bracketed = _BRACKETED.match(rest)
    if bracketed:
        return f"{marker.printed} {bracketed.group()}", rest[bracketed.end() :].strip()
    titled = has_body and _is_title_text(rest) and not rest.endswith("。")
    wide = _WIDE_SPACE.search(rest)
    if wide and t.width(rest[: wide.start()]) <= MAX_RUN_IN:
        return f"{marker.printed} {rest[: wide.start()]}", rest[wide.end() :].strip()
    return (para.text, "") if titled else (marker.printed, rest)


def _cut_chapter(para: Para, marker: Marker) -> tuple[str, str]:
    wide = _WIDE_SPACE.search(marker.rest)
    if wide and t.width(marker.rest[: wide.start()]) <= MAX_TITLE:
        start = para.text.rindex(marker.rest) if marker.rest in para.text else 0
        cut = start + wide.start()
        return para.text[:cut], para.text[cut:].strip()
    if t.ends_sentence(para.text) and t.width(marker.rest) > MAX_TITLE:
        return marker.printed, marker.rest
    return para.text.removesuffix("。"), ""


def _suffix_split(
    paras: Sequence[Para], nodes: Sequence[Node], found: dict[int, Heading]
) -> dict[int, Heading]:
    """第一节改造传统服务业运用…: a title run into its text ends where its kin's titles end.

    The title of such a line is read off the ending (…服务业) it shares with the other headings of
    its list or with the heading above it; without one the number alone is the heading.
    """
    for node in nodes:
        heading = found.get(node.place)
        if heading is None or node.marker.style not in STRONG or not heading.rest:
            continue
        if heading.text != t.fold(node.marker.printed):
            continue
        kin = [n for n in node.group.nodes if n.parent is node.parent and n is not node]
        kin += [node.parent] if node.parent else []
        title = _shared_ending(heading.rest, [n.marker.rest for n in kin if n.place in found])
        if title:
            found[node.place] = Heading(
                f"{heading.text}{title}", heading.rank, heading.end, heading.rest[len(title) :]
            )
    return found


def _shared_ending(line: str, titles: Iterable[str]) -> str:
    endings = {title[-size:] for title in titles for size in (4, 3) if len(title) > size}
    first = re.split(r"[\s，,。、]", line)[0]
    ends = [first.find(e) + len(e) for e in endings if 2 <= first.find(e) <= 20]
    return line[: min(ends)] if ends else ""
