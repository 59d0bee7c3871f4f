"""Whole lists, as a document sets them out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.candidates import Candidate
from assistant.lists import _labelled_lines, counted, listing
from assistant.question import analyse
from index.library import Library
from index.records import Passage
from tests.assistant.answer_checks import Ask, items

STRATEGIES = ["创新引领战略", "城乡融合战略", "生态优先战略", "开放合作战略"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("六大战略是哪些？", (6, "战略是哪些")),
        ("12项任务", (12, "任务")),
        ("十个坚持", (10, "坚持")),
        ("有哪些战略？", None),
        ("一个战略", None),
        ("十四五规划", None),
        ("40项任务", None),
        ("五年里的七个“阶段”", (7, "阶段")),
        ("2035年的四种名城", (4, "名城")),
    ],
)
def test_how_many_are_asked_for(text: str, found: tuple[int, str] | None) -> None:
    assert counted(analyse(text)) == found


@pytest.fixture
def section(library: Library) -> Callable[[Passage], list[Passage]]:
    def run(passage: Passage) -> list[Passage]:
        own = library.passages(passage.doc_id)
        return [p for p in own if p.heading_path == passage.heading_path]

    return run


@pytest.mark.parametrize("text", ["四大战略是哪四大战略？", "四大战略有哪些？", "列举四大战略"])
def test_a_list_from_lead_phrases_is_whole_and_in_order(ask: Ask, text: str) -> None:
    assert items(ask(text)) == STRATEGIES


@pytest.mark.parametrize("text", ["五大战略有哪些？", "三大战略有哪些？"])
def test_a_list_of_another_length_is_not_taken_for_it(
    candidates_of: Callable[[str], list[Candidate]],
    section: Callable[[Passage], list[Passage]],
    text: str,
) -> None:
    said = [s.text for s in listing(analyse(text), candidates_of(text), section)]
    assert said != STRATEGIES


def test_a_list_asked_for_severally(ask: Ask) -> None:
    text = ask("四大战略分别是什么？").text
    assert all(name in text for name in STRATEGIES)


@pytest.mark.parametrize("text", ["民生实事工程有哪些？", "专栏1列了哪些工程？"])
def test_a_list_from_a_box_is_whole(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert all(f"{name}工程" in answer.text for name in ("安居", "健康", "文化"))
    assert {c.heading_path[-1] for c in answer.citations} == {"专栏1 民生实事工程"}


def test_every_item_is_cited_by_its_own_paragraph(
    candidates_of: Callable[[str], list[Candidate]],
    section: Callable[[Passage], list[Passage]],
) -> None:
    text = "四大战略有哪些？"
    found = [s for s in listing(analyse(text), candidates_of(text), section) if s.item]
    assert [s.text for s in found] == STRATEGIES
    assert all(s.passage is not None and s.passage.lead == s.text for s in found)


def test_where_no_list_is_set_out_there_is_none(
    candidates_of: Callable[[str], list[Candidate]],
    section: Callable[[Passage], list[Passage]],
) -> None:
    text = "港口吞吐量是多少？"
    assert listing(analyse(text), candidates_of(text), section) == []
    assert listing(analyse("四大战略有哪些？"), [], section) == []


def test_a_line_with_a_coined_label(ask_differing: Ask) -> None:
    answer = ask_differing("“两带”是哪两带？")
    assert "北部滨海生态带、南部滨海产业带" in answer.text
    assert "青屿湾" not in answer.text


def test_several_labels_named(ask_differing: Ask) -> None:
    assert [i.partition("：")[0] for i in items(ask_differing("“一湾五园两带”指什么？"))] == [
        "一湾",
        "五园",
        "两带",
    ]


def test_a_list_that_names_fewer_than_it_says(ask_differing: Ask) -> None:
    text = ask_differing("五园是哪些园区？").text
    assert "海水利用产业园等5个产业园区" in text
    assert "原文写5个，列出4个。" in text


def test_clauses_that_repeat_the_counted_word(ask_differing: Ask) -> None:
    found = items(ask_differing("指导思想里的四个坚持是什么？"))
    assert found == ["坚持党的领导", "坚持人民至上", "坚持海陆统筹", "坚持绿色发展"]


def test_names_that_end_in_the_counted_word(ask_differing: Ask) -> None:
    found = items(ask_differing("要打造哪四个“海湾”？"))
    assert found == ["“洁净海湾”", "“生态海湾”", "“安全海湾”", "“人文海湾”"]


def test_leads_announced_by_the_text_before_them(ask_differing: Ask) -> None:
    assert items(ask_differing("三大优势是哪三大？")) == ["区位优势", "港口优势", "人才优势"]


def test_a_label_within_a_line_is_told_alone_and_the_whole_line_where_its_own_is_asked_for() -> (
    None
):
    text = "一心两片：一心：老城；两片：东片、西片。\n两园：北园、南园"
    assert _labelled_lines("两片在哪", text) == ["两片：东片、西片。"]
    assert _labelled_lines("一心两片是什么", text) == ["一心两片：一心：老城；两片：东片、西片。"]
    assert _labelled_lines("三片是什么", text) == []
