"""Reads web pages: title, headings, paragraphs, tables; scripts, menus and link lists dropped.

Knows HTML as government sites write it, layout tables included. Fetches nothing: a picture or a
style sheet is not even looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from index.readers.cleaning import clean
from index.readers.grids import Grid, is_layout, joined, trimmed
from index.readers.lines import are_hard
from index.readers.txt import plain_lines
from index.records import Block, RawDocument

# fmt: off
_DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "math", "iframe", "frame", "object", "embed",
    "applet", "audio", "video", "canvas", "nav", "footer", "aside", "button", "select", "option",
    "input", "textarea", "datalist", "dialog", "head", "map",
})
_BLOCK = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
# The words of a page's own controls, on any site: a block made of nothing else is no text.
_CONTROLS = re.compile(
    r"(?:打印(?:本页|此页)?|关闭(?:本页|窗口)?|返回(?:顶部|首页)?|分享到?|收藏|首页|字[体号]|大|中|小|超大|默认"
    r"|微信|微博|新浪微博|QQ空间|扫一扫.{0,20}|当前位置|来源|作者|浏览次数|上一[篇页]|下一[篇页]|尾页|RSS(?:信息)?订阅|繁体|简体|无障碍|English|相关(?:文档|链接|阅读)"
    r"|文档附件|[\s\u3000|/>»【】\[\]（）()：:·,，-])+"
)
# A list is a menu where it has this many links and they make up this share of its text.
MENU_LINKS = 3
MENU_SHARE = 0.7
# A main element counts as the document where it holds this share of the page's text.
MAIN_SHARE = 0.4
# The largest table on a page seen has 160 cells; spans can claim millions in a few bytes.
MAX_CELLS = 500_000


def read(text: str) -> RawDocument:
    """The page's text as blocks, one a paragraph or line break."""
    page = _tree(text)
    if page is None:
        return RawDocument(blocks=())
    names = _titles(page)
    _prune(page)
    pieces: list[Block] = []
    _walk(_main(page), None, pieces)
    blocks = tuple(_folded(pieces))
    title = _title(names, blocks)
    return RawDocument(
        blocks=blocks, title=title, hard_lines=are_hard(block.text for block in blocks)
    )


def fragment(markup: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML that stands in another format."""
    return read(f"<html><body>{markup}</body></html>").blocks


def _tree(text: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but comments or white space
        return None


def _titles(page: lxml.html.HtmlElement) -> list[str]:
    """What the page says its title is, the most reliable first."""
    # ArticleTitle is what the standard for government sites prescribes.
    named = page.xpath("//meta[@name='ArticleTitle' or @property='og:title']/@content")
    headings = [element.text_content() for element in page.iter("h1")]
    titles = [element.text_content() for element in page.iter("title")]
    found = [*named, *(headings if len(headings) == 1 else []), *titles]
    return [clean(_SPACE.sub(" ", name)).strip() for name in found if name.strip()]


def _title(names: list[str], blocks: tuple[Block, ...]) -> str:
    """The first stated title that the text itself bears; a site's name in <title> does not."""
    body = "".join("".join(block.text.split()) for block in blocks)
    for name in names:
        for candidate in (name, *re.split(r"\s*[-_|—–]+\s*", name)):
            if len(candidate) > 3 and "".join(candidate.split()) in body:
                return candidate
    return next((block.text for block in blocks if block.level == 1), "")


def _prune(page: lxml.html.HtmlElement) -> None:
    for element in list(page.iter(etree.Element)):
        hidden = _HIDDEN.search(element.get("style", "")) or element.get("hidden") is not None
        if element.tag in _DROPPED or hidden or _is_menu(element):
            _drop(element)


def _drop(element: lxml.html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()  # keeps the text after the element


def _is_menu(element: lxml.html.HtmlElement) -> bool:
    if element.tag not in ("ul", "ol", "div", "table", "tr", "td", "p", "dl", "center"):
        return False
    # A contents list links within its own page and is left to the outline.
    links = [a for a in element.iter("a") if not (a.get("href") or "#").startswith("#")]
    if len(links) < MENU_LINKS:
        return False
    linked = sum(len("".join(a.text_content().split())) for a in links)
    return linked >= MENU_SHARE * len("".join(element.text_content().split()))


def _main(page: lxml.html.HtmlElement) -> lxml.html.HtmlElement:
    whole = len(page.text_content())
    for tag in ("main", "article"):
        found = list(page.iter(tag))
        if len(found) == 1 and len(found[0].text_content()) >= MAIN_SHARE * whole:
            return found[0]
    return page


def _walk(element: lxml.html.HtmlElement, level: int | None, pieces: list[Block]) -> None:
    """Adds the element's pieces in document order, which _folded() puts together to lines.

    A piece that ends its line carries a line feed, so that inline elements need no state here.
    `level` is that of the heading the element stands in.
    """
    if not isinstance(element.tag, str):
        return
    if element.tag == "table":
        pieces.append(Block(text="\n"))
        _table(element, pieces)
    elif element.tag == "br":
        pieces.append(Block(text="\n"))
    elif element.tag == "pre":
        pieces.append(Block(text="\n" + element.text_content().strip("\n") + "\n"))
    else:
        _children(element, level, pieces)


def _children(element: lxml.html.HtmlElement, level: int | None, pieces: list[Block]) -> None:
    level = _HEADINGS.get(element.tag, level)
    around = [Block(text="\n")] if element.tag in _BLOCK else []
    pieces += around
    if element.text:
        pieces.append(Block(text=_SPACE.sub(" ", element.text), level=level))
    for child in element:
        _walk(child, level, pieces)
        if child.tail:
            pieces.append(Block(text=_SPACE.sub(" ", child.tail), level=level))
    pieces += around


def _folded(pieces: list[Block]) -> Iterator[Block]:
    line, level = "", None
    for piece in pieces:
        if piece.grid:
            yield piece
            continue
        parts = piece.text.split("\n")
        for part in parts[:-1]:
            yield from _line(line + part, level or piece.level)
            line, level = "", None
        line += parts[-1]
        if parts[-1].strip():
            level = piece.level or level
    yield from _line(line, level)


def _line(text: str, level: int | None) -> Iterator[Block]:
    """A line as a block; none for white space and for a page's own controls."""
    text = text.replace("\xa0", " ").strip(" ")
    if text.strip() and not _CONTROLS.fullmatch(text):
        for line in plain_lines(text):
            yield Block(text=line.strip() if level else line, level=level or None)


def _table(table: lxml.html.HtmlElement, pieces: list[Block]) -> None:
    nested = any(True for inner in table.iter("table") if inner is not table)
    grid = () if nested else _grid(table)
    if not grid or is_layout(grid):
        _children(table, None, pieces)
        return
    for caption in table.findall("caption"):
        pieces.append(Block(text=f"{caption.text_content()}\n"))
    pieces.append(Block(text="", grid=grid))


def _grid(table: lxml.html.HtmlElement) -> Grid:
    """The table's cells; () for one that claims more cells than any printed table has."""
    rows = _rows(table)
    width = max((sum(_span(cell, "colspan") for cell in row) for row in rows), default=0)
    if width * len(rows) > MAX_CELLS:
        return ()
    return trimmed([_expanded(row) for row in _cells(rows)])


def _rows(table: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def _cells(
    rows: list[lxml.html.HtmlElement],
) -> list[list[tuple[str, int]]]:
    """Each row's cells as (text, columns spanned); one spanned from above is an empty text."""
    below: dict[int, int] = {}  # column -> rows it is still taken for
    result: list[list[tuple[str, int]]] = []
    for row in rows:
        column, cells = 0, []
        for cell in row.iterchildren("td", "th"):
            while below.get(column, 0) > 0:
                below[column] -= 1
                cells.append(("", 1))
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            cells.append((_cell_text(cell), across))
            for taken in range(column, column + across):
                below[taken] = down - 1
            column += across
        for taken in sorted(below):
            if taken >= column and below[taken] > 0:
                below[taken] -= 1
                cells.append(("", 1))
        result.append(cells)
    return result


def _span(cell: lxml.html.HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), 200) if value.isdecimal() else 1


def _expanded(cells: list[tuple[str, int]]) -> list[str]:
    return [text for cell, across in cells for text in (cell, *[""] * (across - 1))]


def _cell_text(cell: lxml.html.HtmlElement) -> str:
    pieces: list[Block] = []
    _children(cell, None, pieces)
    return joined([block.text.strip() for block in _folded(pieces)])
