"""What a heading is: its text, how deep it stands, and the text printed on its own line.

The ranks of headings without a number stand here, beside those of numbering.RANKS.
"""

from __future__ import annotations

from dataclasses import dataclass

# Outermost first: an annex that holds a document, a document among several in one file, a part
# (前言, 附件), an attached table or figure; a sub-heading stands below every number.
ANNEX, DOCUMENT, PART, ATTACHMENT, SUBHEADING = -3.0, -2.0, -1.0, -0.9, 13.0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over the paragraphs from `end` on; `rest` is the text on its own line.

    `once`: it heads that rest only (摘要), and the text after it belongs to the place before.
    """

    text: str
    rank: float
    end: int
    rest: str = ""
    once: bool = False
