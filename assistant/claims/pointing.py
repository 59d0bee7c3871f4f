"""Gives a sentence that lacks a marker, or has a wrong one, the passage that does say it.

The only repair made without the model: the sentence's own words stay, and the check decides.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.claims.check import check
from assistant.claims.markers import without_markers
from assistant.claims.records import Checked, Source

_STOPS = "。！？!?；;：:"


def pointed(sentence: str, sources: Mapping[int, Source], question: str = "") -> Checked:
    """The sentence checked; where its marker alone is wrong, with the first passage that says it.

    Passages are tried in their order. Where none says it, the check of the sentence as it was.
    """
    checked = check(sentence, sources, question)
    if checked.ok or len(checked.markers) > 1:
        return checked
    bare = without_markers(checked.text).rstrip()
    end = bare[-1:] if bare[-1:] in _STOPS else ""
    for marker in sources:
        if marker not in checked.markers:
            again = check(f"{bare.removesuffix(end)}[{marker}]{end}", sources, question)
            if again.ok:
                return again
    return checked
