"""The assistant: standalone question -> find -> (refuse | answer) -> verify -> Answer.

With a chat model its Writer words the answer over the same evidence; without one nothing of
assistant/chat beyond its settings is loaded. A LangChain Runnable. Knows the library and the
settings; knows no file formats and no web page.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from assistant.chat.grounds import Grounds
from assistant.chat.settings import from_environment as chat_from_environment
from assistant.clerk import Clerk
from assistant.drafts import Draft
from assistant.figures import squeeze
from assistant.language import NOTE_ENGLISH, Wording, read, sound
from assistant.records import Answer, Evidence, Turn
from assistant.refusal import refusal_text
from assistant.romanized import in_characters
from assistant.settings import Settings, from_environment
from assistant.spelling import put_right
from assistant.standalone import standalone_question
from assistant.statements import assemble, said
from assistant.understanding import Understanding
from assistant.verify import quote_stands, without_unproved
from index.errors import UserError
from index.library import Library
from index.records import SourceDoc

if TYPE_CHECKING:
    from assistant.chat.writer import Writer
    from assistant.runnable import AssistantRunnable

# A conversation's turns that a follow-up may lean on; older ones are another topic.
_MEMORY = 8

NOTE_REPLACED = "《{old}》已由《{new}》替代，以上内容供查考，现行规定以后者为准。"
NOTE_SLIP = "问题中的“{typed}”按“{meant}”理解。"
NOTE_GUIDE = "本回答引自读本（由本项目据原文编写），正式引用以原文为准。"


class QuestionError(UserError):
    """The question can't be taken; the message says why and what to do."""


class Assistant:
    """Answers questions from one library, each sentence with its source."""

    def __init__(
        self, library: Library, settings: Settings | None = None, writer: Writer | None = None
    ) -> None:
        self.library = library
        self.settings = settings or from_environment()
        self.writer = writer  # None: the default mode
        self.clerk = Clerk(library, self.settings)
        self._understanding = Understanding(self.clerk)
        self._documents = {doc.doc_id: doc for doc in library.documents()}
        self._squeezed = lru_cache(maxsize=64)(lambda doc_id: squeeze(library.text(doc_id)))

    def ask(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Answer:
        """The answer to a question in its conversation; `doc_ids` narrows the documents.

        Raises QuestionError where the question is empty or too long.
        """
        return next(p for p in self.stream(question, history, doc_ids) if isinstance(p, Answer))

    def stream(
        self, question: str, history: Sequence[Turn] = (), doc_ids: Sequence[str] | None = None
    ) -> Iterator[str | Answer]:
        """The answer's sentences one by one as they are checked, then the Answer.

        The pieces put together are the Answer's text, with a chat model and without.
        """
        started = time.perf_counter()
        question = sound(question)
        wording = self._taken(question)
        turns = [self._heard(t) for t in list(history)[-_MEMORY:]]
        standalone = standalone_question(wording.text, turns, self.clerk.words.similar)
        writing = self.writer.begin(self._grounds()) if self.writer else None
        if writing:
            standalone = writing.standalone(wording.text, turns, standalone)
        standalone, draft = self._understanding.drafted(wording.text, standalone, turns, doc_ids)
        answer = self._composed(question, standalone, draft, wording.notes)
        for piece in writing.write(draft, answer) if writing else said(answer):
            yield self._finished(piece, started) if isinstance(piece, Answer) else piece

    def _composed(
        self, question: str, standalone: str, draft: Draft, notes: tuple[str, ...]
    ) -> Answer:
        """The default mode's answer: the documents' own sentences and cells, or a refusal."""
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
            settings_hash=self.settings_hash,
            seconds=0.0,
            notes=notes,
            confidence="none" if refused else draft.confidence,
        )

    def _finished(self, answer: Answer, started: float) -> Answer:
        guide = (NOTE_GUIDE,) if any(c.edition == "读本" for c in answer.citations) else ()
        notes = answer.notes + guide + self._replaced(answer)
        return replace(answer, notes=notes, seconds=time.perf_counter() - started)

    def _replaced(self, answer: Answer) -> tuple[str, ...]:
        """What is cited and no longer in force, each with what holds in its stead."""
        cited = [self._documents[i] for i in dict.fromkeys(c.doc_id for c in answer.citations)]
        return tuple(
            NOTE_REPLACED.format(old=old.title, new=self._documents[old.replaced_by].title)
            for old in cited
            if old.replaced_by in self._documents
        )

    @property
    def plain(self) -> Assistant:
        """The same in the default mode: quick, and nothing is asked of a chat model."""
        if self.writer is None:
            return self
        plain = copy(self)
        plain.writer = None
        return plain

    @property
    def settings_hash(self) -> str:
        """Of all that shapes an answer; with a chat model also its settings and the prompts."""
        if self.writer is None:
            return self.settings.settings_hash
        both = self.settings.settings_hash + self.writer.fingerprint
        return hashlib.sha256(both.encode()).hexdigest()[:12]

    def as_runnable(self) -> AssistantRunnable:
        """The same as a LangChain Runnable over {"question", "history"?, "doc_ids"?}."""
        # Here and not above: LangChain's runnables take 0.25 s and 20 MB, and no page needs them.
        from assistant.runnable import AssistantRunnable

        return AssistantRunnable(self)

    def suggestions(self, answer: Answer) -> tuple[str, ...]:
        """Questions that may follow on an answer, each one answerable; () without a chat model."""
        if self.writer is None:
            return ()
        return self.writer.suggestions(answer, lambda text: not self.clerk.draft(text).refused)

    @property
    def notice(self) -> str:
        """What a public page has to say of the chat model in use; "" in the default mode."""
        if self.writer is None:
            return ""
        chat = self.writer.settings
        filing = f"（备案号：{chat.filing}）" if chat.filing else ""
        return f"回答由人工智能模型{chat.shown}{filing}生成，逐句核对文件。"

    def document(self, doc_id: str) -> SourceDoc:
        """A document by its id."""
        return self._documents[doc_id]

    def _grounds(self) -> Grounds:
        return Grounds(
            document=self.document,
            stands=lambda citation: quote_stands(citation, self._squeezed(citation.doc_id)),
            evidence_k=self.settings.evidence_k,
            settings_hash=self.settings_hash,
        )

    def _taken(self, question: str) -> Wording:
        if not question.strip():
            raise QuestionError("请先输入要问的问题。")
        limit = self.settings.max_question
        if len(question) > limit:
            raise QuestionError(
                f"问题有{len(question)}个字，最多可以输入{limit}个字。请只留下要问的内容，或分几次提问。"
            )
        return self._spelled(read(question))

    def _spelled(self, wording: Wording) -> Wording:
        """The wording with mistyped words put right, and a note on each; names in characters."""
        frequency = self.clerk.finder.frequency
        english = NOTE_ENGLISH in wording.notes
        text = in_characters(wording.text, frequency) if english else wording.text
        text, slips = put_right(text, frequency)
        told = tuple(NOTE_SLIP.format(typed=s.typed, meant=s.meant) for s in slips)
        return Wording(text, wording.notes + told)

    def _heard(self, turn: Turn) -> Turn:
        """A turn of the conversation; a question as it was looked up."""
        text = sound(turn.content)
        spoken = self._spelled(read(text)).text if turn.role == "user" else text
        return Turn(turn.role, spoken)

    def _evidence(self, draft: Draft) -> tuple[Evidence, ...]:
        return tuple(
            Evidence(n, hit.passage, self._documents[hit.passage.doc_id].title, hit.score)
            for n, hit in enumerate(draft.hits[: self.settings.evidence_k], 1)
        )


def open_assistant(
    docs_dir: Path | None = None,
    settings: Settings | None = None,
    model: bool = True,
    build_if_needed: bool = True,
) -> Assistant:
    """The assistant over a folder of documents, its index brought up to date first if asked to.

    Without `model` it is in the default mode, whatever LLM_… say.
    """
    # Small products all: a second BLAS thread spins more than it computes (p50 14 ms against 37).
    threadpool_limits(1, user_api="blas")
    library = Library.open(docs_dir, build_if_needed)
    return Assistant(library, settings, _writer() if model else None)


def _writer() -> Writer | None:
    """The chat model of the environment; langchain-openai is loaded only where one is set."""
    chat = chat_from_environment()
    if chat is None:
        return None
    from assistant.chat.writer import Writer

    return Writer(chat)
