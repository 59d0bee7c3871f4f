"""Which chat model writes, and within what bounds: the LLM_… variables.

The only file of assistant/chat/ that reads the environment. A wrong value fails at start, by name.
The key is a secret of its own type: it shows in no repr, no log line and no hash.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from assistant.privacy import WordList
from assistant.settings import words
from index.errors import SettingError

# What a server that asks for no key is sent; the SDK would else take OPENAI_API_KEY along.
NO_KEY = "none"


class Secret:
    """A text that is handed over on purpose only, by `reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)" if self._text else "Secret()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """One chat model behind the OpenAI protocol. Times in seconds, prices in yuan per million tokens."""

    base_url: str
    model: str
    api_key: Secret = field(default_factory=Secret)
    timeout: float = 30.0  # all that one question may wait for the model, repairs included
    temperature: float = 0.0
    seed: int = 42
    prompt_tokens: int = 6000  # of one prompt, estimated; evidence is left out by rank beyond it
    answer_tokens: int = 1500  # of one reply; a model that reasons aloud needs more
    price_in: float = 0.0
    price_out: float = 0.0
    cache: int = 256  # answers kept; 0: none
    label: str = ""  # the model as readers are told of it; '': its name
    filing: str = ""  # its 备案号
    extra: str = "{}"  # JSON object added to every request, for a server's own switches
    words: WordList = field(default_factory=WordList, compare=False)  # that are not sent

    @property
    def shown(self) -> str:
        """The model's name for readers."""
        return self.label or self.model

    @property
    def extra_body(self) -> dict[str, Any]:
        """What is sent besides; `max_tokens` here because every server knows it by that name."""
        return {"max_tokens": self.answer_tokens} | dict(json.loads(self.extra))

    @property
    def fingerprint(self) -> str:
        """A hash of all that shapes an answer; neither the key nor a price does."""
        apart = {"api_key", "price_in", "price_out", "cache", "label", "filing", "timeout", "words"}
        shaping = {k: v for k, v in asdict(self).items() if k not in apart}
        return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()


def from_environment(environ: Mapping[str, str] | None = None) -> ChatSettings | None:
    """The settings, or None where neither LLM_BASE_URL nor LLM_MODEL is set (the default mode)."""
    source = os.environ if environ is None else environ
    given = {n: v.strip() for n, v in source.items() if n.startswith("LLM_") and v.strip()}
    if not given.keys() & {"LLM_BASE_URL", "LLM_MODEL"}:
        return None
    plain = ChatSettings(_url(given), _named(given, "LLM_MODEL"))
    return ChatSettings(
        base_url=plain.base_url,
        model=plain.model,
        api_key=Secret(_key(given)),
        timeout=_number(given, "LLM_TIMEOUT", plain.timeout, 0.1, 600),
        temperature=_number(given, "LLM_TEMPERATURE", plain.temperature, 0, 2),
        seed=_whole(given, "LLM_SEED", plain.seed),
        prompt_tokens=_whole(given, "LLM_PROMPT_TOKENS", plain.prompt_tokens, 1000),
        answer_tokens=_whole(given, "LLM_ANSWER_TOKENS", plain.answer_tokens, 100),
        price_in=_number(given, "LLM_PRICE_IN", 0, 0, 10_000),
        price_out=_number(given, "LLM_PRICE_OUT", 0, 0, 10_000),
        cache=_whole(given, "LLM_CACHE", plain.cache),
        label=given.get("LLM_LABEL", ""),
        filing=given.get("LLM_FILING", ""),
        words=words(source),
        extra=_object(given.get("LLM_EXTRA_BODY", "{}")),
    )


def _named(given: Mapping[str, str], name: str) -> str:
    if name not in given:
        raise SettingError(
            f"没有设置 {name}：使用对话模型要同时设置 LLM_BASE_URL 和 LLM_MODEL，不用就都去掉。"
        )
    return given[name]


def _url(given: Mapping[str, str]) -> str:
    value = _named(given, "LLM_BASE_URL")
    wrong = SettingError(
        "LLM_BASE_URL 的值不对：请填写对话模型服务的地址，例如 http://127.0.0.1:11434/v1。"
    )
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise wrong from error
    # User and password in an address would end up in logs.
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise wrong
    return value.rstrip("/")


def _key(given: Mapping[str, str]) -> str:
    """The key; it goes into a header, which holds printable ASCII alone."""
    value = given.get("LLM_API_KEY", "")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise SettingError("LLM_API_KEY 的值不对：密钥里不能有空格、换行和中文，请重新复制。")
    return value


def _number(
    given: Mapping[str, str], name: str, default: float, least: float, most: float
) -> float:
    try:
        value = float(given.get(name, default))
    except ValueError:
        value = -1.0
    if not least <= value <= most:
        raise SettingError(f"{name} 的值“{given[name]}”不对：请填 {least:g} 到 {most:g} 的数。")
    return value


def _whole(given: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    value = given.get(name, str(default))
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise SettingError(f"{name} 的值“{value}”不对：请填不小于 {least} 的整数。")
    return int(value)


def _object(value: str) -> str:
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise SettingError(
            'LLM_EXTRA_BODY 的值不对：请填 JSON 对象，例如 {"enable_thinking": false}。'
        )
    return json.dumps(found, sort_keys=True)
