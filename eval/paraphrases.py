"""True sentences said otherwise by rule: other ways to write figures, and words that say the same."""

from __future__ import annotations

import random
import re

from eval.lying import Rule, TrueSentence, first, put

_NUMERALS = "零一二三四五六七八九"
_REWORDED = (
    ("达到", "达"), ("地区生产总值", "GDP"), ("提高", "提升"), ("推动", "推进"), ("增强", "提高"),
    ("加强", "强化"), ("以及", "和"), ("力争", "争取"), ("建成", "建好"),
)  # fmt: skip


def verbatim(true: TrueSentence, rng: random.Random) -> str | None:
    """The sentence as it is."""
    return true.text


def wide(true: TrueSentence, rng: random.Random) -> str | None:
    """Digits and per cent in full width."""
    text = true.text.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)} | {ord("%"): "％"})
    return None if text == true.text else text


def numerals(true: TrueSentence, rng: random.Random) -> str | None:
    """Years and whole per cents in Chinese numerals."""
    text = re.sub(
        r"20\d\d(?=年)",
        lambda m: "".join(_NUMERALS[int(c)] for c in m[0]).replace("零", "〇"),
        true.text,
    )
    text = re.sub(r"(?<![\d.])([1-9])%", lambda m: f"百分之{_NUMERALS[int(m[1])]}", text)
    return None if text == true.text else text


def thousands(true: TrueSentence, rng: random.Random) -> str | None:
    """Figures with 千分位."""
    text = re.sub(r"(?<![\d.A-Za-z])(\d{1,3})(\d{3})(?=[^\d年.A-Za-z])", r"\1,\2", true.text)
    return None if text == true.text else text


def smaller_unit(true: TrueSentence, rng: random.Random) -> str | None:
    """亿元 as 万元, exactly."""
    match = re.search(r"(?<![\d.—\-])(\d+(?:\.\d{1,4})?)亿元", true.text)
    return put(match, f"{round(float(match[1]) * 10000)}万元") if match else None


def introduced(true: TrueSentence, rng: random.Random) -> str | None:
    """Said to be the plan's."""
    return (
        rng.choice(("规划提出，", "根据相关文件，", "具体来看，", "文件明确，", "此外，"))
        + true.text
    )


def shortened(true: TrueSentence, rng: random.Random) -> str | None:
    """The first clauses alone."""
    clauses = re.split("(?<=[，；])", true.text)
    if len(clauses) < 3 or true.text.count("“") != true.text.count("”"):
        return None
    return "".join(clauses[: len(clauses) // 2 + 1]).rstrip("，；")


def unbracketed(true: TrueSentence, rng: random.Random) -> str | None:
    """Without the asides in brackets."""
    text = re.sub("（[^（）]*）", "", true.text)
    return None if text == true.text or "“" in text else text


def reworded(true: TrueSentence, rng: random.Random) -> str | None:
    """Words that say the same."""
    return first(true.text, _REWORDED, rng)


PARAPHRASES: dict[str, Rule] = {
    "verbatim": verbatim, "full width": wide, "numerals": numerals, "thousands": thousands,
    "smaller unit": smaller_unit, "introduced": introduced, "shortened": shortened,
    "unbracketed": unbracketed, "reworded": reworded,
}  # fmt: skip
