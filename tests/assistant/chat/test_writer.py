"""Verified streaming: what is released, put right, dropped; what the Answer says of it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from assistant import Answer, Turn
from assistant.refusal import REFUSAL
from eval.chat_server import Exchange
from eval.outages import status
from tests.assistant.answer_checks import faults
from tests.assistant.chat.scripted import FOREST, TRUE, Plain, Talk, in_tokens

SECOND = "2020年森林覆盖率的实际值是33.5%[森林]。"
FALSE = "2025年森林覆盖率的目标值是45.8%[森林]。"


def test_a_true_answer_in_other_words_is_shown(talk: Talk) -> None:
    talking = talk(TRUE + SECOND)
    pieces, answer = talking.stream(FOREST)
    assert answer.text == TRUE.replace("[森林]", "[1]") + SECOND.replace("[森林]", "[1]")
    assert len(pieces) == 2
    assert (answer.dropped_claims, answer.fallback, answer.notes) == (0, "", ())
    assert [c.quote for c in answer.citations] == ["绿色生态 5 森林覆盖率（%） 33.5 35.8 约束性"]
    assert faults(answer, talking.assistant.library) == []


def test_a_sentence_is_released_while_the_model_still_writes(talk: Talk) -> None:
    go_on = threading.Event()

    def respond(exchange: Exchange) -> None:
        exchange.start()
        exchange.write(in_tokens(TRUE + "2020年", exchange.user))
        go_on.wait(10)
        exchange.write(in_tokens(SECOND[5:], exchange.user))
        exchange.end("stop")

    stream = talk(respond).assistant.stream(FOREST)
    assert next(stream) == TRUE.replace("[森林]", "[1]")
    go_on.set()
    assert isinstance(list(stream)[-1], Answer)


def test_the_answer_says_who_wrote_it(talk: Talk) -> None:
    talking = talk(TRUE, label="某某大模型", filing="某地-某某-2026", price_in=2.0, price_out=8.0)
    answer = talking.ask(FOREST)
    assert (answer.model, answer.model_label) == ("scripted", "某某大模型")
    assert answer.model_filing == "某地-某某-2026"
    assert talking.assistant.notice == (
        "回答由人工智能模型某某大模型（备案号：某地-某某-2026）生成，逐句核对文件。"
    )
    usage = answer.usage
    assert usage is not None and usage.calls == 1 and not usage.estimated
    assert usage.completion_tokens == 10
    assert usage.cost == pytest.approx((usage.prompt_tokens * 2 + 10 * 8) / 1e6)


def test_what_is_asked_of_the_model(talk: Talk) -> None:
    talking = talk(TRUE)
    talking.ask(FOREST)
    sent = talking.server.requests[0].request
    assert (sent["model"], sent["temperature"], sent["seed"]) == ("scripted", 0, 42)
    assert sent["max_tokens"] == 1500 and "max_completion_tokens" not in sent
    assert talking.server.requests[0].headers["Authorization"].startswith("Bearer sk-")


def test_a_false_sentence_is_put_right_once(talk: Talk) -> None:
    talking = talk(FALSE, TRUE)
    answer = talking.ask(FOREST)
    assert answer.text == TRUE.replace("[森林]", "[1]")
    assert (answer.dropped_claims, len(talking.server.requests)) == (0, 2)
    repair = talking.server.requests[1].user
    assert "45.8" in repair and "35.8" in repair and "核对发现" in repair


@pytest.mark.parametrize("repair", ["无", FALSE, "", "<think>嗯</think>", f"{TRUE}{SECOND}"])
def test_a_false_sentence_that_stays_false_is_dropped_and_counted(talk: Talk, repair: str) -> None:
    answer = talk(TRUE + SECOND + FALSE, repair).ask(FOREST)
    assert "45.8" not in answer.text
    assert answer.dropped_claims == 1
    assert "已略去 1 句未能在文件中核实的内容。" in answer.notes
    assert answer.fallback == ""


def test_a_repair_that_fails_is_not_tried_again(talk: Talk) -> None:
    other = FALSE.replace("45.8", "46.8")
    talking = talk(TRUE + SECOND + FALSE + other + SECOND, status(401))
    assert talking.ask(FOREST).dropped_claims == 2
    assert len(talking.server.requests) == 2


def test_repairs_of_one_answer_are_few(talk: Talk) -> None:
    lies = "".join(FALSE.replace("45.8", f"{n}.1") for n in range(50, 60))
    talking = talk(lies, "无")
    talking.ask(FOREST)
    assert len(talking.server.requests) == 1 + 4


def test_an_answer_mostly_false_is_completed_from_the_documents(talk: Talk, plain: Plain) -> None:
    answer = talk(TRUE + FALSE + FALSE.replace("45.8", "46.8"), "无").ask(FOREST)
    assert answer.dropped_claims == 2
    assert "多数未能在文件中核实" in answer.fallback
    assert "以下由程序直接引自文件：" in answer.text
    assert plain(FOREST).text.split("[")[0] in answer.text


def test_items_stand_on_lines_of_their_own(talk: Talk) -> None:
    said = "森林覆盖率的情况如下：\n- 2025年目标值35.8%[森林]\n- 2020年实际值33.5%[森林]\n"
    pieces, answer = talk(said).stream(FOREST)
    assert answer.text.split("\n") == [
        "森林覆盖率的情况如下：", "- 2025年目标值35.8%[1]", "- 2020年实际值33.5%[1]",
    ]  # fmt: skip
    assert "".join(pieces) == answer.text


def test_a_lead_in_begins_a_line(talk: Talk) -> None:
    answer = talk(f"{TRUE}森林覆盖率的情况如下：\n- 2020年森林覆盖率实际值33.5%[森林]\n").ask(
        FOREST
    )
    assert answer.text.split("\n")[1:] == [
        "森林覆盖率的情况如下：",
        "- 2020年森林覆盖率实际值33.5%[1]",
    ]


def test_words_without_a_source_are_not_shown_alone(talk: Talk) -> None:
    answer = talk(f"{TRUE}希望对您有帮助。").ask(FOREST)
    assert answer.text == TRUE.replace("[森林]", "[1]")


def test_a_model_that_finds_no_answer_leaves_the_nearest(talk: Talk, plain: Plain) -> None:
    answer = talk(REFUSAL).ask(FOREST)
    assert (answer.text, answer.confidence) == (plain(FOREST).text, "low")
    assert not answer.refused


def test_a_sentence_of_the_default_mode_keeps_its_source(talk: Talk, plain: Plain) -> None:
    said = plain(FOREST)
    answer = talk(said.text.replace("[1]", "")).ask(FOREST)
    assert (answer.text, answer.citations) == (said.text, said.citations)
    assert answer.fallback == ""


def test_the_same_question_is_answered_from_the_cache(talk: Talk) -> None:
    talking = talk(TRUE)
    first, second = talking.ask(FOREST), talking.ask(FOREST)
    assert len(talking.server.requests) == 1
    assert first.usage is not None and second.usage is not None
    assert not first.usage.cached
    assert second == replace(first, usage=replace(first.usage, cached=True), seconds=second.seconds)


def test_the_cache_can_be_switched_off(talk: Talk) -> None:
    talking = talk(TRUE, cache=0)
    talking.ask(FOREST)
    talking.ask(FOREST)
    assert len(talking.server.requests) == 2


def test_a_failure_is_not_kept(talk: Talk) -> None:
    talking = talk(status(401), TRUE)
    assert talking.ask(FOREST).fallback
    assert talking.ask(FOREST).fallback == ""


def test_the_settings_and_prompts_are_part_of_the_hash(talk: Talk, plain: Plain) -> None:
    one, other = talk(TRUE), talk(TRUE, temperature=0.5)
    hashes = {one.ask(FOREST).settings_hash, other.ask(FOREST).settings_hash}
    assert len(hashes | {plain(FOREST).settings_hash}) == 3


def test_a_structure_question_asks_no_model(talk: Talk, plain: Plain) -> None:
    talking = talk(TRUE)
    question = "规划一共几章？"
    assert talking.ask(question).text == plain(question).text
    assert talking.server.requests == []


def test_several_questions_at_once(talk: Talk) -> None:
    runnable = talk(TRUE, cache=0).assistant.as_runnable()
    answers = runnable.batch([{"question": FOREST}] * 4)
    assert {a.text for a in answers} == {TRUE.replace("[森林]", "[1]")}


def test_a_follow_up_is_put_by_the_model(talk: Talk) -> None:
    history = [Turn("user", FOREST), Turn("assistant", "35.8%")]
    talking = talk("森林覆盖率2020年实际值是多少？", SECOND)
    answer = talking.ask("那2020年的实际数呢？", *history)
    assert answer.standalone_question == "森林覆盖率2020年实际值是多少？"
    assert answer.usage is not None and answer.usage.calls == 2
    assert FOREST in talking.server.requests[0].user


def test_a_follow_up_survives_a_model_that_is_down(talk: Talk, plain: Plain) -> None:
    history = [Turn("user", FOREST), Turn("assistant", "35.8%")]
    talking = talk(status(401))
    answer = talking.ask("那2020年呢？", *history)
    assert "33.5%" in answer.text and "密钥" in answer.fallback
    assert len(talking.server.requests) == 1


def test_suggestions_are_answerable(talk: Talk, plain: Plain) -> None:
    lines = "1. 森林覆盖率2020年是多少？\n- 怎么做红烧肉？\n不是问句\n养老机构护理型床位占比2025年目标是多少？"
    suggested = talk(lines).assistant.suggestions(plain(FOREST))
    assert suggested == (
        "森林覆盖率2020年是多少？", "养老机构护理型床位占比2025年目标是多少？",
    )  # fmt: skip
    assert talk(status(500)).assistant.suggestions(plain(FOREST)) == ()
