"""Whatever the outline, nothing is lost, the order holds and heading numbers rise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from index.outline import parse
from index.outline.numbering import marker_of
from index.records import Block, RawDocument

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
STYLES = (
    ("第{}篇　{}", "第{}章　{}", "第{}节　{}"),
    ("第{}章 {}", "{}、{}", "（{}）{}"),
    ("{}、{}", "（{}）{}", "{}.{}"),
)
TITLES = st.sampled_from(("供水保障", "排水防涝", "水质提升", "河湖治理", "节水行动", "智慧水利"))
TEXTS = st.sampled_from(
    (
        "推进河湖水系连通，完善防洪排涝体系，提升供水保障能力，健全长效管护机制。",
        "到2025年，农村自来水普及率达到98.5%，一是加强水源保护，二是改造老旧管网。",
        "健全供水体系。第一，统筹城乡供水；第二，规范水费收取，第三条规定的情形除外。",
        "2022 年为丰水年，降水量达1200毫米，比常年多三成，水库蓄水充足，用水有保障。",
    )
)
LINES = (
    "一、供水", "二、排水", "（一）水源", "3. 管网", "第五条 收费", "1.2 水价", "附件：水价表",
    "表1 水量", "——保障供水", "注：略。", "②水厂", "12",
)  # fmt: skip
# A tree: a title, its paragraphs, its children.
LEAVES = st.tuples(TITLES, st.lists(TEXTS, min_size=1, max_size=3), st.just([]))
NODES = st.tuples(TITLES, st.lists(TEXTS, max_size=2), st.lists(LEAVES, min_size=2, max_size=4))
TREES = st.lists(
    st.tuples(TITLES, st.lists(TEXTS, max_size=2), st.lists(NODES, min_size=2, max_size=3)),
    min_size=2,
    max_size=4,
)


def _lines(tree: list, styles: tuple[str, ...], path: tuple[str, ...] = ()) -> Iterator[tuple]:
    """(path, line) of each printed line; the line is a heading where it ends its path."""
    for number, (title, texts, children) in enumerate(tree):
        numeral = str(number + 1) if styles[0].startswith("{}.") else NUMERALS[number]
        heading = styles[0].format(numeral, title)
        here = (*path, re.sub(r"\s+", " ", heading))
        yield here, heading
        for text in texts:
            yield here, text
        yield from _lines(children, styles[1:], here)


@settings(max_examples=30, deadline=None)
@given(tree=TREES, styles=st.sampled_from(STYLES))
def test_every_heading_and_sentence_stands_where_it_was_written(
    tree: list, styles: tuple[str, ...]
) -> None:
    lines = list(_lines(tree, styles))
    sections = parse(RawDocument(tuple(Block(text) for _, text in lines)), "doc").sections
    written: dict[int, tuple[tuple[str, ...], list[str]]] = {}
    for path, text in lines:
        if re.sub(r"\s+", " ", text) == path[-1]:
            written[len(written)] = (path, [])
        else:
            written[len(written) - 1][1].append(text)
    assert [(s.heading_path, list(s.paragraphs)) for s in sections] == list(written.values())
    assert [s.order for s in sections] == list(range(len(sections)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            TEXTS,
            TITLES,
            st.sampled_from(LINES),
            st.text("水厂供 \t、（一）1.。：第条章", min_size=1, max_size=12),
        ),
        max_size=25,
    )
)  # fmt: skip
def test_nothing_is_lost_and_the_order_holds(lines: list[str]) -> None:
    document = parse(RawDocument(tuple(Block(line) for line in lines)), "doc")
    kept = "".join(
        "".join(section.heading_path[-1:] if section.paragraphs else section.heading_path)
        + "".join(section.paragraphs)
        for section in document.sections
    )
    kept += "".join("".join(s.heading_path) for s in document.sections)
    kept += "".join(document.furniture) + document.title
    for line in lines:
        for piece in re.findall(r"[水厂供第条章]{2,}", line):
            assert _bare(piece) in _bare(kept), (piece, document)


def _bare(text: str) -> str:
    return re.sub(r"[\s。；：:]+", "", text)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=12))
def test_heading_numbers_rise(numbers: list[int]) -> None:
    lines = []
    for number in numbers:
        lines += [f"第{NUMERALS[number - 1]}章 供水", "推进河湖水系连通，完善防洪排涝体系。"]
    sections = parse(RawDocument(tuple(Block(line) for line in lines)), "doc").sections
    found = [marker.number for s in sections for h in s.heading_path if (marker := marker_of(h))]
    for before, after in zip(found, found[1:], strict=False):
        assert after > before or after == 1
