"""Answers as Markdown: footnotes for sources, the label in the text and in the front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from itertools import count

from pages.citing import Kept, Source, label
from pages.export.label import FIELD, implicit
from pages.export.text import Block, aside, blocks, note, runs, title

# Signs that would make markup of a document's text; emphasis is a model's own.
_SIGNS = re.compile(r"([\\`*_<>\[\]|~])")
_MODEL_SIGNS = re.compile(r"([\\`<>\[\]|~])")
_LINE_START = re.compile(r"^(\s*)([#+>-]|\d+\.)")


def markdown(answers: Sequence[Kept], producer: str) -> bytes:
    """A UTF-8 file of these answers (at least one); `producer` is who answers for them."""
    notes: list[str] = []
    numbers = count(1)
    parts = [_answer(answer, numbers, notes) for answer in answers]
    text = "\n\n".join((*parts, "\n".join(notes))).rstrip() + "\n"
    name, mark = _quoted(title(answers)), _quoted(implicit(producer, text))
    return f"---\ntitle: {name}\n{FIELD}: {mark}\n---\n\n{text}".encode()


def _quoted(text: str) -> str:
    """JSON's strings are YAML's; a reader that knows no front matter finds no tag in it either."""
    return json.dumps(text, ensure_ascii=False).replace("<", "\\u003c")


def _answer(answer: Kept, numbers: count[int], notes: list[str]) -> str:
    signs = _MODEL_SIGNS if answer.model else _SIGNS

    def written(text: str) -> str:
        return "".join(map(one, runs(text, answer.sources)))

    def one(run: str | Source) -> str:
        if isinstance(run, str):
            return signs.sub(r"\\\1", run)
        number = next(numbers)
        notes.append(f"[^{number}]: {_SIGNS.sub(_ESCAPED, note(run))}")
        return f"[^{number}]"

    body = "\n\n".join(_block(block, written) for block in blocks(answer.text))
    beside = "\n\n".join(f"> {_SIGNS.sub(_ESCAPED, said)}" for said in aside(answer))
    head = f"## {_SIGNS.sub(_ESCAPED, ' '.join(answer.question.split()))}"
    mark = f"*{_SIGNS.sub(_ESCAPED, label(answer.model, answer.filing))}*"
    return "\n\n".join(part for part in (head, body, beside, mark) if part)


_ESCAPED = r"\\\1"


def _block(block: Block, written: Callable[[str], str]) -> str:
    if block.kind == "table":
        head, *rest = (" | ".join(map(written, row)) for row in block.rows)
        rule = " | ".join("---" for _ in block.rows[0])
        return "\n".join(f"| {line} |" for line in (head, rule, *rest))
    if block.kind == "item":
        return f"- {written(block.text)}"
    return _LINE_START.sub(r"\1\\\2", written(block.text))
