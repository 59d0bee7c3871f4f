"""Other ways to understand a follow-up that found nothing as it was first understood.

Knows the conversation and what was drafted; knows nothing of how it was found.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.counterparts import Similar, substitutions
from assistant.drafts import Draft
from assistant.followups import TIME, context, names_itself, topic, where
from assistant.items import points_to_item
from assistant.question import analyse, lacks_asked_kind
from assistant.records import Turn
from assistant.standalone import BESIDES, named_alone, questions
from assistant.terms import topic_words

# A longer question says itself what it is about.
_LONGEST = 30


def other_readings(
    question: str, standalone: str, turns: Sequence[Turn], similar: Similar
) -> list[str]:
    """The question with the last one's subject before it, and the question as it was asked."""
    if len(question) > _LONGEST or points_to_item(question):
        return []
    if standalone.startswith(BESIDES):
        return []  # another reading would repeat what was said
    previous = _last_question(turns, similar)
    subject = topic(previous)
    frame = context(previous, time=False, place=not where(question))
    joined = f"{frame}{subject}，{question}" if subject and subject not in question else ""
    alone = question if names_itself(question) else ""
    return [r for r in dict.fromkeys((joined, alone)) if r and r != standalone]


def other_places(
    question: str, standalone: str, turns: Sequence[Turn], similar: Similar
) -> list[str]:
    """What 投资呢 stands for besides, by other places that it may take in the last question.

    [] for a question that does more than name a thing.
    """
    what = named_alone(question)
    previous = _last_question(turns, similar)
    if not topic_words(what) or not previous:
        return []
    return [s for s in substitutions(previous, what) if s != standalone]


def _last_question(turns: Sequence[Turn], similar: Similar) -> str:
    return next(reversed(questions(turns, similar)), "")


def speaks_of(draft: Draft, question: str) -> bool:
    """Whether what was drafted says all that the question itself names: else it answers another."""
    words = topic_words(question)
    said = "".join(s.text + s.quote for s in draft.statements)
    return bool(words) and all(word in said for word in words)


def may_answer(draft: Draft, question: str) -> bool:
    """Whether a sure draft may answer a follow-up in other words than its own.

    Not where it asks of another time, for a reason or for a kind of thing that the draft lacks, nor
    where it asks for a figure of what the draft does not name.
    """
    asked = analyse(question)
    said = " ".join(s.text for s in draft.statements)
    if TIME.search(question) or asked.asks_any("why") or lacks_asked_kind(question, said):
        return False
    words = topic_words(question)
    figure = asked.asks_any("figure", "count")
    return not (figure and words) or any(word in said for word in words)


def asked_anew(standalone: str) -> str:
    """A question for more than was said, without the words that say so: they are in no document."""
    return standalone.removeprefix(BESIDES).lstrip("，")
