"""Memory that is free in this process, handed back to the system. Knows nothing of what used it."""

from __future__ import annotations

import ctypes
import gc
import sys


def hand_back() -> None:
    """Collects what is in cycles, then trims."""
    gc.collect()
    trim()


def trim() -> None:
    """Has the allocator return what lies free.

    glibc keeps what was freed between what is still in use (docs/sizes.md): 13 MB after a start. Other
    systems' allocators are left to themselves.
    """
    give = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if give is not None:
        give(0)
