"""The child process that parses PDF and Word files: `python -m index.readers.child`.

Reads jobs from stdin (one line of JSON, then the file's bytes) and answers each with one line of
JSON on stdout. It holds itself to a memory limit and ends itself when idle. An error nobody
foresaw ends the process: that costs this one file, and the parent starts another child.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from typing import BinaryIO

from index.errors import DocumentError
from index.readers import transport
from index.records import RawDocument

# 92 pages with 57 pages of tables take 100 MB of address space at most; the limit leaves ten times
# that and stops a file that unpacks without end before it can hurt the machine.
MAX_MEMORY_BYTES = 1024 * 1024 * 1024
# An unused child gives its 100 MB back after this many seconds.
IDLE_SECONDS = 30

TOO_MUCH_MEMORY = "memory"


def main() -> None:
    """Serves jobs until stdin ends."""
    _limit_memory()
    logging.disable(logging.CRITICAL)  # the libraries' remarks on a file are nobody's business
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library's print must not look like one
    serve(sys.stdin.buffer, answers)


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answers job after job; ends where the jobs do."""
    while True:
        _alarm(IDLE_SECONDS)
        line = jobs.readline()
        _alarm(0)
        if not line:
            return
        job = json.loads(line)
        data = jobs.read(job["size"])
        answers.write(_answer(job["kind"], job["name"], data) + b"\n")
        answers.flush()


def _answer(kind: str, name: str, data: bytes) -> bytes:
    try:
        return transport.dump(_parse(kind, name, data))
    except DocumentError as error:
        return json.dumps({"error": error.reason}).encode()
    except (MemoryError, RecursionError):
        return json.dumps({"failed": TOO_MUCH_MEMORY}).encode()


def _parse(kind: str, name: str, data: bytes) -> RawDocument:
    # Imported when first needed: a folder of PDFs never pays for Word, nor the other way round.
    if kind == "pdf":
        from index.readers import pdf

        return pdf.read(data, name)
    from index.readers import word

    return word.read(data, name)


def _limit_memory() -> None:
    """Where the system can (Linux; macOS accepts the call but may refuse the value)."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for limit, value in ((resource.RLIMIT_AS, MAX_MEMORY_BYTES), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):
            continue


def _alarm(seconds: int) -> None:
    """Ends the process after that many seconds; 0 calls it off. Windows has no alarm."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


if __name__ == "__main__":
    main()
