"""Search and sections alike, over a library that scores by shared characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from index.records import Hit
from pages import finding
from pages.finding import Chosen, marks, related, search, stretches
from pages.units import units
from tests.pages.fakes import FakeLibrary


def test_stretches_are_the_longest_first() -> None:
    assert stretches("养老院 床")[0] == "养老院"
    assert stretches("学") == ["学"]
    assert stretches("，。") == []


@given(st.text(max_size=30), st.text(alphabet="甲乙丙 ，", max_size=6))
def test_marks_never_overlap_and_stand_in_the_text(text: str, query: str) -> None:
    found = marks(text, query)
    assert all(0 <= a < b <= len(text) for a, b in found)
    assert all(one[1] <= other[0] for one, other in zip(found, found[1:], strict=False))


def test_the_words_as_asked_come_first() -> None:
    results = search(FakeLibrary(), "婴幼儿托位数", Chosen())
    assert "婴幼儿托位数" in results.found[0].passage.text


def test_kinds_and_parts_narrow() -> None:
    library = FakeLibrary()
    tables = search(library, "2019年 养老 托位数", Chosen(kind="table"))
    assert {f.passage.kind for f in tables.found} == {"table"}
    assert tables.kinds["text"] >= 1  # the other kinds are still offered
    part = search(library, "养老", Chosen(part="第二篇 重点任务")).found
    assert {finding.part_of(f.passage) for f in part} == {"第二篇 重点任务"}


def test_nothing_in_common_is_nothing_found() -> None:
    assert search(FakeLibrary(), "量子火箭", Chosen()).found == ()


@dataclass
class Alike(FakeLibrary):
    """Finds every passage alike, the first ones most."""

    def search(self, query: str, k: int = 10, doc_ids: Sequence[str] | None = None) -> list[Hit]:
        hits = super().search(query, k, doc_ids)
        return [replace(h, dense=0.9 - 0.01 * h.passage.order) for h in hits]


def test_sections_alike_leave_the_section_itself_out_and_tell_documents_apart() -> None:
    library = Alike()
    care, table = units(library.sections("plan"))
    found = related(library, care, 3)
    assert [(unit.path, foreign) for unit, foreign in found] == [
        (table.path, False),
        (units(library.sections("paper"))[0].path, True),
    ]


def test_what_is_not_alike_is_not_related() -> None:
    library = FakeLibrary()  # its cosines are 0
    assert related(library, units(library.sections("plan"))[0], 3) == []
