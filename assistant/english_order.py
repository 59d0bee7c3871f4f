"""The items of an English clause in the order of a Chinese question. Knows no documents."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english_words import Item, items, verbs

# What is asked -> what asks it in Chinese, the first that matches.
_ASKED = tuple(
    (re.compile(words), chinese)
    for words, chinese in (
        (r"\bcompare|\bdifference between\b|\bdiffer\b", "比较"),
        (
            r"\b(?:what|how) (?:is|are|was|does|do)\b.*\b(?:called|named|call)\b|\bname of\b",
            "叫什么名字",
        ),
        (
            r"\bwhat (?:is|are) meant by\b|\bwhat (?:does|do)\b.*\b(?:mean|stand for)\b"
            r"|^define\b|\b(?:definition|meaning) of\b|^explain\b",
            "是什么意思",
        ),
        (r"\bwhat time\b|\bwhen (?:does|do)\b.*\b(?:open|close)\b", "几点开门"),
        (r"\bwhen\b|\b(?:what|which) year\b|\bhow soon\b", "是什么时候"),
        (r"\bhow long (?:is|are|will)\b", "有多长"),
        (r"\bhow far\b", "有多远"),
        (r"\bhow (?:many|much|big|large|high|fast|long|low|strong|old|often)\b", "是多少"),
        (r"\b(?:what|which) (?:percentage|share|proportion|percent)\b", "是多少"),
        (r"\bwhere\b", "在哪里"),
        (r"\bwho (?:is|was|are|were) (?!responsible|in charge|to )", "是谁"),
        (r"\bwho\b|\bwhich (?:department|body|agency|authority|bureau)\b", "由谁负责"),
        (r"\bwhy\b|\bwhat (?:is|are|was) the reasons?\b", "的原因是什么"),
        (r"\bhow (?:is|are)\b.*\b(?:calculated|computed|determined)\b", "怎么计算"),
        (
            r"\bhow (?:do|can|should|could) (?:i|we|you|one)\b|^how to (?:get|apply|obtain|register)\b",
            "怎么办理",
        ),
        (r"\bhow (?:is|are|does|do|did|will|can|should|to)\b|^how\b", "有哪些举措"),
        (r"\bwhat (?:is|will|does|are|do)\b.*\b(?:do|doing|done|say|says|planned)\b", "有哪些举措"),
        (
            r"\bwhich\b|\blist\b|\bname (?:the|all|two|three|four|five|some)\b|\btell me about\b",
            "有哪些",
        ),
        (r"\bwhat (?:are|were|(?!is\b|was\b|does\b)[a-z]+s)\b", "有哪些"),
        (r"\bwhat\b|^describe\b", "是什么"),
        (
            r"^(?:and |or |but )?(?:is|are|was|were|does|do|did|will|can|could|should|must|has|have)\b",
            "吗",
        ),
    )
)
# Of such a thing an amount is asked for: 林木覆盖率是多少, not 是什么.
_AMOUNT = re.compile(
    "(?:率|(?<!远景)(?<!主要)目标|外贸|比重|比例|人口|总量|总值|面积|数量|规模|里程|长度|收入|支出|投入|投资|造价|预算|工资|价格|房价"
    "|寿命|年限|浓度|天数|产值|增加值|吞吐量|产量|零售总额|进出口|总额|增长|床位|托位|外资|能力|强度|水平|目标值|基数|数|费用)$"
)
# The plan's own task words are a list by themselves: 措施有哪些, not 措施有哪些举措.
_LISTED = re.compile(
    "(?:措施|政策|任务|项目|问题|不足|挑战|建议|优势|机遇|原则|指标|成就|成效|举措|要求|特征|工程)$"
)
# What is paid in money, and what is a share of it.
_MONEY = re.compile(
    r"\bhow much (?:money\b|(?:is|do|does|did|will|can)\b.*\b(?:cost|pay|get|earn|charge)s?\b)"
)
_PAID = re.compile(
    "工资|价格|[票房水电气地油租菜粮]价|[学房车路停]费|费用|保险费|补贴|津贴|租金|罚款|奖金|保障标准|最低生活保障|补偿|养老金|安家费"
)
_RELATIVE = re.compile("率|比例|比重|增长|提高|降低|年限|人数")
_WH_NOUN = re.compile(
    r"^(?:and |or |but )?(?:(?:by|to|into|in|on|at|for|with|under|from|of) )?(how many|how much|what|which)\b"
)
_KIND_OF = re.compile(r"\b(what|which) (?:kinds?|types?|sorts?|forms?) of\b")
_SHARE = r"(?:share|percentage|proportion|percent)"
_WHAT_SHARE = re.compile(
    rf"\b(?:what|which) {_SHARE} of (?P<whole>.+?)"
    r" (?:is|are|was|were|will|should|must|shall|does|do|did|can|would|comes?|goes|has|have)\b"
    r"(?P<part>.*)"
)
_SHARE_OF_IN = re.compile(
    rf"\b{_SHARE} of (?P<part>(?:(?! of | in ).)+?) (?:in|within|out of) (?P<whole>(?!\d)(?:(?! by | in ).)+)"
)
_AS_SHARE = re.compile(rf"(?P<part>.*)\bas a {_SHARE} of (?P<whole>(?:(?! in | by ).)+)")
_NAME_OF = re.compile(r"\bthe (?:official |full )?name of\b|\bcalled\b|\bnamed\b|\bcall\b")


def what_is_asked(text: str, found: Sequence[Item]) -> str:
    """A clause in Chinese without its years; `found`: its items."""
    told = _told(_KIND_OF.sub(r"\1", text), found)
    return re.sub("多少$", f"多少{_measured_in(text, told, found)}", told)


def _measured_in(text: str, told: str, found: Sequence[Item]) -> str:
    """What the amount asked for is counted in: 公顷, 人, 元; '' where the question does not say."""
    if unit := next((i.text for i in found if i.kind == "unit"), ""):
        return unit
    if re.search(r"\bhow many (?:people|persons)\b", text):
        return "人"
    thing = told.removesuffix("多少").removesuffix("是")
    paid = _MONEY.search(text) or (
        _PAID.search(thing) and re.search(r"\b(?:how much|what)\b", text)
    )
    return "元" if paid and not _RELATIVE.search(thing) else ""


def _told(text: str, found: Sequence[Item]) -> str:
    if shared := _shared(text):
        return shared
    asks = next((chinese for words, chinese in _ASKED if words.search(text)), "")
    if asks == "叫什么名字":
        return f"{said(items(_NAME_OF.sub(' ', text)))}{asks}"
    if wh := _WH_NOUN.match(text):
        noun, rest = _apart(items(text[wh.end() :]))
        if noun and rest:
            return _of_noun(wh[1], noun, rest, asks)
    if any(i.kind == "or" for i in found) and asks == "吗":
        return _either(found)
    return _asked(asks, said(_purpose_first(_passive_first(found, asks), asks)))


def is_amount(told: str) -> bool:
    """Whether an amount is asked for of what is told."""
    return bool(_AMOUNT.search(told))


def said(found: Sequence[Item]) -> str:
    """What is spoken of in Chinese order: places first, what stands behind an of before it.

    Behind do, will and the like stand who does it, the verb and what is done.
    """
    if doing := _inverted(found):
        who, verb, what = doing
        return f"{said(who)}{verb.text}{said(what)}"
    parts: list[list[Item]] = [[]]
    per = "".join(i.text for i in found if i.kind == "per")
    for item in found:
        if item.kind == "of" and not (parts[-1] and parts[-1][-1].kind == "and"):
            parts.append([])
        elif item.kind not in ("of", "year", "period", "be", "aux", "per", "to", "unit"):
            parts[-1].append(item)
    head, parts[0] = _doing(parts[0])
    parts = [_owner_first(part) for part in reversed(parts)]
    places = [p for p in parts if p and all(i.kind in ("place", "and") for i in p)]
    things = [p for p in parts if p and p not in places]
    joined = [_joined(part) for part in things]
    chain = re.sub("的(?=第)", "", "的".join(dict.fromkeys(t for t in joined if t)))
    front = "的".join(dict.fromkeys(map(_joined, places)))
    owned = chain and not head and things[0][0].kind != "verb"
    between = "的" if front and owned else ""
    return f"{front}{between}{_joined(head)}{per}{chain}"


def _inverted(found: Sequence[Item]) -> tuple[Sequence[Item], Item, Sequence[Item]] | None:
    """Will Suzhou protect wetlands: who, the verb, what; None where no such verb stands."""
    start = next((n for n, i in enumerate(found) if i.kind in ("aux", "be")), None)
    if start is None:
        return None
    at = next((n for n, i in enumerate(found) if n > start and i.kind == "verb"), None)
    if at is None or found[at - 1].kind == "of" or not any(i.kind == "of" for i in found[:at]):
        return None
    return [i for i in found[:at] if i.kind not in ("aux", "be")], found[at], found[at + 1 :]


def _doing(part: list[Item]) -> tuple[list[Item], list[Item]]:
    """A part's beginning up to its verb where something stands behind that, and the rest."""
    at = next((n for n, i in enumerate(part) if i.kind == "verb"), None)
    if at is None or at == len(part) - 1:
        return [], part
    return part[: at + 1], part[at + 1 :]


def _joined(part: Sequence[Item]) -> str:
    """The items of a part in a row; a counted thing with its 个."""
    told = ""
    for n, item in enumerate(part):
        counted = item.kind == "number" and item.text[-1].isdigit()
        before_thing = counted and n + 1 < len(part) and part[n + 1].kind in ("", "unknown", "verb")
        told += f"{item.text}{'个' if before_thing else ''}"
    return re.sub("和+", "和", told.strip("和"))


def _owner_first(part: list[Item]) -> list[Item]:
    """How many parks will Suzhou have: the place that has them stands before them."""
    if len(part) < 2 or part[-1].kind != "place" or part[-2].kind in ("verb", "and", "place"):
        return part
    return [part[-1], *part[:-1]]


def _shared(text: str) -> str:
    """What has a share of what: 公共交通占出行的比重是多少; '' where no share is asked for."""
    for words in (_WHAT_SHARE, _SHARE_OF_IN, _AS_SHARE):
        if found := words.search(text):
            whole = said(items(found["whole"])).replace("地区生产总值", "GDP")
            part = said(items(found["part"]))
            if whole and part:
                return f"{part}占{whole}比重是多少"
    return ""


def _apart(found: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The noun behind an asking word, up to the verb, and what is said of it."""
    end = next((n for n, i in enumerate(found) if i.kind in ("be", "aux", "verb")), len(found))
    rest = [i for i in found[end:] if i.kind not in ("be", "aux", "to")]
    unsaid = ("year", "period", "unit")
    return [i for i in found[:end] if i.kind not in unsaid], [
        i for i in rest if i.kind not in unsaid
    ]


def _of_noun(word: str, noun: Sequence[Item], rest: Sequence[Item], asks: str) -> str:
    """How many trees are planted, which lines will be built: an asked noun and what is said of it."""
    thing, doing = said(noun), said(rest)
    ends = rest[-1].text if rest[-1].kind == "verb" else ""
    if asks not in ("是多少", "有哪些", "是什么", "有哪些举措"):
        return _asked(asks, said([*noun, *rest]))
    if word.startswith("how") or (_AMOUNT.search(thing) and asks != "有哪些"):
        owner = doing.removesuffix(ends) if ends else doing
        told = (
            f"{owner}{thing}"
            if ends or rest[0].kind in ("place", "pointer", "of")
            else f"{thing}{owner}"
        )
        return f"{told}{ends}多少" if ends else f"{told}是多少"
    which = "有哪些" if noun[-1].many or asks == "有哪些" else "是什么"
    return f"{doing}的{thing}{which}"


def _either(found: Sequence[Item]) -> str:
    """Is it binding or anticipatory: 是约束性还是预期性."""
    at = next(n for n, i in enumerate(found) if i.kind == "or")
    before, choice = found[: at - 1], found[at - 1 :]
    return f"{said(before)}是{''.join(i.text for i in choice if i.kind not in ('year', 'be', 'aux', 'to'))}"


def _passive_first(found: Sequence[Item], asks: str) -> Sequence[Item]:
    """How are emissions to be reduced: 降低排放有哪些举措."""
    told = [i for i in found if i.kind not in ("be", "aux", "to", "year", "period")]
    passive = any(i.kind == "be" for i in found) and len(told) > 1 and told[-1].kind == "verb"
    if not passive or asks != "有哪些举措" or any(i.kind == "verb" for i in told[:-1]):
        return found
    return [told[-1], *told[:-1]]


def _purpose_first(found: Sequence[Item], asks: str) -> list[Item]:
    """What are the campaigns to improve services: 提升服务的行动, as behind an of."""
    told = list(found)
    for n in range(1, len(told) - 1):
        purpose = told[n].kind == "to" and told[n + 1].kind == "verb"
        if purpose and told[n - 1].kind == "" and asks in ("是什么", "有哪些", "是多少"):
            told[n] = Item("", "of")
    return told


def _asked(asks: str, told: str) -> str:
    """What is told with the words that ask, by what it ends in."""
    if asks in ("是什么", "有哪些", "") and _AMOUNT.search(told):
        asks = "是多少"
    elif asks in ("是什么", "有哪些举措") and _LISTED.search(told):
        asks = "有哪些"
    elif asks == "怎么计算":
        told = told.removesuffix("计算").removesuffix("确定")
    elif asks == "几点开门":
        told = told.removesuffix("开通").removesuffix("关闭")
    elif asks == "由谁负责":
        verb = next((v for v in verbs() if told.startswith(v)), "")
        told, asks = told.removeprefix(verb), f"由谁{verb or '负责'}"
        told = told.removesuffix("负责").removesuffix("的")
    done = next((verb for verb in verbs() if told.endswith(verb) and told != verb), "")
    thing = told.removesuffix(done)
    if done and asks == "有哪些":
        return f"{done}的{thing}有哪些"
    if done and asks in ("是多少", "是什么时候"):
        return f"{thing}{asks[1:] if asks == '是什么时候' else ''}{done}{'多少' if asks == '是多少' else ''}"
    return f"{told}{asks}"
