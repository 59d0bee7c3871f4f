"""Whole lists: the items that a document itself sets out under one heading or in one passage.

Knows candidates and the passages of a section; knows no question kinds. An item is a paragraph's lead
phrase (六大战略：创新驱动核心战略。… 产业强市主导战略。…), a line with a coined label (两快：…路、…路),
or a clause that a section's text repeats a word in as often as the question counts (六个坚持).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.candidates import Candidate
from assistant.figures import chinese_number, fold
from assistant.question import Question
from assistant.statements import Statement, from_sentence
from assistant.structure import opening
from index.records import Passage

SectionOf = Callable[[Passage], Sequence[Passage]]

# A section whose best piece is this far below the best of all is not the list asked for (dev lists).
NEAR = 2.0
# Sections looked at, from the best candidate on.
_SECTIONS = 6
_NUMERAL = r"(?:[二两三四五六七八九十]{1,2}|\d{1,2})"
_COUNTED = re.compile(
    rf"(?<![第\d二两三四五六七八九十])({_NUMERAL})(?!\d)(?:个|大|条|项|种|类|方面|点|幅|张)?"
    r"(?=[“\"‘]?([\u4e00-\u9fff]{1,8})?)"  # a name may hold the next number: 五年里的七个“期”
)
_ANNOUNCES = re.compile(r"(?:以下|如下|下列)[^。]*[：:。]?$|[：:]$")
_LABEL = re.compile(r"^\s*([^：:，。；、]{2,16})[：:](?=\S)")
# A label that somebody coined: 一核, 三带, 标准“领航”计划.
_COINED = re.compile(r"^(?:[一二两三四五六七八九十多][\u4e00-\u9fff]{1,2})+$|[“\"]")
_QUOTES = re.compile(r"[“”\"‘’]")
# Characters of a list's items together; longer ones are prose.
_LONGEST = 700


def counted(question: Question) -> tuple[int, str] | None:
    """How many of what a question asks to be listed: 六大战略 -> (6, "战略"); None where it says none."""
    for number, name in _COUNTED.findall(question.text):
        value = int(number) if number.isdigit() else chinese_number(number)
        if value and 2 <= value <= 30 and name and name[0] not in "年月日五四角":
            return value, name
    return None


def listing(
    question: Question, candidates: Sequence[Candidate], section: SectionOf
) -> list[Statement]:
    """The items of a list the question counts, in the document's order; [] where none is set out.

    `section(passage)`: all passages under the passage's own heading.
    """
    asked = counted(question)
    if asked is None:
        return []
    for candidate in _of_sections(candidates):
        passages = section(candidate.passage)
        leads = _leads(passages)
        announced = candidate is candidates[0] and _announces(asked, candidate.piece.text)
        if len(leads) > 1 and (announced or _is_list_of(asked, passages, leads)):
            said = [Statement(lead, opening(p), p, True) for lead, p in leads.items()]
            head = from_sentence(candidate.passage, candidate.piece.text)
            return [head, *said] if announced else said
    return _repeated(asked, candidates, section)


def labelled(question: Question, candidates: Sequence[Candidate]) -> list[Statement]:
    """The lines whose coined label the question names (两快是哪两条: 两快：…); [] where none is."""
    asked = _QUOTES.sub("", fold(question.text))
    sections = {_place(c) for c in _of_sections(candidates)}
    passages = {c.passage.passage_id: c for c in candidates if _place(c) in sections}
    for candidate in passages.values():
        if named := _labelled_lines(asked, candidate.passage.text):
            return [from_sentence(candidate.passage, line, len(named) > 1) for line in named]
    return []


def _labelled_lines(asked: str, text: str) -> list[str]:
    """The lines whose label is asked for; parts of a line only where none is (一心：…；两片：…)."""
    for ends in ("\n", "[\n；]"):
        labels = ((line, _LABEL.match(line)) for line in re.split(ends, text))
        named = [
            line
            for line, label in labels
            if label
            and _COINED.search(label[1].strip())
            and _QUOTES.sub("", fold(label[1])) in asked
        ]
        if named:
            return named
    return []


def _of_sections(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate of each of the first sections, near enough to the best of all."""
    best: dict[tuple[str, tuple[str, ...]], Candidate] = {}
    for candidate in candidates:
        if candidate.score < candidates[0].score - NEAR or len(best) == _SECTIONS:
            break
        best.setdefault(_place(candidate), candidate)
    return list(best.values())


def _place(candidate: Candidate) -> tuple[str, tuple[str, ...]]:
    return candidate.passage.doc_id, candidate.passage.heading_path


def _is_list_of(asked: tuple[int, str], passages: Sequence[Passage], leads: Iterable[str]) -> bool:
    """Whether these leads are the six 战略 asked for: their number is right, and they bear the name
    or the text before them announces it (通过七大举措……)."""
    number, name = asked
    names = list(leads)
    if len(names) != number or len(name) < 2:
        return False
    in_heading = any(name[:2] in h for h in passages[0].heading_path[-1:])
    bearing = sum(name[:2] in lead for lead in names) >= number - 1
    return in_heading or bearing or any(_announced(asked, p.text) for p in passages if not p.lead)


def _announces(asked: tuple[int, str], text: str) -> bool:
    """Whether a sentence ends by announcing a list that may be the one asked for (以下六大战略：)."""
    if not _ANNOUNCES.search(text):
        return False
    return _announced(asked, text) or not _COUNTED.search(text)


def _announced(asked: tuple[int, str], text: str) -> bool:
    return any(
        (int(n) if n.isdigit() else chinese_number(n)) == asked[0] and name[:2] == asked[1][:2]
        for n, name in _COUNTED.findall(text)
    )


def _leads(passages: Sequence[Passage]) -> dict[str, Passage]:
    found: dict[str, Passage] = {}
    for passage in passages:
        if passage.lead:
            found.setdefault(passage.lead, passage)
    return found


def _repeated(
    asked: tuple[int, str], candidates: Sequence[Candidate], section: SectionOf
) -> list[Statement]:
    """The clauses of a section that begin with the counted word, or the names in quotation marks that
    end in it, where there are as many as the question counts."""
    number, name = asked
    word = re.split(r"[是有为的包在都指里讲“”]", name)[0]
    if len(word) < 2:
        return []
    patterns = (
        rf"(?<=[。；\n])\s*{word}[^，。；：]{{2,60}}",
        rf"(?<=[，。；：\n])\s*{word}[^，。；：]{{2,60}}",
        rf"“[^“”]{{1,10}}{word}”",
    )
    for candidate in _of_sections(candidates):
        passages = section(candidate.passage)
        for pattern in patterns:
            found = [
                (p, m[0].strip()) for p in passages for m in re.finditer(pattern, f"\n{p.text}")
            ]
            items = list({text: (p, text) for p, text in found}.values())
            if len(items) == number and sum(len(t) for _, t in items) < _LONGEST:
                return [from_sentence(p, t, True) for p, t in items]
    return []
