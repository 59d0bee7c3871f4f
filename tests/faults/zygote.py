"""A process that has imported everything once and forks a server of its own for each order.

    python -m tests.faults.zygote     orders on standard input, one JSON object a line

An order: {"arguments": […], "environment": {…}, "said": FILE}; the answer is the server's process id.
The server is app.main, as `python app.py` runs it; what it says goes to the file.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback

import app
import pages.feedback
import pages.openai_api
import pages.records.accounts
import pages.site
import pages.site_file
import pages.staff.site
from index import vectors
from index.embeddings import load_embeddings

LOADED = (pages, vectors, load_embeddings)


def main() -> None:
    """Until standard input ends; the servers it has forked are then gone as well."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    children: list[int] = []
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _serve(order)
        children.append(child)
        print(child, flush=True)
    for child in children:
        try:
            os.kill(child, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _serve(order: dict[str, object]) -> None:
    said = os.open(str(order["said"]), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, own in ((0, nothing), (1, said), (2, said)):
        os.dup2(own, number)
    os.environ.update(order["environment"])  # type: ignore[call-overload]
    code = 1
    try:
        code = app.main(order["arguments"])  # type: ignore[arg-type]
    except BaseException:  # noqa: BLE001 - said, as Python itself would at its end
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
