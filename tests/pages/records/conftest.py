"""Records on both databases: SQLite always, PostgreSQL where Debian's server is installed.

The server is the tests' own: a new cluster in a temporary folder, on a socket in that folder alone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pages.records.database import Database, open_database
from pages.records.schema import metadata


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    own = shutil.which("initdb")
    return found[-1].parent if found else Path(own).parent if own else None


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a running server of the tests' own, up to the '/' before the database's name."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    folder = Path(f"/tmp/wengui-pg-{uuid.uuid4().hex[:8]}")  # a socket's path must be short
    folder.mkdir(mode=0o755)
    # The server refuses to run as root.
    run_as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if run_as:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    run = {"check": True, "capture_output": True, "cwd": "/"}
    subprocess.run([*run_as, binaries / "initdb", "-D", data, "-U", "wengui", "-A", "trust"], **run)
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    control = [*run_as, str(binaries / "pg_ctl"), "-D", str(data), "-w", "-s"]
    log = ["-l", str(folder / "log")]
    subprocess.run([*control, *log, "-o", options, "start"], check=True, cwd="/")
    try:
        yield f"postgresql://wengui@/{{name}}?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def on_postgres(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Records in a database of their own on the server."""
    with psycopg.connect(postgres.format(name="postgres"), autocommit=True) as server:
        server.execute("CREATE DATABASE records")
    opened = open_database(tmp_path_factory.mktemp("data"), postgres.format(name="records"))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Empty records on one of the two databases."""
    if request.param == "postgresql":
        kept: Database = request.getfixturevalue("on_postgres")
        with kept.writing() as connection:
            for table in metadata.sorted_tables:
                connection.execute(table.delete())
        yield kept
        return
    opened = open_database(tmp_path / "data")
    yield opened
    opened.close()
