"""Full and read-only disks, for real where this may be mounted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import disk


@pytest.mark.skipif(not disk.can_mount(), reason="needs the right to mount (root on Linux)")
def test_a_full_or_read_only_disk_costs_nothing_that_was_there(tmp_path: Path) -> None:
    tally = disk.run(2, 1, tmp_path)
    assert tally.wrong == []
    assert tally.injected[disk.FULL] == 9 and tally.injected[disk.READ_ONLY] == 8
