"""Sentences in which a document itself says what it means by a word: 本办法所称灵活就业人员，是指….

Knows candidates and the question's terms; knows neither sections nor headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import Candidate
from assistant.figures import fold
from assistant.question import Question
from assistant.statements import Statement, from_sentence
from assistant.terms import Terms, units

_ASKS = re.compile("指(?:的是)?(?:哪|什么|谁|啥)|算(?:什么|哪)|所[称谓指]|包括哪些?人|什么人")
_DEFINES = re.compile(
    '(?:所称|所指|所说)的?[“"]?(?P<called>[^，。；：、“”"]{2,16}?)[”"]?[，,]?(?:[是系均]?指|包括)'
    r"|^(?:[（(]?[一二三四五六七八九十\d]+[）)．.、]\s*)?[“\"]?(?P<own>[^，。；：、“”\"称]{2,16}?)[”\"]?[，,]?[是系]指"
)
# A definition this far below the best piece is still what a question for one asks (own questions).
_NEAR = 4.0
# A name that is not asked in full says this share of what is asked.
_SAID = 0.5


def defined(question: Question, terms: Terms, candidates: Sequence[Candidate]) -> list[Statement]:
    """The sentence that defines what a question asks the meaning of; [] where none is near the top."""
    if not question.asks_any("definition") and not _ASKS.search(question.text):
        return []
    asked = fold(question.text)
    for candidate in candidates:
        if candidate.score < candidates[0].score - _NEAR:
            break
        found = _DEFINES.search(candidate.piece.text.strip())
        name = (found["called"] or found["own"]) if found else ""
        if name and (fold(name) in asked or terms.coverage(units(name)) >= _SAID):
            return [from_sentence(candidate.passage, candidate.piece.text)]
    return []
