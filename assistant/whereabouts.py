"""Where in the documents something is written: the section that is about it, or every place.

Knows headings and the passages a search found; scores no sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.occurrences import asked_everywhere, occurrences
from assistant.question import Question
from assistant.scope import DocumentScope
from assistant.statements import Statement
from assistant.structure import UNITS, Structure, heading_number, opening
from assistant.terms import Terms, units
from index.records import Hit, Passage

# What it is worth that a name in quotation marks stands in the section's own text.
NAMED = 1.0


class Whereabouts:
    """Says where in one library something is written."""

    def __init__(
        self,
        scopes: Mapping[str, DocumentScope],
        structure: Callable[[str], Structure],
        passages_at: Callable[[str, tuple[str, ...]], list[Passage]],
    ) -> None:
        """`structure(doc_id)`: its headings; `passages_at(doc_id, path)`: what stands under one."""
        self._scopes = scopes
        self._structure = structure
        self._passages_at = passages_at

    def where(self, question: Question, terms: Terms, hits: Sequence[Hit]) -> list[Statement]:
        """The section that is about what is asked, its place said in full."""
        best = self._best_section(question, terms, hits)
        if best is None:
            return []
        passage, path = _down_to(asked_unit(question.text), *best)
        place = self._place(passage.doc_id, path)
        statements = [Statement(f"写在{place}", opening(passage), passage)]
        leads = [p.lead for p in self._passages_at(passage.doc_id, path) if p.lead]
        if leads:
            named = "、".join(dict.fromkeys(leads))
            statements.append(Statement(f"这一部分依次写：{named}", opening(passage), passage))
        return statements

    def _best_section(
        self, question: Question, terms: Terms, hits: Sequence[Hit]
    ) -> tuple[Passage, tuple[str, ...]] | None:
        best, best_score = None, 0.0
        for rank, hit in enumerate(hits[:20]):
            path = hit.passage.heading_path
            named = any(name in hit.passage.text for name in question.quoted)
            for depth in range(len(path), 0, -1):
                heading = set(units(path[depth - 1]))
                asked = terms.coverage(heading)
                own = len(heading & set(terms.weights)) / max(1, len(heading))
                score = (
                    asked
                    + 0.4 * own
                    - 0.02 * rank
                    + 0.05 * (depth == len(path))
                    + 0.3 * (rank == 0)
                    + NAMED * named
                )
                if score > best_score:
                    best, best_score = (hit.passage, path[:depth]), score
        return best

    def everywhere(self, question: Question, hits: Sequence[Hit]) -> list[Statement]:
        """A line for each place that writes out what is asked for in all its places, under its
        document's title; [] where no such thing is asked or it stands in no two places."""
        thing = asked_everywhere(question)
        found = occurrences(thing, hits) if thing else []
        if len(found) < 2:
            return []
        said = [Statement(f"查到这些地方写到“{thing}”：")]
        for doc_id in dict.fromkeys(p.doc_id for p, _ in found):
            said.append(Statement(f"《{self._scopes[doc_id].doc.title}》："))
            for passage, words in (f for f in found if f[0].doc_id == doc_id):
                place = self._headings(doc_id, passage.heading_path) or "文件开头"
                said.append(Statement(f"{place}：{words.rstrip('，。；：')}", words, passage, True))
        return said

    def _place(self, doc_id: str, path: tuple[str, ...]) -> str:
        return f"《{self._scopes[doc_id].doc.title}》{self._headings(doc_id, path)}"

    def _headings(self, doc_id: str, path: tuple[str, ...]) -> str:
        own = self._structure(doc_id)
        return "".join(_spoken(h) for h in path if not own.is_title(h))


_UNIT = re.compile(r"(?:哪一?个?|哪几个?|第几)([篇章节条])")


def asked_unit(text: str) -> str:
    """The smallest unit whose number is asked for: 节 of 在哪一章哪一节; '' for none."""
    asked = _UNIT.findall(text)
    return max(asked, key=UNITS.index, default="")


def _down_to(unit: str, passage: Passage, path: tuple[str, ...]) -> tuple[Passage, tuple[str, ...]]:
    """A passage's place down to the unit asked for, where its headings have one below."""
    depths = [n for n, h in enumerate(passage.heading_path, 1) if _is_of(h, unit)]
    return passage, passage.heading_path[: max([len(path), *depths])]


def _is_of(heading: str, unit: str) -> bool:
    number = heading_number(heading)
    return number is not None and number[1] == unit


def _spoken(heading: str) -> str:
    """第六节 积极应对人口老龄化 -> 第六节“积极应对人口老龄化”."""
    number, _, name = heading.partition(" ")
    return f"{number}“{name}”" if name and heading_number(number) else f"“{heading}”"
