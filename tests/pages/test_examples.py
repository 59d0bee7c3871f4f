"""Example questions: from the documents, findable, for both audiences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.records import Hit
from pages.examples import EACH, examples
from tests.pages.fakes import FakeLibrary


def test_officials_get_figures_and_citizens_everyday_matters() -> None:
    shown = examples(FakeLibrary())
    assert shown.officials[0] == "2025年全社会研发经费支出占比的目标是多少？"
    assert "积极应对人口老龄化有哪些安排？" in shown.citizens
    assert len(shown.officials) <= EACH


def test_no_question_is_offered_twice() -> None:
    shown = examples(FakeLibrary())
    both = shown.officials + shown.citizens
    assert len(set(both)) == len(both)


@dataclass
class Blind(FakeLibrary):
    """Holds documents but finds nothing."""

    def search(self, query: str, k: int, doc_ids: Sequence[str] | None = None) -> list[Hit]:
        return []


def test_what_the_search_does_not_find_is_not_offered() -> None:
    shown = examples(Blind())
    assert (shown.officials, shown.citizens) == ((), ())


def test_an_empty_library_offers_nothing() -> None:
    shown = examples(FakeLibrary(documents_=()))
    assert (shown.officials, shown.citizens) == ((), ())
