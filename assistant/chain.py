"""The assistant: standalone question -> find -> (refuse | answer) -> verify -> Answer.

A LangChain Runnable. Knows the library and the settings; knows no file formats and no web page.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from langchain_core.runnables import Runnable, RunnableLambda
from threadpoolctl import threadpool_limits

from assistant.clerk import Clerk, Draft
from assistant.figures import squeeze
from assistant.language import Wording, read
from assistant.records import Answer, Evidence, Turn
from assistant.refusal import refusal_text
from assistant.settings import Settings, from_environment
from assistant.standalone import standalone_question
from assistant.statements import assemble
from assistant.verify import without_unproved
from index.errors import UserError
from index.library import Library
from index.records import SourceDoc

# A conversation's turns that a follow-up may lean on; older ones are another topic.
_MEMORY = 8
_PIECES = re.compile(r"[^。\n]*[。\n]?")

NOTE_GUIDE = "本回答引自读本（由本项目据原文编写），正式引用以原文为准。"


class QuestionError(UserError):
    """The question can't be taken; the message says why and what to do."""


class Assistant:
    """Answers questions from one library, each sentence with its source."""

    def __init__(self, library: Library, settings: Settings | None = None) -> None:
        self.library = library
        self.settings = settings or from_environment()
        self.clerk = Clerk(library, self.settings)
        self._documents = {doc.doc_id: doc for doc in library.documents()}
        self._squeezed = lru_cache(maxsize=64)(lambda doc_id: squeeze(library.text(doc_id)))

    def ask(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Answer:
        """The answer to a question in its conversation; `doc_ids` narrows the documents.

        Raises QuestionError where the question is empty or too long.
        """
        started = time.perf_counter()
        wording = self._taken(question)
        standalone = standalone_question(
            wording.text, list(history)[-_MEMORY:], self.clerk.words.similar
        )
        draft = self.clerk.draft(standalone, doc_ids)
        text, citations = assemble(
            draft.nearest if draft.refused else draft.statements, self.document
        )
        text, citations, dropped = without_unproved(text, citations, self._squeezed)
        refused = draft.refused or not text
        if refused:
            text = refusal_text(standalone, text, draft.hits, self.library.documents())
        return Answer(
            question=question,
            standalone_question=standalone,
            text=text,
            citations=citations,
            evidence=self._evidence(draft),
            refused=refused,
            dropped_claims=dropped,
            model="",
            settings_hash=self.settings.settings_hash,
            seconds=time.perf_counter() - started,
            notes=wording.notes
            + ((NOTE_GUIDE,) if any(c.edition == "读本" for c in citations) else ()),
            confidence="none" if refused else draft.confidence,
        )

    def stream(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Iterator[str | Answer]:
        """The answer's sentences one by one, then the Answer, whose text holds in the end."""
        answer = self.ask(question, history, doc_ids)
        yield from (piece for piece in _PIECES.findall(answer.text) if piece)
        yield answer

    def as_runnable(self) -> Runnable[dict[str, Any], Answer]:
        """The same as a LangChain Runnable over {"question", "history"?, "doc_ids"?}."""
        return RunnableLambda(
            lambda given: self.ask(
                given["question"], given.get("history", ()), given.get("doc_ids")
            )
        )

    def document(self, doc_id: str) -> SourceDoc:
        """A document by its id."""
        return self._documents[doc_id]

    def _taken(self, question: str) -> Wording:
        if not question.strip():
            raise QuestionError("请先输入要问的问题。")
        limit = self.settings.max_question
        if len(question) > limit:
            raise QuestionError(
                f"问题有{len(question)}个字，最多可以输入{limit}个字。请只留下要问的内容，或分几次提问。"
            )
        return read(question)

    def _evidence(self, draft: Draft) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(n, hit.passage, self._documents[hit.passage.doc_id].title, hit.score)
            for n, hit in enumerate(draft.hits[: self.settings.evidence_k], 1)
        )


def open_assistant(docs_dir: Path | None = None, settings: Settings | None = None) -> Assistant:
    """The assistant over a folder of documents, its index brought up to date first."""
    # Small products all: a second BLAS thread spins more than it computes (p50 14 ms against 37).
    threadpool_limits(1, user_api="blas")
    return Assistant(Library.open(docs_dir), settings)
