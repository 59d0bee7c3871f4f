"""Markers in every form models write them become [n] before the full stop."""

from __future__ import annotations

import pytest

from assistant.claims.markers import clean_markers, markers_of

FORMS = {
    "达到4.6个[1,2]。": "达到4.6个[1][2]。",
    "达到4.6个[1-3]。": "达到4.6个[1][2][3]。",
    "达到4.6个【1】。": "达到4.6个[1]。",
    "达到4.6个[^1]。": "达到4.6个[1]。",
    "达到4.6个(见1)。": "达到4.6个[1]。",
    "达到4.6个（见[1]）。": "达到4.6个[1]。",
    "达到4.6个［1］。": "达到4.6个[1]。",
    "达到4.6个①。": "达到4.6个[1]。",
    "达到4.6个“来源1”。": "达到4.6个[1]。",
    "达到4.6个（来源1、2）。": "达到4.6个[1][2]。",
    "达到4.6个（材料1和材料3）。": "达到4.6个[1][3]。",
    "达到4.6个。[1] [2]": "达到4.6个[1][2]。",
    "达到4.6个[1]、[2]。": "达到4.6个[1][2]。",
    "达到4.6个[citation:1][citation:3]。": "达到4.6个[1][3]。",
    "达到4.6个【1†来源】。": "达到4.6个[1]。",
    "达到4.6个<sup>1</sup>。": "达到4.6个[1]。",
    "达到4.6个^[2]^。": "达到4.6个[2]。",
    "达到4.6个¹。": "达到4.6个[1]。",
    "达到4.6个[1](#a)。": "达到4.6个[1]。",
    "参见来源1。": "[1]。",
    "甲6家[1]，乙20家[2]。": "甲6家[1]，乙20家[2]。",
}
NO_MARKERS = ["①达到4.6个。", "第（1）项", "面积3km²。", "（一）总体要求", "PM2.5 [5G]"]


@pytest.mark.parametrize("written", FORMS)
def test_a_form_of_marker(written: str) -> None:
    assert clean_markers(written) == FORMS[written]


@pytest.mark.parametrize("text", NO_MARKERS)
def test_what_is_no_marker_stays(text: str) -> None:
    assert clean_markers(text) == text


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("4.6个[k7f2]。", (1,)),
        ("4.6个【K7F2, zz81】。", (1, 2)),
        ("4.6个（zz81）。", (2,)),
        ("4.6个[q9q9]。", (0,)),  # a token that was not given
        ("4.6个[1]。", (0,)),  # numbers were not given either
        ("PM2.5 [5G]", ()),
    ],
)
def test_opaque_tokens(written: str, numbers: tuple[int, ...]) -> None:
    assert markers_of(clean_markers(written, {"k7f2": 1, "zz81": 2})) == numbers
