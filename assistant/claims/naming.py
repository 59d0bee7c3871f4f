"""Names in a sentence: quoted ones, codes, invented words, places, titles and section numbers.

Each must stand in the passages the sentence cites. Knows no list of bodies or projects: a name that
is not there shows by its words that the passages do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import rjieba

from assistant.claims.amounts import amounts, codes
from assistant.claims.bearing import Passage
from assistant.claims.moments import moments
from assistant.claims.phrases import novel
from assistant.claims.records import Problem, Source
from assistant.claims.wording import folded, plain
from assistant.places import places
from assistant.question import local_places

_QUOTED = re.compile(r"[“「『‘\"]([^”」』’\"“]{2,60})[”」』’\"]")
_TITLED = re.compile(r"《([^》]{2,80})》")
_HEADING = re.compile(r"第\d+[编篇章节条]|(?:表|专栏|附图|附表|附件)\d+")
_LATIN = re.compile(r"[A-Za-z][A-Za-z&\-]+")
_DENIED = re.compile("(?:并非|而非|而不是|不是|并不是|不属于|没有)[^，。；：]{2,12}")
# Ranks and praise that a writer adds of its own accord; each must be the passage's.
_PRAISE = re.compile(
    "领先|一流|前列|唯一|首个|首创|最大|最好|最佳|最强|最优|最多|大幅|显著|率先|全覆盖|共识|满意|欢迎|成功"
)
_INNER = re.compile(r"[“”「」『』‘’\"、，,\s—\-·]")
_AREA = re.compile("(?<![\u4e00-\u9fff])(?![每各全该本])[\u4e00-\u9fff]{2}(?:片区|新区|县|镇)")
_ENDS_AREA = re.compile("[市县区镇]$")
_KIND_OF_AREA = re.compile(
    "(?:服务|开发|保税|功能|居住|工业|生态|保护|示范|试验|合作|城|景|园|新|片|校|库|湖|山|林|牧|灾)区$"
)
# The share of a sentence's characters that may be new words other than nouns. Chosen on the eval's
# own sentences (python -m eval.lies).
_MOST_NEW = 0.2
# 教育 is a verb to the tagger, and a name in 教育局.
_BODY = "(?:局|厅|委|办|院|部门|中心|公司|集团|学校|大学|协会|银行|基金)"
_NOUN_TAGS = ("n", "j", "eng", "s", "i", "l", "b", "z")


@lru_cache(maxsize=4096)
def city_names(text: str) -> frozenset[str]:
    """The places a plain text names for certain: cities known by name, counties, 片区."""
    return frozenset((*places(text), *(m[0] for m in _AREA.finditer(text))))


@lru_cache(maxsize=4096)
def place_names(text: str) -> frozenset[str]:
    """The places a plain text names, words that look like a district or a town included."""
    named = {w for w in local_places(text) if _ENDS_AREA.search(w) and not _KIND_OF_AREA.search(w)}
    return city_names(text) | named


def name_problems(claim: str, passages: Sequence[Passage]) -> Iterator[Problem]:
    """Quoted names, codes and words that the cited passages do not have."""
    held = "\n".join(f"{p.reading.text}\n{p.about}" for p in passages)
    comparable = _INNER.sub("", folded(held))
    for name in _QUOTED.findall(claim):
        if _INNER.sub("", folded(name)) not in comparable:
            yield Problem("name", name)
    lower = held.lower()
    for code in codes(claim):
        if not _stands_alone(code, lower):
            yield Problem("ratio" if ":" in code else "name", code)
    for word in _LATIN.findall(claim):
        if word.lower() not in lower:
            yield Problem("name", word)
    for word in _PRAISE.findall(claim):
        if word not in held:
            yield Problem("unsupported", word)
    yield from _new_words(claim, held)


def _stands_alone(code: str, held: str) -> bool:
    return bool(re.search(rf"(?<![a-z\d.]){re.escape(code)}(?![a-z\d]|\.\d)", held))


def _new_words(claim: str, held: str) -> Iterator[Problem]:
    """Nouns are names or things the passages do not speak of; a few other new words are style."""
    bare = _DENIED.sub("", _TITLED.sub("", _masked(claim)))
    new = novel(bare, held)
    nouns = [w for w in new if _is_noun(w) or re.search(f"{re.escape(w)}{_BODY}", bare)]
    if nouns:
        yield Problem("name" if len(nouns) == 1 else "unsupported", "、".join(nouns))
    elif sum(map(len, new)) > _MOST_NEW * len(bare):
        yield Problem("unsupported", "、".join(new))


def _masked(claim: str) -> str:
    spans = [(a.start, a.end) for a in amounts(claim)] + [(m.start, m.end) for m in moments(claim)]
    for start, end in sorted(spans, reverse=True):
        claim = f"{claim[:start]}#{claim[end:]}"
    return claim


@lru_cache(maxsize=8192)
def _is_noun(word: str) -> bool:
    return len(word) > 2 or any(tag.startswith(_NOUN_TAGS) for _, tag in rjieba.tag(word))


def section_problems(claim: str, cited: Sequence[Source]) -> Iterator[Problem]:
    """Titles, and chapter, section and table numbers, other than the cited passages' own."""
    for title in _TITLED.findall(claim):
        if not any(_entitled(title, source) for source in cited):
            yield Problem("section", f"《{title}》")
    numbers = _HEADING.findall(claim)
    if numbers and not any(_under(numbers, source) for source in cited):
        yield Problem("section", "".join(numbers))


def _under(numbers: list[str], source: Source) -> bool:
    path = plain("\n".join((*source.heading_path, source.lead, source.text)))
    return all(re.search(_number_pattern(number), path) for number in numbers)


def _number_pattern(number: str) -> str:
    """第6节 as it stands; 附图2 also as item 2 of what is headed 附图."""
    kind = number.rstrip("0123456789")
    whole = rf"{number}(?!\d)"
    return (
        whole
        if number.startswith("第")
        else rf"{whole}|(?s:{kind}.*(?<!\d){number[len(kind) :]}[.、．])"
    )


def _entitled(title: str, source: Source) -> bool:
    """Whether a title is the document's, in full or shortened, or is named in the passage."""
    wanted = _INNER.sub("", plain(title))
    held = [_INNER.sub("", plain(t)) for t in (source.title, *source.heading_path, source.text)]
    shortened = "[^。]{0,12}".join(map(re.escape, wanted))
    return any(wanted in text for text in held) or bool(
        len(wanted) >= 4 and re.search(shortened, held[0])
    )
