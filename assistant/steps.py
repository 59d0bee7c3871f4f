"""A heading told by its place beside another one: 第七章的下一章, 第三章的最后一节.

Knows a document's headings; knows nothing of what stands under them.
"""

from __future__ import annotations

import re

from assistant.structure import Structure, heading_number

_UNITS = "[编篇章节条]"
_NUMBER = rf"第[零〇一二两三四五六七八九十百\d]+{_UNITS}"
_BESIDE = re.compile(
    rf"(?P<from>(?:{_NUMBER})+)的?(?:接下来)?的?(?P<way>[下后上前])面?的?那?一个?(?P<unit>{_UNITS})"
)
_LAST = re.compile(rf"(?P<of>(?:{_NUMBER})*)的?(?:最后一?|最末一?|倒数第一)个?(?P<unit>{_UNITS})")
_ORDER = re.compile(r"第([零〇一二两三四五六七八九十百\d]+)([编篇章节条])")


def stepped(text: str, structure: Structure) -> str:
    """The text with such a heading put by its own number; itself where there is none to be found."""
    if beside := _BESIDE.search(text):
        path = structure.find(_ORDER.findall(beside["from"]))
        others = structure.count(beside["unit"])
        if path is None or path not in others:
            return text
        at = others.index(path) + (1 if beside["way"] in "下后" else -1)
        found = others[at] if 0 <= at < len(others) else None
        return _put(text, beside, found)
    if last := _LAST.search(text):
        within = structure.find(_ORDER.findall(last["of"])) if last["of"] else ()
        others = structure.count(last["unit"])
        inside = [p for p in others if within is not None and p[: len(within)] == within]
        return _put(text, last, inside[-1] if inside else None)
    return text


def _put(text: str, told: re.Match[str], path: tuple[str, ...] | None) -> str:
    if path is None:
        return text
    numbers = (_ORDER.match(re.sub(r"\s+", "", h)) for h in path if heading_number(h))
    name = "".join(n[0] for n in numbers if n)
    return text[: told.start()] + name + text[told.end() :]
