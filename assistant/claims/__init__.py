"""What a chat model writes, taken apart and checked against the passages it was given.

Pure functions: no network, no settings, no model. `Held` turns a stream into clean sentences,
`check` says whether a sentence stands in the passages it cites.
"""

from assistant.claims.check import check
from assistant.claims.held import Held
from assistant.claims.hints import hint
from assistant.claims.markers import clean_markers, markers_of
from assistant.claims.pointing import pointed
from assistant.claims.records import Checked, Kind, Problem, Source
from assistant.claims.sources import source_of

__all__ = [
    "Checked",
    "Held",
    "Kind",
    "Problem",
    "Source",
    "check",
    "clean_markers",
    "hint",
    "markers_of",
    "pointed",
    "source_of",
]
