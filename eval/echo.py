"""A model that tells the truth: it says what its prompt holds, in a few words of its own.

    python -m eval.echo [--port P]

It stands where a chat model would, so that everything around one can be tried without one. What
it says it takes from the prompt alone: the sentences picked, each led in by other words and with
its marker in one of the forms that models write. Knows the prompts' fences, no documents.
"""

from __future__ import annotations

import argparse
import re
import time

from eval.chat_server import MODEL, Exchange, serving

PORT = 8089
# A sentence of the material said in other words is no longer the default mode's own sentence: it
# has to pass the check.
LEADS = ("规划提出，", "文件写明，", "其中，")
_MARKER = re.compile(r"\[([a-z]{4})\]")
_FORMS = ("[{}]", "【{}】", "[{}]")
_RULED = re.compile(r"^程序按规则补成的是：(.*)$", re.MULTILINE)
_SECTION = re.compile(r"^.*› (.+)$", re.MULTILINE)


def respond(exchange: Exchange) -> None:
    """The reply to any of the prompts of prompts/."""
    exchange.say(reply(exchange.user))


def reply(user: str) -> str:
    """What the prompt's user part is answered with."""
    if picked := fenced(user, "摘句"):
        return "\n".join(_said(n, line) for n, line in enumerate(picked.splitlines()))
    if sentence := fenced(user, "原句"):
        return _without_lead(sentence)
    if ruled := _RULED.search(user):
        return ruled[1]
    sections = dict.fromkeys(_SECTION.findall(fenced(user, "章节")))
    return "\n".join(f"{section}有哪些内容？" for section in list(sections)[:3])


def fenced(user: str, name: str) -> str:
    """What stands inside a fence of the prompt; '' where there is none."""
    found = re.search(rf"<{name} (\w+)>\n(.*)\n</{name} \1>", user, re.DOTALL)
    return found[2] if found else ""


def _said(n: int, line: str) -> str:
    """A picked line in a few other words; a line without a marker is a heading and stays."""
    if not _MARKER.search(line):
        return line
    text = _MARKER.sub(lambda m: _FORMS[n % len(_FORMS)].format(m[1]), line)
    if line.startswith("- "):
        return text
    return f"{LEADS[n % len(LEADS)]}{text}。"


def _without_lead(sentence: str) -> str:
    for lead in LEADS:
        sentence = sentence.replace(lead, "", 1) if sentence.startswith(lead) else sentence
    return sentence


def main() -> int:
    """Serves until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m eval.echo", description="照实回答的模型服务")
    parser.add_argument("--port", type=int, default=PORT, help=f"端口，默认 {PORT}")
    given = parser.parse_args()
    with serving(respond, given.port) as server:
        print(f"LLM_BASE_URL={server.url} LLM_MODEL={MODEL}", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    raise SystemExit(main())
