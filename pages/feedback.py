"""What a reader says of an answer: 👍 or 👎 with a reason. Checked here, kept elsewhere.

Knows what the browser sends; knows no store: whoever builds the pages hands in what takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pages.citing import Kept
from pages.kept import read_kept

REASONS = ("引用不对", "数字不对", "答非所问", "没答出来", "其他")
LONGEST_NOTE = 500  # characters


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's word on one answer. `reasons` is empty and `note` '' for a good one."""

    good: bool
    reasons: tuple[str, ...]
    note: str
    answer: Kept


Taking = Callable[[Feedback], None]


def read_feedback(data: object) -> Feedback | None:
    """What the browser sent, checked; None where it is of another shape."""
    if not isinstance(data, dict) or (answer := read_kept(data.get("answer"))) is None:
        return None
    good = data.get("good") is True
    given = data.get("reasons")
    reasons = tuple(r for r in REASONS if isinstance(given, list) and r in given)
    note = str(data.get("note", ""))[:LONGEST_NOTE].strip()
    return Feedback(good, () if good else reasons, "" if good else note, answer)
