"""What an answer left out of several things that are asked about together: 托位数和养老床位现在多少.

Knows words and what was said; searches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conjuncts import conjuncts
from assistant.statements import Statement
from assistant.terms import units

# A thing of which this share is said was answered, one of which less is was left out.
_SAID = 0.5


def left_out(text: str, told: Sequence[Statement]) -> list[tuple[str, str]]:
    """The things named side by side that the answer does not speak of, each with its own question;
    [] where it speaks of none of them or of all."""
    named = conjuncts(text, together=True)
    said = set(units("".join(s.text + s.quote + _headings(s) for s in told)))
    missing = [(n[0], n[1]) for n in named if _share(n[0], _others(n[0], named), said) < _SAID]
    return missing if 0 < len(missing) < len(named) else []


def _headings(statement: Statement) -> str:
    return "".join(statement.passage.heading_path) if statement.passage else ""


def _others(item: str, named: Sequence[tuple[str, str]]) -> set[str]:
    return {u for other, _ in named if other != item for u in units(other)}


def _share(item: str, of_others: set[str], said: set[str]) -> float:
    """The share of a thing's own words that is said: what two things share tells neither."""
    own = set(units(item)) - of_others
    return len(own & said) / len(own) if own else 1.0
