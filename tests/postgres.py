"""A PostgreSQL server of the tests' own: a new cluster in a temporary folder, on a socket there alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """Where Debian or PATH has the server's programs; None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    own = shutil.which("initdb")
    return found[-1].parent if found else Path(own).parent if own else None


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """URL of a running server, with {name} for the database's name; it has but "postgres"."""
    folder = Path(f"/tmp/wengui-pg-{uuid.uuid4().hex[:8]}")  # a socket's path must be short
    folder.mkdir(mode=0o755)
    # The server refuses to run as root.
    run_as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if run_as:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    run = {"check": True, "capture_output": True, "cwd": "/"}
    subprocess.run([*run_as, programs / "initdb", "-D", data, "-U", "wengui", "-A", "trust"], **run)
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    control = [*run_as, str(programs / "pg_ctl"), "-D", str(data), "-w", "-s"]
    log = ["-l", str(folder / "log")]
    subprocess.run([*control, *log, "-o", options, "start"], check=True, cwd="/")
    try:
        yield f"postgresql://wengui@/{{name}}?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **run)
        shutil.rmtree(folder)
