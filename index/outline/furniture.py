"""Finds what a page carries besides its text: page numbers, running heads, addresses, web buttons.

Rules read repetition and place on the page; the only words known here are those that Chinese
government and newspaper sites print around every text (打印本页, 责任编辑, 【字体：…).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.outline.lines import Line
from index.outline.text import ends_sentence, squeeze, width

MIN_REPEATS = 3  # a running head stands on at least so many pages
_WORD = re.compile(r"\w|[—-]")
_PAGE_NUMBER = re.compile(
    r"^(?:[-—–－·•]\s*)+\d{1,4}\s*(?:[-—–－·•]\s*)+$|^第\s*\d+\s*页(?:.{0,3}共\s*\d+\s*页)?$"
)
_NUMBER = re.compile(r"^\d{1,4}$")
_DROPPED = re.compile(
    r"^(?:https?://\S+|www\.\S+|\[image:.*\]|!\[.*\]\(.*\)|<!--.*-->|[-*_=]{3,}|[|｜\s]+"
    r"|[\u4e00-\u9fff]{2,6}\s*[:：]\s*https?://\S+|窗体(?:顶端|底端))$"
)
_BUTTON = re.compile(
    r"^(?:\[?内容纠错\]?|【?(?:字[体号])\s*[:：]?.*|】|分享(?:到)?\s*[:：]?|首页|繁体|简体|RSS.*|网站群"
    r"|站点地图|无障碍.*|当前位置\s*[:：].*|打印(?:本页)?|关闭(?:窗口)?|返回顶部|政策全文|收藏本页.*"
    r"|(?:信息)?来源\s*[:：].*|(?:信息提供|发布|更新|生成)(?:日期|时间|机构)\s*[:：].*|分类\s*[:：]"
    r"|浏览次数.*|扫一扫.*)$"
)
_LABEL_ALONE = re.compile(r"^(?:信息)?来源\s*[:：]$")
_TAIL = re.compile(
    r"^(?:责任编辑|扫一扫|打印本页|关闭窗口|相关(?:链接|附件|新闻|文档)|信息索取号|版权所有|关于我们"
    r"|网站地图|收藏本页|主办(?:单位)?\s*[:：]|备案序号)"
)
TAIL_LINES = 40  # a site's footer is looked for in the last lines only


def drop(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """The lines of the text, and the texts of those that are page furniture."""
    end = _tail_start(lines)
    doomed = set(range(end, len(lines)))
    doomed |= _numbers(lines) | _running_heads(lines) | _buttons(lines)
    doomed |= {i for i, line in enumerate(lines) if _is_furniture(line)}
    doomed |= {i for i in range(1, len(lines)) if _is_stray(lines[i - 1], lines[i])}
    kept: list[Line] = []
    for index, line in enumerate(lines):
        if index not in doomed:
            kept.append(line)
    return kept, [lines[i].text for i in sorted(doomed) if lines[i].text]


def _is_furniture(line: Line) -> bool:
    text = line.text.strip()
    return bool(text) and bool(_PAGE_NUMBER.match(text) or _DROPPED.match(text))


def _is_stray(before: Line, line: Line) -> bool:
    """A lone 。 after a table or a finished sentence; after an open one it ends that sentence."""
    if not line.text or line.tabbed or _WORD.search(line.text):
        return False
    return before.tabbed or bool(before.grid) or ends_sentence(before.text)


def _buttons(lines: Sequence[Line]) -> set[int]:
    """Lines a web page prints around a text; a label that stands alone takes its value along."""
    found: set[int] = set()
    in_sizes = False  # 【字体： 大 中 小 】, each on a line of its own
    for index, line in enumerate(lines):
        text = line.text.strip()
        if line.tabbed or line.grid:
            continue
        if in_sizes and width(text) <= 2 or index - 1 in found and _after_label(lines, index):
            found.add(index)
            in_sizes = in_sizes and text != "】"
        elif text and _BUTTON.match(text) and width(text) < 40:
            found.add(index)
            in_sizes = bool(re.match(r"【?字[体号]", text)) and "】" not in text
        else:
            in_sizes = False
    return found


def _after_label(lines: Sequence[Line], index: int) -> bool:
    return bool(_LABEL_ALONE.match(lines[index - 1].text.strip())) and (
        width(lines[index].text) <= 12
    )


def _numbers(lines: Sequence[Line]) -> set[int]:
    """Lone numbers that are page numbers or note marks, not the numbering column of a table."""
    alone = [i for i, line in enumerate(lines) if _NUMBER.match(line.text) and not line.tabbed]
    cells: set[int] = set()
    chain: list[int] = []
    for index in alone:
        if not (chain and _next_cell(lines, chain[-1], index)):
            chain = []
        chain.append(index)
        if len(chain) > 1:
            cells.update(chain)
    return {i for i in alone if i not in cells}


def _next_cell(lines: Sequence[Line], before: int, index: int) -> bool:
    """Whether two lone numbers count on (1, 2) with only short cells between them."""
    if int(lines[index].text) != int(lines[before].text) + 1:
        return False
    if lines[index].page != lines[before].page:
        return False
    between = lines[before + 1 : index]
    return 0 < len(between) <= 12 and not any(ends_sentence(line.text) for line in between)


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """First and last lines of pages that say the same, digits aside, on several pages."""
    edges: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line.page is None or not line.text or line.grid:
            continue
        first = index == 0 or lines[index - 1].page != line.page
        last = index + 1 == len(lines) or lines[index + 1].page != line.page
        if first or last:
            edges.setdefault(re.sub(r"\d+", "#", squeeze(line.text)), []).append(index)
    pages = {line.page for line in lines}
    return {
        index
        for places in edges.values()
        if len(places) >= max(MIN_REPEATS, 0.2 * len(pages))
        for index in places
    }


def _tail_start(lines: Sequence[Line]) -> int:
    """Where a web page's footer begins; len(lines) where there is none.

    Only short lines and repeats of earlier text may follow, or it is no footer.
    """
    seen = Counter(squeeze(line.text)[:20] for line in lines)
    for index in range(max(0, len(lines) - TAIL_LINES), len(lines)):
        if _TAIL.match(lines[index].text.strip()) and all(
            width(line.text) < 60 and (not ends_sentence(line.text) or _repeats(line, seen, lines))
            for line in lines[index:]
        ):
            return index
    return len(lines)


def _repeats(line: Line, seen: Counter[str], lines: Sequence[Line]) -> bool:
    """Whether a footer's sentence is put together from the opening lines of the text."""
    opening = squeeze("".join(earlier.text for earlier in lines[:40]))
    return seen[squeeze(line.text)[:20]] > 1 or squeeze(line.text)[:20] in opening
