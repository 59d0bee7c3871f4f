"""👍 and 👎 from the chat page, and the queue the QA team works through.

Knows feedback and its states; makes no case itself and knows no page. What is kept is the question,
the answer and what it stood on, never who asked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import func, insert, select, update

from pages.records import schema
from pages.records.database import Database, now

State = Literal["new", "draft", "case", "dismissed"]
REASONS = ("引用不对", "数字不对", "答非所问", "没答出来", "其他")
NOTE_CHARS = 500  # of what the reader adds in words
_TORN = "（这条意见的依据在磁盘上损坏了，只剩问题和回答。）"
_MOST = 200  # rows a page of the queue shows


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's judgement of one answer. `reason` is one of REASONS for 👎, '' for 👍."""

    good: bool
    question: str
    answer: str
    reason: str = ""
    note: str = ""
    standalone_question: str = ""
    history: Sequence[Mapping[str, str]] = ()  # {"role", "content"}
    citations: Sequence[Mapping[str, Any]] = ()
    evidence: Sequence[Mapping[str, Any]] = ()
    settings_hash: str = ""
    index_hash: str = ""
    model: str = ""


@dataclass(frozen=True, slots=True)
class Complaint:
    """A kept feedback with its number, time and place in the queue. `draft`: the case made of it."""

    id: int
    at: str
    feedback: Feedback
    state: State
    draft: Mapping[str, Any] = field(default_factory=dict)


class Queue:
    """The kept feedback."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, feedback: Feedback) -> int:
        """Keeps it and gives its number; it is on the disk when this returns."""
        context = {
            "history": list(feedback.history),
            "citations": list(feedback.citations),
            "evidence": list(feedback.evidence),
        }
        row = {
            "at": now(),
            "good": feedback.good,
            "reason": feedback.reason if feedback.reason in REASONS else "",
            "note": feedback.note[:NOTE_CHARS],
            "question": feedback.question,
            "standalone_question": feedback.standalone_question,
            "answer": feedback.answer,
            "context": json.dumps(context, ensure_ascii=False),
            "settings_hash": feedback.settings_hash,
            "index_hash": feedback.index_hash,
            "model": feedback.model,
            "state": "new",
            "draft": "",
        }
        with self._database.writing() as connection:
            done = connection.execute(insert(schema.feedback).values(row))
            return int(done.inserted_primary_key[0])

    def get(self, number: int) -> Complaint | None:
        """One by its number; None where there is none."""
        own = schema.feedback
        with self._database.reading() as connection:
            row = connection.execute(select(own).where(own.c.id == number)).mappings().first()
        return _complaint(row) if row else None

    def waiting(self, state: State = "new", good: bool | None = False) -> tuple[Complaint, ...]:
        """Those in a state, the newest first; `good` None: both kinds."""
        own = schema.feedback
        chosen = select(own).where(own.c.state == state).order_by(own.c.id.desc()).limit(_MOST)
        if good is not None:
            chosen = chosen.where(own.c.good.is_(good))
        with self._database.reading() as connection:
            return tuple(map(_complaint, connection.execute(chosen).mappings()))

    def move(self, number: int, state: State, draft: Mapping[str, Any] | None = None) -> bool:
        """Puts one into another state, with the case drafted from it; False where there is none."""
        values: dict[str, Any] = {"state": state}
        if draft is not None:
            values["draft"] = json.dumps(draft, ensure_ascii=False)
        own = schema.feedback
        with self._database.writing() as connection:
            done = connection.execute(update(own).where(own.c.id == number).values(values))
            return bool(done.rowcount)

    def counts(self) -> dict[str, int]:
        """How many 👍 and, by reason, 👎 there are."""
        own = schema.feedback
        chosen = select(own.c.good, own.c.reason, func.count()).group_by(own.c.good, own.c.reason)
        found: dict[str, int] = {}
        with self._database.reading() as connection:
            for good, reason, number in connection.execute(chosen):
                name = "有帮助" if good else reason or "没写原因"
                found[name] = found.get(name, 0) + int(number)
        return found


def _complaint(row: Mapping[Any, Any]) -> Complaint:
    context = _object(row["context"])
    torn = "" if context.keys() >= {"history", "citations", "evidence"} else _TORN
    feedback = Feedback(
        good=bool(row["good"]),
        question=row["question"],
        answer=row["answer"],
        reason=row["reason"],
        note=torn + row["note"],
        standalone_question=row["standalone_question"],
        history=context.get("history", ()),
        citations=context.get("citations", ()),
        evidence=context.get("evidence", ()),
        settings_hash=row["settings_hash"],
        index_hash=row["index_hash"],
        model=row["model"],
    )
    return Complaint(row["id"], row["at"], feedback, row["state"], _object(row["draft"]))


def _object(text: str) -> dict[str, Any]:
    """The JSON object kept in a column; {} for '' and for one that a disk has damaged."""
    try:
        kept = json.loads(text or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}
