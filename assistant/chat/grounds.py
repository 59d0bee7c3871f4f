"""What the chain lends a chat model's writer. Imports no chat library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.records import Citation
from index.records import SourceDoc


@dataclass(frozen=True, slots=True)
class Grounds:
    """A document by its id, whether a quote stands in it, and what bounds and marks an answer."""

    document: Callable[[str], SourceDoc]
    stands: Callable[[Citation], bool]
    evidence_k: int  # passages by rank that the model is given, beside those the answer cites
    settings_hash: str
