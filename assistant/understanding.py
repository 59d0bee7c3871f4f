"""The draft of a question in its conversation: which reading of a follow-up the documents bear out.

Knows the clerk and the conversation; knows neither how a draft is worded nor chat models.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from assistant.clerk import Clerk
from assistant.drafts import Draft
from assistant.readings import asked_anew, may_answer, other_places, other_readings, speaks_of
from assistant.records import Turn
from assistant.standalone import BESIDES, questions
from assistant.staying import staying

# Questions of which it is remembered what answered them: those of so many conversations at once.
_REMEMBERED = 200
_Found = tuple[str, Draft]  # a question as it was understood and what was drafted for it


class Understanding:
    """Drafts follow-ups, in the documents of their conversation first."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk
        self._similar = clerk.words.similar
        # A follow-up asks where the question before it was answered; that was drafted a moment ago.
        self._answered: OrderedDict[str, tuple[str, ...]] = OrderedDict()

    def drafted(
        self, question: str, standalone: str, turns: Sequence[Turn], doc_ids: Sequence[str] | None
    ) -> _Found:
        """The draft of a standalone question and that question.

        A follow-up is asked of the documents that the conversation is about, then of all. One that
        finds nothing as it was understood is tried with the last question's subject
        before it, and as it was asked. One that names a thing of which the answer does not speak is
        tried in other places of the last question: the documents tell which is meant.
        """
        stays = self._stays(standalone, turns) if turns and doc_ids is None else ()
        scopes = [stays, doc_ids] if stays else [doc_ids]
        for ids in scopes:
            found = self._read_as(question, standalone, turns, ids)
            if not found[1].refused:
                return self._surer(found, question, turns, ids) if turns else found
        tried = (self._loosely(question, standalone, turns, ids) for ids in scopes if turns)
        return next((t for t in tried if t), found)

    def _draft(self, text: str, doc_ids: Sequence[str] | None = None, before: str = "") -> Draft:
        draft = self._clerk.draft(text, doc_ids, before)
        if doc_ids is None and not before:
            if len(self._answered) >= _REMEMBERED:
                self._answered.popitem(last=False)
            self._answered[text] = _cited(draft)
        return draft

    def _stays(self, standalone: str, turns: Sequence[Turn]) -> tuple[str, ...]:
        """The documents that the conversation is about and the follow-up doesn't leave."""
        earlier = questions(turns, self._similar)[::-1]
        return staying(standalone, earlier, self._clerk.scopes, self._answered_in)

    def _answered_in(self, question: str) -> tuple[str, ...]:
        text = asked_anew(question)
        known = self._answered.get(text)
        return _cited(self._draft(text)) if known is None else known

    def _read_as(
        self, question: str, standalone: str, turns: Sequence[Turn], doc_ids: Sequence[str] | None
    ) -> _Found:
        draft = self._draft(asked_anew(standalone), doc_ids, _said_before(standalone, turns))
        if not turns or (not draft.refused and speaks_of(draft, question)):
            return standalone, draft
        others = other_places(question, standalone, turns, self._similar)
        if draft.refused:
            others += other_readings(question, standalone, turns, self._similar)
        for other in others:
            tried = self._draft(other, doc_ids)
            if not tried.refused and tried.confidence == "high" and speaks_of(tried, question):
                return other, tried
        return standalone, draft

    def _surer(
        self, found: _Found, question: str, turns: Sequence[Turn], doc_ids: Sequence[str] | None
    ) -> _Found:
        """Another reading's sure answer in the place of an unsure one to what was put together."""
        standalone, draft = found
        put_together = len(standalone) > len(question)
        if draft.confidence == "high" or not put_together or speaks_of(draft, question):
            return found
        return self._loosely(question, standalone, turns, doc_ids) or found

    def _loosely(
        self, question: str, standalone: str, turns: Sequence[Turn], doc_ids: Sequence[str] | None
    ) -> _Found | None:
        """Another reading of what was refused, though the answer says it in other words.

        What asks for more than was said has no other reading: it would be said again.
        """
        if standalone.startswith(BESIDES):
            return None
        for other in other_readings(question, standalone, turns, self._similar):
            tried = self._draft(other, doc_ids)
            if not tried.refused and tried.confidence == "high" and may_answer(tried, question):
                return other, tried
        return None


def _cited(draft: Draft) -> tuple[str, ...]:
    """The documents that a draft answers from; () for a refusal."""
    cited = (s.passage.doc_id for s in draft.statements if s.passage)
    return () if draft.refused else tuple(dict.fromkeys(cited))


def _said_before(standalone: str, turns: Sequence[Turn]) -> str:
    """What earlier answers said, where a question asks for more than that; else ''."""
    if not standalone.startswith(BESIDES):
        return ""
    return "\n".join(turn.content for turn in turns if turn.role == "assistant")
