"""Full and read-only disks, for real where this may be mounted."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pages.records import open_database
from pages.records.schema import audit
from tests.faults import disk
from tests.faults.clients import text_of
from tests.faults.servers import Servers, came_up
from tests.faults.tally import FIGURE, documents


@pytest.mark.skipif(not disk.can_mount(), reason="needs the right to mount (root on Linux)")
def test_a_full_or_read_only_disk_costs_nothing_that_was_there(tmp_path: Path) -> None:
    tally = disk.run(2, 1, tmp_path)
    assert tally.wrong == []
    assert tally.injected[disk.FULL] == 9 and tally.injected[disk.READ_ONLY] == 8


def test_a_full_disk_under_the_servers_own_log_stops_no_answer(
    started: Servers, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    server = started.order(documents(tmp_path / "docs"), data, log=Path("/dev/full"))
    assert came_up(server)
    with closing(open_database(data)) as database, database.writing() as connection:
        audit.drop(connection)  # so that there is something to be said for each answer
    for _ in range(2):
        assert FIGURE in text_of(server.ask())
    assert server.request("GET", "/readyz")[0] == 503
    server.kill()
