"""The same questions put differently: does an answer survive a typo, 繁體, politeness, full width?

    python -m eval.variants --out FILE.jsonl [--cases FILE…] [--kinds KIND…]

Each variant keeps its case's gold and facts, under the id CASE~KIND and the group 变体·…; run
them with `python -m eval.run --cases FILE.jsonl`. Rules only: the same cases give the same file.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import opencc

from eval.cases import as_line, load
from eval.records import Case
from index.errors import UserError

# Characters often typed for one another (same sound or shape, input-method slips).
_SLIPS = dict(zip("的在做像园带度象账坐需型标源利", "地再作象圆代渡像帐座须形表原力", strict=True))
_PARAPHRASES = (
    ("哪些", "什么"),
    ("有多少", "是多少"),
    ("是多少", "有多少"),
    ("多少", "几"),
    ("是什么", "指的是什么"),
    ("如何", "怎么"),
    ("怎么样", "如何"),
    ("哪里", "什么地方"),
    ("为什么", "什么原因"),
    ("目标是", "要达到的目标是"),
    ("达到", "要到"),
)
# Abbreviations with the words Chinese official texts use for them.
_CHINESE = {
    "GDP": "地区生产总值",
    "R&D": "研究与试验发展",
    "AI": "人工智能",
    "CPI": "居民消费价格指数",
    "IC": "集成电路",
    "5G": "第五代移动通信",
    "APP": "应用程序",
    "PPP": "政府和社会资本合作",
    "VOCs": "挥发性有机物",
    "COD": "化学需氧量",
}
_ENGLISH = (
    ("是多少", "what is"),
    ("有哪些", "what are"),
    ("有多少", "how many"),
    ("多少", "how much is"),
    ("是什么", "what is"),
    ("什么是", "what is"),
    ("如何", "how to"),
    ("怎么", "how to"),
)
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


@cache
def _traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def traditional(question: str) -> str:
    """繁體."""
    return str(_traditional().convert(question))


def typo(question: str) -> str:
    """One slip: a character often mistyped, else two neighbours swapped; figures stay."""
    places = [i for i, char in enumerate(question) if char in _SLIPS]
    pick = zlib.crc32(question.encode())
    if places:
        i = places[pick % len(places)]
        return question[:i] + _SLIPS[question[i]] + question[i + 1 :]
    pairs = [m.start() for m in re.finditer("(?=[\u4e00-\u9fff]{2})", question)]
    if not pairs:
        return question
    i = pairs[pick % len(pairs)]
    return question[:i] + question[i + 1] + question[i] + question[i + 2 :]


def paraphrase(question: str) -> str:
    """The first asking word that has another form, changed."""
    for old, new in _PARAPHRASES:
        if old in question:
            return question.replace(old, new, 1)
    return question


def polite(question: str) -> str:
    """With the words people put around a question."""
    return f"您好，我想请问一下，{question.rstrip('？?。')}呢？谢谢！"


def bare(question: str) -> str:
    """Without punctuation, as typed on a phone; decimal points and signs of figures stay."""
    return re.sub("[，。？！、；：“”‘’《》（）?!]", " ", question).strip()


def full_width(question: str) -> str:
    """Figures and Latin letters in full width."""
    return question.translate(_FULL_WIDTH)


def without_english(question: str) -> str:
    """Abbreviations in Chinese words."""
    names = "|".join(re.escape(name) for name in sorted(_CHINESE, key=len, reverse=True))
    whole = rf"(?<![A-Za-z0-9])(?:{names})(?![A-Za-z0-9])"
    return re.sub(whole, lambda m: _CHINESE[m.group()], question)


def with_english(question: str) -> str:
    """Official words as the abbreviations people type for them, the asking words in English."""
    for name, words in _CHINESE.items():
        question = question.replace(words, name)
    for words, asked in _ENGLISH:
        if words in question:
            return f"{asked} {question.replace(words, '').strip('的？? ')}?"
    return question


KINDS: dict[str, tuple[str, Callable[[str], str]]] = {
    "traditional": ("繁体", traditional),
    "typo": ("错字", typo),
    "paraphrase": ("换说法", paraphrase),
    "polite": ("客套", polite),
    "bare": ("无标点", bare),
    "fullwidth": ("全角", full_width),
    "chinese": ("不用英文", without_english),
    "english": ("夹英文", with_english),
}


def variants(case: Case, kinds: Sequence[str] = tuple(KINDS)) -> Iterator[Case]:
    """The case's variants whose question differs from its own; an unusable question has none."""
    if case.expect == "validate":
        return
    for kind in kinds:
        name, change = KINDS[kind]
        question = change(case.question)
        if question != case.question:
            note = f"{case.id} 的变体"
            yield replace(
                case, id=f"{case.id}~{kind}", group=f"变体·{name}", question=question, note=note
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    parser = argparse.ArgumentParser(prog="python -m eval.variants", description="生成问法变体")
    parser.add_argument("--out", type=Path, required=True, help="写到这个 .jsonl 文件")
    parser.add_argument("--cases", type=Path, nargs="+", default=[], help="原题文件")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS))
    options = parser.parse_args(arguments)
    try:
        made = [v for case in load(options.cases) for v in variants(case, options.kinds)]
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    options.out.write_text("".join(map(as_line, made)), encoding="utf-8")
    print(f"写好 {len(made)} 道变体题：{options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
