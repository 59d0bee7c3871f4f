"""Answers about where and what: documents, periods, chapters, sections, tables and figures.

Knows the library's headings and the passages a search found; words its answers, scores no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.bylines import about, asked_of
from assistant.mentions import mentions
from assistant.question import Question, analyse
from assistant.scope import DocumentScope, Scope
from assistant.statements import Statement, from_sentence
from assistant.structure import (
    Structure,
    asks_boxes,
    asks_content,
    asks_count,
    asks_documents,
    asks_figures,
    asks_mark,
    asks_part,
    asks_parts,
    asks_period,
    asks_tables,
    heading_number,
    heading_statement,
    opening,
)
from assistant.terms import Terms, units
from index.library import Library
from index.records import Hit, Passage, Section
from index.sentences import sentences

# Headings listed at most in one answer.
_MOST = 24
# Characters of a section's own sentences at most.
_ROOM = 300
_FIVE_YEARS = re.compile("“?十[一二三四五六七八九]?五”?(?!目标)")
_TITLE = re.compile("《[^》]*》|“[^”]{8,}”")
_FIGURE = re.compile(r"^附图\s*[\d一二三四五六七八九十]+")


class Navigator:
    """The structure answers of one library."""

    def __init__(self, library: Library, scopes: Sequence[DocumentScope]) -> None:
        self._library = library
        self._scopes = {s.doc.doc_id: s for s in scopes}
        self._structure = lru_cache(maxsize=64)(self._read_structure)
        self._first = lru_cache(maxsize=64)(self._read_passages)

    def answer(self, question: Question, allowed: Scope) -> list[Statement]:
        """Statements where a question is about structure alone; [] where it is not."""
        named = mentions(question.text, [self._scopes[i] for i in allowed.allowed])
        mentioned = named[0].doc_ids if named else ()
        if asks_documents(question) and len(mentioned) != 1:
            return self._documents(allowed)
        doc_id = self._main(allowed, mentioned)
        if doc_id is None:
            return []
        if named:
            question = analyse(question.text[: named[0].start] + question.text[named[0].end :])
        ids = mentioned or allowed.named
        docs = [self._scopes[i].doc for i in ids]
        if asked := asked_of(_TITLE.sub("", question.text), [d.title for d in docs]):
            return [s for d in docs for s in about(d, self._first(d.doc_id), asked)]
        return self._of_document(question, doc_id)

    def _of_document(self, question: Question, doc_id: str) -> list[Statement]:
        if asks_content(question):
            return self._content(doc_id, self._structure(doc_id).find(question.headings))
        if number := asks_part(question):
            return self._content(doc_id, self._structure(doc_id).part(number))
        if asks_parts(question) or asks_documents(question):
            return self._parts(doc_id)
        if asks_period(question):
            return self._period(doc_id)
        if mark := asks_mark(question):
            return self._noted(question, doc_id, mark)
        if asks_tables(question):
            return self._listed(
                doc_id, "表", [s for s in self._structure(doc_id).sections if s.kind == "table"]
            )
        if asks_boxes(question):
            return self._listed(doc_id, "专栏", self._structure(doc_id).boxes())
        if asks_figures(question):
            return self._figures(question, doc_id)
        if counted := asks_count(question):
            return self._count(doc_id, counted)
        return []

    def where(self, question: Question, terms: Terms, hits: Sequence[Hit]) -> list[Statement]:
        """The section that is about what is asked, its place said in full."""
        best = self._best_section(terms, hits)
        if best is None:
            return []
        passage, path = best
        own = self._structure(passage.doc_id)
        place = "".join(_spoken(h) for h in path if not own.is_title(h))
        title = self._scopes[passage.doc_id].doc.title
        statements = [Statement(f"写在《{title}》{place}", opening(passage), passage)]
        leads = [p.lead for p in self._passages_at(passage.doc_id, path) if p.lead]
        if leads:
            named = "、".join(dict.fromkeys(leads))
            statements.append(Statement(f"这一部分依次写：{named}", opening(passage), passage))
        return statements

    def _best_section(
        self, terms: Terms, hits: Sequence[Hit]
    ) -> tuple[Passage, tuple[str, ...]] | None:
        best, best_score = None, 0.0
        for rank, hit in enumerate(hits[:20]):
            path = hit.passage.heading_path
            for depth in range(len(path), 0, -1):
                named = set(units(path[depth - 1]))
                asked = terms.coverage(named)
                own = len(named & set(terms.weights)) / max(1, len(named))
                score = (
                    asked
                    + 0.4 * own
                    - 0.02 * rank
                    + 0.05 * (depth == len(path))
                    + 0.3 * (rank == 0)
                )
                if score > best_score:
                    best, best_score = (hit.passage, path[:depth]), score
        return best

    def _main(self, allowed: Scope, mentioned: Sequence[str] = ()) -> str | None:
        """The document a question on structure means: the one named, else the plan, else the largest."""
        ids = mentioned or allowed.named or allowed.allowed
        plans = [i for i in ids if self._scopes[i].period]
        candidates = plans or list(ids)
        return max(candidates, key=self._library.section_count, default=None)

    def _documents(self, allowed: Scope) -> list[Statement]:
        docs = [self._scopes[i].doc for i in allowed.allowed]
        found = [Statement(f"现收录{len(docs)}份文件：")]
        for doc in docs:
            told = "，".join(x for x in (doc.issuer, doc.published, doc.kind, doc.edition) if x)
            found.append(Statement(f"《{doc.title}》（{told}）", item=True))
        return found

    def _parts(self, doc_id: str) -> list[Statement]:
        """How a document is divided at its highest level."""
        paths = self._structure(doc_id).parts()
        if len(paths) < 2:
            return []
        said = f"《{self._scopes[doc_id].doc.title}》分为{len(paths)}个部分："
        return [Statement(said), *self._headings(doc_id, paths)]

    def _headings(self, doc_id: str, paths: Sequence[tuple[str, ...]]) -> list[Statement]:
        found = ((path, self._passage_at(doc_id, path)) for path in paths[:_MOST])
        return [heading_statement(path, p) for path, p in found if p is not None]

    def _content(self, doc_id: str, path: tuple[str, ...] | None) -> list[Statement]:
        structure = self._structure(doc_id)
        if path is None:
            return []
        passage = self._passage_at(doc_id, path)
        if passage is None:
            return []
        found = [heading_statement(path, passage, item=False)]
        children = structure.children(path)[:_MOST]
        found += self._headings(doc_id, children)
        asides = {s.heading_path for s in structure.sections if s.kind in {"table", "box"}}
        if all(child in asides for child in children):
            found[1:1] = self._summary(doc_id, path)
        return found

    def _summary(self, doc_id: str, path: tuple[str, ...]) -> list[Statement]:
        """A section without headings below it: its opening sentence and its lead phrases.

        Where it has none (an article of a regulation), its sentences as far as there is room.
        """
        passages = self._passages_at(doc_id, path)
        found = [from_sentence(passages[0], opening(passages[0]))] if passages else []
        leads: dict[str, Passage] = {}
        for passage in passages:
            if passage.lead:
                leads.setdefault(passage.lead, passage)
        if not leads:
            return self._told(passages)
        found += [Statement(lead, lead, passage, True) for lead, passage in leads.items()]
        return found

    def _told(self, passages: Sequence[Passage]) -> list[Statement]:
        found: list[Statement] = []
        room = _ROOM
        for passage in passages:
            for start, end in sentences(passage.text):
                room -= end - start
                if found and room < 0:
                    return found
                found.append(from_sentence(passage, passage.text[start:end]))
        return found

    def _period(self, doc_id: str) -> list[Statement]:
        scope = self._scopes[doc_id]
        if not scope.period:
            return []
        start, end = scope.period
        said = f"《{scope.doc.title}》的规划期是{start}年至{end}年"
        spoken = re.compile(rf"{start}\s*[—\-–~至到]+\s*{end}")
        for pattern in (spoken, _FIVE_YEARS):
            for passage in self._first(doc_id):
                if found := pattern.search(passage.text):
                    left = passage.text.rfind("。", 0, found.start()) + 1
                    right = passage.text.find("。", found.end()) + 1 or len(passage.text)
                    return [Statement(said, passage.text[left:right].strip(), passage)]
        return []

    def _count(self, doc_id: str, counted: Sequence[str]) -> list[Statement]:
        structure = self._structure(doc_id)
        groups = [(unit, structure.count(unit)) for unit in counted]
        groups = [(unit, paths) for unit, paths in groups if paths]
        if not groups:
            return [] if counted[-1] in "节条" else self._parts(doc_id)
        said = "、".join(f"{len(paths)}{unit}" for unit, paths in groups)
        found = [Statement(f"《{self._scopes[doc_id].doc.title}》共有{said}：")]
        paths = groups[-1][1] if len(groups[-1][1]) <= _MOST else groups[0][1]
        if len(groups) > 1 and len(groups[0][1]) + len(paths) <= _MOST:
            paths = tuple(p for p in structure.paths if p in set(groups[0][1]) | set(paths))
        if len(paths) > _MOST:
            # Too many to be listed: from the first to the last.
            paths = (paths[0], paths[-1])
        return [*found, *self._headings(doc_id, paths)]

    def _noted(self, question: Question, doc_id: str, mark: str) -> list[Statement]:
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

    def _figures(self, question: Question, doc_id: str) -> list[Statement]:
        structure = self._structure(doc_id)
        paths = [
            p for p in structure.paths if _FIGURE.match(p[-1]) and heading_number(p[-1]) is None
        ]
        own = [s for s in structure.sections if s.heading_path and s.heading_path in paths]
        return self._listed(doc_id, "图", own)

    def _listed(self, doc_id: str, what: str, sections: Sequence[Section]) -> list[Statement]:
        if not sections:
            return []
        measure = {"表": "张", "图": "幅"}.get(what, "个")
        title = self._scopes[doc_id].doc.title
        found = [Statement(f"《{title}》有{len(sections)}{measure}{what}：")]
        for section in sections[:_MOST]:
            passage = self._passage_at(doc_id, section.heading_path)
            if passage is not None:
                found.append(heading_statement(section.heading_path, passage))
            else:
                found.append(self._captioned(doc_id, section))
        return found

    def _captioned(self, doc_id: str, section: Section) -> Statement:
        """A heading without text of its own, cited by the passage that names its caption."""
        caption = section.heading_path[-1].partition(" ")[2]
        for passage in self._first(doc_id):
            if caption and caption in passage.text:
                return Statement(section.heading_path[-1], caption, passage, True)
        return Statement(section.heading_path[-1], item=True)

    def _passage_at(self, doc_id: str, path: tuple[str, ...]) -> Passage | None:
        return next(iter(self._passages_at(doc_id, path)), None)

    def _passages_at(self, doc_id: str, path: tuple[str, ...]) -> list[Passage]:
        return [p for p in self._first(doc_id) if p.heading_path[: len(path)] == path]

    def _read_structure(self, doc_id: str) -> Structure:
        return Structure(self._scopes[doc_id], self._library.sections(doc_id))

    def _read_passages(self, doc_id: str) -> tuple[Passage, ...]:
        return self._library.passages(doc_id)


def _spoken(heading: str) -> str:
    """第六节 积极应对人口老龄化 -> 第六节“积极应对人口老龄化”."""
    number, _, name = heading.partition(" ")
    return f"{number}“{name}”" if name and heading_number(number) else f"“{heading}”"
