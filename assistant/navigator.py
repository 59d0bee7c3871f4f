"""Answers about where and what: documents, periods, chapters, sections, tables and figures.

Knows the library's headings and the passages a search found; words its answers, scores no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.asides import Asides, told_whole
from assistant.bylines import about, asked_of
from assistant.facets import Facet
from assistant.mentions import Mention, mentions, stands_in
from assistant.question import Question, analyse
from assistant.scope import DocumentScope, Scope
from assistant.statements import Statement, from_sentence
from assistant.steps import stepped
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
from assistant.structure_asked import (
    asks_dotted,
    asks_table,
    counted_below,
    documents_about,
    headings_apart,
)
from assistant.whereabouts import Whereabouts
from index.library import Library
from index.records import Passage

# Headings listed at most in one answer.
_MOST = 24
_FIVE_YEARS = re.compile("“?十[一二三四五六七八九]?五”?(?!目标)")
_TITLE = re.compile("《[^》]*》|“[^”]{8,}”")


class Navigator:
    """The structure answers of one library."""

    def __init__(self, library: Library, scopes: Sequence[DocumentScope]) -> None:
        self._library = library
        self._scopes = {s.doc.doc_id: s for s in scopes}
        self._structure = lru_cache(maxsize=64)(self._read_structure)
        self._first = lru_cache(maxsize=64)(self._read_passages)
        # Asked twice of a question, of each document: for an answer and for what is lacking.
        self._named = lru_cache(maxsize=16)(
            lambda text, ids: mentions(text, [self._scopes[i] for i in ids])
        )
        self.whereabouts = Whereabouts(self._scopes, self._structure, self._passages_at)
        self._asides = Asides(library, self._scopes, self._structure, self._passages_at)

    def answer(self, question: Question, allowed: Scope) -> list[Statement]:
        """Statements where a question is about structure alone; [] where it is not."""
        named = self._named(question.text, allowed.allowed)
        mentioned = named[0].doc_ids if named else ()
        about_what = documents_about(question)
        if (about_what or asks_documents(question)) and len(mentioned) != 1:
            return self._documents(allowed, about_what)
        doc_id = self._main(question, allowed, mentioned)
        if doc_id is None:
            return []
        ids = mentioned or allowed.named
        docs = [self._scopes[i].doc for i in ids]
        question = _without(question, named)
        if asked := asked_of(_TITLE.sub("", question.text), [d.title for d in docs]):
            return [s for d in docs[:_MOST] for s in about(d, self._first(d.doc_id), asked)]
        if (dotted := asks_dotted(question)) and not ids:
            leafed = allowed.allowed[:_MOST]
            with_it = (i for i in leafed if self._structure(i).dotted(dotted))
            doc_id = next(with_it, doc_id)
        if (number := asks_part(question)) and len(ids) > 1:
            doc_id = next((i for i in ids if self._structure(i).part(number)), doc_id)
        return self._of_document(question, doc_id)

    def of_each(
        self, question: Question, allowed: Scope, parts: Sequence[Facet]
    ) -> list[Statement]:
        """The same, of each document where the parts of a question all ask it of another one."""
        if len({p.doc_ids for p in parts}) > 1:
            each = [self.answer(p.question, Scope(p.doc_ids, p.doc_ids, ())) for p in parts]
            if all(each):
                return [s for told in each for s in told]
        return self.answer(question, allowed)

    def lacking(self, question: Question, allowed: Scope) -> Statement | None:
        """What is said of a heading that is asked for by a number the document does not have."""
        named = self._named(question.text, allowed.allowed)
        doc_id = self._main(question, allowed, named[0].doc_ids if named else ())
        question = _without(question, named)
        if doc_id is None or not asks_content(question):
            return None
        structure = self._structure(doc_id)
        number, unit = question.headings[-1]
        held = structure.count(unit)
        if not held or structure.find(question.headings) is not None or len(question.headings) > 1:
            return None
        title = self._scopes[doc_id].doc.title
        said = f"《{title}》共有{len(held)}{unit}，没有第{number}{unit}"
        return Statement(said)

    def _of_document(self, question: Question, doc_id: str) -> list[Statement]:
        structure = self._structure(doc_id)
        if (told := stepped(question.text, structure)) != question.text:
            question = analyse(told)
        if asks_content(question) and (several := headings_apart(question.headings)):
            return [s for h in several for s in self._content(doc_id, structure.find(h))]
        if asks_content(question):
            path = structure.find(question.headings)
            return self._content(doc_id, path, counted_below(question))
        if dotted := asks_dotted(question):
            return self._content(doc_id, structure.dotted(dotted))
        if number := asks_part(question):
            return self._content(doc_id, structure.part(number))
        if named := asks_table(question):
            return self._asides.named(doc_id, named)
        if asks_parts(question) or asks_documents(question):
            return self._parts(doc_id)
        if asks_period(question):
            return self._period(doc_id)
        if mark := asks_mark(question):
            return self._asides.noted(question, doc_id, mark)
        if asks_tables(question):
            return self._asides.listed(
                doc_id, "表", [s for s in structure.sections if s.kind == "table"]
            )
        if asks_boxes(question):
            return self._asides.listed(doc_id, "专栏", structure.boxes())
        if asks_figures(question):
            return self._asides.figures(doc_id)
        if counted := asks_count(question):
            return self._count(doc_id, counted)
        return []

    def _main(
        self, question: Question, allowed: Scope, mentioned: Sequence[str] = ()
    ) -> str | None:
        """The document a question on structure means: the one named, else the plan, else the largest."""
        own = [i for i in allowed.allowed if not (question.places and self._scopes[i].nationwide)]
        ids = mentioned or allowed.named or own
        plans = [i for i in ids if self._scopes[i].period]
        candidates = plans or list(ids)
        return max(candidates, key=self._library.section_count, default=None)

    def _documents(self, allowed: Scope, about: str = "") -> list[Statement]:
        docs = [self._scopes[i].doc for i in allowed.allowed]
        if about:
            docs = [d for d in docs if stands_in(about, d.title)]
        if not docs:
            return []
        which = (
            f"题目与“{about}”有关的文件有{len(docs)}份：" if about else f"现收录{len(docs)}份文件："
        )
        if len(docs) > _MOST:
            which = f"{which.removesuffix('：')}，前{_MOST}份是："
        found = [Statement(which)]
        for doc in docs[:_MOST]:
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

    def _content(
        self, doc_id: str, path: tuple[str, ...] | None, unit: str = ""
    ) -> list[Statement]:
        """What stands under a heading: the headings below it (`unit`: of these alone), or its gist."""
        structure = self._structure(doc_id)
        if path is None:
            return []
        passage = self._passage_at(doc_id, path)
        if passage is None:
            return []
        found = [heading_statement(path, passage, item=False)]
        children = structure.children(path)
        of_unit = [c for c in children if (n := heading_number(c[-1])) and n[1] == unit]
        if of_unit:
            found.append(Statement(f"共{len(of_unit)}{unit}："))
        children = tuple(of_unit or children)[:_MOST]
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
            return told_whole(passages)
        found += [Statement(lead, lead, passage, True) for lead, passage in leads.items()]
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

    def _passage_at(self, doc_id: str, path: tuple[str, ...]) -> Passage | None:
        return next(iter(self._passages_at(doc_id, path)), None)

    def _passages_at(self, doc_id: str, path: tuple[str, ...]) -> list[Passage]:
        return [p for p in self._first(doc_id) if p.heading_path[: len(path)] == path]

    def _read_structure(self, doc_id: str) -> Structure:
        return Structure(self._scopes[doc_id], self._library.sections(doc_id))

    def _read_passages(self, doc_id: str) -> tuple[Passage, ...]:
        return self._library.passages(doc_id)


def _without(question: Question, named: Sequence[Mention]) -> Question:
    """A question without the first document it names."""
    if not named:
        return question
    return analyse(question.text[: named[0].start] + question.text[named[0].end :])
