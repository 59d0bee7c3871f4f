"""Two real servers on one folder."""

from __future__ import annotations

from pathlib import Path

from tests.faults import sharing
from tests.faults.servers import Servers


def test_two_servers_share_a_folder(started: Servers, tmp_path: Path) -> None:
    assert sharing.two(started, 3, 1, tmp_path).wrong == []
