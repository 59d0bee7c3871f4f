"""What the tests of several processes share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from pages.records import Database, open_database
from tests.postgres import binaries, server


@pytest.fixture
def records(tmp_path: Path) -> Iterator[tuple[str, Database]]:
    """A PostgreSQL of the test's own: the address of a database in it, and the records kept there."""
    programs = binaries()
    assert programs is not None
    with server(programs) as url:
        with psycopg.connect(url.format(name="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE wengui")
        own = url.format(name="wengui")
        with closing(open_database(tmp_path, own)) as opened:
            yield own, opened
