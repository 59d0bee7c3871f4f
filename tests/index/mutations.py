"""Own small documents of each format, damaged or hostile by seed: bytes, pieces, numbers, markup,
the parts of a .docx. Some reach for a file outside the folder or for an address.
"""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

import docx

from tests.index.readers.conftest import PdfPage, build_pdf

CANARY = "CANARY-7f3a-outside-the-folder"


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
