"""Records on both databases: SQLite always, PostgreSQL where Debian's server is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pages.records.database import Database, open_database
from pages.records.schema import metadata
from tests.postgres import binaries, server

ON_POSTGRES = pytest.param("postgresql", marks=pytest.mark.server)


def pytest_itemcollected(item: pytest.Item) -> None:
    if "postgres" in getattr(item, "fixturenames", ()):
        item.add_marker("server")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """URL of a running server of the tests' own, with {name} for the database's name."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    with server(programs) as url:
        yield url


@pytest.fixture(scope="session")
def on_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Records in a database of their own on the server."""
    with psycopg.connect(postgres.format(name="postgres"), autocommit=True) as server:
        server.execute("CREATE DATABASE records")
    opened = open_database(tmp_path_factory.mktemp("data"), postgres.format(name="records"))
    yield opened
    opened.close()


@pytest.fixture
def emptied_postgres(on_postgres: Database) -> Database:
    """The same, without what a test before has left."""
    with on_postgres.writing() as connection:
        for table in metadata.sorted_tables:
            connection.execute(table.delete())
    return on_postgres


@pytest.fixture(params=["sqlite", ON_POSTGRES])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Empty records on one of the two databases."""
    if request.param == "postgresql":
        yield request.getfixturevalue("emptied_postgres")
        return
    opened = open_database(tmp_path / "data")
    yield opened
    opened.close()
