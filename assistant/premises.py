"""A figure, a kind or a name that a question takes for granted, held against what was found.

A claim that does not stand is put right before the answer, and where the claimed figure does stand it
is shown as what it is. Knows the statements of an answer; knows nothing of how they were found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.candidates import Candidate
from assistant.differences import piece_statement
from assistant.figures import Quantity, quantities
from assistant.question import Ask, Question, analyse
from assistant.stated import Stated, stated
from assistant.statements import Statement
from assistant.terms import Terms, units

# The asker states a figure: 对吗, 是不是, 不是…吗, 我记得是, 应该是.
_CLAIMS = re.compile(
    r"吗[？?。]*$|吧[？?。]*$|对不对|是不是|是否|不是.{1,12}[？?]|记得|听说|应该是|明明|难道|据说|不对|错了|就有|[了的][？?]$"
)
_KIND = re.compile("(约束性|预期性)")
# A figure's subject must say this share of what is asked.
_ASKED = 0.3


def unclaimed(question: Question) -> tuple[Question, Quantity | None]:
    """The question without the figure it states, asking for that figure, and the figure itself.

    至2025年要达到70%吗 looks for what is to be reached by 2025, whatever stands at 70 %.
    """
    claim = _claim(question)
    if claim is None:
        return question, None
    text = question.text[: claim.start] + question.text[claim.end :]
    asks: frozenset[Ask] = frozenset({"figure", "yesno"})
    return replace(analyse(text), asks=asks, measure=claim.unit, years=question.years), claim


def put_right(
    question: Question,
    terms: Terms,
    claim: Quantity | None,
    told: Sequence[Statement],
    candidates: Sequence[Candidate],
) -> tuple[list[Statement], list[Statement]]:
    """What is said before an answer and after it where it contradicts what the question claims."""
    kind = _other_kind(question, told)
    if kind:
        return [Statement(kind)], []
    asked = _asked(question, terms, told, claim) if claim else None
    if claim is None or asked is None or _holds(claim, asked):
        return [], []
    if any(Decimal(q.value) == Decimal(claim.value) for q in quantities(told[0].quote)):
        return [], []  # the very sentence or row says the figure too, of something else
    if any(f.same_thing(asked) and _holds(claim, f) for c in candidates for f in _stated(c)):
        return [], []  # the documents differ, and one of them agrees
    said = f"{claim.value}{claim.unit}"
    return [Statement(f"不是{said}。")], _standing(question, claim, told, candidates)


def _other_kind(question: Question, told: Sequence[Statement]) -> str:
    """该指标是预期性指标，不是约束性指标, where the question calls a row's indicator the other."""
    claimed = set(_KIND.findall(question.text))
    row = told[0].passage.row if told and told[0].passage else None
    if row is None or len(claimed) != 1:
        return ""
    (claimed_kind,) = claimed
    own = next((value for _, value in row.cells if _KIND.fullmatch(value)), "")
    return f"该指标是{own}指标，不是{claimed_kind}指标：" if own and own != claimed_kind else ""


def _claim(question: Question) -> Quantity | None:
    """The one figure with a unit that a question states; None where it asks for one instead."""
    if not _CLAIMS.search(question.text):
        return None
    claims = [q for q in quantities(question.text) if q.unit and q.unit not in {"年", "月", "号"}]
    return claims[-1] if len(claims) == 1 else None


def _asked(
    question: Question, terms: Terms, told: Sequence[Statement], claim: Quantity
) -> Stated | None:
    """The figure of the first statement that the claim is about: of its unit and year."""
    if not told or told[0].passage is None:
        return None
    found = [
        s
        for s in stated(told[0].passage, told[0].quote, question.years)
        if _unit(s) == claim.unit and (not question.years or s.years & question.years)
    ]
    found = [s for s in found if terms.coverage(units(s.subject)) >= _ASKED]
    return max(found, key=lambda s: terms.coverage(units(s.subject)), default=None)


def _stated(candidate: Candidate) -> list[Stated]:
    return stated(candidate.passage, candidate.piece.text, candidate.piece.years)


def _unit(figure: Stated) -> str:
    return figure.unit.removesuffix("（累计）")


def _holds(claim: Quantity, figure: Stated) -> bool:
    return Decimal(claim.value) == figure.value


def _standing(
    question: Question,
    claim: Quantity,
    told: Sequence[Statement],
    candidates: Sequence[Candidate],
) -> list[Statement]:
    """Where the claimed figure stands among what was found, said as what it is there."""
    cited = {s.quote.strip() for s in told}
    for candidate in candidates:
        same = any(_unit(f) == claim.unit and _holds(claim, f) for f in _stated(candidate))
        if same and candidate.piece.text.strip() not in cited:
            found = piece_statement(question, candidate)
            said = f"{claim.value}{claim.unit}"
            return [Statement(f"{said}出现在另一处："), found]
    return []
