"""The Assistant: what is taken, what comes back, stream and Runnable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Answer, Assistant, QuestionError, Settings, Turn, open_assistant
from assistant.refusal import REFUSAL
from index.errors import UserError
from tests.assistant.answer_checks import faults
from tests.assistant.conftest import DOCUMENTS

FOREST = "森林覆盖率2025年目标是多少？"
WORDS = [
    "森林覆盖率", "地区生产总值", "云溪市", "南京", "成都", "养老", "第二章", "四大战略", "2025年",
    "2030年", "是多少", "有哪些", "怎么办", "哪一章写", "讲什么", "和", "的", "，", "？", "“两廊一环”",
    "约束性指标", "专栏1", "表2", "一共几章", "规划", "论文", "为什么", "忽略指令", "5G", "。", "\n",
    "是什么意思", "百分之五",
]  # fmt: skip
FOLLOW_UPS = ["还有呢？", "那它呢？", "第二条呢？", "南京呢？", "嗯", FOREST]


@pytest.mark.parametrize("text", ["", "  ", "\n\t\u3000"])
def test_an_empty_question_is_an_error(assistant: Assistant, text: str) -> None:
    with pytest.raises(QuestionError, match="请先输入"):
        assistant.ask(text)


def test_a_question_may_be_so_long_and_no_longer(assistant: Assistant) -> None:
    limit = assistant.settings.max_question
    assert assistant.ask("养" * limit).question == "养" * limit
    with pytest.raises(QuestionError, match=f"{limit + 1}个字.*{limit}个字"):
        assistant.ask("养" * (limit + 1))
    assert issubclass(QuestionError, UserError)


def test_the_limit_is_a_setting(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant, "settings", Settings(max_question=5))
    with pytest.raises(QuestionError, match="6个字.*5个字"):
        assistant.ask("森林覆盖率？")


def test_an_answer_is_complete(assistant: Assistant) -> None:
    answer = assistant.ask(FOREST)
    assert answer.question == answer.standalone_question == FOREST
    assert (answer.refused, answer.confidence) == (False, "high")
    assert (answer.model, answer.dropped_claims) == ("", 0)
    assert answer.settings_hash == assistant.settings.settings_hash
    assert answer.seconds > 0
    assert answer.citations[0].title == "云溪市国民经济和社会发展第十四个五年规划纲要"


def test_a_refusal_is_an_answer(assistant: Assistant) -> None:
    answer = assistant.ask("怎么做红烧肉？")
    assert (answer.refused, answer.confidence) == (True, "none")
    assert answer.text.startswith(REFUSAL)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7))
def test_whatever_is_asked_every_quote_stands(assistant: Assistant, parts: list[str]) -> None:
    text = "".join(parts)
    if text.strip():
        answer = assistant.ask(text)
        assert faults(answer, assistant.library) == []


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.lists(
        st.sampled_from(["还有呢？", "那它呢？", "第二条呢？", "南京呢？", "嗯", FOREST]),
        max_size=3,
    ),
)
def test_whatever_was_asked_before_every_quote_stands(
    assistant: Assistant, parts: list[str], earlier: list[str]
) -> None:
    text = "".join(parts)
    history = [Turn(role, said) for said in earlier for role in ("user", "assistant")]
    if text.strip():
        assert faults(assistant.ask(text, history), assistant.library) == []


@pytest.mark.parametrize("text", [FOREST, "怎么应对老龄化？", "四大战略有哪些？", "今天下雨吗？"])
def test_the_same_question_gives_the_same_answer(assistant: Assistant, text: str) -> None:
    first, *others = (replace(assistant.ask(text), seconds=0.0) for _ in range(5))
    assert all(other == first for other in others)


@pytest.mark.parametrize("text", [FOREST, "四大战略有哪些？", "有哪些文件？", "今天下雨吗？"])
def test_the_pieces_of_a_stream_are_the_text(assistant: Assistant, text: str) -> None:
    *pieces, last = assistant.stream(text)
    assert isinstance(last, Answer)
    assert all(isinstance(piece, str) and piece for piece in pieces)
    assert "".join(str(piece) for piece in pieces) == last.text == assistant.ask(text).text


def test_a_stream_comes_piece_by_piece(assistant: Assistant) -> None:
    stream = assistant.stream("四大战略有哪些？")
    assert isinstance(stream, Iterator)
    assert len(list(stream)) == 5  # four lines and the answer


def test_a_stream_of_an_empty_question_is_an_error(assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        list(assistant.stream(" "))


def test_a_stream_knows_history_and_chosen_documents(assistant: Assistant) -> None:
    history = [Turn("user", FOREST), Turn("assistant", "35.8%")]
    *_, last = assistant.stream("那2020年呢？", history, ["plan"])
    assert isinstance(last, Answer) and "33.5%" in last.text


def test_a_runnable_invokes_and_batches(assistant: Assistant) -> None:
    runnable = assistant.as_runnable()
    plain = replace(assistant.ask(FOREST), seconds=0.0)
    assert replace(runnable.invoke({"question": FOREST}), seconds=0.0) == plain
    first, second = runnable.batch([{"question": FOREST}, {"question": "今天下雨吗？"}])
    assert replace(first, seconds=0.0) == plain
    assert second.refused


def test_a_runnable_streams(assistant: Assistant) -> None:
    *pieces, last = assistant.as_runnable().stream({"question": FOREST})
    assert "".join(pieces) == last.text == assistant.ask(FOREST).text


def test_a_runnable_takes_history_and_documents(assistant: Assistant) -> None:
    runnable = assistant.as_runnable()
    history = [Turn("user", FOREST), Turn("assistant", "35.8%")]
    assert "33.5%" in runnable.invoke({"question": "那2020年呢？", "history": history}).text
    assert runnable.invoke({"question": FOREST, "doc_ids": ["nanjing"]}).refused


def test_a_document_by_its_id(assistant: Assistant) -> None:
    assert assistant.document("nanjing").title == "南京对外开放随想"
    with pytest.raises(KeyError):
        assistant.document("unknown")


def test_old_turns_are_another_topic(assistant: Assistant) -> None:
    old = [Turn("user", FOREST), Turn("assistant", "35.8%")]
    chat = [Turn("user", "城际铁路全长多少公里？"), Turn("assistant", "46公里")] * 4
    assert "森林" not in assistant.ask("那2020年呢？", old + chat).standalone_question


@pytest.fixture
def distrusting(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """The assistant, in whose documents none of its quotes stands."""
    monkeypatch.setattr(assistant, "_squeezed", lambda doc_id: "")
    return assistant


def test_a_quote_that_does_not_stand_is_not_shown(distrusting: Assistant) -> None:
    answer = distrusting.ask(FOREST)
    assert answer.citations == () and "35.8" not in answer.text
    assert answer.dropped_claims == 1


def test_an_answer_left_without_a_sentence_is_a_refusal(distrusting: Assistant) -> None:
    answer = distrusting.ask(FOREST)
    assert answer.text.startswith(REFUSAL)
    assert answer.refused and answer.confidence == "none"


def test_an_assistant_opened_anew_gives_the_same_answers(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path))
    opened = open_assistant(DOCUMENTS, Settings(evidence_k=3))
    for text in (FOREST, "怎么应对人口老龄化？", "今天下雨吗？"):
        here, there = assistant.ask(text), opened.ask(text)
        assert (there.text, there.citations) == (here.text, here.citations)
        assert there.evidence == here.evidence[:3]
        assert there.settings_hash != here.settings_hash


def test_the_plain_assistant_asks_no_model(assistant: Assistant) -> None:
    assert assistant.plain is assistant

    class Forbidden:
        def begin(self, *_: object) -> None:
            raise AssertionError("a chat model was asked")

    modelled = Assistant(assistant.library, assistant.settings, Forbidden())  # type: ignore[arg-type]
    question = "2025年养老床位达到多少张？"
    assert modelled.plain.ask(question).text == assistant.ask(question).text
    assert modelled.writer is not None
