"""What a checked sentence is made of, one frozen dataclass a stage. Imports nothing local."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "marker",  # no marker, one outside the evidence, or one on a passage that does not say it
    "figure",  # a number that the cited passages do not hold
    "unit",  # the number stands there with another unit
    "inequality",  # 约, 超过, 以上, 以下 or a range differ
    "year",  # a year that is not there, or the figure is another year's
    "ratio",  # a proportion or a series that is not there (1:2, 3.8:45.2:51)
    "subject",  # the figure is another indicator's
    "place",  # the figure or the sentence is another place's
    "name",  # a quoted or proper name that is not there
    "section",  # a chapter or section other than the passage's
    "polarity",  # negation, direction or certainty turned round
    "unsupported",  # too few of the sentence's words stand in the cited passages
]


@dataclass(frozen=True, slots=True)
class Source:
    """One passage as the model was given it. `places`: the cities the whole document is about."""

    marker: int
    title: str
    heading_path: tuple[str, ...]
    lead: str
    text: str
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a sentence is not released. `said`: the words of the sentence that are not borne out."""

    kind: Kind
    said: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with its markers as [n] at its end, and what is wrong with it."""

    text: str
    markers: tuple[int, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the sentence may be shown."""
        return not self.problems
