"""One long work at a time in a thread of its own, with its progress and a way to stop it.

Knows threads; not what the work is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.errors import UserError


@dataclass(frozen=True, slots=True)
class Progress:
    """How a work stands. `said`: what it is at, or how it ended, in one sentence."""

    running: bool = False
    done: int = 0
    total: int = 0
    said: str = ""
    failed: bool = False


class Job:
    """The place of one kind of work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.now = Progress()
        self.stop = threading.Event()

    def start(self, work: Callable[[Job], str]) -> None:
        """Begins a work; it gives the sentence it ends with. UserError while another is under way."""
        with self._lock:
            if self.now.running:
                raise UserError("上一次还没有完成，请等它结束。")
            self.stop.clear()
            self.now = Progress(running=True, said="正在准备…")
            self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
            self._thread.start()

    def tell(self, said: str, done: int, total: int) -> None:
        """How far the work is."""
        self.now = replace(self.now, said=said, done=done, total=total)

    def wait(self) -> None:
        """Returns when the work has ended."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, work: Callable[[Job], str]) -> None:
        ended = Progress(said="程序出错，没有完成。请查看服务器的日志。", failed=True)
        try:
            ended = Progress(said=work(self))
        except UserError as error:
            ended = Progress(said=str(error), failed=True)
        finally:
            self.now = ended
