"""An English question put into Chinese by a list of terms, word by word: no model is at hand.

The terms are those of planning documents (data/english.tsv). A question of which too much is not in
the list stays as it was, and is refused. Knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data"
_TOKEN = re.compile(r"\d+[a-z][a-z\-]*|[a-z][a-z0-9&'.\-]*[a-z0-9]|[a-z]|\d[\d.,]*%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 6  # words of a term
# Of the words that say something so many may be unknown; they stay as they are, and count as unsaid.
_UNKNOWN = 0.34

# What is asked -> what asks it in Chinese, the first that matches.
_ASKED = tuple(
    (re.compile(words), chinese)
    for words, chinese in (
        (r"\bcompare|\bdifference between\b", "比较"),
        (r"\bwhen\b|\b(?:what|which) year\b", "是什么时候"),
        (r"\bhow long (?:is|are|will)\b", "有多长"),
        (r"\bhow (?:many|much|big|large|high|fast|long)\b", "是多少"),
        (r"\bwhat (?:percentage|share|proportion)\b", "是多少"),
        (r"\bwhere\b", "在哪里"),
        (r"\bwho\b|\bwhich (?:department|body|agency|authority|bureau)\b", "由谁负责"),
        (r"\bwhy\b", "的原因是什么"),
        (r"\bhow (?:is|are|does|do|did|will|can|should|to)\b", "有哪些举措"),
        (r"\bwhat (?:is|will|does|are|do)\b.*\b(?:do|doing|say)\b", "有哪些举措"),
        (r"\bwhich\b|\blist\b|\bname (?:the|all)\b", "有哪些"),
        (r"\bwhat (?:are|were|(?!is\b|was\b|does\b)[a-z]+s)\b", "有哪些"),
        (r"\bwhat\b", "是什么"),
        (r"^(?:is|are|was|were|does|do|did|will|can|has|have)\b", "吗"),
    )
)
# A follow-up that names a thing, a place or a year and no more.
_ABOUT = re.compile(
    r"^(?:and |then |ok,? ?)?(?:what|how) about\b|^and (?!wh|how|is|are|will|does|do|can)"
)
# Of such a thing an amount is asked for: 林木覆盖率是多少, not 是什么.
_AMOUNT = re.compile(
    "(?:率|(?<!远景)(?<!主要)目标|外贸|比重|比例|人口|总量|总值|面积|数量|规模|里程|长度|收入|支出|投入|投资|造价|预算|工资|价格|房价"
    "|寿命|年限|浓度|天数|产值|增加值|吞吐量|产量|零售总额|进出口|增长|床位|托位)$"
)
# The plan's own task words are a list by themselves: 措施有哪些, not 措施有哪些举措.
_LISTED = re.compile(
    "(?:措施|政策|任务|项目|问题|不足|挑战|建议|优势|机遇|原则|指标|成就|成效|举措)$"
)
_OF = frozenset(("of", "in", "for", "at", "on", "from"))
_AND = frozenset(("and", "with", "than"))


@dataclass(frozen=True, slots=True)
class _Item:
    """A part of the question in Chinese; `kind`: '' | place | verb | of | and | year | number | unknown."""

    text: str
    kind: str = ""


def in_chinese(question: str) -> str:
    """The question in Chinese; '' where too little of it is known."""
    lowered = question.lower().replace("’", "'")
    items = list(_items(_TOKEN.findall(re.sub(r"'s\b", " ", lowered))))
    known = [i for i in items if i.kind in ("", "verb", "place")]
    unknown = [i for i in items if i.kind == "unknown"]
    years = [i.text for i in items if i.kind == "year"]
    time = "和".join(dict.fromkeys(years))
    if len(unknown) > _UNKNOWN * (len(known) + len(unknown)):
        return ""
    if _ABOUT.match(lowered) and (known or years):
        return f"{time}{_said(items)}呢？"
    if all(i.kind == "place" for i in known):
        return ""
    by = "到" if re.search(r"\bby (?:the end of )?(?:19|20)\d\d", lowered) else ""
    return f"{by}{time}{_asked(lowered, _said(items))}"


def _items(tokens: Sequence[str]) -> Iterator[_Item]:
    at = 0
    while at < len(tokens):
        length, item = _longest(tokens[at : at + _LONGEST])
        at += length
        if item is not None:
            yield item


def _longest(tokens: Sequence[str]) -> tuple[int, _Item | None]:
    """The longest term that the tokens begin with, and how many of them it takes."""
    for length in range(len(tokens), 0, -1):
        for words in _forms(" ".join(tokens[:length])):
            if words in _terms():
                return length, _terms()[words]
    word = tokens[0]
    if _YEAR.fullmatch(word):
        return 1, _Item(f"{word}年", "year")
    if word in _OF:
        return 1, _Item("", "of")
    if word in _AND:
        return 1, _Item("和", "and")
    if word[0].isdigit():
        return 1, _Item(word if word.endswith("%") else f"{word}个", "number")
    return 1, None if word in _dropped() else _Item(word, "unknown")


def _forms(words: str) -> Iterator[str]:
    """The words as they are and without the plural's or the verb's ending."""
    yield words
    for ending, stem in (
        ("ies", "y"),
        ("es", ""),
        ("s", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
    ):
        if words.endswith(ending) and len(words) > len(ending) + 2:
            yield words.removesuffix(ending) + stem


def _said(items: Sequence[_Item]) -> str:
    """What is spoken of in Chinese order: places first, what stands behind an of before it."""
    parts: list[list[_Item]] = [[]]
    for item in items:
        if item.kind == "of":
            parts.append([])
        elif item.kind != "year":
            parts[-1].append(item)
    parts = [_owner_first(part) for part in reversed(parts)]
    parts.sort(key=lambda part: any(i.kind not in ("place", "and") for i in part))
    joined = ["".join(i.text for i in part).strip("和") for part in parts]
    return re.sub("和+", "和", "的".join(dict.fromkeys(part for part in joined if part)))


def _owner_first(part: list[_Item]) -> list[_Item]:
    """How many parks will Suzhou have: the place that has them stands before them."""
    if len(part) < 2 or part[-1].kind != "place" or part[-2].kind in ("verb", "and", "place"):
        return part
    return [part[-1], *part[:-1]]


def _asked(lowered: str, said: str) -> str:
    """The question in Chinese, by what the English one asks."""
    asks = next((chinese for words, chinese in _ASKED if words.search(lowered)), "")
    if asks in ("是什么", "有哪些") and _AMOUNT.search(said):
        asks = "是多少"
    elif asks in ("是什么", "有哪些举措") and _LISTED.search(said):
        asks = "有哪些"
    elif asks == "由谁负责":
        said = said.removesuffix("负责").removesuffix("的")
    done = next((verb for verb in _verbs() if said.endswith(verb) and said != verb), "")
    thing = said.removesuffix(done)
    if done and asks == "有哪些":
        return f"{done}的{thing}有哪些？"
    if done and asks in ("是多少", "是什么时候"):
        return f"{thing}{asks[1:] if asks == '是什么时候' else ''}{done}{'多少' if asks == '是多少' else ''}？"
    return f"{said}{asks}？"


@cache
def _verbs() -> frozenset[str]:
    return frozenset(term.text for term in _terms().values() if term.kind == "verb")


@cache
def _terms() -> dict[str, _Item]:
    rows = [
        row.split("\t") for row in (_FOLDER / "english.tsv").read_text("utf-8").splitlines()[1:]
    ]
    return {row[0]: _Item(row[1], row[2] if len(row) > 2 else "") for row in rows}


@cache
def _dropped() -> frozenset[str]:
    """Words that say nothing which Chinese would say, a line each."""
    return frozenset((_FOLDER / "english_dropped.txt").read_text("utf-8").split())
