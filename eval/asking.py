"""Cases put to the assistant one after another, in this process or in several.

Knows how an assistant is opened for a run; knows no figure, no file of a run and no terminal.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.chat.settings import from_environment as chat_from_environment
from assistant.settings import from_environment
from eval import answers
from eval.answers import Assistant
from eval.cases import CaseError
from eval.records import Case, Got
from index.settings import from_environment as index_from_environment

Mode = Literal["default", "model"]
MODES: tuple[Mode, ...] = ("default", "model")
# Below it a second process costs more (3 s to load) than it saves.
_WORTH_A_PROCESS = 150
_CHUNK = 4  # cases handed to a process at a time: fine enough for the progress bar
_MOST = 8


@dataclass(frozen=True, slots=True)
class Opening:
    """How the assistant of a run is opened. `changes`: settings by name, as `--set` takes them."""

    docs: Path | None = None
    mode: Mode = "default"
    changes: Mapping[str, str] = field(default_factory=dict)

    def open(self) -> Assistant:
        """The assistant; raises UserError where a setting or the folder can't be used."""
        if self.mode == "model" and chat_from_environment() is None:
            raise CaseError(
                "没有设置对话模型。请设置 LLM_BASE_URL 和 LLM_MODEL，或用 --mode default。"
            )
        from assistant import open_assistant  # late: wrong options fail before the index loads

        settings = from_environment().override(self.changes)
        return open_assistant(self.docs, settings, self.mode == "model")


def jobs_for(cases: int, wanted: int, mode: Mode) -> int:
    """Processes to ask with: as wanted, or with 0 one a core where there is work enough."""
    if index_from_environment().one_process:
        return 1
    if wanted > 0:
        return min(wanted, max(cases, 1))
    busy = mode == "default" and cases >= _WORTH_A_PROCESS
    return min(os.cpu_count() or 1, _MOST) if busy else 1


@contextmanager
def quiet(on: bool) -> Iterator[None]:
    """Log lines may name a question; of an unseen case nothing is to be shown."""
    logging.disable(logging.CRITICAL if on else logging.NOTSET)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def replies(
    assistant: Assistant, opening: Opening, cases: Sequence[Case], jobs: int = 1
) -> Iterator[tuple[Case, Got]]:
    """Each case with what came back, in order, as it comes. Closing the iterator ends the asking."""
    with quiet(any(case.split == "unseen" for case in cases)):
        if jobs <= 1:
            for case in cases:
                yield case, answers.ask(assistant, case)
            return
        context = multiprocessing.get_context("spawn")  # a fork would share the open indexes
        pool = ProcessPoolExecutor(jobs, context, _enter, (opening,))
        try:
            yield from zip(cases, pool.map(_reply, cases, chunksize=_CHUNK), strict=True)
        finally:
            pool.shutdown(cancel_futures=True)


_opening: list[Opening] = []  # of a worker process


def _enter(opening: Opening) -> None:
    logging.disable(logging.CRITICAL)
    _opening.append(opening)


@cache
def _mine() -> Assistant:
    """The worker's own. Opened at its first case: what raises in `_enter` loses its sentence."""
    return _opening[0].open()


def _reply(case: Case) -> Got:
    return answers.ask(_mine(), case)
