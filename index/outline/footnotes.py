"""Footnotes as exports print them: [footnoteRef:n] in the sentence, [n: …] at the paragraph's end.

Takes both out of a paragraph, so that the sentence reads on, and keeps the notes' texts.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"\[footnoteRef:\s*\d+\]")
_NOTE = re.compile(r"\s*\[\d{1,3}:\s+((?:[^\[\]]|\[[^\[\]]*\])+)\]")


def split(text: str) -> tuple[str, list[str]]:
    """The paragraph without marks and notes, and the notes in order."""
    if "[" not in text:
        return text, []
    notes = [note.strip() for note in _NOTE.findall(text)]
    return _MARK.sub("", _NOTE.sub("", text)).strip(), notes
