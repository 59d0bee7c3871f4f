"""Passages of other stacks graded as ours are; the stacks themselves where they are installed."""

import importlib.util

import pytest

from eval import peers
from eval.records import Gold
from index.embeddings import StaticEmbeddings
from tests.eval.eval_fakes import CHAPTER, OTHER, SECTIONS, FakeAssistant, FakeLibrary, answer, case

ASKED = case(question="托位多少？", gold=(Gold("plan", ("第二章", "第三节")),), must=(("4.5",),))
INSTALLED = all(
    importlib.util.find_spec(name)
    for name in ("jieba", "langchain_classic", "langchain_community", "langchain_text_splitters")
)


def test_a_passage_counts_for_each_section_it_touches() -> None:
    places, first = peers.Places(FakeLibrary()), SECTIONS[0].paragraphs[0]
    inside = places.touched("plan", 0, first)
    assert [e.heading_path for e in inside] == [CHAPTER]
    both = places.touched("plan", 3, first)
    assert [e.heading_path for e in both] == [CHAPTER, OTHER]
    assert [e.heading_path for e in places.touched("plan", len(first) + 1, "新建")] == [OTHER]


def test_ours_is_measured_like_theirs() -> None:
    row = peers.measure(
        "问规", peers.ours(FakeAssistant({"托位多少？": answer("托位多少？")})), [ASKED]
    )
    assert (row.recall_1, row.recall_5, row.facts_5) == (1, 1, 1)
    nothing = peers.measure("空", lambda _: [], [ASKED])
    assert (nothing.recall_5, nothing.facts_5, nothing.chars_5) == (0, 0, 0)
    text = peers.table([row, nothing])
    assert text.splitlines()[2].startswith("| 问规 | 100.0% | 100.0% | 100.0% | ")


@pytest.mark.skipif(not INSTALLED, reason="eval/requirements-peers.txt is not installed")
@pytest.mark.parametrize("stack", [peers.tutorial, peers.ensemble])
def test_their_stacks(stack) -> None:
    found = stack(FakeLibrary(), StaticEmbeddings())(ASKED)
    assert any("4.5" in place.text for passage in found for place in passage)


@pytest.mark.skipif(INSTALLED, reason="all of it is installed")
def test_what_is_missing_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = FakeAssistant({})
    fake.library.embeddings = StaticEmbeddings()  # type: ignore[attr-defined]
    monkeypatch.setattr("assistant.open_assistant", lambda *_: fake)
    assert peers.main([]) == 2
    assert "requirements-peers.txt" in capsys.readouterr().err
