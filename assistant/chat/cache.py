"""Answers kept by what they depend on: question, material and settings_hash. In memory only."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from assistant.chat.material import Material
from assistant.records import Answer


def key_of(material: Material, settings_hash: str) -> str:
    """The same for the same question, passages, picks and settings."""
    held = (settings_hash, material.question, material.text, material.picks)
    return hashlib.sha256("\0".join(held).encode()).hexdigest()


class AnswerCache:
    """The last `size` answers; size 0 keeps none. Safe to use from several threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Answer] = OrderedDict()

    def get(self, key: str) -> Answer | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, answer: Answer) -> None:
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
