"""Real engine servers of the tests' own: `chroma run`, and Milvus Lite behind its port.

Each keeps its port when it is killed and started again, as a server that an operator restarts does.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

# What the package's own command does, by the Python that runs the tests.
_CHROMA = "import sys; from chromadb.cli.cli import app; sys.exit(app())"
_SECONDS, _PAUSE = 60.0, 0.05


@dataclass
class EngineServer:
    """A server on a port of this machine."""

    command: Sequence[str]
    port: int
    said: Path
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Comes back once it listens."""
        with self.said.open("ab") as said:
            self.running = subprocess.Popen(self.command, stdout=said, stderr=said)
        end = time.monotonic() + _SECONDS
        while not self._listens():
            assert self.running.poll() is None and time.monotonic() < end, self.said.read_text()
            time.sleep(_PAUSE)

    def kill(self) -> None:
        """As a power cut does."""
        if self.running is not None:
            self.running.kill()
            self.running.wait()
            self.running = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It still listens, and answers nothing."""
        assert self.running is not None
        os.kill(self.running.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.running.pid, signal.SIGCONT)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def chroma(folder: Path) -> EngineServer:
    """A Chroma server with its data in `folder`; not started."""
    port = _free_port()
    own = ["run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    return EngineServer([sys.executable, "-c", _CHROMA, *own], port, folder.with_name("chroma.log"))


def milvus(folder: Path) -> EngineServer:
    """Milvus Lite as a server of its own, which pymilvus calls as it calls a cluster."""
    port = _free_port()
    own = ["server", "--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    return EngineServer(
        [sys.executable, "-m", "milvus_lite", *own], port, folder.with_name("milvus.log")
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


_no_milvus = importlib.util.find_spec("milvus_lite") is None
needs_milvus = pytest.mark.skipif(_no_milvus, reason="milvus-lite is not installed")
ENGINES = ["chroma", pytest.param("milvus", marks=needs_milvus)]  # the kinds, for a fixture


@contextmanager
def engine(kind: str, folder: Path) -> Iterator[EngineServer]:
    """A server of a kind of ENGINES that listens, gone at the end."""
    made = (chroma if kind == "chroma" else milvus)(folder)
    made.start()
    try:
        yield made
    finally:
        made.kill()
