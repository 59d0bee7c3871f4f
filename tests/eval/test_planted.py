"""The gate over a real assistant: every planted regression is caught, and no change is none."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.chat import writer
from assistant.chat.prompts import Prompt, prompt
from assistant.chat.settings import ChatSettings
from eval import echo, gate
from eval.chat_server import Exchange, serving
from eval.records import Case, Result
from index.embeddings import StaticEmbeddings
from index.library import Library
from tests.eval import planted
from tests.eval.eval_fakes import case, reply

pytestmark = pytest.mark.long

DOCS = {"plan": "原文"}
# What is allowed to be lost, without the minimum values: those are for the real documents.
LIMITS = {k: replace(v, minimum=None, maximum=None) for k, v in gate.load_limits().items()}
Make = Callable[..., Library]


@pytest.fixture(scope="module")
def asked() -> list[Case]:
    return planted.cases()


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory, model: StaticEmbeddings) -> Make:
    def opened(**changes: object) -> Library:
        folder: Path = tmp_path_factory.mktemp("planted")
        return planted.library(folder, model, planted.plan(**changes))  # type: ignore[arg-type]

    return opened


@pytest.fixture(scope="module")
def whole(make: Make) -> Library:
    return make()


@pytest.fixture(scope="module")
def before(whole: Library, asked: list[Case]) -> list[Result]:
    return planted.run(whole, asked)


def accepted(results: list[Result]) -> dict[str, gate.Accepted]:
    data = gate.baseline_data(results, DOCS)["cases"]
    return {k: gate.Accepted(v["fingerprint"], v["scores"]) for k, v in data.items()}


def caught(before: list[Result], now: list[Result]) -> set[str]:
    """The labels of the figures that the gate says were lost."""
    return {line.split("：")[0] for line in gate.violations(now, accepted(before), LIMITS)}


def test_the_suite_is_worth_holding_to(before: list[Result]) -> None:
    right = {
        g: [r.status == "right" for r in before if r.case.group == g]
        for g in ("section", "table", "refuse")
    }
    assert {group: np.mean(values) >= 0.8 for group, values in right.items()} == dict.fromkeys(
        right, True
    )


def test_a_lost_section_is_caught(before: list[Result], make: Make, asked: list[Case]) -> None:
    now = planted.run(make(lost=range(3, 11)), asked)
    assert {"出处@5", "引用覆盖"} <= caught(before, now)


@pytest.mark.parametrize("column", ["empty", "moved"])
def test_a_broken_table_column_is_caught(
    before: list[Result], make: Make, asked: list[Case], column: str
) -> None:
    assert {"全对", "要点全中"} <= caught(before, planted.run(make(column=column), asked))


@pytest.mark.parametrize("limit", [50.0, -50.0])
def test_a_wrong_threshold_is_caught(
    before: list[Result],
    whole: Library,
    asked: list[Case],
    monkeypatch: pytest.MonkeyPatch,
    limit: float,
) -> None:
    for name in ("REFUSE_FACT", "REFUSE_OTHER"):
        monkeypatch.setattr(f"assistant.refusal.{name}", limit)
    # Of the two directions one refuses all that is asked, the other refuses too little.
    monkeypatch.setattr("assistant.refusal.conflict", lambda *_, **__: 0.0, raising=True)
    assert {"全对", "拒答得当"} <= caught(before, planted.run(whole, asked))


@pytest.fixture
def chat() -> Iterator[ChatSettings]:
    """A model that does what its rules say: it marks sources only where it is told to."""

    def respond(exchange: Exchange) -> None:
        text = echo.reply(exchange.user)
        exchange.say(
            text if "标号" in exchange.system else "".join(c for c in text if c not in "[]【】")
        )

    with serving(respond) as server:
        yield ChatSettings(server.url, "obedient", timeout=5.0, cache=0)


def test_a_swapped_prompt_is_caught(
    whole: Library, asked: list[Case], chat: ChatSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = [c for c in asked if c.group != "refuse"][::2]
    before = planted.run(whole, some, chat)
    assert np.mean([r.scores["written"] == 1 for r in before]) >= 0.9
    assert caught(before, planted.run(whole, some, chat)) == set()
    other = prompt("suggest").system

    def swapped(name: str) -> Prompt:
        found = prompt(name)
        return replace(found, system=other.replace("{count}", "3")) if name == "answer" else found

    monkeypatch.setattr(writer, "prompt", swapped)
    assert "模型作答" in caught(before, planted.run(whole, some, chat))


def test_a_change_that_changes_nothing_passes_twenty_times(
    before: list[Result], make: Make, asked: list[Case]
) -> None:
    again = make()  # built anew: other folders, other times, the same documents
    runs = [planted.run(again, asked)]
    some = asked[::12]
    kept = {r.case.id for r in runs[0]}
    for seed in range(19):
        mixed = random.Random(seed).sample(some, len(some))
        runs.append(planted.run(again, mixed))
    assert kept == {c.id for c in asked}
    assert [gate.violations(r, accepted(before), LIMITS, whole=False) for r in runs] == [[]] * 20


def made(values: np.ndarray) -> list[Result]:
    """Results with these scores for every figure that a loss is counted in."""
    keys = [key for key, limit in LIMITS.items() if limit.allowed_loss is not None]
    return [
        Result(case(id=f"c{i}"), reply(), dict.fromkeys(keys, float(v)), "right")
        for i, v in enumerate(values)
    ]


def test_noise_fails_no_build_and_two_points_of_three_hundred_do() -> None:
    """Cases that flip by chance (1 in 200), against the same cases with 6 right ones lost.

    The paired test is one-sided at 95 %: noise alone may fail 1 build in 20 and no more.
    """
    draw = np.random.default_rng(3)
    failed = {"noise": 0, "loss": 0}
    for _ in range(60):
        old = (draw.random(300) < 0.85).astype(float)
        flips = draw.random(300) < 0.005
        noisy = np.where(flips, 1 - old, old)
        lost = old.copy()
        lost[draw.choice(np.flatnonzero(old), 6, replace=False)] = 0.0
        limits = {"right": LIMITS["right"]}
        failed["noise"] += bool(gate.violations(made(noisy), accepted(made(old)), limits))
        failed["loss"] += bool(gate.violations(made(lost), accepted(made(old)), limits))
    assert failed["noise"] <= 3
    assert failed["loss"] == 60
