"""A board as pictures: how near to the target, state and target one by one, the share of 属性.

HTML and CSS alone: every mark is a link to the row it stands for, text is text at every width, and
shapes, not colours, tell the marks apart. Measured against Gradio's own charts (docs/LOG.md): 16 KB
compressed for 57 indicators, where Altair's scripts are 457 KB and Plotly's 1.4 MB. Knows boards only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from pages.headings import inner_quotes
from pages.indicators.boards import Board, Indicator, Point

FURTHEST = 1.5  # of the target: marks beyond stand at the edge
_ROOM = 3.6  # percent of the axis between two marks of one lane: a mark's width on a phone
_NATURES = 3  # patterns there are
_NO_GROUP = "全部指标"


def pictures(board: Board) -> str:
    """All pictures that the board's figures allow, each with its sentence before it."""
    return _near(board) + _natures(board) + _one_by_one(board)


def summary(board: Board) -> str:
    """What the board says at a glance, in one or two sentences."""
    count = len(board.indicators)
    said = [i for i in board.indicators if board.reached(i) is not None]
    if board.latest is None or board.target is None or not said:
        return f"共{count}项指标。"
    state, target = _pair_names(board)
    there = sum(board.reached(i) is True for i in said)
    compared = f"共{count}项指标，其中{len(said)}项的“{state}”可以与“{target}”比较："
    rest = len(said) - there
    if board.due:
        missed = f"，{rest}项没有达到" if rest else ""
        return f"{compared}{there}项达到目标{missed}。"
    ahead = f"，{rest}项离目标还有距离" if rest else ""
    return f"{compared}{there}项已在目标水平{ahead}。"


def _pair_names(board: Board) -> tuple[str, str]:
    """The columns of the last state and of the target, for a sentence that quotes them."""
    state, target = board.latest, board.target
    if state is None or target is None:
        raise ValueError("no pair to name")
    return inner_quotes(board.columns[state].name), inner_quotes(board.columns[target].name)


def share(board: Board, indicator: Indicator) -> float | None:
    """How far the state is of its target, 1 at the target; of what is to fall, the other way round."""
    pair = board.pair(indicator)
    if pair is None:
        return None
    state, target = pair
    if indicator.falling:
        return target / state if state else FURTHEST
    return state / target


def lanes(places: Sequence[float], room: float = _ROOM) -> list[int]:
    """The lane of each place, places rising, so that no two of a lane are nearer than `room`."""
    ends: list[float] = []
    found: list[int] = []
    for place in places:
        free = next((n for n, end in enumerate(ends) if place - end >= room), len(ends))
        ends[free : free + 1] = [place]
        found.append(free)
    return found


def _near(board: Board) -> str:
    """Every comparable indicator as a mark on one axis in its group's row."""
    shares = {i: s for i in board.indicators if (s := share(board, i)) is not None}
    if len(shares) < 2:
        return ""
    rows = "".join(
        _near_row(board, group, [(i, s) for i, s in shares.items() if i.group == group])
        for group in board.groups
        if any(i.group == group for i in shares)
    )
    axis = "".join(
        f'<span style="left:{at / FURTHEST:.1f}%">{at}%</span>' for at in (0, 50, 100, 150)
    )
    state, target = _pair_names(board)
    falls = any(i.falling for i in shares)
    turned = "越低越好的指标反过来算。" if falls else ""
    said = (
        f"每个点是一项指标，横轴是“{state}”达到“{target}”的百分之几，竖线是目标。{turned}"
        "实心表示达到或超过目标，空心表示还没有；超过150%的画在最右边。点一下看原文。"
    )
    return _figure(
        "离目标多远",
        said,
        f'<div class="near-plot">{rows}<div class="near-axis" aria-hidden="true"><span></span>'
        f"<div>{axis}</div></div></div>",
    )


def _near_row(board: Board, group: str, shares: list[tuple[Indicator, float]]) -> str:
    shares.sort(key=lambda pair: pair[1])
    places = [min(s, FURTHEST) / FURTHEST * 100 for _, s in shares]
    own = lanes(places)
    marks = "".join(
        _near_mark(board, indicator, value, place, lane)
        for (indicator, value), place, lane in zip(shares, places, own, strict=True)
    )
    there = sum(board.reached(i) is True for i, _ in shares)
    name = escape(group or _NO_GROUP)
    return (
        f'<div class="near-row"><p>{name}<span class="fine">{len(shares)}项，{there}项达到</span></p>'
        f'<ul style="--lanes:{max(own) + 1}" aria-label="{name}">{marks}</ul></div>'
    )


def _near_mark(board: Board, one: Indicator, value: float, place: float, lane: int) -> str:
    there = board.reached(one) is True
    said = f"{one.name}：{_values(board, one)}，相当于目标的{value:.0%}"
    return (
        f'<li style="--x:{place:.1f}%;--lane:{lane}"><a class="dot {"full" if there else "open"}"'
        f' href="{escape(one.link)}" aria-label="{escape(said)}" title="{escape(said)}"></a></li>'
    )


def _values(board: Board, one: Indicator) -> str:
    """The cells with their columns' names, as printed."""
    parts = [
        f"{column.name} {point.text}"
        for column, point in zip(board.columns, one.points, strict=True)
        if point and column.kind != "text"
    ]
    return "，".join(parts)


def _natures(board: Board) -> str:
    """How many indicators of each 属性 a group has."""
    kinds = [
        kind for kind, _ in Counter(i.nature for i in board.indicators if i.nature).most_common()
    ]
    if not kinds:
        return ""
    # What binds is named first, however few there are.
    kinds = sorted(kinds, key=lambda kind: not kind.startswith("约束"))[:_NATURES]
    total = sum(bool(i.nature) for i in board.indicators)
    counts = Counter(i.nature for i in board.indicators)
    said = "，".join(f"{kind}{counts[kind]}项，占{counts[kind] / total:.0%}" for kind in kinds)
    longest = max(sum(i.group == g for i in board.indicators) for g in board.groups)
    rows = "".join(_nature_row(board, group, kinds, longest) for group in board.groups)
    key = "".join(f'<li><i class="bar-{n}"></i>{escape(kind)}</li>' for n, kind in enumerate(kinds))
    return _figure(
        "约束性和预期性" if len(kinds) > 1 else kinds[0],
        f"注明属性的{total}项里，{said}。条的长短是项数。",
        f'<ul class="picture-key">{key}</ul><div class="nature-plot">{rows}</div>',
    )


def _nature_row(board: Board, group: str, kinds: Sequence[str], longest: int) -> str:
    counts = Counter(i.nature for i in board.indicators if i.group == group)
    bars = "".join(
        f'<li class="bar-{n}" style="width:{counts[kind] / longest:.2%}">'
        f'<span><span class="heard">{escape(kind)}</span>{counts[kind]}</span></li>'
        for n, kind in enumerate(kinds)
        if counts[kind]
    )
    name = escape(group or _NO_GROUP)
    return f'<div class="nature-row"><p>{name}</p><ul aria-label="{name}">{bars}</ul></div>'


def _one_by_one(board: Board) -> str:
    """State and target of every indicator on a scale of its own, group by group."""
    figures = board.at("state", "target")
    if not figures:
        return ""
    key = "".join(
        f'<li><i class="point {_shape(board, n)}"></i>{escape(board.columns[n].name)}</li>'
        for n in figures
    )
    groups = "".join(
        _group(board, group, figures, first=n == 0) for n, group in enumerate(board.groups)
    )
    return _figure(
        "逐项看",
        "每项指标各有自己的刻度，左端是零。点一下标记看原文。",
        f'<ul class="picture-key">{key}</ul>{groups}',
    )


def _group(board: Board, group: str, figures: Sequence[int], first: bool) -> str:
    own = [i for i in board.indicators if i.group == group]
    rows = "".join(_pair_row(board, indicator, figures) for indicator in own)
    return (
        f'<details class="pairs"{" open" if first else ""}><summary>{escape(group or _NO_GROUP)}'
        f'<span class="fine">{len(own)}项</span></summary><ul>{rows}</ul></details>'
    )


def _pair_row(board: Board, one: Indicator, figures: Sequence[int]) -> str:
    drawn = _comparable(board, one, figures)
    top = max((point.value or 0 for _, point in drawn), default=0)
    nature = f'<span class="fine">{escape(one.nature)}</span>' if one.nature else ""
    if top <= 0:
        plot = '<div class="scale none"><span class="fine">数值不能画在同一刻度上</span></div>'
    else:
        places = [(n, point, (point.value or 0) / top * 100) for n, point in drawn]
        ends = (min(x for *_, x in places), max(x for *_, x in places))
        marks = "".join(_pair_mark(board, one, n, point, x) for n, point, x in places)
        plot = (
            f'<div class="scale"><i class="span" style="left:{ends[0]:.1f}%;'
            f'width:{ends[1] - ends[0]:.1f}%"></i>{marks}</div>'
        )
    shown = " ".join(
        f'<span class="{board.columns[n].kind}"><span class="heard">{escape(board.columns[n].name)}'
        f"</span>{escape(point.text)}</span>"
        for n in figures
        if (point := one.points[n])
    )
    return (
        f'<li><p><a href="{escape(one.link)}">{escape(one.name)}</a>{nature}</p>{plot}'
        f'<p class="cells">{shown}</p></li>'
    )


def _comparable(board: Board, one: Indicator, figures: Sequence[int]) -> list[tuple[int, Point]]:
    """The cells that can stand on one scale: those of the target's form, else of the last state's."""
    chosen = [n for n in (board.target, board.latest) if n is not None and one.points[n]]
    lead = next((p for n in chosen if (p := one.points[n]) and p.value is not None), None)
    if lead is None:
        return []
    drawn = [(n, p) for n in figures if (p := one.points[n]) and p.form == lead.form]
    return [(n, p) for n, p in drawn if p.value is not None and p.value >= 0]


def _shape(board: Board, n: int) -> str:
    if board.columns[n].kind == "target":
        return "target"
    return "last" if n == board.latest else "first"


def _pair_mark(board: Board, one: Indicator, n: int, point: Point, x: float) -> str:
    said = f"{one.name}，{board.columns[n].name}：{point.text}"
    return (
        f'<a class="point {_shape(board, n)}" style="--x:{x:.1f}%" href="{escape(point.link)}"'
        f' aria-label="{escape(said)}" title="{escape(said)}"></a>'
    )


def _figure(title: str, said: str, body: str) -> str:
    return (
        f'<figure><figcaption><h2>{escape(title)}</h2><p class="fine">{escape(said)}</p>'
        f"</figcaption>{body}</figure>"
    )
