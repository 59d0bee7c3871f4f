"""Times a build, a start and answers at 1, 10 and 100 times the documents; prints a table.

    python -m eval.bench [--docs DIR] [--scale 1 10 100] [--users 1 10 50] [--history FILE]

Linux or macOS (it asks `ps` for the memory). Each scale gets its own documents and its own data
directory in a temporary folder, or with --keep in one that stays; the index in use is not touched.
Prints what it measured and judges nothing: the figures depend on the machine. Each measurement is
added to bench.jsonl of the data folder, and those made before are printed below it. Users ask in
threads of one process, all at once and without a pause: more than as many people do.
"""

from __future__ import annotations

import argparse
import json
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from eval.console import table
from eval.copies import documents_in, multiply
from eval.runs import commit, now
from index.errors import SettingError, UserError
from index.settings import from_environment

ROOT = Path(__file__).parent.parent
_POLL = 0.05  # seconds between two looks at /healthz
_START_LIMIT = 300.0  # seconds after which a start has failed


@dataclass(frozen=True, slots=True)
class Measured:
    """One scale. Seconds, except `rss_mb` (MiB after the start) and `index_mb` (MiB on disk)."""

    scale: int
    documents: int
    build: float
    build_whole: float  # imports included
    start: float
    rss_mb: float
    p50: float
    p95: float
    index_mb: float
    crowds: Mapping[str, float] = field(default_factory=dict)  # users -> seconds at 95 %
    cpu95: float = 0.0  # processor seconds of an answer at 95 %; 0: not measured then
    start_cpu: float = 0.0  # processor seconds of a start and stop; 0: not measured then
    search95: float = 0.0  # processor seconds of one search at 95 %; 0: not measured then


def _with_data(data: Path, *command: str) -> list[str]:
    return ["env", f"WENGUI_DATA={data}", sys.executable, *command]


def _measure(data: Path, task: str, docs: Path, *more: str) -> dict[str, float]:
    command = _with_data(data, "-m", "eval.timing", task, str(docs), *more)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or "没有说明").splitlines()[-1]
        raise SettingError(f"测量“{task}”没有成功：{last}")
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def free_port() -> int:
    """A port nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(data: Path, docs: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = _with_data(data, "app.py", "--port", str(port), "--docs", str(docs))
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _healthy(port: int) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(f"http://127.0.0.1:{port}/healthz", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def resident_mb(pid: int) -> float:
    """MiB of resident memory of a process, as ps tells it (in KiB)."""
    done = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=True)
    return int(done.stdout) / 1024


def _spent() -> float:
    """Processor seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _start(data: Path, docs: Path) -> tuple[float, float, float]:
    """Seconds until /healthz answers, MiB of memory then, and processor seconds up to the stop."""
    before = _spent()
    seconds, mb = _started(data, docs)
    return seconds, mb, _spent() - before


def _started(data: Path, docs: Path) -> tuple[float, float]:
    port = free_port()
    begin = time.perf_counter()
    with _served(data, docs, port) as process:
        while not _healthy(port):
            if process.poll() is not None or time.perf_counter() - begin > _START_LIMIT:
                raise SettingError("app.py 没有启动起来。请单独运行 python app.py 查看原因。")
            time.sleep(_POLL)
        return time.perf_counter() - begin, resident_mb(process.pid)


def size_mb(folder: Path) -> float:
    """MiB of all files under the folder."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 2**20


def measure(docs: Path, scale: int, folder: Path, users: Sequence[int] = ()) -> Measured:
    """Builds, starts and asks at one scale, in `folder`."""
    data, copies = folder / "data", folder / "docs"
    documents = multiply(docs, copies, scale)
    begin = time.perf_counter()
    build = _measure(data, "build", copies)["seconds"]
    whole = time.perf_counter() - begin
    start, rss, start_cpu = _start(data, copies)
    asked = _measure(data, "answer", copies)
    crowds = _measure(data, "users", copies, *map(str, users)) if users else {}
    return Measured(
        scale,
        documents,
        build,
        whole,
        start,
        rss,
        asked["p50"],
        asked["p95"],
        size_mb(data),
        crowds,
        asked["cpu95"],
        start_cpu,
        asked["search95"],
    )


@contextmanager
def _room(keep: Path | None, scale: int) -> Iterator[Path]:
    """A folder for one scale, which goes after unless it is to be kept."""
    if keep is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
        return
    folder = keep.resolve() / f"{scale}"
    if folder.exists():
        raise SettingError(f"{folder} 已经存在。请换一个 --keep 的文件夹，或先删去它。")
    yield folder


def rows(measured: Sequence[Measured]) -> list[list[str]]:
    """The table, one scale a row."""
    head = ["规模", "文件", "建索引（秒）", "含加载（秒）", "启动（秒）", "内存（MB）"]
    head += ["回答中位（毫秒）", "回答95%（毫秒）", "其中处理器", "索引（MB）"]
    head += ["启动处理器（秒）", "检索95%处理器（毫秒）"]
    crowds = list(dict.fromkeys(n for m in measured for n in m.crowds))
    head += [f"{n}人同问95%（毫秒）" for n in crowds]
    return [head] + [
        [
            f"{m.scale}倍",
            str(m.documents),
            f"{m.build:.1f}",
            f"{m.build_whole:.1f}",
            f"{m.start:.1f}",
            f"{m.rss_mb:.0f}",
            f"{m.p50 * 1000:.1f}",
            f"{m.p95 * 1000:.1f}",
            f"{m.cpu95 * 1000:.1f}" if m.cpu95 else "—",
            f"{m.index_mb:.1f}",
            f"{m.start_cpu:.1f}" if m.start_cpu else "—",
            f"{m.search95 * 1000:.1f}" if m.search95 else "—",
            *(f"{m.crowds[n] * 1000:.0f}" if n in m.crowds else "—" for n in crowds),
        ]
        for m in measured
    ]


def keep(history: Path, measured: Sequence[Measured]) -> None:
    """The measurements, a line each, added to those made before."""
    about = {"at": now(), "commit": commit()}
    history.parent.mkdir(parents=True, exist_ok=True)
    with history.open("a", encoding="utf-8") as stream:
        stream.writelines(
            json.dumps(about | asdict(m), ensure_ascii=False) + "\n" for m in measured
        )


def kept(history: Path) -> list[tuple[str, Measured]]:
    """When (and of which commit) with what was measured, the oldest first; [] without a file."""
    if not history.is_file():
        return []
    found = []
    for line in history.read_text(encoding="utf-8").splitlines():
        try:
            item = json.loads(line)
            found.append((f"{item.pop('at')} {item.pop('commit')}", Measured(**item)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SettingError(
                f"{history}：有一行不是测量记录（{error}）。请删去那一行。"
            ) from error
    return found


def history_rows(before: Sequence[tuple[str, Measured]]) -> list[list[str]]:
    """The table of what was measured, with its time and commit first."""
    head, *lines = rows([m for _, m in before])
    return [
        ["时间和版本", *head],
        *([when, *line] for (when, _), line in zip(before, lines, strict=True)),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="测量速度和内存")
    parser.add_argument("--docs", type=Path, default=ROOT / "source_docs", help="文件夹")
    parser.add_argument("--scale", type=int, nargs="+", default=[1, 10, 100], help="文件的倍数")
    parser.add_argument("--users", type=int, nargs="*", default=[1, 10, 50], help="同时提问的人数")
    parser.add_argument(
        "--keep", type=Path, help="文件和索引留在这个文件夹里（每个倍数一个），缺省为用后删去"
    )
    parser.add_argument(
        "--history", type=Path, help="记在这个文件里，缺省为数据文件夹的 bench.jsonl"
    )
    options = parser.parse_args(arguments)
    try:
        history = options.history or from_environment().data_dir / "bench.jsonl"
        before = kept(history)
        if not options.docs.is_dir() or not documents_in(options.docs):
            raise SettingError(f"{options.docs}：没有文件可测。请用 --docs 指定文件夹。")
        measured = []
        for scale in options.scale:
            print(f"正在测量 {scale} 倍……", file=sys.stderr)
            with _room(options.keep, scale) as folder:
                measured.append(measure(options.docs.resolve(), scale, folder, options.users))
        keep(history, measured)
        print(table(rows(measured)))
        if before:
            print(f"\n以前测得的：\n{table(history_rows(before))}")
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
