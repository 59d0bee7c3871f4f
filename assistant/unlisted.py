"""A question which ones of a counted set are meant, of a text that only counts them.

Reports say how many (开工改造老旧小区196个) and seldom which; a plan says 13条主要入湖河流 and names none.
Knows the question and the passage; knows nothing of weights.
"""

from __future__ import annotations

import re

from assistant.figures import chinese_number, normalise_figures
from assistant.question import Question
from index.records import Passage

_WHICH = re.compile("哪[些几\\d两二三四五六七八九十]|叫什么|名单|分别|哪个?[镇县区市街村]")
_COUNT = re.compile(
    "(\\d+|[二两三四五六七八九十百]+)([个家所条座处款种名位批镇县市艘大公])(?!方面|字|部分)"
)
_ANNOUNCES = re.compile("[：:]|——")
_JOINT = re.compile("、|以及|和|及|与")
_NUMBERED = re.compile(r"[（(]?(?:[一二三四五六七八九十]|\d)+[)）.、]|[一二三四五六七八九十]是")
# A sentence names all of a few; so many are named, if at all, right beside their number.
_FEW = 12
# With as many names as this a list has begun (…等6条).
_BEGUN = 4
# Whether the asker's own is among them (我家小区在不在625个里头): no document knows whose it is.
_OWN = re.compile(
    "(?:我们|咱们?|我家|俺)[^，。？]{0,10}(?:村|小区|楼|县|镇|乡|街|社区|厂|单位|公司)"
)
_AMONG = re.compile("在不在|有没有|是不是|包不包括")
_SET = re.compile(r"\d|之一|名单|算不算")


def unlisted(question: Question, passage: Passage, section: str) -> bool:
    """Whether a question asks which ones a passage means by a number that it gives without names.

    `section`: the text found of the passage's section, which may list them further on.
    """
    text = question.text
    if _OWN.search(text) and _SET.search(text) and (_AMONG.search(text) or "算不算" in text):
        return True
    if passage.row is not None or not _WHICH.search(text) or question.asks_any("figure"):
        return False
    said = re.split("(?<=[。；\n])", normalise_figures(passage.text))
    return any(
        _only_counted(number, measure, sentence, section)
        for number, measure in _COUNT.findall(text)
        for sentence in said
    )


def _only_counted(number: str, measure: str, sentence: str, section: str) -> bool:
    """Whether a sentence gives this number of things and neither it nor its section names them."""
    count = int(number) if number.isdigit() else chinese_number(number)
    if not count or count < 2:
        return False
    found = re.search(rf"(?<!\d)(?:{number}|{count})[多余]?{measure}", sentence)
    if not found or _ANNOUNCES.search(sentence, found.end()):
        return False
    of_it = next(c for c in sentence.split("，") if found[0] in c) if count > _FEW else sentence
    return len(_JOINT.split(of_it)) < min(count, _BEGUN) and _listed(section) < count


def _listed(text: str) -> int:
    """The most names in one enumeration of a text, or its numbered items."""
    clauses = re.split("[。；\n，：:]", text)
    return max(len(_NUMBERED.findall(text)), *(len(_JOINT.split(c)) for c in clauses))
