"""Contrast of the colours in tokens.css and of a city's own, in every set."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.colours import GROUNDS, SETS, contrast, own_colours, tokens

TEXTS = ("ink", "soft", "lake", "green", "amber", "red")
RULE = re.compile(r"^(.+?) \{(.*)\}$", re.M)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_of_black_and_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("name", SETS)
def test_text_stands_out_from_every_ground(name: str) -> None:
    rules, least = SETS[name]
    colours = tokens(rules)
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [("on-lake", "lake"), ("on-mark", "mark")]
    poor = {p: c for p in pairs if (c := contrast(colours[p[0]], colours[p[1]])) < least}
    assert poor == {}


@pytest.mark.parametrize("name", SETS)
def test_edges_of_fields_are_visible(name: str) -> None:
    colours = tokens(SETS[name][0])
    assert contrast(colours["edge"], colours["paper"]) >= 3


def test_without_colours_of_its_own_a_city_adds_no_rule() -> None:
    assert own_colours("", "") == ""


@given(COLOURS, COLOURS)
def test_any_colour_of_a_city_becomes_readable_in_every_set(main: str, accent: str) -> None:
    made = {
        rule: dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6});", inside.replace(" ", "")))
        for rule, inside in RULE.findall(own_colours(main, accent))
    }
    assert made.keys() == SETS.keys()
    for rule, colours in made.items():
        grounds = [tokens(SETS[rule][0])[name] for name in GROUNDS]
        least = SETS[rule][1]
        assert all(contrast(colours[n], g) >= least for n in ("lake", "green") for g in grounds)
        assert contrast(colours["on-lake"], colours["lake"]) >= 4.5


def test_a_colour_that_is_readable_already_stays_as_it_is() -> None:
    assert own_colours("#1f5a86", "").startswith(":root {--lake: #1f5a86;")
