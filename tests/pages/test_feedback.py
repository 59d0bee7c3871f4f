"""What the browser sends about an answer, and what it sends back for an export."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.errors import IndexUnusable
from pages import citing, feedback, kept
from pages.records.feedback import NOTE_CHARS, Feedback
from tests.pages.fakes import FakeAssistant, FakeLibrary

ANSWER = FakeAssistant().ask("养老机构护理型床位占比是多少？")


def sent() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(citing.as_data(ANSWER)))
    return data


def test_an_answer_comes_back_as_it_went() -> None:
    assert kept.read_kept(sent()) == citing.kept(ANSWER)


def test_sources_are_checked_against_the_documents() -> None:
    good = kept.checked(FakeLibrary(), citing.kept(ANSWER))
    assert good.sources[0].words == "《云溪市发展规划纲要》第十四章第六节“积极应对人口老龄化”"
    forged = sent()
    forged["sources"][0] |= {"quote": "达到99%。", "words": "《假文件》"}
    (source,) = kept.checked(FakeLibrary(), kept.read_kept(forged)).sources
    assert source.words == f"《假文件》（{kept.UNCHECKED}）"
    forged["sources"][0]["passage_id"] = "gone"
    (source,) = kept.checked(FakeLibrary(), kept.read_kept(forged)).sources
    assert kept.UNCHECKED in source.words


@pytest.mark.parametrize("data", [None, "x", [], {}, {"sources": "x"}, {"answers": 3}])
def test_another_shape_is_no_answer(data: object) -> None:
    assert kept.read_kept(data) is None
    assert kept.read_conversation(data) == []


def test_what_no_document_can_hold_is_left_out() -> None:
    data = sent() | {"text": "甲\x00乙\ud800丙\uffff\n丁", "sources": [3, {"marker": "x"}]}
    read = kept.read_kept(data)
    assert read is not None
    assert (read.text, read.sources) == ("甲乙丙\n丁", ())


def test_a_conversation_is_cut_to_size() -> None:
    assert len(kept.read_conversation({"answers": [sent()] * 500})) == kept.MOST_ANSWERS


def read(data: object) -> Feedback | None:
    return feedback.read_feedback(
        FakeLibrary(), "f" * 12, data, [{"role": "user", "content": "养老"}]
    )


def test_a_bad_answer_comes_with_a_known_reason_a_note_and_its_sections() -> None:
    said = read({"answer": sent(), "good": False, "reason": "数字不对", "note": "长" * 900})
    assert said is not None
    assert (said.good, said.reason, len(said.note)) == (False, "数字不对", NOTE_CHARS)
    assert (said.question, said.answer) == (ANSWER.question, ANSWER.text)
    assert said.citations[0]["heading_path"][-1] == "第六节 积极应对人口老龄化"
    assert [e["doc_id"] for e in said.evidence] == [e.passage.doc_id for e in ANSWER.evidence]
    assert said.history[0]["content"] == "养老"
    assert said.index_hash == "f" * 12


def test_a_good_answer_needs_no_reason() -> None:
    said = read({"answer": sent(), "good": True, "reason": "其他", "note": "甲"})
    assert said is not None
    assert (said.good, said.reason, said.note) == (True, "", "")


def test_a_reason_of_ones_own_is_no_reason() -> None:
    said = read({"answer": sent(), "good": False, "reason": "<b>"})
    assert said is not None
    assert said.reason == ""


@pytest.mark.parametrize("data", [None, [], {"good": True}, {"answer": {}, "good": True}])
def test_feedback_without_an_answer_is_none(data: object) -> None:
    assert read(data) is None


def test_a_record_that_cannot_be_kept_is_said() -> None:
    said = read({"answer": sent(), "good": True})
    assert said is not None

    def full(_: Feedback) -> None:
        raise IndexUnusable("磁盘已满，请联系管理员。")

    assert feedback.keep(full, said) == "磁盘已满，请联系管理员。"
    taken: list[Feedback] = []
    assert feedback.keep(taken.append, said) == ""
    assert taken == [said]
