"""Every way in which a chat model's server fails, and how long the answer then takes.

    python -m eval.outages [--docs DIR] [--timeout SECONDS]

Prints a line for each failure: the seconds the answer took beyond LLM_TIMEOUT (it must stay below
1) and what the reader is told. Code 1 where one took longer or gave another text than the default
mode's. The same failures are the tests' of tests/assistant/chat.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, open_assistant
from assistant.chat.settings import ChatSettings
from assistant.chat.writer import Writer
from eval.cases import CaseError
from eval.chat_server import Exchange, Respond, serving
from eval.console import table

MOST_BEYOND = 1.0  # seconds
TOLD_SLOW = "规定时间"
_LONG = 60.0  # seconds of silence; far beyond any timeout tried


@dataclass(frozen=True, slots=True)
class Outage:
    """What the server does, and a word of what the reader is told about it."""

    respond: Respond
    told: str

    @property
    def waits(self) -> bool:
        """Whether only the timeout ends it."""
        return self.told == TOLD_SLOW


def status(code: int, message: str = "no", headers: Mapping[str, str] | None = None) -> Respond:
    """An HTTP error."""
    return lambda exchange: exchange.status(code, message, headers)


def body(data: bytes, kind: str = "text/event-stream", length: int | None = None) -> Respond:
    """A reply with any body."""
    return lambda exchange: exchange.plain(data, kind, length)


def says(text: str, finish: str = "stop") -> Respond:
    """A whole reply."""
    return lambda exchange: exchange.say(text, finish)


def begins(text: str, stall: bool) -> Respond:
    """A stream that begins well and then stalls or breaks off."""

    def respond(exchange: Exchange) -> None:
        exchange.start()
        exchange.write(text)
        if stall:
            exchange.stall(_LONG)

    return respond


def silent(exchange: Exchange) -> None:
    """Takes the request and says nothing."""
    exchange.stall(_LONG)


def dripping(exchange: Exchange) -> None:
    """A word now and then without end: no single read is slow."""
    exchange.start()
    while not exchange.stopped.wait(0.05):
        exchange.write("嗯")


def hanging_up(exchange: Exchange) -> None:
    """Closes the connection without a word."""


OUTAGES: dict[str, Outage] = {
    "401": Outage(status(401), "密钥"),
    "403": Outage(status(403), "密钥"),
    "404": Outage(status(404), "不接受"),
    "400": Outage(status(400, "unknown parameter"), "不接受"),
    "429": Outage(status(429), "繁忙"),
    "429 一小时后再来": Outage(status(429, headers={"Retry-After": "3600"}), "繁忙"),
    "429 给出日期": Outage(status(429, headers={"Retry-After": "Fri, 01 Jan 2100"}), "繁忙"),
    "500": Outage(status(500), "服务出错"),
    "503": Outage(status(503), "服务出错"),
    "没有第一个字": Outage(silent, TOLD_SLOW),
    "只有响应头": Outage(begins("", stall=True), TOLD_SLOW),
    "中途停住": Outage(begins("2025年", stall=True), TOLD_SLOW),
    "隔一会儿一个字": Outage(dripping, TOLD_SLOW),
    "接通就断开": Outage(hanging_up, "连接不上"),
    "中途断开": Outage(begins("2025年", stall=False), "断开"),
    "半个数据块": Outage(body(b"data: {", length=5000), "连接不上"),
    "不是 JSON": Outage(body(b"data: {not json\n\n"), "无法读取"),
    "JSON 里没有选项": Outage(body(b'data: {"choices": null}\n\n'), "没有写出"),
    "JSON 结构不对": Outage(body(b'data: {"choices": [{}]}\n\n'), "无法读取"),
    "JSON 是数组": Outage(body(b"data: [1]\n\n"), "无法读取"),
    "一张网页": Outage(body(b"<html>502</html>", "text/html"), "无法读取"),
    "不是 UTF-8": Outage(body(b"data: \xff\xfe\n\n"), "无法读取"),
    "流里的错误": Outage(body(b'data: {"error": {"message": "boom"}}\n\n'), "服务出错"),
    "空的回答": Outage(says(""), "没有写出"),
    "只有空白": Outage(says(" \n "), "没有写出"),
    "内容过滤": Outage(says("", "content_filter"), "没有回答"),
    "拒绝回答": Outage(says("抱歉，我无法回答这个问题。"), "未能在文件中核实"),
    "说材料里没有": Outage(says("现有文件中没有找到这个问题的答案。"), "材料不足"),
    "始终太长": Outage(status(400, "maximum context length is 10 tokens"), "长度"),
    "只有思考过程": Outage(says("<think>想一想。</think>"), "未能在文件中核实"),
}


def question_for(plain: Assistant) -> str:
    """A question on a heading or lead that the default mode answers, so that a model is asked."""
    for passage in plain.library.passages():
        question = f"{passage.lead or ''.join(passage.heading_path[-1:])}有哪些内容？"
        draft = plain.clerk.draft(question)
        if not draft.refused and not draft.told:
            return question
    raise CaseError("这些文件里没有可以用来试的问题。请用 --docs 换一个文件夹。")


def beyond(plain: Assistant, question: str, outage: Outage, timeout: float) -> tuple[float, str]:
    """Seconds beyond the timeout, and what was told; '' where the text was not the default's."""
    with serving(outage.respond) as server:
        settings = ChatSettings(server.url, "outage", timeout=timeout)
        assistant = Assistant(plain.library, plain.settings, Writer(settings))
        before = time.monotonic()
        answer = assistant.ask(question)
        took = time.monotonic() - before
    same = answer.text == plain.ask(question).text
    return took - timeout, answer.fallback if same else ""


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.outages", description="模型出错时怎样作答"
    )
    parser.add_argument("--docs", type=Path, help="文件所在的文件夹")
    parser.add_argument("--timeout", type=float, default=1.0, help="LLM_TIMEOUT，默认 1 秒")
    given = parser.parse_args()
    opened = open_assistant(given.docs)
    plain = Assistant(opened.library, opened.settings)  # whatever model is set
    question = question_for(plain)
    found = {name: beyond(plain, question, o, given.timeout) for name, o in OUTAGES.items()}
    rows = [
        [name, f"{seconds:+.2f}", told or "文字不同"] for name, (seconds, told) in found.items()
    ]
    print(table([["情形", "超出 LLM_TIMEOUT 的秒数", "告诉读者的话"], *rows]))
    bad = [n for n, (seconds, told) in found.items() if seconds >= MOST_BEYOND or not told]
    print("未通过：" + "、".join(bad) if bad else "全部通过")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
