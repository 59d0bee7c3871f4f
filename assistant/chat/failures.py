"""What can go wrong with a chat model, and the one place where foreign errors are mapped to it.

    ModelFailed
    ├── Unreachable   no route, refused, unknown host
    ├── TooSlow       no first word, a stall, or the whole too long for LLM_TIMEOUT
    ├── Resting       it was silent several times in a row and is left alone for a minute
    ├── CutOff        the connection or the reply ended half way
    ├── Unauthorised  401, 403
    ├── Busy          429; `retry_after` in seconds where the server said so
    ├── ServerBroken  5xx
    ├── TooLong       the prompt does not fit the model's context
    ├── Rejected      any other 4xx (an unknown model, a parameter)
    ├── Unreadable    no JSON, or JSON of another shape
    ├── Silent        an empty reply
    ├── Declined      the model or its filter will not answer
    ├── NotFound      the model says that the material holds no answer
    └── Unproved      most of what it wrote does not stand in the documents

None is ever shown as an error: each has a `reason` that is said beside the default mode's answer.
A reason never holds the server's own words, which may repeat a key or an address.
"""

from __future__ import annotations

import re

import httpx2
import openai

# All that the client may raise for what a server does; the last ones where a reply has another shape.
FOREIGN = (
    openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError,
    ValueError, TypeError, KeyError, AttributeError, IndexError,
)  # fmt: skip
_TOO_LONG = re.compile(
    r"context.{0,20}(?:length|window|size)|maximum.{0,20}(?:context|tokens?)|too (?:long|many tokens|large)"
    r"|exceed.{0,40}(?:tokens?|context|length|limit)|range of input length|(?:超出|超过).{0,12}(?:长度|上限|限制)",
    re.IGNORECASE,
)


class ModelFailed(Exception):
    """The chat model gave nothing usable; `reason` says why in a clause for readers."""

    reason = "对话模型没有给出可用的回答"


class Unreachable(ModelFailed):
    reason = "对话模型连接不上"


class TooSlow(ModelFailed):
    reason = "对话模型没有在规定时间内答完"


class Resting(ModelFailed):
    reason = "对话模型连续几次没有回应，暂时不用"


class CutOff(ModelFailed):
    reason = "对话模型的回答中途断开"


class Unauthorised(ModelFailed):
    reason = "对话模型不接受所设的密钥"


class Busy(ModelFailed):
    reason = "对话模型繁忙"

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__()
        self.retry_after = retry_after


class ServerBroken(ModelFailed):
    reason = "对话模型的服务出错"


class TooLong(ModelFailed):
    reason = "内容超出对话模型的长度"


class Rejected(ModelFailed):
    reason = "对话模型不接受这次请求"


class Unreadable(ModelFailed):
    reason = "对话模型的回复无法读取"


class Silent(ModelFailed):
    reason = "对话模型没有写出内容"


class Declined(ModelFailed):
    reason = "对话模型没有回答这个问题"


class NotFound(ModelFailed):
    reason = "对话模型认为材料不足以回答"


class Unproved(ModelFailed):
    reason = "对话模型写的内容多数未能在文件中核实"


def failure(error: Exception, started: bool) -> ModelFailed:
    """A foreign error as one of ours; `started`: words had come before it."""
    if isinstance(error, openai.APIStatusError):
        return _of_status(error)
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return TooSlow()
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        return CutOff() if started else Unreachable()
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
        return Unreachable()
    if isinstance(error, openai.APIError):  # an error object in the stream itself
        return TooLong() if _TOO_LONG.search(error.message) else ServerBroken()
    return Unreadable()


def _of_status(error: openai.APIStatusError) -> ModelFailed:
    status = error.status_code
    if status in (401, 403):
        return Unauthorised()
    if status == 429:
        return Busy(_seconds(error.response.headers.get("retry-after", "")))
    if status == 413 or (status < 500 and _TOO_LONG.search(str(error.message))):
        return TooLong()
    return ServerBroken() if status >= 500 else Rejected()


def _seconds(value: str) -> float | None:
    """Retry-After in seconds; a date or anything else counts as not given."""
    return float(value) if re.fullmatch(r"\d+(?:\.\d+)?", value.strip()) else None
