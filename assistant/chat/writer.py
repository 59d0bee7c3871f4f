"""An answer in a chat model's words over the default mode's evidence, released sentence by sentence.

Reads top to bottom: rewrite -> material -> stream -> check -> (release | repair | drop) -> Answer.
Whatever the model does, the default mode's answer stands behind it. Knows the draft and the
answer of the default mode; knows no library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.chat import rewriting, suggesting
from assistant.chat.cache import AnswerCache, key_of
from assistant.chat.checking import Checking
from assistant.chat.client import Client, Cut
from assistant.chat.failures import (
    CutOff,
    Declined,
    ModelFailed,
    NotFound,
    Silent,
    TooLong,
    TooSlow,
    Unproved,
    Unreadable,
)  # fmt: skip
from assistant.chat.grounds import Grounds
from assistant.chat.material import Material, material_of
from assistant.chat.prompts import fingerprint, prompt
from assistant.chat.released import Released
from assistant.chat.settings import ChatSettings
from assistant.chat.spending import Spending, estimated_tokens
from assistant.claims import Held
from assistant.drafts import Draft
from assistant.records import Answer, Turn
from assistant.refusal import REFUSAL
from assistant.statements import said

# A rewrite is short: it may take this share of the time, the answer needs the rest.
_REWRITE_SHARE = 0.3
# After these the model is asked on: they say nothing of the next request.
_PASSING = (Silent, Declined, Unreadable, TooLong, TooSlow, CutOff)


class Writer:
    """Writes with one chat model; safe to use from several threads."""

    def __init__(self, settings: ChatSettings) -> None:
        self.settings = settings
        self.client = Client(settings)
        self.cache = AnswerCache(settings.cache)
        self.fingerprint = settings.fingerprint + fingerprint()

    def begin(self, grounds: Grounds) -> Writing:
        """One question's dealings with the model; its time runs from now."""
        return Writing(self, grounds, Spending(self.settings))

    def suggestions(self, answer: Answer, answerable: Callable[[str], bool]) -> tuple[str, ...]:
        """Up to three questions that follow on an answer; () where the model gives none."""
        try:
            asked = suggesting.messages(answer)
            spending = Spending(self.settings)
            reply = self.client.complete(asked, spending, spending.left())
        except ModelFailed:
            return ()
        return suggesting.accepted(reply, answer, answerable)


class Writing:
    """One question: first `standalone`, then `write`."""

    def __init__(self, writer: Writer, grounds: Grounds, spending: Spending) -> None:
        self._writer, self._grounds, self._spending = writer, grounds, spending
        self._failed: ModelFailed | None = None

    def standalone(self, question: str, turns: Sequence[Turn], ruled: str) -> str:
        """The follow-up as the model puts it where that may be trusted, else `ruled`."""
        if not any(turn.role == "user" for turn in turns):
            return ruled
        asked = rewriting.messages(question, turns, ruled)
        most = self._writer.settings.timeout * _REWRITE_SHARE
        try:
            reply = self._writer.client.complete(asked, self._spending, most)
        except ModelFailed as error:
            self._failed = None if isinstance(error, _PASSING) else error
            return ruled
        return rewriting.accepted(reply, question, turns, ruled)

    def write(self, draft: Draft, answer: Answer) -> Iterator[str | Answer]:
        """The pieces as they pass, then the Answer; `answer` is the default mode's.

        A refusal and what the documents' structure says stay as they are.
        """
        if answer.refused or draft.told:
            yield from said(replace(answer, usage=self._spending.usage()))
            return
        material = self._material(answer.standalone_question, draft)
        key = key_of(material, self._grounds.settings_hash)
        if kept := self._writer.cache.get(key):
            yield from said(self._again(kept, answer))
            return
        released = Released(material, self._grounds.document, self._grounds.stands)
        try:
            yield from self._model_text(material, released)
        except ModelFailed as error:
            self._failed = error
        written = bool(released.text)
        if self._failed:
            yield from released.rest(answer)
        finished = self._finished(answer, released, written)
        if not finished.fallback:
            self._writer.cache.put(key, finished)
        yield finished

    def _material(self, question: str, draft: Draft) -> Material:
        grounds, settings = self._grounds, self._writer.settings
        whole = material_of(question, draft, grounds)
        bare = prompt("answer").messages(**_filling(whole))
        used = sum(estimated_tokens(str(m.content)) for m in bare)
        return whole.within(settings.prompt_tokens - used)

    def _model_text(self, material: Material, released: Released) -> Iterator[str]:
        """What passes of the model's text; raises ModelFailed where it is not a whole answer."""
        if self._failed:
            raise self._failed
        checking = Checking(self._writer.client, self._spending, material, released)
        held = Held(material.tokens)
        cut = False
        for piece in self._reply(material):
            cut = cut or isinstance(piece, Cut)
            found = held.feed(piece) if isinstance(piece, str) else []
            yield from self._passed(found, checking)
        yield from self._passed(held.close(cut), checking)
        if cut or held.half:
            raise CutOff
        if released.dropped > released.kept or not released.text:
            raise Unproved

    def _passed(self, sentences: Sequence[str], checking: Checking) -> Iterator[str]:
        for sentence in sentences:
            if REFUSAL.rstrip("。") in sentence:
                raise NotFound
            if piece := checking.passed(sentence):
                yield piece

    def _reply(self, material: Material) -> Iterator[str | Cut]:
        """The model's reply; asked again with the better half where the prompt was too long."""
        shorter: Material | None = material
        while shorter is not None:
            asked = prompt("answer").messages(**_filling(material, shorter.text, shorter.picks))
            try:
                yield from self._writer.client.stream(asked, self._spending)
                return
            except TooLong:
                shorter = shorter.shortened()
        raise TooLong

    def _finished(self, answer: Answer, released: Released, written: bool) -> Answer:
        settings = self._writer.settings
        fallback = _fallback(self._failed, written)
        dropped = answer.dropped_claims + released.dropped
        return replace(
            answer,
            text=released.text,
            citations=released.citations,
            dropped_claims=dropped,
            notes=(*answer.notes, *filter(None, (fallback, _left_out(dropped)))),
            confidence="low" if isinstance(self._failed, NotFound) else answer.confidence,
            model=settings.model if written else "",
            model_label=settings.shown if written else "",
            model_filing=settings.filing if written else "",
            fallback=fallback,
            usage=self._spending.usage(),
        )

    def _again(self, kept: Answer, answer: Answer) -> Answer:
        """A kept answer for the question as it was put this time."""
        assert kept.usage is not None
        return replace(
            kept,
            question=answer.question,
            standalone_question=answer.standalone_question,
            evidence=answer.evidence,
            notes=(*answer.notes, *filter(None, (_left_out(kept.dropped_claims),))),
            usage=replace(kept.usage, cached=True),
        )


def _filling(material: Material, text: str = "", picks: str = "") -> dict[str, str]:
    return {
        "example": f"[{next(iter(material.tokens))}]",
        "seal": material.seal,
        "material": text,
        "picked": picks,
        "question": material.sealed(material.question),
    }


def _left_out(dropped: int) -> str:
    return f"已略去 {dropped} 句未能在文件中核实的内容。" if dropped else ""


def _fallback(failed: ModelFailed | None, written: bool) -> str:
    if failed is None:
        return ""
    if written:
        return f"{failed.reason}，后面的内容由程序直接引自文件。"
    return f"{failed.reason}，这次的回答由程序直接引自文件。"
