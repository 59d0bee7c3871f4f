"""Several processes of 问规 behind nginx, on one PostgreSQL and one published index: started and ended.

Every process is `python app.py` as an operator starts it; nginx reads deploy/nginx.conf with ports and
certificate replaced. Knows how to start, kill and look; claims nothing.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 300.0  # seconds after which something that should come about is a failure
_PAUSE = 0.1


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on right now."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def until(true: Callable[[], bool], what: str) -> None:
    """Comes back once it is true; AssertionError past the deadline."""
    end = time.monotonic() + DEADLINE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(_PAUSE)


@dataclass
class Process:
    """One app.py; `number` tells its files from the others'."""

    number: int
    port: int
    folder: Path
    environ: dict[str, str]
    running: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "app.py", "--port", str(self.port), "--staff"]
        with (self.folder / f"app-{self.number}.log").open("ab") as log:
            self.running = subprocess.Popen(
                command, cwd=ROOT, env=os.environ | self.environ, stdout=log, stderr=log
            )

    def wait(self) -> None:
        """Until it takes visitors."""
        until(lambda: self.alive() and self.status("/readyz") == 200, f"{self.url} did not start")

    def alive(self) -> bool:
        assert self.running is not None and self.running.poll() is None, self.said()
        return True

    def end(self, number: signal.Signals) -> None:
        if self.running is not None:
            self.running.send_signal(number)
            self.running.wait()

    def said(self) -> str:
        return (self.folder / f"app-{self.number}.log").read_text("utf-8", errors="replace")

    def status(self, path: str) -> int:
        """The status of a GET; 0 where nothing listens."""
        try:
            return httpx2.get(self.url + path, trust_env=False, timeout=30).status_code
        except httpx2.HTTPError:
            return 0

    def index_hash(self) -> str:
        return str(
            httpx2.get(f"{self.url}/healthz", trust_env=False, timeout=30).json()["index_hash"]
        )

    def answers(self) -> int:
        """How many it has given since it was started."""
        text = httpx2.get(f"{self.url}/metrics", trust_env=False, timeout=30).text
        return int(
            sum(float(n) for n in re.findall(r"^wengui_answers_total\{.*\} (\S+)", text, re.M))
        )


@dataclass
class Cluster:
    """The processes and the address that visitors go to."""

    url: str
    processes: list[Process] = field(default_factory=list)


@contextmanager
def processes(folder: Path, environs: list[dict[str, str]]) -> Iterator[list[Process]]:
    """One app.py for each of the environments; all are ended at the end."""
    ports = free_ports(len(environs))
    started = [
        Process(n, p, folder, e) for n, (p, e) in enumerate(zip(ports, environs, strict=True), 1)
    ]
    try:
        for process in started:
            process.start()
        for process in started:
            process.wait()
        yield started
    finally:
        for process in started:
            process.end(signal.SIGKILL)


def nginx_conf(folder: Path, port: int, plain: int, ports: list[int]) -> str:
    """deploy/nginx.conf for processes on these ports, without TLS, within a whole configuration."""
    own = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    own = re.sub(r"^\s*(#\s*)?server 127\.0\.0\.1:\d+(.*)$", "", own, flags=re.M)
    assert "max_fails" not in own
    servers = "\n".join(f"    server 127.0.0.1:{p} max_fails=1 fail_timeout=5s;" for p in ports)
    own = own.replace("    keepalive 32;", f"{servers}\n    keepalive 32;")
    own = re.sub(r"^\s*ssl_.*$", "", own, flags=re.M)
    own = own.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    own = own.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    (folder / "wengui.conf").write_text(own, "utf-8")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    return (
        f"{user} daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary} include {folder}/wengui.conf; }}\n"
    )  # fmt: skip


@contextmanager
def cluster(folder: Path, environs: list[dict[str, str]]) -> Iterator[Cluster]:
    """One process for each of the environments, behind nginx; all are ended at the end."""
    front, plain, *ports = free_ports(len(environs) + 2)
    together = Cluster(f"http://127.0.0.1:{front}")
    for number, (port, environ) in enumerate(zip(ports, environs, strict=True)):
        together.processes.append(Process(number, port, folder, environ))
    conf = folder / "nginx.conf"
    conf.write_text(nginx_conf(folder, front, plain, ports), "utf-8")
    nginx = None
    try:
        for process in together.processes:
            process.start()
        for process in together.processes:
            process.wait()
        nginx = subprocess.Popen(["nginx", "-p", folder, "-c", conf], stderr=subprocess.DEVNULL)
        front_page = Process(-1, front, folder, {})
        until(lambda: front_page.status("/healthz") == 200, "nginx did not start")
        yield together
    finally:
        if nginx is not None:
            nginx.terminate()
            nginx.wait()
        for process in together.processes:
            process.end(signal.SIGKILL)
