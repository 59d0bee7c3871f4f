"""Whatever the model's server does, the question is answered: visibly, in bounded time, keyless."""

from __future__ import annotations

import logging
import socket

import pytest

from assistant import Assistant, Settings
from assistant.ask import as_record, as_text
from assistant.chat.settings import ChatSettings, Secret
from assistant.chat.writer import Writer
from eval.chat_server import Exchange
from eval.outages import OUTAGES, status
from index.library import Library
from tests.assistant.answer_checks import faults
from tests.assistant.chat.scripted import FOREST, KEY, TRUE, Plain, Talk, in_tokens

TIMEOUT = 0.4  # where waiting it out is the point; elsewhere a slow machine must not matter
AMPLE = 20.0


@pytest.mark.parametrize("name", OUTAGES)
def test_a_failing_model_gives_the_default_answer(
    talk: Talk, plain: Plain, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outage = OUTAGES[name]
    talking = talk(outage.respond, timeout=TIMEOUT if outage.waits else AMPLE)
    answer, expected = talking.ask(FOREST), plain(FOREST)
    assert (answer.text, answer.citations) == (expected.text, expected.citations)
    assert outage.told in answer.fallback and answer.fallback in answer.notes
    assert (answer.model, answer.model_label, answer.refused) == ("", "", False)
    assert faults(answer, talking.assistant.library) == []
    shown = f"{answer!r}{as_text(answer)}{as_record(answer)}{caplog.text}"
    assert KEY not in shown and "Traceback" not in shown


def test_a_server_that_repeats_the_key_is_not_repeated(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = talk(status(401, f"Incorrect API key provided: {KEY}")).ask(FOREST)
    assert KEY not in f"{answer!r}{caplog.text}"


def test_a_closed_port_is_no_lost_question(library: Library, plain: Plain) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    writer = Writer(ChatSettings(url, "m", Secret(KEY), timeout=AMPLE))
    answer = Assistant(library, Settings(), writer).ask(FOREST)
    assert answer.text == plain(FOREST).text
    assert "连接不上" in answer.fallback


def test_an_unknown_host_is_no_lost_question(library: Library, plain: Plain) -> None:
    writer = Writer(ChatSettings("http://model.invalid/v1", "m", timeout=AMPLE))
    answer = Assistant(library, Settings(), writer).ask(FOREST)
    assert answer.text == plain(FOREST).text
    assert answer.fallback


def test_a_busy_server_is_asked_again_when_it_says(talk: Talk) -> None:
    talking = talk(status(429, headers={"Retry-After": "0.05"}), TRUE)
    answer = talking.ask(FOREST)
    assert (answer.fallback, answer.model) == ("", "scripted")
    assert answer.usage is not None and answer.usage.calls == 2


def test_a_broken_server_is_asked_a_second_time_and_no_third(talk: Talk) -> None:
    talking = talk(status(502), status(502), TRUE)
    assert "服务出错" in talking.ask(FOREST).fallback
    assert len(talking.server.requests) == 2


def test_a_prompt_too_long_is_sent_again_with_the_better_evidence(talk: Talk) -> None:
    talking = talk(status(400, "This model's maximum context length is 2048 tokens."), TRUE)
    answer = talking.ask(FOREST)
    assert answer.fallback == ""
    first, second = (exchange.user for exchange in talking.server.requests)
    assert len(second) < len(first)
    assert "35.8" in second


def test_what_was_released_before_a_break_stays(talk: Talk, plain: Plain) -> None:
    two = f"{TRUE}2020年森林覆盖率的实际值是33.5%[森林]。后面"

    def respond(exchange: Exchange) -> None:
        exchange.start()
        exchange.write(in_tokens(two, exchange.user))

    pieces, answer = talk(respond).stream(FOREST)
    assert pieces[0].startswith("2025年森林覆盖率的目标值是35.8%")
    assert "以下由程序直接引自文件：" in answer.text
    assert "后面的内容由程序直接引自文件" in answer.fallback
    assert (answer.model, answer.dropped_claims) == ("scripted", 0)
    assert plain(FOREST).text.split("[")[0] in answer.text


def test_an_answer_cut_at_its_limit_is_completed(talk: Talk, library: Library) -> None:
    def respond(exchange: Exchange) -> None:
        exchange.say(in_tokens(f"{TRUE}2020年", exchange.user), finish="length")

    answer = talk(respond).ask(FOREST)
    assert "断开" in answer.fallback
    assert faults(answer, library) == []


def test_a_refusal_asks_no_model(talk: Talk) -> None:
    talking = talk(TRUE)
    answer = talking.ask("怎么做红烧肉？")
    assert answer.refused and answer.usage is None
    assert talking.server.requests == []
