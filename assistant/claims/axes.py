"""Words that contradict each other where the rest is the same. Knows the language, no documents."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Axis:
    """Two groups of words that contradict each other where the rest is the same."""

    one: re.Pattern[str]
    other: re.Pattern[str]


def axis(one: str, other: str) -> Axis:
    return Axis(re.compile(one), re.compile(other))


AXES = (
    axis(
        "提高|提升|增长(?!率|点|极|速)|增加(?!值)|上升|升至|扩大|上调|增至|高出|攀升|增强",
        "降低|下降|减少|缩小|压减|收窄|降至|下调|下滑|减至|减弱|回落|缩至",
    ),
    axis(
        "(?<!不)允许|可以|准许|鼓励|支持|放开|放宽|可继续",
        "禁止|严禁|不得|不允许|不准|不许|不能|不可|限制|严控|不再|取消|停止",
    ),
    axis("约束性", "预期性"),
    axis(
        "充足|充分|紧密|充裕|顺畅|较强|领先|完备",
        "不足|不够|缺乏|薄弱|滞后|短缺|不畅|匮乏|较弱|偏少|偏低|不充分",
    ),
    axis("必须|强制|一律|务必", "鼓励|自愿|倡导|引导"),
    axis("全部|所有|一律|全面", "部分|个别|少数|试点"),
    axis("免费", "收费|付费|自费"),
    axis("首次|第一次", "再次|又一次"),
    axis("进口", "出口"),
    axis("城镇(?!化)", "农村"),
    axis("流入|迁入|转入", "流出|迁出|转出"),
)

_STEADY = re.compile("保持|稳定|维持")
DONE = re.compile("已经|已于|已(?!有)|建成了|完成了|开通了|现已")
DIRECTION = AXES[0]
# Kinds of a thing, not of a clause: compared over the whole of what is cited.
WHOLE = (axis("约束性", "预期性"),)


def same_direction(one: str, other: str) -> bool:
    """Whether two clauses with the same figure do not say up and down, or steady and not, of it."""
    return not (opposed(DIRECTION, one, other) or (_STEADY.search(other) and _turns(one)))


def _turns(text: str) -> bool:
    """Whether a text says up or down, and not that something stays as it is."""
    return bool(_sides(DIRECTION, text)) and not _STEADY.search(text)


def opposed(axis: Axis, clause: str, beside: str) -> bool:
    mine, its = _sides(axis, clause), _sides(axis, beside)
    return len(mine) == len(its) == 1 and mine != its


def _sides(axis: Axis, text: str) -> set[bool]:
    """Which sides of an axis a text takes; a denied word counts for the other side."""
    sides: set[bool] = set()
    for side, pattern in ((True, axis.one), (False, axis.other)):
        for match in pattern.finditer(text):
            denied = re.search("(?:不是|并非|而非|不属于|没有|未|不)$", text[: match.start()])
            sides.add(side is not bool(denied))
    return sides
