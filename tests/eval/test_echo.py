"""The model that tells the truth: with it the answers are the default mode's in other words."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from copy import copy
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.chat.settings import ChatSettings
from assistant.chat.writer import Writer
from eval import echo
from eval.chat_server import serving
from index.embeddings import StaticEmbeddings
from index.library import Library
from index.settings import Settings as IndexSettings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "tests" / "assistant" / "documents"
QUESTIONS = [
    "森林覆盖率2025年目标是多少？", "四大战略有哪些？", "怎么应对人口老龄化？", "约束性指标有哪些？",
    "南京2025年实际使用外资是多少？", "云溪市和南京的地区生产总值各是多少？",
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, model: StaticEmbeddings) -> Library:
    settings = IndexSettings(docs_dir=DOCUMENTS, data_dir=tmp_path_factory.mktemp("var"))
    return Library.open(DOCUMENTS, settings=settings, model=model)


@pytest.fixture(scope="module")
def assistant(library: Library) -> Assistant:
    return Assistant(library, Settings())


@pytest.fixture
def told(assistant: Assistant) -> Iterator[Assistant]:
    with serving(echo.respond) as server:
        writing = copy(assistant)  # making one anew takes longer than the tests
        writing.writer = Writer(ChatSettings(server.url, "echo"))
        yield writing


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_true_passes(library: Library, told: Assistant, question: str) -> None:
    plain, answer = Assistant(library, Settings()).ask(question), told.ask(question)
    assert (answer.dropped_claims, answer.fallback) == (0, "")
    assert {c.passage_id for c in answer.citations} == {c.passage_id for c in plain.citations}
    assert answer.refused or answer.model == "echo"


def test_words_are_its_own() -> None:
    user = "<摘句 a1>\n甲[abcd]\n- 乙[efgh]\n无锡：\n</摘句 a1>"
    assert echo.reply(user) == "规划提出，甲[abcd]。\n- 乙【efgh】\n无锡："


def test_a_repair_takes_its_own_words_off_again() -> None:
    assert echo.reply("<原句 a1>\n规划提出，甲[abcd]。\n</原句 a1>") == "甲[abcd]。"


def test_a_follow_up_is_put_as_the_rules_have_it() -> None:
    assert (
        echo.reply("<对话 a>\n读者：甲\n</对话 a>\n程序按规则补成的是：乙？\n合适就照抄") == "乙？"
    )


def test_the_command_serves_the_protocol() -> None:
    command = [sys.executable, "-m", "eval.echo", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().split()[0].removeprefix("LLM_BASE_URL=")
        with urllib.request.urlopen(f"{url}/models") as response:
            assert json.load(response)["data"][0]["id"] == "echo"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
