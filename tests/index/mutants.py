"""Damaged and hostile documents by the thousand, through the readers and the whole intake.

    python -m tests.index.mutants [--count 2000] [--seed 1]

Small own documents of each format are mutated by seed: bytes, pieces, numbers, markup, the parts of a
.docx. Some reach for a file outside the folder or for an address; a canary file and a listening
socket tell whether anything came through. Exit code 1, with the first cases, where a file did
anything but give blocks or one DocumentError in time.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import socket
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import docx

from index import readers
from index.errors import DocumentError
from index.outline import parse
from index.passages import split
from index.readers import worker
from tests.index.readers.conftest import PdfPage, build_pdf

CANARY = "CANARY-7f3a-outside-the-folder"
SECONDS = 20.0  # what one file may take on a machine that does nothing else is far less
_TEXT = """第一篇 总则
第一章 目标
第一节 主要目标
到2025年，新增公园12个，建成区绿化覆盖率达到43%以上。
一、教育
（一）学校
1. 新建学校8所。
表1 主要指标
指标\t2020年\t2025年
公园（个）\t8\t12
"""
_HTML = (
    "<html><head><title>规划</title></head><body><h1>第一章 目标</h1><p>到2025年新增公园12个。</p>"
    "<table><tr><th>指标</th><th>2025年</th></tr><tr><td>公园</td><td>12</td></tr></table></body></html>"
)
_MARKDOWN = "# 规划\n\n## 第一章 目标\n\n到2025年新增公园12个。\n\n| 指标 | 2025年 |\n|---|---|\n| 公园 | 12 |\n"


def seeds() -> list[tuple[str, bytes]]:
    """One small document of each format, as (suffix, bytes)."""
    pages = [
        PdfPage([(60, 760 - 24 * n, 14, line) for n, line in enumerate(_TEXT.split("\n")) if line]),
        PdfPage([(60, 700, 12, "第二章 保障")], [(50, 100, 300, 100), (50, 100, 50, 200)]),
    ]
    document = docx.Document()
    document.add_heading("第一章 目标", 1)
    document.add_paragraph("到2025年新增公园12个。")
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "指标", "12"
    word = io.BytesIO()
    document.save(word)
    return [
        (".pdf", build_pdf(pages, bookmarks=[("第一章 目标", 1)], title="规划")),
        (".docx", _timeless(word.getvalue())),
        (".html", _HTML.encode()),
        (".md", _MARKDOWN.encode()),
        (".txt", _TEXT.encode()),
        (".csv", "title,full_text\n规划,第一章 目标 到2025年新增公园12个。\n".encode()),
    ]


# -- mutations: bytes in, bytes out


def _flipped(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(1, len(data))]


def _moved(data: bytes, rng: random.Random) -> bytes:
    a, b = sorted(rng.randrange(len(data)) for _ in range(2))
    piece, place = data[a:b], rng.randrange(len(data))
    return data[:place] + piece * rng.choice((1, 1, 3)) + data[place:]


def _dropped(data: bytes, rng: random.Random) -> bytes:
    a = rng.randrange(len(data))
    return data[:a] + data[a + rng.randint(1, 200) :] or b"x"


def _numbers(data: bytes, rng: random.Random) -> bytes:
    wild = (b"-1", b"0", b"99999999999", b"4294967296", b"2147483647", b"1e308", b"-99999")
    return re.sub(rb"\d+", lambda m: rng.choice(wild) if rng.random() < 0.15 else m[0], data)


def _swapped(data: bytes, rng: random.Random) -> bytes:
    words = sorted(set(re.findall(rb"[A-Za-z/]{3,12}", data)))
    if len(words) < 2:
        return _flipped(data, rng)
    one, other = rng.sample(words, 2)
    return data.replace(one, other)


def _noise(data: bytes, rng: random.Random) -> bytes:
    hostile = (b"\x00" * 50, b"\xff\xfe", b"\x1b[2J", b"\xe2\x80\xae", b"\xed\xa0\x80" * 9,
               b"A" * 100_000, "字".encode() * 50_000, b"<" * 5_000, b"\n" * 20_000, b"|" * 20_000,
               "\u0301".encode() * 5_000, b"(" * 3_000 + b")" * 3_000)  # fmt: skip
    place = rng.randrange(len(data))
    return data[:place] + rng.choice(hostile) + data[place:]


BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped, _cut, _moved, _dropped, _numbers, _swapped, _noise,
)  # fmt: skip


def _reaching(target: str, address: str) -> list[str]:
    """Markup that asks for a file outside the folder, for an address, or for a script to be run."""
    return [
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{target}">]><p>&e;</p>',
        f'<!DOCTYPE x [<!ENTITY % e SYSTEM "{address}/e.dtd"> %e;]>',
        f'<img src="{address}/a.png"><img src="file://{target}">',
        f'<iframe src="{address}/f"></iframe><object data="file://{target}"></object>',
        f'<link rel="stylesheet" href="{address}/s.css"><script src="{address}/x.js"></script>',
        f'<base href="{address}/"><meta http-equiv="refresh" content="0;url={address}/r">',
        '<script>document.title="run"</script><svg onload="alert(1)"></svg>',
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{target}" parse="text"/>',
        "<div>" * 3_000 + "深" + "</div>" * 3_000,
        '<table><tr><td rowspan="99999999" colspan="99999999">1</td></tr></table>',
        "<!DOCTYPE l [<!ENTITY a0 'ha'>"
        + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
        + "]><p>&a11;</p>",
        f"![x]({address}/m.png) [y](file://{target}) <a href='javascript:alert(1)'>z</a>",
        f"<!--#include file='{target}' --> {{{{ {target} }}}} $(cat {target})",
    ]


def _marked_up(data: bytes, rng: random.Random, pieces: list[str]) -> bytes:
    piece = rng.choice(pieces).encode()
    if rng.random() < 0.4:
        return piece + data
    place = rng.randrange(len(data))
    return data[:place] + piece + data[place:]


def _docx_parts(data: bytes, rng: random.Random, pieces: list[str]) -> bytes:
    """One part of the package mutated, renamed out of the folder, blown up or made to reach out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        chosen = rng.choice(names)
        for name in names:
            body = old.read(name)
            if name == chosen or (name == "word/document.xml" and rng.random() < 0.5):
                body = _part(body, rng, pieces)
            way = rng.random() if name == chosen else 1.0
            if way < 0.05:
                name = f"../../{name}"
            elif way < 0.1:
                continue
            _put(new, name, body)
            if way > 0.97 and name == chosen:
                _put(new, "word/media/big.bin", b"\0" * 30_000_000)
    return out.getvalue()


def _put(package: zipfile.ZipFile, name: str, body: bytes) -> None:
    entry = zipfile.ZipInfo(name)  # without the time of day: the same file for the same seed
    entry.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(entry, body)


def _timeless(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            _put(new, name, old.read(name))
    return out.getvalue()


def _part(body: bytes, rng: random.Random, pieces: list[str]) -> bytes:
    if rng.random() < 0.4:
        return _marked_up(body, rng, pieces)
    if rng.random() < 0.3:
        relation = (
            b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            b'relationships/image" Target="file:///etc/hostname" TargetMode="External"/>'
        )
        return body.replace(b"</Relationships>", relation + b"</Relationships>")
    return rng.choice(BYTES)(body, rng) if body else b"x"


def mutants(count: int, seed: int, target: str, address: str) -> Iterator[tuple[str, bytes]]:
    """`count` files as (name, bytes), the same for the same seed."""
    rng = random.Random(seed)
    own, pieces = seeds(), _reaching(target, address)
    for number in range(count):
        suffix, data = own[number % len(own)]
        for _ in range(rng.choice((1, 1, 2, 4))):
            ways: list[Callable[[bytes, random.Random], bytes]] = [*BYTES]
            if suffix == ".docx" and zipfile.is_zipfile(io.BytesIO(data)):
                ways = [lambda d, r: _safely(d, r, pieces)] * 12 + ways
            elif suffix in (".html", ".md", ".txt", ".csv"):
                ways += [lambda d, r: _marked_up(d, r, pieces)] * 5
            data = rng.choice(ways)(data, rng)
        shown = suffix if rng.random() < 0.85 else rng.choice((".pdf", ".docx", ".html", ""))
        yield f"{number:05d}{shown}", data


def _safely(data: bytes, rng: random.Random, pieces: list[str]) -> bytes:
    try:
        return _docx_parts(data, rng, pieces)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        LookupError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        return _flipped(data, rng)  # an earlier mutation broke the package itself


@dataclass
class Tally:
    """What became of the files, and what should not have."""

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    calls: int = 0  # connections the documents caused


def run(
    count: int, seed: int, folder: Path, show: Callable[[int], object] = lambda _: None
) -> Tally:
    """Reads `count` mutants in `folder`/docs; the canary lies beside it."""
    docs, outside = folder / "docs", folder / "outside.txt"
    docs.mkdir()
    outside.write_text(CANARY, "utf-8")
    tally = Tally()
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.setblocking(False)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        for number, (name, data) in enumerate(mutants(count, seed, str(outside), address)):
            path = docs / name
            path.write_bytes(data)
            started = time.perf_counter()
            tally.outcomes[_read(path, docs, tally)] += 1
            took = time.perf_counter() - started
            tally.slowest = max(tally.slowest, took)
            if took > SECONDS:
                tally.wrong.append(f"{name}: {took:.0f} s")
            path.unlink()
            show(number)
        tally.calls = _connections(listening)
    if tally.calls:
        tally.wrong.append(f"{tally.calls} connections were made")
    return tally


def _read(path: Path, docs: Path, tally: Tally) -> str:
    name = path.name
    try:
        raw = readers.read(path, docs)
        pieces = split(parse(raw, "d", name))
        text = "\n".join(p.text for p in pieces) + repr(raw)[:5_000_000]
    except DocumentError as error:
        if "\n" in str(error) or not str(error).endswith("。"):
            tally.wrong.append(f"{name}: message {error!r}")
        return "refused"
    except Exception as error:  # noqa: BLE001 - this is what the run looks for
        tally.wrong.append(f"{name}: {type(error).__name__}: {str(error)[:200]}")
        return "crashed"
    if CANARY in text:
        tally.wrong.append(f"{name}: the file outside was read")
    return "read"


def _connections(listening: socket.socket) -> int:
    calls = 0
    while True:
        try:
            listening.accept()[0].close()
        except BlockingIOError:
            return calls
        calls += 1


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.index.mutants")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    worker.MAX_SECONDS = SECONDS
    with tempfile.TemporaryDirectory() as folder:
        tally = run(given.count, given.seed, Path(folder))
    print(f"{given.count} files: {dict(tally.outcomes)}, slowest {tally.slowest:.1f} s, "
          f"{tally.calls} connections")  # fmt: skip
    for line in tally.wrong[:40]:
        print(line)
    print(f"{given.count - len(tally.wrong)} passed, {len(tally.wrong)} failed")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
