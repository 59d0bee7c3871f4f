"""The five originals' outlines: counts and places only, where the files are at hand."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from index import readers
from index.outline import lead_of, parse
from index.records import ParsedDocument, Section

ORIGINALS = Path(__file__).resolve().parents[4] / "shared" / "source_docs"

pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are not here")


@cache
def _parsed(prefix: str) -> ParsedDocument:
    path = next(ORIGINALS.glob(f"{prefix}_*.txt"))
    return parse(readers.read(path), prefix)


def _paths(prefix: str) -> list[tuple[str, ...]]:
    return [section.heading_path for section in _parsed(prefix).sections]


def _of_kind(prefix: str, kind: str) -> list[Section]:
    return [section for section in _parsed(prefix).sections if section.kind == kind]


def test_the_plan_has_all_its_parts() -> None:
    headings = {path[: n + 1] for path in _paths("004") for n in range(len(path))}
    kinds = Counter(
        found.group(1) for path in headings if (found := re.match(r"第.+?([篇章节])", path[-1]))
    )
    assert kinds == {"篇": 3, "章": 17, "节": 71}
    assert ("序 言",) in headings
    assert sum(path[-1].startswith("附图") for path in headings) == 7


def test_the_plans_tables_stand_in_their_sections() -> None:
    first, second = _of_kind("004", "table")
    assert [p.split()[0] for p in first.heading_path] == ["第一篇", "第一章", "表1"]
    assert [p.split()[0] for p in second.heading_path] == ["第一篇", "第三章", "第五节", "表2"]
    assert first.table is not None
    assert second.table is not None
    assert {row.number for row in first.table.rows} >= {str(n) for n in range(1, 48)}
    assert {row.number for row in second.table.rows} == {str(n) for n in range(1, 33)}


def test_the_plans_boxes_keep_every_item() -> None:
    boxes = _of_kind("004", "box")
    assert [len(box.paragraphs) for box in boxes] == [1, 3, 3, 3, 6, 3]
    after = _parsed("004").sections[boxes[3].order + 1]
    assert after.heading_path == boxes[3].heading_path[:-1]


def test_the_plans_footnotes() -> None:
    notes = _of_kind("004", "footnotes")
    assert [len(section.paragraphs) for section in notes] == [1, 1, 1, 1]
    text = "".join(p for section in _parsed("004").sections for p in section.paragraphs)
    assert "footnoteRef" not in text
    assert "bookmark" not in text


@pytest.mark.parametrize(
    ("prefix", "tops", "deepest", "sections"),
    [("000", 3, 3, 26), ("001", 4, 4, 25), ("003", 3, 1, 4)],
)
def test_the_articles(prefix: str, tops: int, deepest: int, sections: int) -> None:
    paths = _paths(prefix)
    assert len({path[0] for path in paths if path and path[0] != "摘要"}) == tops
    assert max(len(path) for path in paths) == deepest
    assert abs(len(paths) - sections) <= 1


def test_the_newspaper_page() -> None:
    document = _parsed("002")
    assert len(document.sections) == 6
    assert document.sections[-1].heading_path == (document.title,)
    assert all(len(s.heading_path) == 1 and s.paragraphs for s in document.sections)
    assert [len(s.paragraphs) for s in document.sections] == [8, 4, 5, 5, 6, 1]
    for section in document.sections[:-1]:  # an opening, then paragraphs that each have a lead
        assert [bool(lead_of(p)) for p in section.paragraphs][1:] == [True] * (
            len(section.paragraphs) - 1
        )


def test_all_text_of_the_originals_is_kept() -> None:
    for path in sorted(ORIGINALS.glob("00*.txt")):
        document = parse(readers.read(path), path.stem)
        kept = _bare(
            "".join(
                "".join((*section.heading_path, *section.paragraphs))
                for section in document.sections
            )
        )
        for block in readers.read(path).blocks:
            for sentence in re.findall(r"[\u4e00-\u9fff，]{12,}。", block.text):
                assert _bare(sentence).rstrip("。") in kept


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
