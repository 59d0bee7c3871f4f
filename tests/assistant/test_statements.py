"""From statements to text and citations."""

from __future__ import annotations

from assistant.statements import Statement, assemble, from_sentence
from index.records import Passage, SourceDoc

DOC = SourceDoc("plan", "某规划", "某市", "规划纲要", "2021", "读本", "0", "plan.md")


def passage(passage_id: str = "a", lead: str = "") -> Passage:
    return Passage(
        passage_id, "plan", ("第一章 生态",), lead, "新建公园12个。", "text", 3, 0, 0, 8
    )  # fmt: skip


def document(doc_id: str) -> SourceDoc:
    assert doc_id == "plan"
    return DOC


def test_a_sentence_is_shown_with_its_marker_and_one_full_stop() -> None:
    text, citations = assemble([from_sentence(passage(), " 新建公园12个。")], document)
    assert text == "新建公园12个[1]。"
    assert citations[0].quote == "新建公园12个。"


def test_a_citation_says_where_its_passage_stands() -> None:
    _, (found,) = assemble([Statement("甲", "新建", passage(lead="扩大绿地"))], document)
    assert (found.doc_id, found.title, found.edition) == ("plan", "某规划", "读本")
    assert (found.heading_path, found.lead) == (("第一章 生态",), "扩大绿地")
    assert (found.page, found.passage_id, found.marker) == (3, "a", 1)


def test_the_same_quote_of_the_same_passage_keeps_its_marker() -> None:
    said = [
        Statement("甲", "新建 公园", passage()),
        Statement("乙", "12个", passage()),
        Statement("丙", "新建公园", passage()),
        Statement("丁", "新建公园", passage("b")),
    ]
    text, citations = assemble(said, document)
    assert text == "甲[1]。乙[2]。丙[1]。丁[3]。"
    assert [c.marker for c in citations] == [1, 2, 3]


def test_items_stand_on_lines_of_their_own() -> None:
    said = [Statement("共2项："), *(Statement(t, t, passage(t), True) for t in ("公园", "绿道"))]
    assert assemble(said, document)[0] == "共2项：\n- 公园[1]\n- 绿道[2]"


def test_a_list_alone_does_not_begin_with_an_empty_line() -> None:
    assert assemble([Statement("公园", "公园", passage(), True)], document)[0] == "- 公园[1]"


def test_our_own_words_get_no_marker() -> None:
    text, citations = assemble([Statement("南京：现有文件没有给出这项内容。")], document)
    assert (text, citations) == ("南京：现有文件没有给出这项内容。", ())


def test_nothing_to_say() -> None:
    assert assemble([], document) == ("", ())
