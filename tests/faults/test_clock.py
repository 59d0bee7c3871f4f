"""The clock set back under a real server."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import clock


def test_the_clock_is_set_back_under_a_server(tmp_path: Path) -> None:
    library = clock.faketime()
    if library is None:
        pytest.skip("libfaketime is not installed")
    assert clock.back(library, [20, 3 * 24 * 60], tmp_path).wrong == []
