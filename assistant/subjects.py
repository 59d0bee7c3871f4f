"""The part of a question that another subject takes the place of.

Knows words; knows neither conversation nor documents.
"""

from __future__ import annotations

import re

import rjieba

from assistant.followups import TIME, core, first_asked, names_itself, parts, where
from assistant.places import places

# What the new subject is asked about as well: 每千人口.
_PER = re.compile("^每[一十百千万]*(?:人口|名?老人|名|人|个|户)(?:拥有|配备)?")
_MODAL = re.compile("(?<=..)(?:可以|能够?|要(?!求)|会(?!议)|应该?|将)(?=.)")
# What is done about the subject (5G怎么布局): another subject does not take its place. A longer deed
# has a thing of its own (规划怎么支持养老).
_HOW = "(?:怎么|如何|怎样|咋)"
DEED = re.compile(f"(?<=..){_HOW}[^，。？?]{{1,3}}[？?。]*$")
_DONE_TO = re.compile(f"{_HOW}([^，。？?]{{4,}})[？?。]*$")
# The measure at the end of a subject that has a thing before it.
_MEASURE = re.compile(
    "(?:吞吐量|产量|产值|总产量|增加值|销售额|成交额|总额|余额|收入|人数|数量|总数|覆盖率|普及率|参保率|就读比例"
    "|就读率|入学率|增长率|下降率|占比|比例|比重|增速|增幅|里程)$"
)
# One of several classes that letters or numbers tell apart: A档, 二级, 36到45岁.
LABEL = re.compile(
    r"(?:[A-Za-z]|\d+|[一二三四五六七八九十])(?:(?:周?岁)?[到至\-~—－–]\d+)?(?P<of>[档类级型岁期组层])"
)
# What is said before a subject to make another one of it.
BEFORE_SUBJECT = re.compile(
    "[人户地]均|国[内外际]|境[内外]|省内|(?P<area>[市城郊]区|农村|乡[村下]|城[镇市里]|县[里城]|镇[上里]|村里)"
)
# What came of it is no target: 去年实际完成呢, 2020年是多少 after a target for 2025.
ACTUAL = re.compile("(?:实际)?(?:上)?(?:完成|实现|做到|达到)(?:了|情况|的)?")
# 十三五当时定的目标: how the figure came to be, said of no other thing.
OF_THEN = re.compile(
    "同期|同年|同一?时期|那年|当年|当时|那时候?|原来|原先|(?:所?(?:定|提出|设定|确定|规定|制定)(?:下来)?的)"
)
_BEFORE_NOUN = frozenset(["n", "ns", "nr", "nz", "nt", "a", "b", "j"])
_LONGEST_NAME = 8
_OWN = 2  # characters of the thing before it


def object_of(previous: str) -> str:
    """What a deed asked about is done to: 集成电路 of 规划怎么发展集成电路; '' where it names none."""
    found = _DONE_TO.search(previous)
    words = [(str(word), tag) for word, tag in rjieba.tag(found[1])] if found else []
    return "".join(w for w, _ in words[1:]) if words and words[0][1].startswith("v") else ""


def subject(previous: str) -> str:
    """The part of a question that another subject takes the place of: its last that names a thing."""
    if done_to := object_of(previous):
        return done_to
    named = _named_parts(previous)
    last = named[-1] if named else core(previous)
    owner, _, head = last.rpartition("的")
    last = head if owner and names_itself(head) else owner or last
    last = _MODAL.split(_PER.sub("", last) or last)[0]
    return _said_out(re.sub("^.*对(?=..)", "", last))  # 规划对住房


def without_measure(of: str, new: str) -> str:
    """What of a subject another word replaces: 货邮 of 货邮吞吐量, where the new one has no measure."""
    measure = _MEASURE.search(of)
    if not measure or measure.start() < _OWN or _MEASURE.search(new) or new in of:
        return of
    return of[: measure.start()]


def other_measure(of: str, new: str) -> str:
    """Another measure of the same thing: 旅游收入 of 旅游人数 and 收入; '' where either is none."""
    measure = _MEASURE.search(of)
    if not measure or measure.start() < _OWN or not _MEASURE.fullmatch(new):
        return ""
    return of[: measure.start()] + new


def grown(head: str, text: str) -> str:
    """A noun with what tells it from others before it: 苏南硕放机场 for 机场, 老旧小区 for 小区."""
    at = text.find(head)
    words = [(str(word), tag) for word, tag in rjieba.tag(TIME.sub("|", text[:at]))]
    while words and len(head) < _LONGEST_NAME:
        word, tag = words.pop()
        inside = tag == "v" and bool(words) and words[-1][1] in ("ns", "nr", "nz")
        if len(word) < _OWN or not (inside or tag in _BEFORE_NOUN):
            break
        head = word + head
    return head


def noun_phrases(text: str) -> list[str]:
    """The runs of nouns and what stands before nouns, two characters or more, in order."""
    found = [""]
    for word, tag in rjieba.tag(text):
        inside = tag in _BEFORE_NOUN and (len(word) >= _OWN or tag == "n")
        inside = inside or tag in ("vn", "l", "eng")
        found = [*found[:-1], found[-1] + word] if inside else [*found, ""]
    return [f for f in found if len(f) >= _OWN]


def _said_out(text: str) -> str:
    """A stretch without the verbs at its end that what is asked belongs to: 老旧小区 of 老旧小区开工改造."""
    words = [(str(word), tag) for word, tag in rjieba.tag(text)]
    while len(words) > 1 and words[-1][1] == "v":
        words.pop()
    kept = "".join(word for word, _ in words)
    return kept if names_itself(kept) else text


def _named_parts(previous: str) -> list[str]:
    return [p for p in parts(first_asked(DEED.sub("", previous))) if names_itself(p)]


def label_like(label: re.Match[str], previous: str) -> str:
    """The label of the same make in a question (A档 where B档 is named); '' where there is none."""
    return next((m[0] for m in LABEL.finditer(previous) if m["of"] == label["of"]), "")


def city_for_towns(previous: str, new: str) -> str:
    """What towns (江阴宜兴呢) take the place of: the city a question names, with 市区 after it.

    '' where the new words are no towns, or where the question names one itself.
    """
    cities = places(previous)
    if not cities or not all(tag == "ns" for _, tag in rjieba.tag(new)) or places(new):
        return ""
    others = [w for w, tag in rjieba.tag(previous) if tag == "ns" and not places(w)]
    found = re.search(f"{cities[0]}(?:市区?|全市)?", previous)
    return found[0] if found and not [o for o in others if o not in found[0]] else ""


def place_and_time_out(text: str) -> str:
    """What a follow-up says besides a place, a time and that it came so: '' for 2020年实际完成的."""
    rest = TIME.sub("", text)
    for place in where(text):
        rest = re.sub(f"{place}[市省]?", "", rest)
    return ACTUAL.sub("", OF_THEN.sub("", rest)).strip("的在")
