"""Marks for tests of what must hold whichever engine answers."""

from __future__ import annotations

import importlib.util

import pytest

needs_milvus = pytest.mark.skipif(
    importlib.util.find_spec("pymilvus") is None, reason="pymilvus is not installed"
)
MILVUS = pytest.param("milvus", marks=needs_milvus)
BOTH = ["embedded", MILVUS]
# Over a test that takes `settings`.
on_both = pytest.mark.parametrize("settings", BOTH, indirect=True)
