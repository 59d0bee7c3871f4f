"""Lies made by rule from true sentences with their passages.

Each rule changes one thing and gives the sentence again, or None where it has nothing to change.
Knows what a lie is about; nothing of how sentences are checked.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.claims import Source
from assistant.places import places

_FIGURE = re.compile(r"(?<![\dA-Za-z.\-“”第表图])\d+(?:\.\d+)?(?![\d.A-Za-z．、]|号线|年)")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?=年)")
_QUOTED = re.compile("“([^”]{3,16})”")
# Words in which a direction is no direction.
_COMPOUND = re.compile("增加值|增长[点率极]|不?支持率")
_CITIES = ("南京", "苏州", "常州", "扬州", "宁波", "合肥", "成都")


def _read(table: str) -> tuple[tuple[str, str], ...]:
    """Pairs of words written as old/new."""
    pairs = (entry.partition("/") for entry in table.split())
    return tuple((old, new) for old, _, new in pairs)


# A unit and what it is mistaken for.
_UNITS = _read(
    "亿元/亿美元 亿美元/亿元 万元/亿元 亿元/万元 个百分点/% %/个百分点 公里/米 平方公里/公顷 万亩/亩 万人次/万人 "
    "万人/万户 万吨/吨 平方米/平方公里 小时/天 分钟/小时 人/户 倍/% 张/万张 家/万家"
)
# A bound and what it is turned into; '' takes it away.
_BOUNDS = _read(
    "不低于/不超过 不超过/不低于 超过/ 以上/以下 以上/ 以下/以上 左右/ 左右/以上 突破/接近 近/超 约/超过 "
    "以内/以上 不少于/不多于 高于/低于"
)
# Words and their opposites.
_OPPOSITES = _read(
    "约束性/预期性 预期性/约束性 提高/降低 提升/下降 增长/下降 降低/提高 下降/上升 减少/增加 增加/减少 扩大/缩小 "
    "禁止/允许 鼓励/限制 允许/禁止 不足/充足 尚未/已经 没有/已有 不得/可以 缺乏/充足 支持/禁止 不够/十分"
)
_DONE = _read("加快推进/已经完成 规划建设/已建成 加快建设/已建成 开工建设/已建成 力争/已经")
_INVENTED = ("白鹭湖", "云杉", "金鹏", "东澜", "星桥", "启明山", "赤松", "蓝泽")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2}(?=(?:公司|集团|大学|学院|医院|实验室|研究院|机场|铁路|大桥|园区|开发区|产业园|示范区|中心|基地|博物馆|科技城|高速))"
)


@dataclass(frozen=True, slots=True)
class TrueSentence:
    """A true sentence without its marker, its passage's marker, and all passages it came with."""

    text: str
    marker: int
    sources: Mapping[int, Source]

    @property
    def source(self) -> Source:
        return self.sources[self.marker]


Rule = Callable[[TrueSentence, random.Random], str | None]


def replaced(text: str, old: str, new: str) -> str | None:
    return text.replace(old, new, 1) if old in text else None


def first(text: str, swaps: Sequence[tuple[str, str]], rng: random.Random) -> str | None:
    fitting = [s for s in swaps if s[0] in _COMPOUND.sub("", text)]
    return replaced(text, *rng.choice(fitting)) if fitting else None


def put(match: re.Match[str], new: str) -> str:
    return match.string[: match.start()] + new + match.string[match.end() :]


def _pick(pattern: re.Pattern[str], text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return rng.choice(found) if found else None


def figure(true: TrueSentence, rng: random.Random) -> str | None:
    """One digit of a figure is another."""
    match = _pick(_FIGURE, true.text, rng)
    if not match:
        return None
    at = rng.randrange(len(match[0]))
    while match[0][at] == ".":
        at = rng.randrange(len(match[0]))
    digit = rng.choice([d for d in "123456789" if d != match[0][at]])
    return put(match, match[0][:at] + digit + match[0][at + 1 :])


def rounded(true: TrueSentence, rng: random.Random) -> str | None:
    """A figure with a digit less."""
    match = _pick(
        re.compile(r"(?<![\dA-Za-z.])\d+\.\d+(?![\d.])|(?<![\dA-Za-z.])\d{3,}(?![\d.年])"),
        true.text,
        rng,
    )
    if not match:
        return None
    whole, _, part = match[0].partition(".")
    new = f"{float(match[0]):.{len(part) - 1}f}" if part else str(round(int(whole), 1 - len(whole)))
    return None if float(new) == float(match[0]) else put(match, new)


def year(true: TrueSentence, rng: random.Random) -> str | None:
    """Another year."""
    match = _pick(_YEAR, true.text, rng)
    if not match:
        return None
    shift = rng.choice((-5, -3, -2, -1, 1, 2, 3, 5, 10))
    return put(match, str(int(match[0]) + shift))


def unit(true: TrueSentence, rng: random.Random) -> str | None:
    """Another unit behind a figure."""
    fitting = [(old, new) for old, new in _UNITS if re.search(rf"\d{re.escape(old)}", true.text)]
    if not fitting:
        return None
    old, new = rng.choice(fitting)
    return re.sub(rf"(?<=\d){re.escape(old)}", new, true.text, count=1)


def inequality(true: TrueSentence, rng: random.Random) -> str | None:
    """A bound turned, taken away or put in."""
    near = [
        (old, new)
        for old, new in _BOUNDS
        if re.search(
            rf"{old}\d|\d[\u4e00-\u9fff%]{{0,4}}{old}(?![\u4e00-\u9fff]{{0,2}}(?:文|学))", true.text
        )
    ]
    if near and rng.random() < 0.7:
        old, new = rng.choice(near)
        found = re.search(rf"{old}(?=\d)|(?<=\d){old}|(?<=\d[\u4e00-\u9fff%]){old}", true.text)
        return put(found, new) if found else None
    match = re.search(
        r"(?<=[到达为])(?=\d[\d.]*(?!\d|\.|年)[\u4e00-\u9fff%]{0,4}(?:[，。；、]|$))", true.text
    )
    return put(match, rng.choice(("超过", "约", "不超过"))) if match else None


def span(true: TrueSentence, rng: random.Random) -> str | None:
    """A range shrunk to one of its ends."""
    match = re.search(r"(\d+(?:\.\d+)?%?)[—\-–~](\d+(?:\.\d+)?%?)(?!年)", true.text)
    return put(match, match[rng.choice((1, 2))]) if match else None


def swapped(true: TrueSentence, rng: random.Random) -> str | None:
    """Two figures of a sentence in each other's place."""
    found = list(_FIGURE.finditer(true.text))
    if len(found) < 2:
        return None
    one, other = sorted(rng.sample(found, 2), key=lambda m: m.start())
    if one[0] == other[0]:
        return None
    text = true.text
    return (
        text[: one.start()]
        + other[0]
        + text[one.end() : other.start()]
        + one[0]
        + text[other.end() :]
    )


def borrowed(true: TrueSentence, rng: random.Random) -> str | None:
    """Another figure of the same passage in the figure's place, its own unit kept."""
    match = _pick(_FIGURE, true.text, rng)
    others = {m[0] for m in _FIGURE.finditer(true.source.text)} - set(_FIGURE.findall(true.text))
    return put(match, rng.choice(sorted(others))) if match and others else None


def place(true: TrueSentence, rng: random.Random) -> str | None:
    """Another city."""
    named = places(true.text)
    if not named:
        return None
    new = rng.choice([c for c in _CITIES if c not in true.source.text and c not in named])
    return true.text.replace(rng.choice(named), new)


def quoted(true: TrueSentence, rng: random.Random) -> str | None:
    """A quoted name with other characters."""
    match = _pick(_QUOTED, true.text, rng)
    if not match:
        return None
    at = rng.randrange(len(match[1]))
    new = (
        match[1][:at]
        + rng.choice([c for c in "新高智绿东金" if c != match[1][at]])
        + match[1][at + 1 :]
    )
    return put(match, f"“{new}”")


def body(true: TrueSentence, rng: random.Random) -> str | None:
    """A body or project with an invented name."""
    match = _pick(_BODY, true.text, rng)
    return put(match, rng.choice(_INVENTED)) if match else None


def opposite(true: TrueSentence, rng: random.Random) -> str | None:
    """A word turned into its opposite."""
    return first(true.text, _OPPOSITES, rng)


def done(true: TrueSentence, rng: random.Random) -> str | None:
    """What is planned, said to be done."""
    match = re.match(r"到20[2-9]\d年，", true.text)
    if match:
        return f"目前，已经{true.text[match.end() :]}"
    return first(true.text, _DONE, rng)


def added(true: TrueSentence, rng: random.Random) -> str | None:
    """A clause of another passage in the same breath."""
    others = [s for n, s in true.sources.items() if n != true.marker]
    own = _words(true.source.text)
    clauses = [
        c
        for s in others
        if s.heading_path != true.source.heading_path
        for c in re.split("[，。；：]", s.text)
        if 10 <= len(c) <= 40 and len(_words(c) - own) > 3
    ]
    return f"{true.text}，{rng.choice(clauses)}" if clauses else None


def section(true: TrueSentence, rng: random.Random) -> str | None:
    """A chapter or section that is not the passage's."""
    chapter = f"第{rng.choice('二三四五六七八九')}十{rng.choice('一二三四五六七八九')}章"
    path = "".join(true.source.heading_path)
    return None if chapter in path else f"{chapter}提出，{true.text}"


def title(true: TrueSentence, rng: random.Random) -> str | None:
    """A document that is not the passage's."""
    other = rng.choice(
        ("某市综合交通发展规划", "某市国土空间总体规划", "某省数字经济促进条例")
    ).replace("某", rng.choice("甲乙丙"))
    return f"《{other}》提出，{true.text}"


def ordinal(true: TrueSentence, rng: random.Random) -> str | None:
    """Another rank or number."""
    match = re.search("第([一二三四五六七八九])(?=[位名，。；]|$)|([1-9])(?=号线)", true.text)
    if not match:
        return None
    old = match[1] or match[2]
    pool = "123456789" if old.isdigit() else "一二三四五六七八九"
    new = rng.choice([c for c in pool if c != old])
    return put(match, match[0].replace(old, new))


LIES: dict[str, Rule] = {
    "figure": figure, "rounded": rounded, "year": year, "unit": unit, "inequality": inequality,
    "range": span, "swapped": swapped, "borrowed": borrowed, "place": place, "quoted name": quoted,
    "body": body, "opposite": opposite, "done": done, "added": added, "section": section,
    "title": title, "ordinal": ordinal,
}  # fmt: skip


def moved(true: TrueSentence, rng: random.Random) -> int | None:
    """The marker of another passage, one that does not hold the sentence."""
    words = _words(true.text)
    others = [
        n
        for n, source in true.sources.items()
        if n != true.marker and len(words & _words(source.text)) < 0.6 * len(words)
    ]
    return rng.choice(others) if others and words else None


def stands(text: str, true: TrueSentence) -> bool:
    """Whether a changed sentence still stands in its passage, so that it is no lie."""
    return "".join(text.split()) in "".join(true.source.text.split())


def in_own_words(true: TrueSentence) -> bool:
    """Whether most of a sentence stands in its passage."""
    words = _words(true.text)
    return len(words & _words(true.source.text)) >= 0.6 * len(words)


def _words(text: str) -> set[str]:
    return set(re.findall("(?=([\u4e00-\u9fff]{2}))", text))
