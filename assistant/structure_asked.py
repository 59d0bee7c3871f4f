"""What is asked of a document's structure by a name of its own: 表1列的是什么, 3.2节讲什么, 第五章有几节.

Rules over a question's words. Knows no documents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question import Question
from assistant.structure import ABOUT_DOCUMENT, CONTENT, COUNT, UNITS

_ABOUT = re.compile(
    "(?:关于|有关|涉及|讲|谈|跟)(?P<of>[^，。的]{2,10}?)(?:有关|相关|方面)?的?(?:文件|文档|材料|资料)"
)
_NAMED_TABLE = re.compile(r"((?:附)?表|专栏)\s*(\d+|[一二三四五六七八九十]+)")
_DOTTED = re.compile(
    r"(?<![\d.])(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.%亿万个])(?:小?节|部分|条|款)?"
)


def documents_about(question: Question) -> str:
    """What the documents asked for are to be about (关于医保的文件有哪些); '' where it is not said."""
    found = _ABOUT.search(question.text)
    return found["of"] if found and re.search("哪些|哪几|几[份个篇]|多少", question.text) else ""


def asks_table(question: Question) -> str:
    """The name of the table or box whose content is asked for (表1列的是什么); '' where none is."""
    found = _NAMED_TABLE.search(question.text)
    if not found or not re.search("什么|啥|哪些|内容|介绍", question.text):
        return ""
    rest = ABOUT_DOCUMENT.sub("", re.sub(r"[？?。！\s]", "", _NAMED_TABLE.sub("", question.text)))
    rest = re.sub("列出?|指标|表格?|什么|啥|哪些|张|个", "", CONTENT.sub("", rest))
    return found[0].replace(" ", "") if len(rest) <= 1 else ""


def asks_dotted(question: Question) -> str:
    """The dotted number of the heading whose content is asked for (3.2节讲什么); '' where none is."""
    found = _DOTTED.search(question.text)
    if not found or not CONTENT.search(question.text):
        return ""
    rest = ABOUT_DOCUMENT.sub("", re.sub(r"[？?。！\s]", "", _DOTTED.sub("", question.text)))
    rest = re.sub("论文|文章|报告|什么|啥|第", "", CONTENT.sub("", rest))
    return found["number"] if len(rest) <= 2 else ""


def counted_below(question: Question) -> str:
    """The unit of headings asked for under a heading named (第五章有几节: 节); '' where none is."""
    text = re.sub(r"第[零〇一二两三四五六七八九十百\d]+[编篇章节条]", "", question.text)
    return next((u for found in COUNT.findall(text) for u in found if u), "")


def headings_apart(
    headings: Sequence[tuple[str, str]],
) -> list[tuple[tuple[str, str], ...]]:
    """第六章 and 第七章 of 第六章和第七章分别讲什么, each with what is above it; [] for one heading."""
    above: tuple[tuple[str, str], ...] = ()
    found: list[tuple[tuple[str, str], ...]] = []
    lowest = max((UNITS.index(unit) for _, unit in headings), default=0)
    for number, unit in headings:
        order = UNITS.index(unit)
        above = tuple(h for h in above if UNITS.index(h[1]) < order)
        if order == lowest:
            found.append((*above, (number, unit)))
        else:
            above = (*above, (number, unit))
    return found if len(found) > 1 else []
