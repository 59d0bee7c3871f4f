"""Times a build, a start and answers at 1, 10 and 100 times the documents; prints a table.

    python -m eval.bench [--docs DIR] [--scale 1 10 100] [--users 1 10 50] [--history FILE]

Linux or macOS (it asks `ps` for the memory). Each scale gets its own documents and its own data
directory in a temporary folder; the index in use is not touched. Prints what it measured and
judges nothing: the figures depend on the machine. Each measurement is added to bench.jsonl of the
data folder, and those made before are printed below it. Users ask in threads of one process, all
at once and without a pause: more than as many people do.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
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
from eval.runs import commit, now
from index.errors import SettingError, UserError
from index.settings import from_environment

ROOT = Path(__file__).parent.parent
_TEXT = frozenset({".txt", ".md", ".html", ".htm"})
CATALOG = "catalog.csv"
_HEAD_ID = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*---[^\0]{0,2000}?\ndoc_id[ \t]*:[ \t]*[\w-]+")
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


def documents_in(folder: Path) -> list[Path]:
    """The documents of a folder: its files, hidden ones and the catalog aside."""
    names = (p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith("."))
    return [p for p in names if p.name != CATALOG]


def catalog(folder: Path) -> list[dict[str, str]]:
    """The rows of the folder's catalog, none where it has none."""
    file = folder / CATALOG
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _copy_file(source: Path, target: Path, copy: int) -> None:
    """A copy of other content: an unchanged file would be recognised and not indexed again."""
    if not copy or source.suffix.lower() not in _TEXT:
        shutil.copyfile(source, target)
        return
    content = _HEAD_ID.sub(rb"\g<0>-c%d" % copy, source.read_bytes(), count=1)
    target.write_bytes(content + f"\n\n副本 {copy}。\n".encode())


def renamed(files: str, names: Mapping[str, str]) -> str:
    """A catalog's file cell, which may name several files, with the new names."""
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(known, lambda m: names[m.group()], files)


def multiply(docs: Path, target: Path, scale: int) -> int:
    """`scale` times the documents under new names and ids; the number of files written.

    The first copy keeps its names and ids, so that the cases find their documents.
    """
    target.mkdir(parents=True)
    rows, files = catalog(docs), documents_in(docs)
    written: list[dict[str, str]] = []
    for copy in range(scale):
        mark = f"-c{copy}" if copy else ""
        names = {file.name: f"{file.stem}{mark}{file.suffix}" for file in files}
        for file in files:
            _copy_file(file, target / names[file.name], copy)
        for row in rows:
            own = {"doc_id": row["doc_id"] + mark, "file": renamed(row["file"], names)}
            own |= {"title": row["title"] + (f"（副本{copy}）" if copy else "")}
            written.append(row | own)
    write_catalog(target, written)
    return scale * len(files)


def write_catalog(folder: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """The rows as the folder's catalog; nothing where there are none."""
    if rows:
        with (folder / CATALOG).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)


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


def _start(data: Path, docs: Path) -> tuple[float, float]:
    """Seconds until /healthz answers, and MiB of memory then."""
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
    start, rss = _start(data, copies)
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
    )


def rows(measured: Sequence[Measured]) -> list[list[str]]:
    """The table, one scale a row."""
    head = ["规模", "文件", "建索引（秒）", "含加载（秒）", "启动（秒）", "内存（MB）"]
    head += ["回答中位（毫秒）", "回答95%（毫秒）", "其中处理器", "索引（MB）"]
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
            with tempfile.TemporaryDirectory() as folder:
                measured.append(measure(options.docs.resolve(), scale, Path(folder), options.users))
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
