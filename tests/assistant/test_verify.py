"""The last check: what is not word for word in its document does not leave."""

from __future__ import annotations

from assistant.records import Citation
from assistant.verify import quote_stands, without_unproved

TEXT = "到2025年，森林覆盖率达到35.8%。新建公园12个。"


def citation(marker: int, quote: str, doc_id: str = "plan") -> Citation:
    return Citation(marker, doc_id, "某规划", ("第一章 生态",), "", None, quote)


def squeezed(doc_id: str) -> str:
    return TEXT if doc_id == "plan" else ""


def test_white_space_aside_a_quote_stands_word_for_word() -> None:
    assert quote_stands(citation(1, "森林 覆盖率\n达到35.8%"), TEXT)
    assert not quote_stands(citation(1, "森林覆盖率达到35.9%"), TEXT)
    assert not quote_stands(citation(1, "森林覆盖率达到35.8％"), TEXT)
    assert not quote_stands(citation(1, "  "), TEXT)


def test_a_proved_answer_is_left_alone() -> None:
    text, cited = "森林覆盖率35.8%[1]。", (citation(1, "森林覆盖率达到35.8%"),)
    assert without_unproved(text, cited, squeezed) == (text, cited, 0)


def test_an_unproved_sentence_is_dropped_and_the_rest_counts_anew() -> None:
    cited = (citation(1, "森林覆盖率达到50%"), citation(2, "新建公园12个"))
    text, kept, dropped = without_unproved("覆盖率50%[1]。公园12个[2]。", cited, squeezed)
    assert text == "公园12个[1]。"
    assert [(c.marker, c.quote) for c in kept] == [(1, "新建公园12个")]
    assert dropped == 1


def test_an_unproved_item_is_dropped_alone() -> None:
    cited = (citation(1, "新建公园12个"), citation(2, "新建公园13个"))
    text, kept, dropped = without_unproved("- 公园12个[1]\n- 公园13个[2]", cited, squeezed)
    assert (text, len(kept), dropped) == ("- 公园12个[1]", 1, 1)


def test_a_marker_without_citation_takes_its_sentence_along() -> None:
    cited = (citation(1, "新建公园12个"),)
    text, kept, dropped = without_unproved("公园12个[1]。机场3座[7]。", cited, squeezed)
    assert (text, kept, dropped) == ("公园12个[1]。", cited, 1)


def test_a_quote_of_another_document_does_not_stand() -> None:
    cited = (citation(1, "新建公园12个", "paper"),)
    assert without_unproved("公园12个[1]。", cited, squeezed) == ("", (), 1)


def test_a_sentence_with_one_bad_marker_of_two_is_dropped() -> None:
    cited = (citation(1, "新建公园12个"), citation(2, "新建公园13个"))
    text, kept, _ = without_unproved("公园12个[1][2]。", cited, squeezed)
    assert (text, kept) == ("", ())
