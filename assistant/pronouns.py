"""What a pronoun of a follow-up points to in the last question: 它, 他们, 这些园区, 那儿, 该项目.

Knows the last question's words only; knows no documents.
"""

from __future__ import annotations

import re

import rjieba

from assistant.followups import (
    TIME,
    bare,
    core,
    entity,
    has_subject,
    parts,
    says_of,
    topic,
    where,
)

_POINTER = re.compile(
    r"(?:(?:刚才|上面|前面)(?:说|提到?)的)?(?:"
    r"(?P<there>[那这][里儿边]面?|当地)"
    r"|(?<!的)(?<!另外)(?<!另一)(?P<point>[这那](?![样么时次年篇本]|\S{0,2}年|[一两二三四五六七八九十几][^个项条座家类份种地市区县城省镇园所村])(?:[一两二三四五六七八九十几]?[个项条座家类份种]|些)?"
    r"|(?<!应)该(?=[项市区县镇省园校院]|\w{2})(?![怎如不])|上述|前述)"
    r"|(?P<thereby>(?<![因如])[为对就据]此)"
    r"|(?P<plural>它们|[他她]们)|(?P<single>它|(?<!其)[他她](?!们))"
    r"|(?<!尤)其(?=中|的|目标|主要|具体))"
)
# 诺奖那个论坛, 机场那条怎么改, 农村那头: 那 after a noun.
_SHOWN = re.compile(
    "(?P<noun>[\u4e00-\u9fffA-Za-z]{2,10}?)(?P<shown>那(?:一|几)?(?:[个条项座家类种块头边]|方面|部分))"
)
# The document itself is pointed to, as it is where nothing was asked before.
_DOCUMENT = re.compile("规划|纲要|文件|文章|文档|论文|报告|材料|资料")
_CITY = re.compile("城市|[市省]")
_NAME_ASKED = re.compile("(?:是|叫|指)的?(?:什么|啥|谁)(?:名字?)?[？?。]*$|哪[个家位座条项]")
_KIND_ASKED = re.compile("什么(?P<kind>[\u4e00-\u9fff]{2,5})[？?。]*$")
_DOING = re.compile(
    "^(?:[^“]{0,6}(?:设立|成立|创建|建立|举办|申办)|建设|打造|推进|实施|发展|就?是|为|叫做?|指的?是?|即)"
)
_MARKER = re.compile(r"\[\d+\]")
_LONGEST_NAME = 16
_PAIRED = re.compile("前者|后者")
_PAIR = re.compile("(.{2,12}?)[和与跟](.{2,12})")
_MANY = re.compile("[些几两二三四五六七八九十]|上述|前述")
# Nouns that only repeat what was asked about: the whole attribute is meant.
_ASKED = re.compile("指标|目标值?|数字|数据|数|比例|比重|值|率|任务|金额|收入|规模")
_ANY = re.compile(
    "项目|工程|计划|平台|机构|政策|问题|地方|战略|方面|东西|事情?|[市区县镇省园带圈路]|中心|城市|行业|产业|企业"
)
_COUNTED = re.compile(
    r"(?:哪些|哪[几\w]\S?|几[个家项条种类座]|多少[个家项条种类座])(?P<noun>[\u4e00-\u9fff]{2,16})[？?。]*$"
)


def with_referent(text: str, previous: str, answer: str = "") -> str:
    """The text with its pronoun replaced by what the last question was about, or by the name that
    answered it where it asked for one.

    With no last question the pronoun is left out (它的货 -> 货). The text itself where it has none.
    """
    if (paired := _PAIRED.search(text)) and previous:
        return _of_pair(text, paired, previous)
    found = _POINTER.search(text)
    if not found:
        return text
    before, after = text[: found.start()], text[found.end() :]
    noun = _pointed_noun(after, previous) if found["point"] else ""
    rest = after[len(noun) :]
    if not previous:
        return (before + rest).removeprefix("的") or text
    if _DOCUMENT.fullmatch(noun) or (found["point"] == "该" and not noun):
        return text
    if (name := answered(previous, answer)) and not _CITY.fullmatch(noun):
        return f"{before}{name}{rest}"
    many = found["plural"] or (found["point"] and _MANY.search(found["point"]))
    many = many or (found[0] == "其" and after.startswith("中"))
    return f"{before}{_referent(noun, previous, bool(many))}{rest}"


def shown_out(text: str) -> str:
    """诺奖那个论坛 -> 诺奖论坛: after a noun of its own 那个 shows and points to nothing said."""
    found = _SHOWN.search(text)
    if not found or found["noun"] == "" or TIME.search(found["noun"]) or where(found["noun"]):
        return text
    noun = rjieba.tag(found["noun"])[-1]
    named = noun[1][0] in "nj" or noun[1] in ("eng", "vn")
    if not named or says_of(noun[0]) or _DOCUMENT.fullmatch(noun[0]):
        return text
    return text[: found.start("shown")] + text[found.end() :]


def answered(previous: str, answer: str) -> str:
    """The name that a short answer gives to a question for one: 建设太湖湾科技创新带 -> 太湖湾…."""
    clean = _MARKER.sub("", answer).strip()
    if kind := _KIND_ASKED.search(previous):
        named = re.search(rf"([^，。；、\n]{{1,14}}?{kind['kind']})(?=[，。；、\n]|$)", clean)
        return _DOING.sub("", named[1]).strip("“”") if named else ""
    first = re.split("[。；，\n]", clean)[0]
    name = _DOING.sub("", first).strip("“”")
    if not _NAME_ASKED.search(previous) or len(name) > _LONGEST_NAME or re.search(r"\d", name):
        return ""
    return name if len(name) > 1 and has_subject(name) else ""


def _of_pair(text: str, paired: re.Match[str], previous: str) -> str:
    """前者 and 后者 are the two things that 和 or 与 joins in the last question."""
    both = next((p for p in map(_PAIR.fullmatch, parts(previous)) if p), None)
    if not both:
        return text
    return text[: paired.start()] + both[1 if paired[0] == "前者" else 2] + text[paired.end() :]


def _pointed_noun(after: str, previous: str) -> str:
    """The noun that a pointing word stands before: 园区 in 这些园区都在哪."""
    taken = ""
    for word, tag in rjieba.tag(after):
        first = not taken and (tag[0] == "n" or _ASKED.fullmatch(word) or _ANY.fullmatch(word))
        whole = core(previous)
        said = tag[0] == "n" and (word in previous or whole.endswith(word[-1]))
        said = said or (len(word) == 1 and word in whole)
        if not (first or (taken and said)):
            break
        taken += word
    return taken


def _referent(noun: str, previous: str, many: bool) -> str:
    if _CITY.fullmatch(noun) and where(previous):
        return where(previous)[0]
    if noun and _ASKED.fullmatch(noun):
        return topic(previous)
    if noun in ("方面", "领域", "问题"):
        return f"{core(previous)}{noun}"
    thing = entity(previous)
    counted = _COUNTED.search(previous)
    if many and counted and has_subject(counted["noun"]):
        thing = counted["noun"] if thing in counted["noun"] else f"{thing}的{counted['noun']}"
    if not noun or _ANY.fullmatch(noun) or noun in thing or _overlaps(noun, thing):
        return thing
    like = [p for p in parts(previous) if _overlaps(noun, p)]
    return bare(like[0]) if like else f"{thing}的{noun}"


def _overlaps(noun: str, name: str) -> bool:
    """Whether a name ends like the noun or holds two characters of it side by side."""
    pairs = {noun[i : i + 2] for i in range(len(noun) - 1)}
    return bool(name) and (name[-1] == noun[-1] or any(p in name for p in pairs))
