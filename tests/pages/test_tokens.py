"""Contrast of the colours in tokens.css, in every set: 4.5 : 1, and 7 : 1 in 长辈版."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pages

SHEET = (Path(pages.__file__).parent / "tokens.css").read_text("utf-8")
SETS = {
    "light": (":root",),
    "dark": (":root", "body.dark"),
    "elder": (":root", ".elder", ".elder body:not(.dark)"),
    "elder dark": (":root", "body.dark", ".elder", ".elder body.dark"),
}
TEXTS = ("ink", "soft", "lake", "green", "amber", "red")
GROUNDS = ("paper", "raised", "tint")


def tokens(selectors: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for selector in selectors:
        block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", SHEET, re.S | re.M)
        assert block is not None, selector
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block.group(1)))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("name", SETS)
def test_text_stands_out_from_every_ground(name: str) -> None:
    colours = tokens(SETS[name])
    least = 7.0 if name.startswith("elder") else 4.5
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [("on-lake", "lake"), ("on-mark", "mark")]
    poor = {p: c for p in pairs if (c := contrast(colours[p[0]], colours[p[1]])) < least}
    assert poor == {}


@pytest.mark.parametrize("name", SETS)
def test_edges_of_fields_are_visible(name: str) -> None:
    colours = tokens(SETS[name])
    assert contrast(colours["edge"], colours["paper"]) >= 3
