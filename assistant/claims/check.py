"""Whether a sentence stands in the passages it cites: figures, years, names and wording.

Knows the passages as the model was given them; nothing of the model, the prompt or the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from assistant.claims.bearing import Passage, figure_problems
from assistant.claims.connecting import absent, connects
from assistant.claims.markers import clean_markers, markers_of, without_markers
from assistant.claims.naming import city_names, name_problems, place_names, section_problems
from assistant.claims.reading import read
from assistant.claims.records import Checked, Problem, Source
from assistant.claims.senses import sense_problems
from assistant.claims.times import time_problems
from assistant.claims.wording import plain

# A list item's dash and number.
_NUMBERED = re.compile(r"^\s*(?:[-*•]\s*)?(?:\d{1,2}[.．、)）](?!\d)\s*)?")


def check(sentence: str, sources: Mapping[int, Source], question: str = "") -> Checked:
    """The sentence against the passages it cites; markers may come in any usual form.

    `question`: what was asked. A sentence without a marker may take up its words.
    """
    text = clean_markers(sentence)
    markers = markers_of(text)
    claim = plain(_NUMBERED.sub("", without_markers(text)))
    unknown = [m for m in markers if m not in sources]
    if unknown:
        return Checked(text, markers, (Problem("marker", f"[{unknown[0]}]"),))
    if markers:
        problems = tuple(_problems(claim, [sources[m] for m in markers]))
    else:
        free = connects(claim, sources, question) or absent(claim, sources, question)
        problems = () if free else (Problem("marker", claim),)
    return Checked(text, markers, problems)


def _problems(claim: str, cited: list[Source]) -> Iterator[Problem]:
    passages = [_passage(source) for source in cited]
    names = city_names(claim).union(*(p.names for p in passages))
    reading = read(claim, tuple(sorted(names)))
    yield from figure_problems(reading, passages)
    yield from time_problems(reading, passages)
    yield from section_problems(claim, cited)
    yield from name_problems(claim, passages)
    yield from sense_problems(reading, passages)


@lru_cache(maxsize=1024)
def _passage(source: Source) -> Passage:
    text = plain(source.text)
    about = plain("\n".join((source.title, *source.heading_path, source.lead)))
    names = frozenset((*source.places, *place_names(text)))
    return Passage(read(text, tuple(sorted(names))), about, source.places, names)
