"""The page 指标: a table of indicators as a sentence, pictures and a table to sort and filter.

Knows boards, their pictures and Gradio; sorting and filtering happen in the browser
(scripts/indicators.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any

import gradio as gr

from pages.indicators.boards import Board, Indicator, Point, boards
from pages.indicators.pictures import pictures, summary
from pages.site_file import Site
from pages.theme import edition, icon
from pages.units import Shelf

NONE = (
    "现有文件里没有指标表。指标表要有写着年份、现状或目标的列，其中多数是数值；"
    "文件更新后这里会自动列出。"
)


def build(library: Shelf, site: Site) -> None:
    """The components of the page inside the Blocks that is open."""

    @cache
    def found() -> tuple[Board, ...]:
        return tuple(boards(library))

    def open_board(request: list[Any]) -> dict[str, str]:
        return opened(found(), str(request[0]) if request else "", site)

    gr.HTML(
        '<main id="indicators" tabindex="-1"></main>',
        elem_id="figures",
        apply_default_css=False,
        js_on_load="wengui.indicators(element, server)",
        server_functions=[open_board],
    )


def opened(found: Sequence[Board], key: str, site: Site) -> dict[str, str]:
    """`html` of a board, by default the first, and the `title` of the browser's tab."""
    if not found:
        return {"html": f'<h1>指标</h1><p class="notes">{NONE}</p>', "title": f"指标 · {site.name}"}
    chosen = next((board for board in found if board.key == key), None)
    lost = key and chosen is None
    board = chosen or found[0]
    said = '<p class="notes">没有找到链接里的那张表，可能是文件更新过。</p>' if lost else ""
    return {
        "html": f"<h1>指标</h1>{said}{_choice(found, board)}{_board(board)}",
        "title": f"{board.title} · {site.name}",
    }


def _choice(found: Sequence[Board], chosen: Board) -> str:
    """The boards by document."""
    groups: dict[str, list[Board]] = {}
    for board in found:
        groups.setdefault(board.document.title, []).append(board)
    options = "".join(
        f'<optgroup label="{escape(title)}">{"".join(_option(b, b is chosen) for b in own)}</optgroup>'
        for title, own in groups.items()
    )
    return f'<p class="choose"><label for="table">表格</label><select id="table">{options}</select></p>'


def _option(board: Board, chosen: bool) -> str:
    words = f"{board.title}（{len(board.indicators)}项）"
    return f'<option value="{board.key}"{" selected" if chosen else ""}>{escape(words)}</option>'


def _board(board: Board) -> str:
    document = board.document
    note = f'<p class="fine">{escape(board.note)}</p>' if board.note else ""
    source = (
        f' <a class="quiet" href="{escape(board.link)}">{icon("open")}看原表</a>'
        if board.link
        else ""
    )
    return (
        f'<p class="doc-title">《{escape(document.title)}》 {edition(document.edition)}{source}</p>'
        f'<p class="summary">{escape(summary(board))}</p>'
        f'<div class="pictures">{pictures(board)}</div>'
        '<p class="fine">“达到”与否由程序比较数值得出：只比较同一口径的数（年均、累计和水平值不混在一起比），'
        "失业率、排放这类越低越好的指标反过来看。正式使用请核对原文。</p>"
        f"{_tools(board)}{_table(board)}{note}"
    )


def _tools(board: Board) -> str:
    """What narrows, sorts and takes away the table."""
    groups = [g for g in board.groups if g]
    natures = list(dict.fromkeys(i.nature for i in board.indicators if i.nature))
    order = "".join(
        f'<option value="{n}">按{escape(name)}</option>'
        for n, name in enumerate(_names(board))
        if n
    )
    csv = f"export/indicators.csv?table={board.key}"
    xlsx = f"export/indicators.xlsx?table={board.key}"
    return (
        '<h2 class="table-title">全部数据</h2><form class="narrowing" aria-label="筛选和排序">'
        '<label>查找<input type="search" name="words" placeholder="指标名称" autocomplete="off"></label>'
        f"{_select('group', '类别', groups)}{_select('nature', '属性', natures)}"
        f'<label>排序<select name="order"><option value="">原表顺序</option>{order}</select></label>'
        f'<span class="downloads"><a class="quiet" href="{csv}" download>{icon("export")}CSV</a>'
        f'<a class="quiet" href="{xlsx}" download>{icon("export")}Excel</a>'
        f'<a class="quiet" href="export/indicators.xlsx" download>{icon("export")}全部表格</a></span>'
        '</form><p class="fine" id="shown" role="status" aria-live="polite"></p>'
    )


def _select(name: str, words: str, values: Sequence[str]) -> str:
    if len(values) < 2:
        return ""
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return f'<label>{words}<select name="{name}"><option value="">全部</option>{options}</select></label>'


def _names(board: Board) -> list[str]:
    natures = ["属性"] if any(i.nature for i in board.indicators) else []
    return ["序号", "指标", "单位", *(c.name for c in board.columns), *natures]


def _table(board: Board) -> str:
    names = _names(board)
    heads = "".join(
        f'<th scope="col" role="columnheader"><button type="button" data-sort="{n}">{escape(name)}'
        '<span aria-hidden="true"></span></button></th>'
        for n, name in enumerate(names)
    )
    rows = "".join(_row(names, n, one) for n, one in enumerate(board.indicators))
    return (
        f'<table class="sheet" role="table" aria-label="{escape(board.title)}"><thead role="rowgroup">'
        f'<tr role="row">{heads}</tr></thead><tbody role="rowgroup">{rows}</tbody></table>'
    )


def _row(names: Sequence[str], n: int, one: Indicator) -> str:
    parent = f'<span class="parent">{escape(one.parent)}</span>' if one.parent else ""
    group = f'<span class="fine">{escape(one.group)}</span>' if one.group else ""
    label = (
        f'<th scope="row" role="rowheader" data-value="{escape(one.name)}">{parent}'
        f'<a href="{escape(one.link)}">{escape(one.label)}</a>{group}</th>'
    )
    values = [_cell(name, point) for name, point in zip(names[3:], one.points, strict=False)]
    natures = [_plain(names[-1], one.nature)] if names[-1] == "属性" else []
    return (
        f'<tr role="row" data-place="{n}" data-group="{escape(one.group)}" data-nature="{escape(one.nature)}">'
        f"{_plain(names[0], one.number)}{label}{_plain(names[2], one.unit)}{''.join(values + natures)}</tr>"
    )


def _plain(name: str, text: str) -> str:
    return f'<td role="cell" data-name="{escape(name)}" data-value="{escape(text)}">{escape(text)}</td>'


def _cell(name: str, point: Point | None) -> str:
    if point is None:
        return _plain(name, "")
    value = point.text if point.value is None else point.value
    return (
        f'<td role="cell" data-name="{escape(name)}" data-value="{escape(str(value))}">'
        f'<a class="figure" href="{escape(point.link)}">{escape(point.text)}</a></td>'
    )
