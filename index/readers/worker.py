"""Hands PDF and Word files to a child process with a time limit and takes back their blocks.

Knows processes; no formats. One child reads file after file, because starting one takes half a
second; a file that crashes it is refused and the next gets a fresh child.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Literal

from index.errors import DocumentError
from index.readers import transport
from index.readers.child import TOO_MUCH_MEMORY
from index.records import RawDocument

# 92 pages with 57 pages of tables take 7 s, on a busy machine 40; a thousand pages of text 45.
MAX_SECONDS = 180.0
# A longer answer is no document: the largest so far has 1 MB.
MAX_ANSWER_BYTES = 256 * 1024 * 1024

BROKEN = "文件已损坏或格式有误，读不出来。请重新下载，或用原软件打开后另存一份再放入。"
TOO_SLOW = f"解析超过{MAX_SECONDS:.0f}秒，已停止。请拆分成几个文件，或另存一份后再放入。"
TOO_BIG = "解析时占用内存过多，已停止。请拆分成几个文件，或压缩其中的图片后再放入。"

_REPOSITORY = Path(__file__).resolve().parents[2]

_lock = threading.Lock()
_child: subprocess.Popen[bytes] | None = None


class _Lost(Exception):
    """The child ended, was stopped or ran out of memory; the reason is for the user."""


def parse(kind: Literal["docx", "pdf"], name: str, data: bytes) -> RawDocument:
    """The document the bytes hold; raises DocumentError. Callers in other threads wait in line."""
    with _lock:
        used = _child is not None and _child.poll() is None
        try:
            fields = _ask(kind, name, data)
        except _Lost as lost:
            if not used or lost.args[0] == TOO_SLOW:
                raise DocumentError(name, lost.args[0]) from None
            # A used child may have ended itself or been full of earlier files: once more, afresh.
            try:
                fields = _ask(kind, name, data)
            except _Lost as again:
                raise DocumentError(name, again.args[0]) from None
    if "error" in fields:
        raise DocumentError(name, str(fields["error"]))
    return transport.load(fields)


def _ask(kind: str, name: str, data: bytes) -> dict[str, object]:
    child = _running()
    overdue = threading.Event()

    def stop() -> None:
        overdue.set()
        child.kill()

    timer = threading.Timer(MAX_SECONDS, stop)
    timer.daemon = True
    timer.start()
    line = b""
    try:
        line = _exchange(child, kind, name, data)
    finally:
        timer.cancel()
        # Also where the user interrupts: a late answer must not be taken for the next file's.
        if not line.endswith(b"\n"):
            close()
    if not line.endswith(b"\n"):
        raise _Lost(TOO_SLOW if overdue.is_set() else BROKEN)
    fields: dict[str, object] = json.loads(line)
    if fields.get("failed") == TOO_MUCH_MEMORY:
        close()
        raise _Lost(TOO_BIG)
    return fields


def _exchange(child: subprocess.Popen[bytes], kind: str, name: str, data: bytes) -> bytes:
    """The child's answer; b'' where it is gone."""
    assert child.stdin is not None
    assert child.stdout is not None
    job = json.dumps({"kind": kind, "name": name, "size": len(data)}).encode()
    try:
        child.stdin.write(job + b"\n" + data)
        child.stdin.flush()
    except (BrokenPipeError, OSError):
        return b""
    return child.stdout.readline(MAX_ANSWER_BYTES)


def _running() -> subprocess.Popen[bytes]:
    global _child
    if _child is None or _child.poll() is not None:
        close()
        _child = subprocess.Popen(
            [sys.executable, "-m", "index.readers.child"],
            cwd=_REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    return _child


def close() -> None:
    """Ends the child, where there is one; the next file starts another."""
    global _child
    child, _child = _child, None
    if child is None:
        return
    child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    child.wait()


atexit.register(close)
