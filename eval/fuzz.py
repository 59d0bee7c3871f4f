"""Questions nobody would ask, by the thousand: not one may end in an exception.

    python -m eval.fuzz [--docs DIR] [--count 10000] [--seed 1]

A user's error (a plain sentence in Chinese) is an answer; anything else that is raised is a fault,
printed with the question that raised it. The same seed gives the same questions. Exit code: 0 no
fault, 1 there are some.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from assistant.records import Turn
from eval.answers import Asks, ask
from eval.asking import Opening
from eval.cases import load, select
from eval.records import Case
from index.errors import UserError

_LISTED = 20
_STRANGE = [
    "", " ", "\u3000", "\n\n", "\x00", "\u200b\u200d", "\ufeff", "\ud800",
    "𠮷𠀀", "👩‍👩‍👧‍👦🏳️‍🌈", "ａｂｃ１２３", "ß∑√∞≠",
    "е́", "한국어 질문", "ひらがな", "العربية", "Ω≈ç√", "''\"\"``", "{}{0}{x!r}%s%d", "[1][2][99]", "$(rm -rf)",
    "'; DROP TABLE x;--", "<script>alert(1)</script>", "../../etc/passwd", "\\u0000\\n", "﷽", "①②③㊀", "〇二三",
    "一百二十三万亿分之", "1e999", "-0.0%", "99999999999999999999999年", "第零章第负一节", "（（（", "””““", "？？？",
]  # fmt: skip


def _letters(draw: random.Random) -> str:
    """Any characters at all, halves of surrogate pairs included."""
    return "".join(chr(draw.randrange(0x110000)) for _ in range(draw.randrange(1, 60)))


def _strange(draw: random.Random) -> str:
    return "".join(draw.choice(_STRANGE) for _ in range(draw.randrange(1, 5)))


def _mutated(draw: random.Random, question: str) -> str:
    """A question with characters lost, doubled, moved, or something strange put in."""
    chars = list(question)
    for _ in range(draw.randrange(1, 5)):
        i = draw.randrange(len(chars) + 1)
        step = draw.randrange(4)
        if step == 0:
            chars[i:i] = draw.choice(_STRANGE)
        elif chars and step == 1:
            del chars[i % len(chars)]
        elif chars and step == 2:
            chars[i:i] = [chars[i % len(chars)]] * draw.randrange(1, 30)
        else:
            draw.shuffle(chars)
    return "".join(chars)


def _joined(draw: random.Random, questions: Sequence[str]) -> str:
    """Pieces of several questions in a row."""
    some = draw.sample(questions, min(len(questions), draw.randrange(2, 6)))
    return "".join(q[: draw.randrange(len(q) + 1)] for q in some) * draw.randrange(1, 4)


def _numbers(draw: random.Random) -> str:
    """Years, numbers, ordinals and units in an order that means nothing."""
    units = ["年", "%", "亿元", "个", "第", "章", "节", "表", "号线", "到", "至", "-", ".", "、"]
    return "".join(
        str(draw.randrange(3000)) + draw.choice(units) for _ in range(draw.randrange(1, 12))
    )


def question(draw: random.Random, questions: Sequence[str]) -> str:
    """One question of any of the kinds."""
    kinds: list[Callable[[], str]] = [
        lambda: _letters(draw),
        lambda: _strange(draw),
        lambda: _mutated(draw, draw.choice(questions)),
        lambda: _mutated(draw, draw.choice(questions)),
        lambda: _joined(draw, questions),
        lambda: _numbers(draw),
        lambda: draw.choice(questions)[::-1],
    ]
    return draw.choice(kinds)()


def fuzzed(count: int, seed: int, questions: Sequence[str]) -> Iterator[Case]:
    """That many questions; every third comes in a conversation of its like."""
    draw = random.Random(seed)
    for n in range(count):
        turns = draw.randrange(1, 4) if n % 3 == 0 else 0
        roles = ("user", "assistant", "user")[:turns]
        history = tuple((role, question(draw, questions)) for role in roles)
        yield Case(f"fuzz-{n}", "fuzz", question(draw, questions), "answer", history=history)


@dataclass(frozen=True, slots=True)
class Fault:
    """A question that raised what no user should see, or got an answer that is none."""

    case: Case
    error: str


def faults(assistant: Asks, cases: Iterator[Case]) -> Iterator[Fault | None]:
    """For each case its fault or None."""
    for case in cases:
        got = ask(assistant, case)
        if got.error and not got.user_error:
            yield Fault(case, got.error)
        elif not got.error and not got.text.strip():
            yield Fault(case, "回答是空的")
        elif got.refused and not got.text.strip():
            yield Fault(case, "拒答没有说明")
        else:
            yield None


def shown(fault: Fault) -> str:
    """A fault as one line, all its characters visible."""
    turns = [Turn(role, content).content for role, content in fault.case.history]
    return f"{fault.case.id} {fault.error}：{ascii(fault.case.question)} 前文 {ascii(turns)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    parser = argparse.ArgumentParser(prog="python -m eval.fuzz", description="用乱写的问题试验")
    parser.add_argument("--docs", type=Path, help="文件所在的文件夹，缺省为 source_docs")
    parser.add_argument("--count", type=int, default=10_000, help="多少个问题，缺省 10000")
    parser.add_argument("--seed", type=int, default=1, help="随机数的种子")
    options = parser.parse_args(arguments)
    try:
        questions = [c.question for c in select(load(), split="dev") if c.question]
        assistant = Opening(options.docs).open()
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    cases = tqdm(
        fuzzed(options.count, options.seed, questions), total=options.count, file=sys.stderr
    )
    found = [fault for fault in faults(assistant, iter(cases)) if fault]
    for fault in found[:_LISTED]:
        print(shown(fault))
    print(f"{options.count} 个问题（种子 {options.seed}），出错 {len(found)} 个")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
