"""Clients that are gone, and a model that hangs: a real server over real sockets."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults import clients
from tests.faults.clients import MANY, hanging, hung_model, vanished
from tests.faults.servers import Servers
from tests.faults.tally import Tally, documents


def test_fifty_clients_that_vanish_leave_nothing_behind(started: Servers, tmp_path: Path) -> None:
    server = started.start(documents(tmp_path / "docs"), tmp_path / "data", **MANY)
    tally = Tally()
    vanished(server, 50, random.Random(1), tally)
    assert tally.wrong == []
    assert tally.survived[clients.STREAM] == 51 and tally.survived[clients.PAGE] == 26


def test_a_model_that_hangs_costs_its_timeout_and_stops_nobody_else(
    started: Servers, tmp_path: Path
) -> None:
    docs, tally = documents(tmp_path / "docs"), Tally()
    with hanging() as url:
        hung_model(started, docs, tmp_path / "data", url, 10, tally)
    assert tally.wrong == []
