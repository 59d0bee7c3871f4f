"""A city's own colours made readable: darker or lighter until each set has its contrast.

Reads the grounds from tokens.css, which stays the one place of colours. Knows numbers only.
"""

from __future__ import annotations

import re
from pathlib import Path

SHEET = (Path(__file__).parent / "tokens.css").read_text("utf-8")
GROUNDS = ("paper", "raised", "tint")
AA, AAA = 4.5, 7.0  # WCAG 2.2 1.4.3 and 1.4.6: contrast of text with what it stands on
# Each set: the rules that make it up, outermost first, and the contrast it promises.
SETS = {
    ":root": ((":root",), AA),
    "body.dark": ((":root", "body.dark"), AA),
    ".elder body:not(.dark)": ((":root", ".elder", ".elder body:not(.dark)"), AAA),
    ".elder body.dark": ((":root", "body.dark", ".elder", ".elder body.dark"), AAA),
}
_STEPS = 100  # of the way to black or white


def tokens(rules: tuple[str, ...]) -> dict[str, str]:
    """The colours by name that these rules of tokens.css give together."""
    found: dict[str, str] = {}
    for rule in rules:
        block = re.search(rf"^{re.escape(rule)} \{{(.*?)^\}}", SHEET, re.S | re.M)
        if block is None:
            raise KeyError(rule)
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block.group(1)))
    return found


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white), as WCAG counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in _channels(colour)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def readable(colour: str, grounds: list[str], least: float) -> str:
    """The colour, moved towards black or white as little as gives every ground its contrast."""
    dark_ground = sum(map(_luminance, grounds)) / len(grounds) < 0.18  # middle grey
    end = "#ffffff" if dark_ground else "#000000"
    for step in range(_STEPS + 1):
        mixed = _mixed(colour, end, step / _STEPS)
        if all(contrast(mixed, ground) >= least for ground in grounds):
            return mixed
    return end


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def own_colours(main: str, accent: str) -> str:
    """Rules to follow tokens.css with a city's colours in all four sets; '' without any."""
    given = {name: c.lower() for name, c in (("lake", main), ("green", accent)) if c}
    rules = []
    for selector, (sets, least) in SETS.items() if given else ():
        known = tokens(sets)
        grounds = [known[name] for name in GROUNDS]
        made = {name: readable(colour, grounds, least) for name, colour in given.items()}
        if "lake" in made:
            lake = made["lake"]
            made["on-lake"] = max(("#ffffff", "#10202e"), key=lambda ink: contrast(ink, lake))
        rules.append(selector + " {" + "".join(f"--{n}: {c};" for n, c in made.items()) + "}")
    return "\n".join(rules)
