"""What a document sets apart from its text: tables, boxes, figures and the notes of tables.

Knows the library's headings and tables; scores no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.question import Question
from assistant.scope import DocumentScope
from assistant.statements import Statement, from_sentence
from assistant.structure import Structure, heading_number, heading_statement, opening
from index.library import Library
from index.records import Passage, Section
from index.sentences import sentences

_LISTED = 24  # tables or figures named in one answer at most
_ROOM = 300  # characters of a box's own sentences at most
_FIGURE = re.compile(r"^附图\s*[\d一二三四五六七八九十]+")
PassagesAt = Callable[[str, tuple[str, ...]], list[Passage]]


class Asides:
    """Answers about the tables, boxes and figures of one library."""

    def __init__(
        self,
        library: Library,
        scopes: Mapping[str, DocumentScope],
        structure: Callable[[str], Structure],
        passages_at: PassagesAt,
    ) -> None:
        """`structure(doc_id)`: its headings; `passages_at(doc_id, path)`: what stands under one."""
        self._library = library
        self._scopes = scopes
        self._structure = structure
        self._passages_at = passages_at

    def noted(self, question: Question, doc_id: str, mark: str) -> list[Statement]:
        """What the notes of a document's tables say of a mark, those of the table named first."""
        named = re.search(r"表\s*(\d+)", question.text)
        found: list[tuple[bool, Statement]] = []
        for section, table in self._library.tables(doc_id):
            heading = section.heading_path[-1]
            own = bool(named and re.match(rf"表\s*{named[1]}(?!\d)", heading))
            said = (table.note[start:end] for start, end in sentences(table.note))
            wanted = [text.strip() for text in said if set(mark) & set(text)]
            for passage in self._passages_at(doc_id, section.heading_path):
                for text in (w for w in wanted if w in passage.text):
                    note = f"{heading}的注：{re.sub('^注[：:]', '', text).rstrip('。；')}"
                    found.append((own, Statement(note, text, passage)))
        of_named = [statement for own, statement in found if own]
        return of_named or [statement for _, statement in found]

    def figures(self, doc_id: str) -> list[Statement]:
        structure = self._structure(doc_id)
        paths = [
            p for p in structure.paths if _FIGURE.match(p[-1]) and heading_number(p[-1]) is None
        ]
        own = [s for s in structure.sections if s.heading_path and s.heading_path in paths]
        return self.listed(doc_id, "图", own)

    def listed(self, doc_id: str, what: str, sections: Sequence[Section]) -> list[Statement]:
        if not sections:
            return []
        measure = {"表": "张", "图": "幅"}.get(what, "个")
        title = self._scopes[doc_id].doc.title
        found = [Statement(f"《{title}》有{len(sections)}{measure}{what}：")]
        for section in sections[:_LISTED]:
            passage = next(iter(self._passages_at(doc_id, section.heading_path)), None)
            if passage is not None:
                found.append(heading_statement(section.heading_path, passage))
            else:
                found.append(self._captioned(doc_id, section))
        return found

    def _captioned(self, doc_id: str, section: Section) -> Statement:
        """A heading without text of its own, cited by the passage that names its caption."""
        caption = section.heading_path[-1].partition(" ")[2]
        for passage in self._library.passages(doc_id):
            if caption and caption in passage.text:
                return Statement(section.heading_path[-1], caption, passage, True)
        return Statement(section.heading_path[-1], item=True)

    def named(self, doc_id: str, named: str) -> list[Statement]:
        """A table's title, columns and number of rows; a box's title and what it says."""
        sections = [s for s in self._structure(doc_id).sections if _bears(s, named)]
        if not sections:
            return []
        section = sections[0]
        passages = self._passages_at(doc_id, section.heading_path)
        if not passages:
            return []
        found = [heading_statement(section.heading_path, passages[0], item=False)]
        if section.table is None:
            return [*found, *told_whole(passages)]
        begins = opening(passages[0])
        columns = [
            Statement(c, begins, passages[0], True)
            for c in dict.fromkeys(section.table.columns)
            if c
        ]
        return [*found, Statement(f"共{len(section.table.rows)}行，各列为："), *columns]


def told_whole(passages: Sequence[Passage]) -> list[Statement]:
    """The sentences of these passages, as far as there is room."""
    found: list[Statement] = []
    room = _ROOM
    for passage in passages:
        for start, end in sentences(passage.text):
            room -= end - start
            if found and room < 0:
                return found
            found.append(from_sentence(passage, passage.text[start:end]))
    return found


def _bears(section: Section, named: str) -> bool:
    """Whether a section is the table or box of this name: 表1 is not 表12."""
    heading = section.heading_path[-1].replace(" ", "") if section.heading_path else ""
    return bool(re.match(rf"{re.escape(named)}(?![\d一二三四五六七八九十])", heading))
