"""The sets the model is measured on; training sees none of their questions.

    cmrc      CMRC dev: written questions on encyclopedia paragraphs
    stard     laymen's legal questions whose articles training never saw
    reports   a sentence of a held-out province's report, to be found by: the rest of its paragraph
    headings  a heading of another city's document (no PDF: slow to read), to be found: its text
    plan      our own development questions on the originals but the everyday ones (a check)
    everyday  those that are worded in an everyday way (a check)
    words     everyday expressions of another list, to be found: their official terms (a check)
    fields    expressions of half the thesaurus' fields: only for a model trained on the other half

plan, everyday, words and headings need folders beside the data sets and are left out where those
are missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.cases import lines, read_line
from eval.places import same_lead, same_place
from eval.records import Case
from index.catalog import discover
from index.errors import DocumentError
from index.outline import parse
from index.passages import indexed_text, split
from index.readers import read
from index.records import Passage, Section
from index.thesaurus import entries
from training import sources
from training.pairs import halves, sentences

CASES = sources.ROOT / "eval" / "cases"
LEFT_OUT = ("civil-code-property",)  # of the other cities' documents: the laws hold it
SHORTEST_HEADING = 6  # characters without the number; shorter ones say too little (总则)
SHORTEST_SECTION = 60
_NUMBER = re.compile(r"^(?:第.{1,5}[编篇章节条]|[（(].{1,3}[)）]|[\d.．]+|.{1,3}[、是])\s*")


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Questions over passages; `right[i]` are the places of question i's passages."""

    name: str
    questions: tuple[str, ...]
    passages: tuple[str, ...]
    right: tuple[frozenset[int], ...]


def all_sets(data: Path) -> list[RetrievalSet]:
    """Those whose files are there."""
    shared = data.parent.parent
    found = [cmrc(data), stard(data), reports(data)]
    if (shared / "other_docs").is_dir():
        found.append(headings(shared / "other_docs"))
    if (shared / "source_docs").is_dir():
        found += plan(shared / "source_docs")
    if (data.parent / "thesaurus").is_dir():
        found.append(words(data.parent / "thesaurus"))
    return found


def cmrc(data: Path) -> RetrievalSet:
    asked = list(sources.questions(data / "cmrc_dev.json"))
    paragraphs = list(dict.fromkeys(q.paragraph for q in asked))
    place = {text: i for i, text in enumerate(paragraphs)}
    right = [frozenset([place[q.paragraph]]) for q in asked]
    return RetrievalSet("cmrc", tuple(q.text for q in asked), tuple(paragraphs), tuple(right))


def stard(data: Path) -> RetrievalSet:
    """All articles are there to be found; asked are the questions of unseen articles alone."""
    asked = sources.legal_questions(data)
    articles: dict[str, str] = {}
    for question in asked:
        articles = question.articles | articles
    seen = {name for q in asked if not q.held_out for name in q.articles}
    place = {name: i for i, name in enumerate(articles)}
    unseen = [q for q in asked if q.held_out and not q.articles.keys() & seen]
    right = [frozenset(place[name] for name in q.articles) for q in unseen]
    return RetrievalSet(
        "stard", tuple(q.text for q in unseen), tuple(articles.values()), tuple(right)
    )


def reports(data: Path) -> RetrievalSet:
    """Of each paragraph of three sentences or more the middle one is asked for."""
    questions, passages = [], []
    for paragraph in dict.fromkeys(sources.reports(data, held_out=True)):
        own = sentences(paragraph)
        if len(own) >= 3:
            middle = len(own) // 2
            questions.append(own[middle])
            passages.append("".join(own[:middle] + own[middle + 1 :]))
    right = tuple(frozenset([i]) for i in range(len(questions)))
    return RetrievalSet("reports", tuple(questions), tuple(passages), right)


def headings(folder: Path) -> RetrievalSet:
    sections = list(_sections(folder))
    texts = ["".join(section.paragraphs) for section in sections]
    asked: dict[str, set[int]] = {}
    for i, section in enumerate(sections):
        title = _NUMBER.sub("", section.heading_path[-1])
        if len(title) >= SHORTEST_HEADING:
            asked.setdefault(title, set()).add(i)
    return RetrievalSet(
        "headings", tuple(asked), tuple(texts), tuple(map(frozenset, asked.values()))
    )


def plan(docs_dir: Path) -> list[RetrievalSet]:
    """The development questions, everyday ones apart, over the passages of the originals."""
    passages = list(_passages(docs_dir))
    texts = tuple(text for _, text in passages)
    asked: dict[str, list[tuple[str, frozenset[int]]]] = {"plan": [], "everyday": []}
    for case in _cases():
        right = frozenset(i for i, (p, _) in enumerate(passages) if _is_gold(case, p))
        if right:
            name = "everyday" if case.group == "everyday" else "plan"
            asked[name].append((case.question, right))
    return [
        RetrievalSet(name, tuple(q for q, _ in found), texts, tuple(r for _, r in found))
        for name, found in asked.items()
    ]


def words(folder: Path) -> RetrievalSet:
    """Expressions our own thesaurus has are not asked for."""
    known = {entry.everyday for entry in entries()}
    rows = [
        line.split("\t")
        for file in sorted(folder.glob("*.tsv"))
        for line in file.read_text("utf-8").splitlines()
    ]
    terms = list(dict.fromkeys(row[1] for row in rows))
    place = {term: i for i, term in enumerate(terms)}
    asked = [(row[0], frozenset([place[row[1]]])) for row in rows if row[0] not in known]
    return RetrievalSet(
        "words", tuple(q for q, _ in asked), tuple(terms), tuple(r for _, r in asked)
    )


def fields() -> RetrievalSet:
    """To be found: the official terms of an expression, among those of all the half's."""
    asked = halves(entries())[1]
    terms = list(dict.fromkeys(" ".join(entry.official) for entry in asked))
    place = {term: i for i, term in enumerate(terms)}
    right = [frozenset([place[" ".join(entry.official)]]) for entry in asked]
    return RetrievalSet("fields", tuple(e.everyday for e in asked), tuple(terms), tuple(right))


def _sections(folder: Path) -> Iterator[Section]:
    seen: set[str] = set()
    for file in sorted(folder.glob("*/*")):
        if file.suffix == ".pdf" or ".headings." in file.name or file.parent.name in LEFT_OUT:
            continue
        try:
            parsed = parse(read(file), file.stem)
        except DocumentError:
            continue
        for section in parsed.sections:
            text = "".join(section.paragraphs)
            if section.heading_path and len(text) > SHORTEST_SECTION and text not in seen:
                seen.add(text)
                yield section


def _passages(docs_dir: Path) -> Iterator[tuple[Passage, str]]:
    for listed in discover(docs_dir).documents:
        if listed.in_catalog:
            for file in listed.files:
                parsed = parse(read(docs_dir / file), listed.doc_id, listed.title)
                for passage in split(parsed):
                    yield passage, indexed_text(passage, listed.title)


def _cases() -> Iterator[Case]:
    """The development cases that have an answer and no dialogue before them."""
    for file in sorted(CASES.glob("dev-*.jsonl")):
        for number, line in lines(file):
            case, _ = read_line(line, file, number)
            if case.expect == "answer" and case.gold and not case.history:
                yield case


def _is_gold(case: Case, passage: Passage) -> bool:
    golds = (*case.gold, *case.also_ok)
    return any(
        same_place(gold, passage.doc_id, passage.heading_path) and same_lead(gold, passage.lead)
        for gold in golds
    )
