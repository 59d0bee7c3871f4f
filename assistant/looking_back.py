"""What a plan tells of the years before it, where a question asks about those: “十三五”建成了哪些.

Knows candidates and when each plan begins; knows no question words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from assistant.candidates import Candidate
from assistant.eras import STATUS

# What looks back goes before what a plan sets out to do where it is this near to the best.
BACK_MARGIN = 3.0


def looking_back(
    years: Set[int], candidates: Sequence[Candidate], begins: Mapping[str, int]
) -> Sequence[Candidate]:
    """The candidates that do not speak of a plan's own period, where only years before it are asked
    for and one of them is near the top; else all. `begins`: each plan's first year, by doc_id."""
    if not years or not candidates:
        return candidates
    kept = [c for c in candidates if not _ahead(c, years, begins.get(c.passage.doc_id, 0))]
    near = kept and kept[0].score >= candidates[0].score - BACK_MARGIN
    return kept if near else candidates


def _ahead(candidate: Candidate, years: Set[int], begin: int) -> bool:
    if max(years) >= begin or any(STATUS.search(h) for h in candidate.passage.heading_path):
        return False
    piece = candidate.piece
    return not (piece.years or piece.years_before) & years
