"""Outline: from a reader's blocks to sections with their heading paths.

`parse` does it all; `lead_of` and `labels_of` give the lead phrases of paragraphs and of list items
to whoever cuts passages.
"""

from index.outline.leads import labels_of, lead_of
from index.outline.parse import parse

__all__ = ["labels_of", "lead_of", "parse"]
