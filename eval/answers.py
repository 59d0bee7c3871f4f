"""Cases put to the assistant, and answers in the form of `--answers` (README, 契约).

Knows the assistant's records; no figure and no case's gold.
"""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from assistant.records import Answer, Turn
from eval.records import Case, Got, GotCitation, GotEvidence, Json
from index.errors import UserError
from index.records import Section, SourceDoc


class Asks(Protocol):
    """What an assistant has to do to be graded."""

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer: ...


class Library(Protocol):
    """What the graders need of the index."""

    @property
    def index_hash(self) -> str: ...

    def documents(self) -> Sequence[SourceDoc]: ...
    def sections(self, doc_id: str) -> Sequence[Section]: ...
    def text(self, doc_id: str) -> str: ...


class Assistant(Asks, Protocol):
    """An assistant with its library and the hash of all that shapes its answers."""

    @property
    def settings_hash(self) -> str: ...

    @property
    def library(self) -> Library: ...


def got(answer: Answer) -> Got:
    """The answer in the form that is graded and written."""
    return Got(
        question=answer.question,
        standalone_question=answer.standalone_question,
        text=answer.text,
        refused=answer.refused,
        citations=tuple(
            GotCitation(c.marker, c.doc_id, c.title, c.heading_path, c.lead, c.page, c.quote)
            for c in answer.citations
        ),
        evidence=tuple(
            GotEvidence(p.doc_id, p.heading_path, p.text, e.score, p.lead)
            for e in answer.evidence
            for p in [e.passage]
        ),
        dropped_claims=answer.dropped_claims,
        model=answer.model,
        seconds=answer.seconds,
        fallback=answer.fallback,
        usage=asdict(answer.usage) if answer.usage else None,
    )


def ask(assistant: Asks, case: Case) -> Got:
    """The answer to a case. Whatever is raised becomes a failed case, counted as zero."""
    history = [Turn(role, content) for role, content in case.history]
    try:
        return got(assistant.ask(case.question, history))
    except UserError as error:
        return Got(case.question, error=str(error), user_error=True)
    except Exception as error:  # noqa: BLE001 - one broken case must not end the run, it fails
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(where.filename).name}:{where.lineno}"
        return Got(case.question, error=f"{type(error).__name__}: {error}（{place}）")


def as_json(case_id: str, got: Got) -> Json:
    """One line of `--answers`; a failed case keeps its line and says why in `error`."""
    line: Json = {
        "id": case_id,
        "question": got.question,
        "standalone_question": got.standalone_question,
        "text": got.text,
        "refused": got.refused,
        "citations": [
            {
                "marker": c.marker,
                "doc_id": c.doc_id,
                "title": c.title,
                "heading_path": list(c.heading_path),
                "lead": c.lead,
                "page": c.page,
                "quote": c.quote,
            }
            for c in got.citations
        ],
        "evidence": [
            {
                "doc_id": e.doc_id,
                "heading_path": list(e.heading_path),
                "lead": e.lead,
                "text": e.text,
                "score": e.score,
            }
            for e in got.evidence
        ],
        "dropped_claims": got.dropped_claims,
        "model": got.model,
        "seconds": got.seconds,
        "fallback": got.fallback,
        "usage": got.usage,
    }
    return line | ({"error": got.error, "user_error": got.user_error} if got.error else {})


def from_json(line: Json) -> Got:
    """What `as_json` wrote; a KeyError or TypeError where it is no such line."""
    return Got(
        question=line["question"],
        standalone_question=line["standalone_question"],
        text=line["text"],
        refused=line["refused"],
        citations=tuple(
            GotCitation(**c | {"heading_path": tuple(c["heading_path"])}) for c in line["citations"]
        ),
        evidence=tuple(
            GotEvidence(**e | {"heading_path": tuple(e["heading_path"])}) for e in line["evidence"]
        ),
        dropped_claims=line["dropped_claims"],
        model=line["model"],
        seconds=line["seconds"],
        fallback=line.get("fallback", ""),
        usage=line.get("usage"),
        error=line.get("error", ""),
        user_error=line.get("user_error", False),
    )
