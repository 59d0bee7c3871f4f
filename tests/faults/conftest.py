"""One zygote for all trials with servers: importing everything takes longer than the trials."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.faults.servers import Servers, servers


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    if sys.platform != "linux":
        pytest.skip("servers are killed through Linux's pidfd")
    with servers(tmp_path_factory.mktemp("servers")) as running:
        yield running
