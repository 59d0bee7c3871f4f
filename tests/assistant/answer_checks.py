"""What holds of every answer, whatever was asked; and asking with these checks on.

The comparison word for word is written out here once more, apart from the product's own.
"""

from __future__ import annotations

import re
from typing import Protocol

from assistant import Answer, Assistant, Turn
from assistant.refusal import REFUSAL
from index.library import Library

_MARKER = re.compile(r"\[(\d+)\]")


class Ask(Protocol):
    def __call__(
        self, question: str, *earlier: str, doc_ids: list[str] | None = None
    ) -> Answer: ...


def asker(assistant: Assistant) -> Ask:
    """Asks the earlier questions first, as one conversation; checks each answer."""

    def ask(question: str, *earlier: str, doc_ids: list[str] | None = None) -> Answer:
        history: list[Turn] = []
        for before in earlier:
            said = assistant.ask(before, history, doc_ids)
            history += [Turn("user", before), Turn("assistant", said.text)]
        answer = assistant.ask(question, history, doc_ids)
        wrong = faults(answer, assistant.library)
        assert not wrong, f"{question}: {wrong}\n{answer.text}"
        return answer

    return ask


def faults(answer: Answer, library: Library) -> list[str]:
    """What is wrong with an answer by itself; [] where nothing is."""
    found = [f"not word for word: {c.quote}" for c in answer.citations if not stands(c, library)]
    shown = list(dict.fromkeys(int(m) for m in _MARKER.findall(answer.text)))
    if shown != [c.marker for c in answer.citations]:
        found.append(f"markers {shown} against citations {answer.citations}")
    if shown != list(range(1, len(shown) + 1)):
        found.append("markers do not count from 1 in order of appearance")
    if answer.text.startswith(REFUSAL) != answer.refused:
        found.append("the refusal's text and `refused` disagree")
    if (answer.confidence == "none") != answer.refused:
        found.append("confidence and `refused` disagree")
    return found


def stands(citation: object, library: Library) -> bool:
    """Whether a quote stands in its document, and in the very section it names."""
    quote = re.sub(r"\s", "", citation.quote)
    passage = library.passage(citation.passage_id)
    return (
        bool(quote)
        and quote in re.sub(r"\s", "", library.text(citation.doc_id))
        and passage.doc_id == citation.doc_id
        and passage.heading_path == citation.heading_path
    )


def sources(answer: Answer) -> set[str]:
    """The documents an answer cites."""
    return {c.doc_id for c in answer.citations}


def headings(answer: Answer) -> str:
    """All headings cited, in one string."""
    return " ".join(h for c in answer.citations for h in c.heading_path)


def items(answer: Answer) -> list[str]:
    """The list items of an answer, markers taken off."""
    lines = [line for line in answer.text.split("\n") if line.startswith("- ")]
    return [_MARKER.sub("", line[2:]) for line in lines]
