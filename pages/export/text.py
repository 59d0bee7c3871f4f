"""An answer's text as blocks and runs, the same for every format. Pure functions.

Knows how answers are written (lists by "- ", tables by "|", sources by [n]); knows no format.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pages.citing import Kept, Source

_MARKER = re.compile(r"\[(\d{1,3})\]")
_RULE = re.compile(r"^\|[\s:|-]+\|$")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list's item (one line), or a table (its rows of cells)."""

    kind: Literal["paragraph", "item", "table"]
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> list[Block]:
    """The blocks of an answer's text, in order; empty lines only part them."""
    made: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*text.splitlines(), ""]:
        stripped = line.strip()
        if stripped.startswith("|") and stripped.endswith("|"):
            if not _RULE.match(stripped):
                rows.append(tuple(cell.strip() for cell in stripped.strip("|").split("|")))
            continue
        if rows:
            made.append(Block("table", rows=tuple(rows)))
            rows = []
        if stripped.startswith("- "):
            made.append(Block("item", stripped[2:].strip()))
        elif stripped:
            made.append(Block("paragraph", stripped))
    return made


def runs(text: str, sources: Sequence[Source]) -> list[str | Source]:
    """Stretches of text and the sources between them; a number without a source stays text."""
    by_marker = {source.marker: source for source in sources}
    made: list[str | Source] = []
    at = 0
    for found in _MARKER.finditer(text):
        source = by_marker.get(int(found.group(1)))
        if source is None:
            continue
        made += [text[at : found.start()], source]
        at = found.end()
    return [run for run in (*made, text[at:]) if run]


def note(source: Source) -> str:
    """A footnote: the place, the quotation, the edition."""
    quote = " ".join(source.quote.split())
    return f"{source.words}：“{quote.replace('“', '‘').replace('”', '’')}”（{source.edition}）"


def title(answers: Sequence[Kept]) -> str:
    """What a file of these answers is called."""
    first = " ".join(answers[0].question.split())
    short = first if len(first) <= 24 else f"{first[:24]}…"
    return short if len(answers) == 1 else f"{short}等{len(answers)}问"


def aside(answer: Kept) -> list[str]:
    """What is said beside an answer: the question as understood, and its notes."""
    asked = [f"您问的是：{answer.asked}"] if answer.asked else []
    return [*asked, *answer.notes]
