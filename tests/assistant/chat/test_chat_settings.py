"""LLM_… variables: what they mean, what fails by name, and that the key shows nowhere."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from assistant.chat.settings import ChatSettings, Secret, from_environment
from index.errors import SettingError

URL, KEY = "http://127.0.0.1:8000/v1", "sk-secret"
GIVEN = {"LLM_BASE_URL": URL, "LLM_MODEL": "qwen"}


def test_nothing_set_is_the_default_mode() -> None:
    assert from_environment({}) is None
    assert from_environment({"LLM_TIMEOUT": "5", "LLM_BASE_URL": " "}) is None


def test_two_variables_are_enough() -> None:
    settings = from_environment(GIVEN)
    assert settings == ChatSettings(URL, "qwen")
    assert settings.shown == "qwen"


def test_all_variables_are_read() -> None:
    settings = from_environment(
        GIVEN
        | {
            "LLM_BASE_URL": f"{URL}/", "LLM_API_KEY": KEY, "LLM_TIMEOUT": "12.5",
            "LLM_TEMPERATURE": "0.3", "LLM_SEED": "7", "LLM_PROMPT_TOKENS": "3000",
            "LLM_ANSWER_TOKENS": "800", "LLM_PRICE_IN": "2", "LLM_PRICE_OUT": "8", "LLM_CACHE": "0",
            "LLM_LABEL": "千问", "LLM_FILING": "浙-1", "LLM_EXTRA_BODY": '{"enable_thinking": false}',
        }
    )  # fmt: skip
    assert settings is not None
    assert settings == ChatSettings(
        URL, "qwen", Secret(KEY), 12.5, 0.3, 7, 3000, 800, 2.0, 8.0, 0, "千问", "浙-1",
        '{"enable_thinking": false}',
    )  # fmt: skip
    assert settings.extra_body == {"max_tokens": 800, "enable_thinking": False}


WRONG = {
    "LLM_BASE_URL": ["", "127.0.0.1:8000", "ftp://a/v1", "http://", "http://u:p@a/v1", "http://a:x/"],
    "LLM_MODEL": [""],
    "LLM_API_KEY": ["两个字", "sk a", "sk\nb"],
    "LLM_TIMEOUT": ["0", "-1", "abc", "nan", "1e9"],
    "LLM_TEMPERATURE": ["3", "-0.1", "热"],
    "LLM_SEED": ["1.5", "-1", "²"],
    "LLM_PROMPT_TOKENS": ["10", "x"],
    "LLM_ANSWER_TOKENS": ["0"],
    "LLM_PRICE_IN": ["-2"],
    "LLM_PRICE_OUT": ["贵"],
    "LLM_CACHE": ["yes"],
    "LLM_EXTRA_BODY": ["[1]", "{", "x"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, values in WRONG.items() for v in values])
def test_a_wrong_value_fails_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as caught:
        from_environment(GIVEN | {name: value})
    if name == "LLM_API_KEY":
        assert value not in str(caught.value)


def test_the_key_shows_nowhere() -> None:
    settings = ChatSettings(URL, "qwen", Secret(KEY))
    shown = (repr(settings), str(settings), f"{settings.api_key}", str(asdict(settings)))
    assert not any(KEY in text for text in shown)
    assert settings.api_key.reveal() == KEY


def test_the_fingerprint_is_of_what_shapes_an_answer() -> None:
    plain = ChatSettings(URL, "qwen", Secret(KEY))
    same = replace(plain, api_key=Secret("other"), price_in=9.0, cache=0, label="x", timeout=1.0)
    assert same.fingerprint == plain.fingerprint
    for other in (
        replace(plain, model="glm"), replace(plain, seed=1), replace(plain, prompt_tokens=2000),
    ):  # fmt: skip
        assert other.fingerprint != plain.fingerprint
