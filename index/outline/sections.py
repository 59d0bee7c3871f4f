"""Puts paragraphs under their headings: the last stage, from roles to `Section` records.

Keeps the order of the document and every paragraph; decides nothing about what is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from index.outline import footnotes
from index.outline.heading import ATTACHMENT, Heading
from index.outline.numbering import attachment_of
from index.outline.paragraphs import Para
from index.outline.regions import Region
from index.records import Section, SectionKind, Table

# A heading that gives a figure or a date says something by itself.
_FIGURE_SAID = re.compile(r"\d[元%％]|\d{4}年\d{1,2}月\d{1,2}日")


@dataclass
class Builder:
    """Collects sections in the order of the document."""

    doc_id: str
    sections: list[Section] = field(default_factory=list)
    _path: list[tuple[float, str]] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _page: int | None = None
    _pending: bool = False  # a heading without text yet, which is kept all the same

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._path)

    def heading(self, heading: Heading, page: int | None) -> None:
        self.flush()
        while self._path and self._path[-1][0] >= heading.rank:
            self._path.pop()
        text, self._notes = footnotes.split(heading.text)
        self._path.append((heading.rank, text))
        self._page, self._pending = page, True
        self.text(heading.rest, page)
        if heading.once:
            self.flush()
            self._path.pop()

    def text(self, text: str, page: int | None) -> None:
        if not text.strip():
            return
        if not self._texts and not self._pending:
            self._page = page
        body, notes = footnotes.split(text.strip())
        self._texts += [body] if body else []
        self._notes += notes

    def region(
        self, title: str, kind: SectionKind, texts: Sequence[str], page: int | None,
        table: Table | None,
    ) -> None:  # fmt: skip
        self.flush()
        if attached_title(title):  # 附表2 stands beside 附表1, not below it
            while self._path and self._path[-1][0] >= ATTACHMENT:
                self._path.pop()
        title, notes = footnotes.split(title)
        split = [footnotes.split(text) for text in texts]
        notes += [note for _, found in split for note in found]
        path = (*self.path, title) if title else self.path
        self._add(path, kind, [text for text, _ in split], page, table)
        if notes:
            self._add(path, "footnotes", notes, page)

    def flush(self) -> None:
        """Ends the section under way."""
        if self._texts or self._pending:
            self._add(self.path, "text", self._texts, self._page)
        if self._notes:
            self._add(self.path, "footnotes", self._notes, self._page)
        self._texts, self._notes, self._pending = [], [], False

    def _add(
        self, path: tuple[str, ...], kind: SectionKind, texts: Sequence[str], page: int | None,
        table: Table | None = None,
    ) -> None:  # fmt: skip
        self.sections.append(
            Section(self.doc_id, path, kind, tuple(texts), page, len(self.sections), table)
        )


def attached_title(title: str) -> bool:
    """Whether a table's title is 附表N or 附件N."""
    attached = attachment_of(title)
    return attached is not None and attached.kind.startswith("附")


def build(
    doc_id: str,
    paras: Sequence[Para],
    headings: Mapping[int, Heading],
    regions: Mapping[int, tuple[Region, Sequence[Table]]],
) -> tuple[Section, ...]:
    """The sections of a document, in order."""
    builder = Builder(doc_id)
    index = 0
    while index < len(paras):
        para = paras[index]
        if index in headings:
            builder.heading(headings[index], para.page)
            index = headings[index].end
        elif index in regions:
            region, tables = regions[index]
            if not tables:
                builder.region(region.title, region.kind, _texts(paras, region), para.page, None)
            for table in tables:
                rows = [row.text for row in table.rows] + ([table.note] if table.note else [])
                builder.region(region.title, "table", rows, _page(table, para.page), table)
            index = region.end
        else:
            builder.text(para.text, para.page)
            index += 1
    builder.flush()
    return _with_statements(builder.sections)


def _with_statements(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections, a heading that is itself a sentence given as the first of its text, too.

    六、本细则自2016年1月1日起实施 heads nothing, （一）A档：每人每年120元 says all there is.
    """
    inner = {s.heading_path[:n] for s in sections for n in range(len(s.heading_path))}
    return tuple(
        replace(s, paragraphs=(s.heading_path[-1], *s.paragraphs)) if _states(s, inner) else s
        for s in sections
    )


def _states(section: Section, inner: Container[tuple[str, ...]]) -> bool:
    if not section.heading_path or section.kind != "text" or section.heading_path in inner:
        return False
    heading = section.heading_path[-1]
    if attachment_of(heading) is not None:
        return False
    return not section.paragraphs or bool(_FIGURE_SAID.search(heading))


def _texts(paras: Sequence[Para], region: Region) -> list[str]:
    """The paragraphs of a box, or of a table that is no grid."""
    return [para.text for para in paras[region.body : region.end] if para.text]


def _page(table: Table, page: int | None) -> int | None:
    return next((row.page for row in table.rows if row.page is not None), page)
