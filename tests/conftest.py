"""What every test shares: markers by folder, temporary folders in memory, the shipped model."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

from index.embeddings import StaticEmbeddings

HERE = Path(__file__).parent
# Folders whose tests all bear a marker (pyproject.toml says what each means). Where the marker is
# deselected they are not even imported: torch, Playwright and the attacks take seconds.
MARKED = {"browser": "browser", "faults": "server", "attacks": "server", "training": "long"}
# Indexes and databases write through to the disk again and again; in memory that costs nothing.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30

# Bytecode is kept though the environment may forbid it: compiling anew what is tested, here and in
# each server that a test starts, takes longer than most tests.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
    OWN = Path(tempfile.mkdtemp(prefix="wengui-tests-", dir=MEMORY))
    os.environ["TMPDIR"] = str(OWN)
    tempfile.tempdir = None  # asked anew
else:
    OWN = None  # the environment's, or of the process whose worker this is

# The same examples each time, and none judged by how long it took.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")


def _marker(path: Path) -> str | None:
    inside = path.relative_to(HERE).parts if HERE in path.parents else ()
    return MARKED.get(inside[0]) if inside else None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    marker = _marker(collection_path)
    return True if marker and f"not {marker}" in config.option.markexpr else None


def pytest_itemcollected(item: pytest.Item) -> None:
    if marker := _marker(item.path):
        item.add_marker(marker)


def pytest_collection_finish() -> None:
    """What was imported stays: the collector need not look at it again at each test."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(exitstatus: int) -> None:
    """What failed is kept to be looked at."""
    if OWN and exitstatus != pytest.ExitCode.TESTS_FAILED:
        shutil.rmtree(OWN, ignore_errors=True)


@pytest.fixture(scope="session")
def model() -> StaticEmbeddings:
    """The shipped model, loaded once."""
    return StaticEmbeddings()
