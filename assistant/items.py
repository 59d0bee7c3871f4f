"""The item of a list that a follow-up points to: 第二个, 上面第三条, 最后一个, and 第三节 after 第七章.

Reads the last question and the last answer; knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from assistant.figures import chinese_number
from assistant.followups import PUNCT, entity, names_itself, says_of, topic, where
from assistant.kinship import is_name

_ORDINAL = re.compile(r"第([零〇一二两三四五六七八九十百\d]+)([编篇章节条个项点])")
_ORDERS = "编篇章节条"
_ITEM = re.compile(
    r"(?:(?:你|上面|上述|刚才|前面)?(?:说|提到?|讲|列出?)?的?(?:里面|其中|当中)?的?)?"
    r"(?:(?P<last>最后[那这]?一?)|(?P<back>倒数第(?P<nth>[一二三四五六七八九十]|\d))|(?P<first>头一)|第(?P<number>[一二三四五六七八九十]+|\d+))"
    r"(?:条|个(?!五年)|点|项|种|类|方面|句|大|片|层|步|块|座|家|圈|带|位|部分)"
)
# 那下一章呢, 上一节讲什么, 最后一章.
_BESIDE = re.compile(
    r"(?:那么?|再)?(?:[说讲看]说?)?(?:往|接着)?(?P<way>[上下前后]|最后)面?的?一个?(?P<unit>[编篇章节条])"
    r"(?:又|都|主要)?(?:呢|[讲说写]?的?是?(?:讲|说|写|叫|规定)?了?(?:什么|啥|哪些)?(?:内容)?)"
)
_TELL = re.compile(
    "^(?:具体)?(?:展开|详细|仔细|具体)?(?:说说?|讲讲?|介绍|解释|展开|聊聊|看看)+(?:一下|一?说|讲讲|说说)?[呢吗？?。]*$"
)
_MARKER = re.compile(r"\[\d+\]")
_LINE = re.compile(
    r"(?m)^\s*(?:[-*•·]|\d+[.、．)）]|[（(][一二三四五六七八九十\d]+[)）])\s*(\S.*)$"
)
_RUN_IN = re.compile(
    r"(?:[一二三四五六七八九十]是|第[一二三四五六七八九十][，,是]|[（(][一二三四五六七八九十\d][)）]|[①②③④⑤⑥⑦⑧⑨])"
)
_LEAD = re.compile(
    r"^.*(?:包括|包含|分别(?:是|为|指)?|即|是指|指的是|指|是|有|为|：|:|[要将拟](?:建设?|打造|发展|推进|布局|设立))"
)
_LIST_END = re.compile(r"(?:等|等等|等\S{1,8}|[一二两三四五六七八九十\d]+[个项条类种大]\S{0,8})$")
_KIND = re.compile(
    r"(?:哪些|哪[几一二两三四五六七八九十\d]+\S|几[个家项条种座大类]|多少[个家项条种座类])(?P<of>[\u4e00-\u9fff]{2,12})[？?。]*$"
)
_DOES = re.compile("主[打攻推抓营]|重点|侧重|聚焦")  # verbs that are tagged as nouns
_NAME = 40  # characters of an item that stand for it
_SHORT = 3  # characters of an item that needs what it is an item of


def numbered(text: str, previous: str) -> str:
    """第三节讲什么 after 第七章讲什么: a number of a lower or the same order is put in its place."""
    if beside := _BESIDE.fullmatch(PUNCT.sub("", text)):
        return _beside(beside, previous)
    new, old = _ORDINAL.findall(text), _ORDINAL.findall(previous)
    if len(new) != 1 or not old or len(PUNCT.sub("", text)) > 12 or where(text):
        return ""
    (number, unit), (last, last_unit) = new[0], old[-1]
    if unit == last_unit:
        return previous.replace(f"第{last}{unit}", f"第{number}{unit}")
    if _below(unit, last_unit):
        above = [f"第{n}{u}" for n, u in old if _below(unit, u)]
        return "".join(above) + text
    return ""


def _beside(asked: re.Match[str], previous: str) -> str:
    """The last question asked of the heading beside its own: 第七章的下一章讲什么."""
    named = [m for m in _ORDINAL.finditer(previous) if m[2] == asked["unit"]]
    if not named:
        return ""
    last = named[-1]
    lower = re.match(rf"(?:{_ORDINAL.pattern})*", previous[last.end() :])
    rest = previous[last.end() + (lower.end() if lower else 0) :]
    told = f"最后一{last[2]}" if asked["way"] == "最后" else f"{last[0]}的{asked['way']}一{last[2]}"
    return f"{previous[: last.start()]}{told}{rest}"


def _below(unit: str, other: str) -> bool:
    both = unit in _ORDERS and other in _ORDERS
    return both and _ORDERS.index(unit) > _ORDERS.index(other)


def item_asked(text: str, lists: Sequence[tuple[str, str]]) -> str:
    """The question about one item of what was listed; '' where none is asked for.

    `lists`: the questions that were answered with a list and these answers, the last one first.
    Where no answer has so many items, the item is named by its number and what was asked about.
    """
    asked = _ITEM.search(text)
    if not asked or not lists:
        return ""
    before = text[: asked.start()].strip("那把给请我")
    said = "".join(q + a for q, a in lists)
    after = _repeated_noun_out(text[asked.end() :], said)
    rest = PUNCT.sub("", before) + after.strip("，,。？?的 ")
    told = not rest or rest == "呢" or _TELL.match(rest)
    if not told and (before or _opens_with_noun(after)) and (names_itself(rest) or where(rest)):
        return ""
    number = _number(asked)
    for question, answer in lists:
        items = answer_items(answer, max(2, abs(number)))
        if items:
            name = _framed(items[number - 1 if number > 0 else number], question)
            if told:
                return f"{name}的具体内容是什么？"
            led = before in ("针对", "对", "对于", "关于", "就")
            return f"{before}{name}{rest.removeprefix(before)}" if led else f"{name}{rest}"
    about = topic(lists[0][0])
    if not about or after != text[asked.end() :]:
        return ""
    name = f"{about}的{PUNCT.sub('', asked[0])}"
    return f"{name}的具体内容是什么？" if told else f"{name}{rest}"


def points_to_item(text: str) -> bool:
    """Whether a text points to an item of a list: 第三个呢, 最后一类包括哪些."""
    return _ITEM.search(text) is not None


def _opens_with_noun(after: str) -> bool:
    """Whether a noun of its own follows the number: 第一条高铁, but not 第一个主打什么."""
    word, tag = rjieba.tag(after)[0] if after and not _DOES.match(after) else ("", "")
    noun = tag[:1] in ("n", "m", "j", "b", "a") or tag == "vn"
    return noun and tag != "ns" and not says_of(word)


def _framed(item: str, question: str) -> str:
    """A short item (生物) or a place (宜兴) with what the list was of before it."""
    counted = _KIND.search(question)
    of = counted["of"] if counted else entity(question)
    bare = len(item) <= _SHORT or is_name(item)
    return f"{of}的{item}" if bare and of and of not in item and item not in of else item


def _number(asked: re.Match[str]) -> int:
    """Which item is asked for, from 1; from -1 backwards for those counted from the end."""
    if asked["last"]:
        return -1
    word = asked["nth"] or asked["number"] or "一"
    number = int(word) if word.isdigit() else chinese_number(word) or 1
    return -number if asked["back"] else max(number, 1)


def _repeated_noun_out(after: str, said: str) -> str:
    """第二个计划要做什么 -> 要做什么, where 计划 was said before."""
    after = re.sub("^(?:方面|部分)(?=.)", "", after)
    for length in range(min(8, len(after)), 1, -1):
        noun = after[:length]
        if noun in said and (_KINDS.fullmatch(noun) or names_itself(noun)):
            return after[length:]
    return after


_KINDS = re.compile("计划|工程|项目|任务|目标|措施|战略|建议|问题|方面|园区|平台|行动|原因|指标")


def answer_items(answer: str, least: int) -> list[str]:
    """The names of the items an answer lists, at least `least` of them; [] where it lists none.

    Lines with a bullet or number come first, then 一是…二是…, then a、b、c, then its sentences.
    """
    clean = _MARKER.sub("", answer)
    sentences = [s.strip() for s in re.split(r"[。；;\n]", clean) if s.strip()]
    run_in = [p.strip("，,；;。 \n") for p in _RUN_IN.split(clean)[1:]]
    listed = max((_listed(s) for s in sentences), key=len, default=[])
    for found in (_LINE.findall(clean), run_in, listed, sentences):
        if len(found) >= max(2, least):
            return [_name(f) for f in found]
    return []


def _listed(sentence: str) -> list[str]:
    """a, b, c of a sentence that lists them with 、 or in quotation marks."""
    pieces = re.split(r"、", sentence)
    if len(pieces) < 2:
        return []
    pieces[0] = _LEAD.sub("", pieces[0]).strip()
    tail = re.split(r"[，,：:]", pieces.pop())[0]
    pieces += [p for p in re.split("以及|及|和|与", tail) if p]
    pieces[-1] = _LIST_END.sub("", pieces[-1]) or pieces[-1]
    return [p.strip() for p in pieces if p.strip()]


def _name(item: str) -> str:
    """An item's name, or its opening words, is what the next question is about."""
    return re.split(r"[：:。，,]", item.strip())[0].strip()[:_NAME]
