"""Whole lists: the items that a document itself sets out under one heading or in one passage.

Knows candidates and the passages of a section; knows no question kinds. An item is a paragraph's lead
phrase (六大战略：创新驱动核心战略。… 产业强市主导战略。…) or a word that a passage repeats as often
as the question counts (六个坚持).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from assistant.candidates import Candidate
from assistant.figures import chinese_number
from assistant.question import Question
from assistant.statements import Statement, from_sentence
from assistant.structure import opening
from index.records import Passage

# A section whose best piece is this far below the best of all is not the list asked for (dev lists).
NEAR = 2.0
# Sections looked at, from the best candidate on.
_SECTIONS = 6
_COUNTED = re.compile(
    r"([二两三四五六七八九十]{1,2}|\d{1,2})(?:个|大|条|项|种|类|方面|点|幅|张)?[“\"‘]?([\u4e00-\u9fff]{1,8})?"
)
_ANNOUNCES = re.compile(r"(?:以下|如下|下列)[^。]*[：:。]?$|[：:]$")


def counted(question: Question) -> tuple[int, str] | None:
    """How many of what a question asks to be listed: 六大战略 -> (6, "战略"); None where it says none."""
    for number, name in _COUNTED.findall(question.text):
        value = int(number) if number.isdigit() else chinese_number(number)
        if value and 2 <= value <= 30 and name and name[0] not in "年月日五四":
            return value, name
    return None


def listing(
    question: Question,
    candidates: Sequence[Candidate],
    section: Callable[[Passage], Sequence[Passage]],
) -> list[Statement]:
    """The items of a list the question asks for, in the document's order; [] where none is set out.

    `section(passage)`: all passages under the passage's own heading.
    """
    asked = counted(question)
    for candidate in _of_sections(candidates):
        leads = _leads(section(candidate.passage))
        announced = bool(_ANNOUNCES.search(candidate.piece.text)) and candidate is candidates[0]
        if len(leads) > 1 and (announced or (asked and _is_list_of(asked, candidate, leads))):
            said = [Statement(lead, opening(p), p, True) for lead, p in leads.items()]
            head = from_sentence(candidate.passage, candidate.piece.text)
            return [head, *said] if announced else said
    return _repeated(asked, candidates) if asked else []


def _of_sections(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The best candidate of each of the first sections, near enough to the best of all."""
    best: dict[tuple[str, tuple[str, ...]], Candidate] = {}
    for candidate in candidates:
        if candidate.score < candidates[0].score - NEAR or len(best) == _SECTIONS:
            break
        best.setdefault((candidate.passage.doc_id, candidate.passage.heading_path), candidate)
    return list(best.values())


def _is_list_of(asked: tuple[int, str], candidate: Candidate, leads: Iterable[str]) -> bool:
    """Whether these leads are the six 战略 asked for: their number is right and they bear the name."""
    number, name = asked
    names = list(leads)
    if len(names) != number:
        return False
    in_heading = any(name[:2] in h for h in candidate.passage.heading_path[-1:])
    return in_heading or sum(name[:2] in lead for lead in names) >= number - 1


def _leads(passages: Sequence[Passage]) -> dict[str, Passage]:
    found: dict[str, Passage] = {}
    for passage in passages:
        if passage.lead:
            found.setdefault(passage.lead, passage)
    return found


def _repeated(asked: tuple[int, str], candidates: Sequence[Candidate]) -> list[Statement]:
    """The sentences of the first passage that has the counted word at least that often."""
    number, name = asked
    word = re.split(r"[是有为的包在都指“”]", name)[0]
    if len(word) < 2:
        return []
    for candidate in _of_sections(candidates):
        passage = candidate.passage
        if passage.text.count(word) >= number:
            with_word = [s for s in re.findall(r"[^。]+。?", passage.text) if word in s]
            if sum(s.count(word) for s in with_word) >= number and len("".join(with_word)) < 700:
                return [from_sentence(passage, s) for s in with_word]
    return []
