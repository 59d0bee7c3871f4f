"""From what a reader found to sections: the stages of the outline, top to bottom.

Blanks between characters out -> lines -> furniture and contents list out -> whole paragraphs
-> titles, tables, boxes -> headings -> sections. Knows the order of the stages only; each stage has its module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index import tables
from index.outline import contents, furniture, newspaper, paragraphs, regions, titles
from index.outline import text as t
from index.outline.contents import Contents
from index.outline.heading import DOCUMENT, Heading
from index.outline.headings import decide
from index.outline.lines import Layout, Line, layout_of, lines_of, printed
from index.outline.opening import named_in_text
from index.outline.paragraphs import Para
from index.outline.regions import Region
from index.outline.sections import build
from index.outline.spacing import unspaced
from index.records import ParsedDocument, RawDocument, Table


def parse(raw: RawDocument, doc_id: str, title: str = "") -> ParsedDocument:
    """The document as sections; `title` as in the catalog, else as printed at the top."""
    raw = unspaced(raw)
    lines, dropped = furniture.drop(lines_of(raw))
    listed, lines, list_lines = contents.take(lines)
    layout = layout_of(lines, raw.hard_lines)
    dropped += list_lines
    pieces = newspaper.pieces_of(lines, layout)
    if pieces:
        return _parse_page(pieces, layout, doc_id, title, dropped)
    return _parse_document(raw, lines, layout, listed, doc_id, title, dropped)


def _parse_document(
    raw: RawDocument,
    lines: Sequence[Line],
    layout: Layout,
    listed: Contents,
    doc_id: str,
    title: str,
    dropped: list[str],
) -> ParsedDocument:
    paras = regions.unglue(paragraphs.assemble(lines, layout, listed))
    found = regions.find(paras)
    inside = {i for region in found for i in range(region.start, region.end)}
    starts = titles.inner_starts(paras, inside)
    top = titles.printed_title(paras, title)
    if starts and starts[0].index == 0:  # the file's own title heads no path
        starts = starts[1:]
    headings = {s.index: Heading(s.title, DOCUMENT, s.end) for s in starts}
    taken = inside | {i for s in starts for i in range(s.index, s.end)}
    if top and top.index not in taken:
        dropped.append(top.title)
        paras = _without(paras, top.index, top.end)
        taken |= set(range(top.index, top.end))
    headings |= decide(paras, taken, {s.index for s in starts}, listed, layout)
    source = [text for text, _ in printed(raw)]
    tabled = {region.start: (region, _tables(source, paras, region)) for region in found}
    printed_name = top.title if top else raw.title
    return ParsedDocument(
        title=title or printed_name or raw.title or named_in_text(paras),
        sections=build(doc_id, paras, headings, tabled),
        furniture=tuple(dropped),
        warnings=raw.warnings,
    )


def _without(paras: Sequence[Para], start: int, end: int) -> list[Para]:
    """The paragraphs with those of the title emptied, so that positions stay."""
    return [
        replace(para, text="") if start <= index < end else para for index, para in enumerate(paras)
    ]


def _tables(source: Sequence[str], paras: Sequence[Para], region: Region) -> tuple[Table, ...]:
    """The tables of a region: one, or several where grids on following pages do not go on."""
    if region.kind != "table":
        return ()
    cells = paras[region.body : region.end]
    if cells[0].grid:
        return tables.join(_grids(cells, region.title))
    first, last = cells[0].source[0], cells[-1].source[1]
    table = tables.from_cell_lines(source[first : last + 1], region.title)
    return (table,) if table else ()


def _grids(cells: Sequence[Para], title: str) -> list[Table]:
    """One table a grid, each row with its page; the title with the first, notes with the last."""
    note = " ".join(para.text for para in cells if para.text)
    grids = [para for para in cells if para.grid]
    found: list[Table] = []
    for number, para in enumerate(grids, start=1):
        table = tables.from_grid(
            para.grid, title if number == 1 else "", note if number == len(grids) else ""
        )
        rows = tuple(replace(row, page=para.page) for row in table.rows)
        found.append(replace(table, rows=rows))
    return found


def _parse_page(
    pieces: Sequence[newspaper.Piece],
    layout: Layout,
    doc_id: str,
    title: str,
    dropped: list[str],
) -> ParsedDocument:
    """A newspaper page: each text under the headline printed after it."""
    paras: list[Para] = []
    headings: dict[int, Heading] = {}
    banner = ""
    for piece in pieces:
        banner = piece.headline if piece.banner else banner
        if piece.headline:
            headings[len(paras)] = Heading(piece.headline, DOCUMENT, len(paras) + 1)
            paras.append(Para(piece.headline))
        paras += paragraphs.assemble(piece.lines, _layout_of_piece(piece, layout), Contents())
    return ParsedDocument(
        title=title or banner or t.fold(pieces[0].headline),
        sections=build(doc_id, paras, headings, {}),
        furniture=tuple(dropped),
    )


def _layout_of_piece(piece: newspaper.Piece, layout: Layout) -> Layout:
    """An editor's note may be set in a column of another width."""
    own = layout_of(piece.lines)
    widths = sorted(t.width(line.text) for line in piece.lines)
    if own.wrapped or not widths:
        return own if own.wrapped else layout
    return replace(layout, width=widths[len(widths) // 2])
