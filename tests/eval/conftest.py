"""Gives each test its own data."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Runs are kept in the test's own folder, whatever WENGUI_DATA says."""
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"
