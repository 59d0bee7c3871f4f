"""Which words of a passage carry a sentence that a model wrote: the quote of its citation.

Knows one passage and one sentence; what it gives stands word for word in the passage.
"""

from __future__ import annotations

import re

from assistant.figures import normalise_figures, squeeze
from index.records import Passage
from index.sentences import sentences

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SPAN = 3  # sentences of a quote at the most
# Two characters in common are worth this much less with every further character of the quote.
_PER_CHARACTER = 0.1
# A figure in common is worth as much as so many pairs of characters.
_FIGURE = 6.0


def quote_for(passage: Passage, sentence: str) -> str:
    """The stretch of up to three sentences that shares most figures and words with `sentence`.

    A row of a table is quoted whole, as printed.
    """
    if passage.row is not None:
        return passage.row.text
    spans = sentences(passage.text)
    if not spans:
        return passage.text.strip()
    stretches = [
        passage.text[spans[first][0] : spans[last][1]]
        for first in range(len(spans))
        for last in range(first, min(first + _SPAN, len(spans)))
    ]
    return max(stretches, key=lambda stretch: _likeness(stretch, sentence)).strip()


def _likeness(stretch: str, sentence: str) -> float:
    mine, theirs = squeeze(normalise_figures(stretch)), squeeze(normalise_figures(sentence))
    figures = set(_NUMBER.findall(mine)) & set(_NUMBER.findall(theirs))
    pairs = _pairs(mine) & _pairs(theirs)
    return _FIGURE * len(figures) + len(pairs) - _PER_CHARACTER * len(mine)


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
