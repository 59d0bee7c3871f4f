"""What a reader says of an answer: 👍, or 👎 with a reason. Read here, kept by pages.records.

What a browser sends is checked, and completed from the documents: whoever works through the
complaints needs the section and its text, not an id. Knows nothing of who asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from index.errors import UserError
from index.records import Passage
from pages.citing import Kept
from pages.kept import held, read_kept
from pages.limits import Busy, Limits
from pages.records.feedback import NOTE_CHARS, REASONS, Feedback
from pages.units import Shelf

MOST_TURNS = 12  # messages of the conversation before the answer

Taking = Callable[[Feedback], object]


def read_feedback(
    shelf: Shelf, index_hash: str, data: object, history: Sequence[dict[str, str]]
) -> Feedback | None:
    """What the browser sent as a record; None where it is of another shape."""
    if not isinstance(data, dict) or (answer := read_kept(data.get("answer"))) is None:
        return None
    good, reason = data.get("good") is True, data.get("reason")
    return Feedback(
        good=good,
        question=answer.question,
        answer=answer.text,
        reason="" if good or reason not in REASONS else str(reason),
        note="" if good else str(data.get("note", ""))[:NOTE_CHARS].strip(),
        standalone_question=answer.asked or answer.question,
        history=list(history[-MOST_TURNS:]),
        citations=_citations(shelf, answer),
        evidence=_evidence(shelf, answer),
        settings_hash=answer.settings_hash[:64],  # as long as the columns are
        index_hash=index_hash,
        model=answer.model[:200],
    )


def _citations(shelf: Shelf, answer: Kept) -> list[dict[str, Any]]:
    return [
        {"marker": source.marker, **_place(passage), "quote": source.quote}
        for source in answer.sources
        if (passage := held(shelf, source.passage_id))
    ]


def _evidence(shelf: Shelf, answer: Kept) -> list[dict[str, Any]]:
    found = (held(shelf, passage_id) for passage_id in answer.evidence)
    return [{**_place(passage), "text": passage.text} for passage in found if passage]


def _place(passage: Passage) -> dict[str, Any]:
    return {
        "doc_id": passage.doc_id,
        "heading_path": list(passage.heading_path),
        "lead": passage.lead,
    }


def keep(take: Taking, feedback: Feedback, limits: Limits | None = None, address: str = "") -> str:
    """Hands a record on; '' where it is kept, else why not, in one sentence."""
    try:
        with limits.turn(address) if limits else nullcontext():
            take(feedback)
    except Busy as busy:
        return f"意见提交得太快，请{busy.seconds}秒后再试。"
    except UserError as error:
        return str(error)
    return ""
