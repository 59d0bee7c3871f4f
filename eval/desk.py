"""What the 质检 page does with the suite, as plain calls with plain data in and out.

app.py makes one Desk over the assistant it serves and hands it to the pages, which may not import
eval. Knows no page, no account and no database.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from eval import accepted, checks, diff, report, runs
from eval.answers import Assistant
from eval.asking import Mode
from eval.cases import CaseError, load
from eval.figures import FIGURES
from eval.flow import chosen, make_run, perform
from eval.lint import documents_of
from eval.options import Options
from eval.page import as_html
from eval.records import Json

Progress = Callable[[int, int], None]


class Stopped(CaseError):
    """The run was cut off on purpose; what was answered is kept."""


class Desk:
    """The suite over one assistant. Safe to call from several threads; one run at a time."""

    def __init__(self, assistant: Assistant, docs: Path | None = None) -> None:
        self._assistant = assistant
        self._docs = docs
        self._busy = threading.Lock()
        self._documents: checks.Documents | None = None

    def runs(self) -> list[Json]:
        """Every run kept, the newest first, with `counts` and `figures` (the trend); see About."""
        return [asdict(about) for about in runs.listed()]

    def figures(self) -> list[Json]:
        """The figures' keys, labels and meanings, in the order they are shown."""
        return [asdict(figure) for figure in FIGURES]

    def groups(self) -> list[str]:
        """The groups of the open cases."""
        return sorted({case.group for case in load(accepted.places()) if case.split == "dev"})

    def run(self, run_id: str, against: str = "") -> Json:
        """A run as report.json has it (about, counts, figures, cases; unseen cases in means only).

        With `against`, its `diff` tells what broke, was mended, changed without effect.
        """
        stored = runs.read(runs.find(run_id))
        options = Options(against=against)
        made = make_run(stored.about, stored.results, self._assistant.library, options)
        return report.as_data(made) | {"run": asdict(stored.about)}

    def compare(self, earlier: str, later: str) -> Json:
        """What changed from one run to another: counts, figures with intervals, open cases."""
        before, now = (runs.read(runs.find(name)) for name in (earlier, later))
        return diff.as_data(diff.compare(before.about.run_id, before.results, now.results))

    def page(self, run_id: str, against: str = "") -> str:
        """A run's report as one HTML file, to be downloaded."""
        stored = runs.read(runs.find(run_id))
        options = Options(against=against)
        return as_html(make_run(stored.about, stored.results, self._assistant.library, options))

    def start(
        self,
        progress: Progress,
        stop: threading.Event,
        only: str = "",
        split: str = "",
        mode: Mode = "default",
    ) -> str:
        """Runs the cases and gives the run's id; call it in a thread of its own.

        `progress(done, of)` is called after each answer. Raises CaseError while another run goes
        on, and Stopped once `stop` is set: what was answered is kept, unfinished.
        """
        if not self._busy.acquire(blocking=False):
            raise CaseError("已有一次运行正在进行，请等它结束或先停止它。")
        try:
            # One process: the server has its visitors to answer besides.
            options = Options(self._docs, only=only, split=split, mode=mode, jobs=1)
            assistant = self._assistant if mode == "default" else options.opening().open()

            def step(done: int, total: int) -> None:
                progress(done, total)
                if stop.is_set():
                    raise Stopped("已停止。已经回答的题都留着。")

            return perform(options, assistant, chosen(options), step)[1].run_id
        finally:
            self._busy.release()

    def draft(self, complaint: Mapping[str, Any]) -> Json:
        """The case a complaint makes (eval/accepted.py says what a complaint holds)."""
        return accepted.draft(complaint)

    def findings(self, case: Mapping[str, Any]) -> list[Json]:
        """What lint says of a case before it is accepted: `message` and `error` each."""
        found = accepted.findings(case, self._lint_documents(), load(accepted.places()))
        return [asdict(finding) for finding in found]

    def accept(self, case: Mapping[str, Any]) -> Json:
        """The case as it was taken in; CaseError says what has to be mended first."""
        return accepted.accept(case, self._lint_documents())

    def sections(self) -> list[tuple[str, Sequence[str]]]:
        """Every place a gold may name: doc_id and heading path, in the documents' order."""
        return [
            (doc.doc_id, list(section.heading_path))
            for doc in self._assistant.library.documents()
            for section in self._assistant.library.sections(doc.doc_id)
        ]

    def _lint_documents(self) -> checks.Documents:
        if self._documents is None:
            self._documents = documents_of(self._assistant.library)
        return self._documents
