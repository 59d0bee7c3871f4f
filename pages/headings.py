"""How a place in a document is written for people: 第十四章第六节“健全养老服务体系”.

Knows heading paths only; knows no documents, no answers and no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_DIGITS = r"〇零一二三四五六七八九十百\d"
_NUMBERED = re.compile(rf"^(第[{_DIGITS}千两]+[编篇部分章节条款])[\s　:：、]*(.*)$")
_TABLE = re.compile(rf"^((?:附表|附图|附件|专栏|表|图|附)[\s　]*[{_DIGITS}]+(?:[-—.]\d+)*)")
# 编 and 篇 only say more where no 章 names the place already.
_OUTER = ("编", "篇")


def split_heading(heading: str) -> tuple[str, str]:
    """`第六节 积极应对人口老龄化` -> (`第六节`, `积极应对人口老龄化`); no number: ('', heading)."""
    match = _NUMBERED.match(heading.strip())
    if match is None:
        return "", heading.strip()
    return match.group(1), match.group(2).strip()


def _inner(heading_path: Sequence[str]) -> list[str]:
    numbers = [split_heading(heading)[0] for heading in heading_path]
    chapters = [i for i, number in enumerate(numbers) if number.endswith("章")]
    if not chapters:
        return list(heading_path)
    return [
        heading
        for heading, number in zip(heading_path, numbers, strict=True)
        if not number.endswith(_OUTER)
    ]


def number_of(heading_path: Sequence[str]) -> str:
    """The shortest name: 第十四章第六节, 第三章第五节 表2, or the last heading."""
    parts: list[str] = []
    for heading in _inner(heading_path):
        number, _ = split_heading(heading)
        table = _TABLE.match(heading.strip())
        if number:
            parts.append(number)
        elif table:
            parts.append(f" {table.group(1)}" if parts else table.group(1))
    if parts:
        return "".join(parts)
    return heading_path[-1].strip() if heading_path else "正文"


def place(heading_path: Sequence[str], lead: str = "") -> str:
    """The place with its words: 第十四章第六节“健全养老服务体系”; without headings 正文."""
    if not heading_path:
        return f"正文“{lead}”" if lead else "正文"
    inner = _inner(heading_path)
    number = number_of(heading_path)
    last_number, last_title = split_heading(inner[-1])
    if not last_number and number == inner[-1].strip():
        return f"{number}“{lead}”" if lead and lead not in number else number
    if not last_number and not _TABLE.match(inner[-1].strip()):
        number = f"{number} {inner[-1].strip()}"
        return f"{number}“{lead}”" if lead and lead not in number else number
    title = lead or (_table_words(inner[-1]) if not last_number else last_title)
    return f"{number}“{inner_quotes(title)}”" if title else number


def _table_words(heading: str) -> str:
    return _TABLE.sub("", heading.strip()).strip(" 　:：")


def inner_quotes(text: str) -> str:
    """Quotes within the quotes become ‘’, as printed Chinese has it."""
    return text.replace("“", "‘").replace("”", "’")
