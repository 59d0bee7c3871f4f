"""What could be asked next, as the model puts it; only what the documents can answer is kept.

Knows an answer and its evidence; whether a question can be answered is asked of the chain.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from langchain_core.messages import BaseMessage

from assistant.chat.material import Material
from assistant.chat.prompts import prompt
from assistant.records import Answer

COUNT = 3
_LONGEST = 40  # characters of a question
_NUMBERING = re.compile(r"^\s*(?:[-*•·]|\d+\s*[.、）)]|[一二三]、|[（(]\d+[）)])\s*")


def messages(answer: Answer) -> list[BaseMessage]:
    """The prompt that asks for questions on the sections an answer leans on."""
    fence = Material(answer.standalone_question, answer.evidence, ())
    places = (" › ".join((f"《{e.title}》", *e.passage.heading_path)) for e in answer.evidence)
    return prompt("suggest").messages(
        count=str(COUNT),
        seal=fence.seal,
        sections=fence.sealed("\n".join(dict.fromkeys(places))),
        question=fence.sealed(answer.standalone_question),
    )


def accepted(reply: str, answer: Answer, answerable: Callable[[str], bool]) -> tuple[str, ...]:
    """The questions of a reply that are new, short and answerable; COUNT at the most."""
    lines = dict.fromkeys(_NUMBERING.sub("", line).strip() for line in reply.splitlines())
    asked = {answer.question, answer.standalone_question}
    usable = [t for t in lines if t.endswith(("？", "?")) and len(t) <= _LONGEST and t not in asked]
    return tuple([text for text in usable[: 2 * COUNT] if answerable(text)][:COUNT])
