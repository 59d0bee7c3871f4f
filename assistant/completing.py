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
    missing = [(item, asked) for item, asked in named if _share(item, said) < _SAID]
    return missing if 0 < len(missing) < len(named) else []


def _headings(statement: Statement) -> str:
    return "".join(statement.passage.heading_path) if statement.passage else ""


def _share(item: str, said: set[str]) -> float:
    own = set(units(item))
    return len(own & said) / len(own) if own else 1.0
