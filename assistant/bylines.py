"""Questions about a document itself: who wrote it, for which body, when it came out.

Answered from the catalog, and from the document's own byline where it has one. Knows documents and
their first and last passages; scores nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.statements import Statement, from_sentence
from index.records import Passage, SourceDoc
from index.sentences import sentences

_WHO = re.compile(
    r"(?:作者|撰稿人?|执笔人?|署名)(?:都?[是有]谁)?|(?:是|由|出自)?谁(?:写|撰写|编制|编写|制定|发布|起草|执笔|提出)|谁的(?:文章|论文)?$|"
    r"(?:编制|编写|制定|发布|起草|撰写)(?:单位|机关|机构|部门|者|人)|"
    r"(?:是|由|出自)?(?:哪个?|哪家|哪些|什么)(?:人|学者|单位|部门|机构|机关|学校|大学|高校|研究会|课题组|政府)"
    r"(?:的|写|撰写|编制|编写|制定|发布|起草|提出)*"
)
_BODY = re.compile(r"单位|部门|机构|机关|学校|大学|高校|研究会|课题组")
_ISSUED = "写|发表|发布|发|出|出版|印发|编制|编写|制定|刊登|刊发|登载|登报|登|公布|出台|通过"
_WHEN_WORD = "哪一?年|何年|何时|什么时候|什么时间|几时|几几年"
_WHEN = re.compile(
    rf"(?:(?:是|在|于)*(?:{_WHEN_WORD})(?:{_ISSUED})(?:出来)?(?:的|了)*|"
    rf"(?:{_ISSUED})(?:时间|日期|年份|(?:是|在|于)*(?:{_WHEN_WORD}))|(?:是|在|于)+(?:{_WHEN_WORD})的)"
)
_NUMBER = re.compile(
    "(?:发文字号|发文号|文号|文件号|文件编号|公文号)(?:是|为)?(?:什么|多少|几号|哪个)?|(?:是)?几号文件?"
)
# As 国发〔2021〕36号 and 津政令第49号 are printed; a date signed by itself.
_PRINTED_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,10}\s*[〔\[（(［]\s*(?:19|20)\d\d\s*[〕\]）)］]\s*第?\s*\d+\s*号|[\u4e00-\u9fff]{1,6}令\s*第?\s*\d+\s*号"
)
_SIGNED_DATE = re.compile(
    r"^\s*[（(]?(?:(?:19|20)\d\d|[一二三四五六七八九〇○零]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日[^，。；]{0,6}[）)]?\s*$",
    re.M,
)
# What may stand beside: how the document is called, and words that ask nothing more.
_BESIDE = re.compile(
    r"[那这]?[几两三些一]*[篇份个本]*(?:报纸专版|报纸|专版|日报|晚报|报道|建言献策|建言|研究报告|论文|文章|期刊|"
    r"规划纲要|纲要|规划|文件|报告|办法|条例|材料|稿子)|[那这][几两三些一]*[篇份个本]|[里中]的(?:建议|意见|观点)|"
    r"请问|我想知道|有?哪些|几[位个]|分别|各自?|都|写|[的了是呢吗啊在由和与里、，,？?。！\s]"
)
# Where an article says more of its authors than their names.
_OF_AUTHORS = re.compile(r"作者(?:系|单位|简介|[：:])[^。）)\n]*")
_A_BODY = re.compile(r"[会院府委局部室组校学司处厅]$")
_ENDS = 3  # passages at either end of a document in which a byline stands
_SHORT = 60  # characters of a byline at most


def asked_of(text: str, titles: Sequence[str]) -> frozenset[str]:
    """Of who, body, when and number what a question asks of a document itself; empty where of its content.

    `text`: the question without what a document is called; `titles`: of those it can mean.
    """
    asked = set()
    if who := _WHO.search(text):
        asked |= {"who", "body"} if _BODY.search(who[0]) or _BODY.search(text) else {"who"}
    if _WHEN.search(text):
        asked.add("when")
    if _NUMBER.search(text):
        asked.add("number")
    rest = _BESIDE.sub("", _NUMBER.sub("", _WHEN.sub("", _WHO.sub("", text))))
    if any(rest in title for title in titles):
        rest = ""  # the document called by a part of its title
    return frozenset(asked) if len(rest) <= 1 else frozenset()


def about(doc: SourceDoc, passages: Sequence[Passage], asked: frozenset[str]) -> list[Statement]:
    """What is known of who issued a document and when, its own byline cited where it has one."""
    found: list[Statement] = []
    if "who" in asked:
        found += _issued_by(doc, passages, "body" in asked)
    if "when" in asked:
        found.append(_published(doc, passages))
    if "number" in asked:
        printed = _printed(_PRINTED_NUMBER, passages)
        told = f"《{doc.title}》的文号是" if printed else f"《{doc.title}》没有写文号。"
        found.append(
            Statement(told + printed.text, printed.quote, printed.passage)
            if printed
            else Statement(told)
        )
    return found


def _published(doc: SourceDoc, passages: Sequence[Passage]) -> Statement:
    """When a document came out, by the catalog, else by the date it is signed with."""
    signed = None if doc.published else _printed(_SIGNED_DATE, passages)
    if signed:
        return Statement(f"《{doc.title}》所署的日期是{signed.text}", signed.quote, signed.passage)
    told = f"发表或发布的时间是{_dated(doc.published)}" if doc.published else "没有写发表时间"
    return Statement(f"按文件目录，《{doc.title}》{told}。")


def _printed(pattern: re.Pattern[str], passages: Sequence[Passage]) -> Statement | None:
    """The first of its kind at a document's ends, as printed."""
    for passage in _ends(passages):
        if match := pattern.search(passage.text):
            return from_sentence(passage, match[0])
    return None


def _issued_by(doc: SourceDoc, passages: Sequence[Passage], body: bool) -> list[Statement]:
    names = doc.issuer.split()
    signed = next((s for s in _signatures(passages) if names and _names(s, names)), None)
    told = f"《{doc.title}》的作者（编制单位）是{'、'.join(names)}"
    if signed is None:
        said = f"按文件目录，{told}。" if names else f"文件目录没有写《{doc.title}》的作者。"
        found = [Statement(said)]
    else:
        byline = signed.text.strip("（）()")
        own = byline if byline != doc.issuer else ""
        found = [
            Statement(told + (f"，署名为“{own}”" if own else ""), signed.quote, signed.passage)
        ]
    more = [from_sentence(p, m[0]) for p in _ends(passages) for m in _OF_AUTHORS.finditer(p.text)]
    found += [s for s in more if signed is None or s.quote not in signed.quote]
    told_body = more or _A_BODY.search(doc.issuer)
    if body and not told_body and (signed is None or len(signed.quote) <= len(doc.issuer)):
        found.append(Statement("文件没有写明作者的单位。"))
    return found


def _signatures(passages: Sequence[Passage]) -> Iterator[Statement]:
    """The short sentences at a document's ends, where authors sign."""
    for passage in _ends(passages):
        for start, end in sentences(passage.text):
            if end - start <= _SHORT:
                yield from_sentence(passage, passage.text[start:end])


def _ends(passages: Sequence[Passage]) -> Sequence[Passage]:
    return passages if len(passages) <= 2 * _ENDS else (*passages[:_ENDS], *passages[-_ENDS:])


def _names(signed: Statement, names: Sequence[str]) -> bool:
    return all(name in signed.quote for name in names)


def _dated(published: str) -> str:
    """2023 -> 2023年; a full date as the catalog writes it."""
    return f"{published}年" if re.fullmatch(r"\d{4}", published) else published
